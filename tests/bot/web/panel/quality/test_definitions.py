"""Definitions of indicators: seen over the past weeks, then published as a version."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from tests.bot.published import LOW, USUAL, publish_weeks
from tests.bot.web.panel.served_panel import ServedPanel

PATH = "/panel/definiciones"
DRAFT = {"id": "nota-6-7", "name": "Nota 6 o 7", "least": "10", "target": "60"}
QUALITY = Grant(Role.QUALITY)


async def test_a_draft_is_seen_over_past_weeks_then_published_and_judges_only_later_ones(
    panel: ServedPanel, release: Release
) -> None:
    await publish_weeks(panel.scene.database, release, USUAL, LOW)
    async with panel.signed_in("Rosa", QUALITY) as browser:
        assert PATH in (await browser.get("/panel/indicadores")).text
        assert "Sin meta fijada" in (await browser.get(f"{PATH}?id=nota-6-7")).text
        seen = (await browser.get(f"{PATH}?{urlencode(DRAFT)}")).text
        weeks = re.findall(r'<th scope="row">(Semana \d+).*?<td>.*?</td><td>(.*?)</td>', seen)
        assert [week for week, _ in weeks] == ["Semana 31", "Semana 30"]
        assert "1 área no cumple la meta" in weeks[0][1]
        assert "1 área cumple la meta" in weeks[1][1]
        assert "Publicar como versión 2" in seen
        assert "Sin meta fijada" in (await browser.get("/panel/indicadores")).text  # only a draft

        sent = await browser.post(PATH, **DRAFT, version="1")
        assert sent.status == 303
        assert "Meta: 60 % o más. Versión 2" in (await browser.get(PATH)).text
        table = (await browser.get("/panel/indicadores")).text
        assert "no cumple la meta:" not in table, "what is published keeps its version"
        again = await browser.post(PATH, **DRAFT, version="1")
        assert again.status == 422
        assert "Otra persona publicó" in again.text
    assert await panel.scene.rows("SELECT count(*) FROM indicator_versions") == [(1,)]


async def test_the_next_published_week_is_judged_by_the_new_version(
    panel: ServedPanel, release: Release
) -> None:
    async with panel.signed_in("Rosa", QUALITY) as browser:
        sent = await browser.post(PATH, **DRAFT, version="1")
        assert sent.status == 303  # nothing is published yet: from the day after version 1
        await publish_weeks(panel.scene.database, release, LOW)
        assert (
            "no cumple la meta: 60\u00a0% o más" in (await browser.get("/panel/indicadores")).text
        )


async def test_a_draft_that_says_nothing_of_the_past_is_told_apart(
    panel: ServedPanel, release: Release
) -> None:
    await publish_weeks(panel.scene.database, release, USUAL)
    async with panel.signed_in("Rosa", QUALITY) as browser:
        for least, told in (
            ("11", "1 área con cifra; 27 sin"),
            ("5000", "0 áreas con cifra; 28 sin"),
        ):
            draft = {**DRAFT, "least": least, "target": ""}
            seen = (await browser.get(f"{PATH}?{urlencode(draft)}")).text
            assert f"Borrador:</span> {told}" in seen
            assert ("no habría habido ninguna cifra" in seen) == (least == "5000")


async def test_what_is_wrong_is_said_beside_what_was_typed(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", QUALITY) as browser:
        for field, typed, said in (
            ("least", "0", "El mínimo es un número entero, de 10 a 99999."),
            ("least", "diez", "El mínimo es un número entero, de 10 a 99999."),
            ("least", "1000000", "El mínimo es un número entero, de 10 a 99999."),
            ("target", "60,5", "La meta es un número entero, de 0 a 100."),
            ("target", "6000000", "La meta es un número entero, de 0 a 100."),
            ("name", " ", "Falta el nombre, en una línea."),
            ("name", "notas 6 y 7 menos notas 1 a 4 ", "Ya hay otro indicador con ese nombre."),
        ):
            text = (await browser.get(f"{PATH}?{urlencode({**DRAFT, field: typed})}")).text
            assert f'<p class="wrong" id="{field}-wrong">{said}</p>' in text, typed
            assert "Publicar" not in text
        as_written = await browser.get(f"{PATH}?{urlencode({**DRAFT, 'target': '60 %'})}")
        assert "Publicar como versión 2" in as_written.text
        wrong = await browser.get(f"{PATH}?{urlencode({**DRAFT, 'target': '600'})}")
        assert wrong.status == 422
        assert (
            '<p class="wrong" id="target-wrong">La meta es un número entero, de 0 a 100.</p>'
            in wrong.text
        )
        assert 'value="600"' in wrong.text
        assert "Publicar" not in wrong.text
        assert (await browser.get(f"{PATH}?id=nada")).status == 404
