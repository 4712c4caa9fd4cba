"""The panel's indicators: chart and table, notes that change no figure, baselines with a reason."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import partial
from urllib.parse import urlencode

import pytest

from bot.jobs.quality.digest import Wanted, load_digest
from handlers.content.quality import Indicator, Metric, Scope
from handlers.facts.responses import Subject
from handlers.indicators.counts import Series, SeriesCount
from handlers.quality.charts import MIN_POINTS
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Transaction
from storage.quality import control, counts, indicator_versions
from storage.staff import staff
from tests.bot.published import AREA, FIRST, LOW, USUAL, N, publish_weeks
from tests.bot.web.panel.served_panel import ServedPanel
from tests.storage.scene import Said, closed, grade, opened, sender

PAGE = f"/panel/indicadores/{AREA}"
QUALITY, HEAD = Grant(Role.QUALITY), Grant(Role.HEAD, AREA)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CHARTED = re.compile(r'<th scope="row"><a class="target" href="([^"]*)">([^<]*)<')
FELL = "Tránsito bajó más de lo esperable en la semana 42"


async def published(panel: ServedPanel, release: Release, later: int = 1) -> None:
    await publish_weeks(panel.scene.database, release, *[USUAL] * MIN_POINTS, *[LOW] * later)


async def test_before_anything_is_published_the_pages_say_what_will_appear(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Rosa", QUALITY) as browser:
        assert "Aún no hay cifras publicadas" in (await browser.get("/panel/indicadores")).text
        assert "aún sin mediciones" in (await browser.get(PAGE)).text


async def test_the_table_tells_what_changed_and_leads_to_the_chart(
    panel: ServedPanel, release: Release
) -> None:
    await published(panel, release)
    async with panel.signed_in("Rosa", QUALITY) as browser:
        table = (await browser.get("/panel/indicadores")).text
        assert re.search(rf'href="{PAGE}">Tránsito<.*?▼</span> bajó', table, re.DOTALL)
        assert table.count("aún sin base") >= len(release.content.areas) - 1
        chart = await browser.get(PAGE)
        assert chart.status == 200
        assert f"<h1>{FELL}</h1>" in chart.text
        assert chart.text.count("<svg") == 2
        assert "style=" not in chart.text
        assert "señal: bajó" in chart.text
        assert "Sin meta fijada" in table
        assert "Áreas con trámites, cuestionario, responsable y ficha confirmada" in table
        for text in (table, chart.text):
            made = re.search(r"De qué está hecha</summary>\s*<p>25.de.60.respuestas tienen", text)
            assert made, text
        assert "<dt>Cuántas</dt><dd>25\u00a0respuestas con nota 6 o 7</dd>" in chart.text
        assert "<dt>De cuántas</dt><dd>60\u00a0respuestas sobre una atención" in chart.text
        assert re.search(r"<li>Semana 41[^<]*, versión 1: 75\u00a0% \(entre", chart.text)


async def test_a_head_sees_the_own_area_alone_and_notes_beside_its_figure(
    panel: ServedPanel, release: Release
) -> None:
    await published(panel, release)
    async with panel.signed_in("Rosa", HEAD) as browser:
        table = (await browser.get("/panel/indicadores")).text
        assert table.count('href="/panel/indicadores/') == 1
        before = (await browser.get(PAGE)).text
        assert (
            await browser.post(f"{PAGE}/nota", text="Faltó personal  <esa> semana")
        ).status == 303
        after = (await browser.get(PAGE)).text
        assert "Faltó personal &lt;esa&gt; semana<br>" in after
        mark = "Semana 42 de 2026, nota del área: Faltó personal &lt;esa&gt; semana."
        assert f"<li>1: {mark}</li>" in after
        pictures = re.findall(r"<svg.*?</svg>", after, re.DOTALL)
        assert [f"Marcas: 1: {mark}</desc>" in picture for picture in pictures] == [True, True]
        assert [picture.count(">1</text>") for picture in pictures] == [1, 1]
        assert _points(after) == _points(before), "a note moves no figure"
        assert "Falta escribir la nota" in (await browser.post(f"{PAGE}/nota", text=" ")).text
        long = (await browser.post(f"{PAGE}/nota", text="a" * 7_000)).text
        assert "son 7.000 letras y caben 300" in long
        assert f"{'a' * 7_000}</textarea>" in long, "what was typed is kept"
        assert "a" * 300 not in (await browser.get(PAGE)).text
        for number in range(2, 11):
            for _ in ("sent", "sent twice"):
                assert (await browser.post(f"{PAGE}/nota", text=f"Nota {number}")).status == 303
        assert "ya tiene 10 notas" in (await browser.post(f"{PAGE}/nota", text="Otra")).text
        assert "Otra<br>" not in (await browser.get(PAGE)).text
        assert (await browser.post(f"{PAGE}/base", first=str(FIRST), reason="x")).status == 404


STANDS = re.compile(r'name="text-stands" value="([^"]+)"')


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Juan Pérez faltó", "«Juan Pérez»"),
        ("Reclamó 12.345.678-5 por la caja", "«12.345.678-5»"),
        ("Llame al +56 9 1234 5678", "«+56 9 1234 5678»"),
        ("Escriba a oirs@ejemplo.cl", "«oirs@ejemplo.cl»"),
        ("Cerró el mesón por un paro del 3 al 7", ""),
        ("Se sumó una caja en la plaza Gabriel González Videla", ""),
    ],
)
async def test_a_note_that_may_tell_who_somebody_is_has_to_be_let_stand(
    panel: ServedPanel, release: Release, note: str, told: str
) -> None:
    await published(panel, release)
    async with panel.signed_in("Rosa", HEAD) as browser:
        asked = await browser.post(f"{PAGE}/nota", text=note)
        if not told:
            assert asked.status == 303
            return
        assert (asked.status, f"puede decir quién es alguien: {told}." in asked.text) == (422, True)
        assert f"{note}</textarea>" in asked.text
        (stands,) = STANDS.findall(asked.text)
        fields = {"text-stands": stands}
        other = await browser.post(f"{PAGE}/nota", text=f"{note}, y Ana Rojas", **fields)
        assert other.status == 422, "other words are asked about anew"
        assert (await browser.post(f"{PAGE}/nota", text=note, **fields)).status == 303


async def test_a_baseline_is_set_by_quality_with_a_reason_and_moves_nothing_published(
    panel: ServedPanel, release: Release
) -> None:
    await published(panel, release, later=MIN_POINTS)
    start = str(FIRST.shifted(MIN_POINTS))
    async with panel.signed_in("Rosa", QUALITY) as browser:
        before = (await browser.get(PAGE)).text
        assert f'<option value="{start}">' in before
        for option in re.findall(r"<option value=.20[^<]*", before):
            within = option.partition(">")[2]
            assert re.match(r"semanas \d+ a \d+ de 2026", within)
            assert within.endswith(", con señal"), "each has one of the weeks after the fall"
        for fields in ({"first": start}, {"first": "2026-W50", "reason": "x"}, {"reason": "x"}):
            assert (await browser.post(f"{PAGE}/base", **fields)).status == 422
        long = await browser.post(f"{PAGE}/base", first=start, reason="a" * 301)
        assert "son 301 letras y caben 300" in long.text
        sent = await browser.post(f"{PAGE}/base", first=start, reason="Nuevo horario")
        assert sent.status == 303
        once = (await browser.get(PAGE)).text
        twice = await browser.post(f"{PAGE}/base", first=start, reason="Nuevo horario")
        assert twice.status == 303
        after = (await browser.get(PAGE)).text
        assert after.count("Motivo: Nuevo horario.") == once.count("Motivo: Nuevo horario.") > 0
        assert "base nueva" in after
        assert after.count("señal: bajó, la medición") == before.count("señal: bajó, la medición")
        assert "Ya se fijó una después de la última semana publicada" in after
        assert 'name="first"' not in after
        again = await browser.post(f"{PAGE}/base", first=start, reason="Otra vez")
        assert "Esta semana ya se fijó" in again.text


async def test_the_baseline_of_every_other_chart_is_set_anew_likewise(
    panel: ServedPanel, release: Release
) -> None:
    await published(panel, release, later=MIN_POINTS)
    start = str(FIRST.shifted(MIN_POINTS))
    useful = Series(Metric.USEFUL, Scope.AREA, AREA)
    charts = {
        f"{PAGE}/grafico?indicador=les-sirvio": useful,
        "/panel/grafico?indicador=encontradas": Series(Metric.FOUND, Scope.MUNICIPALITY),
    }

    def count(tx: Transaction) -> None:
        for series in charts.values():
            for later in range(2 * MIN_POINTS):
                week = FIRST.shifted(later)
                x = USUAL if later < MIN_POINTS else LOW
                counts.add(tx, [SeriesCount(series, week, week, x, N, is_shown=True)])

    await panel.scene.database.write(count)
    async with panel.signed_in("Rita", Grant(Role.VIEWER)) as browser:
        assert "Fijar una base" not in (await browser.get(next(iter(charts)))).text
        assert (await browser.post(next(iter(charts)), first=start)).status == 404
    async with panel.signed_in("Rosa", QUALITY) as browser:
        for path, series in charts.items():
            before = (await browser.get(path)).text
            assert (await browser.post(path, first=str(FIRST), reason="x")).status == 422
            sent = await browser.post(path, first=start, reason="Otro buscador")
            assert (sent.status, sent.headers["Location"]) == (303, f"{path}&aviso=base")
            after = (await browser.get(sent.headers["Location"])).text
            assert after.count("Motivo: Otro buscador.") == 3  # two pictures, and below them
            assert after.count("señal: bajó, la") == before.count("señal: bajó, la") > 0
            again = await browser.post(path, first=start, reason="Otra vez")
            assert "ya se fijó" in again.text
            (kept,) = await panel.scene.database.read(partial(control.rebases, series=series))
            assert kept.area == series.area
        assert "Otro buscador" not in (await browser.get(PAGE)).text


async def test_an_areas_figure_is_told_by_service_where_each_part_has_ten(
    panel: ServedPanel, release: Release
) -> None:
    service = release.content.services_by_area[AREA][0]
    said = []
    for number in range(1, 121):
        where = Subject(AREA, service.id if number <= 70 else "")
        value = 7 if number % 2 else 3
        facts = [opened(number, where), grade(number, value, where), closed(number)]
        said.append(Said(sender(f"c{number}"), facts))
    scene = panel.scene
    await scene.take(*said)
    wanted = Wanted(IsoWeek(2026, 47), NOW)
    await load_digest(scene.database, scene.keyring, release, wanted, freeze=True)

    def define(tx: Transaction) -> None:
        (rosa,) = staff.everyone(tx)
        for one in (of_each(Scope.SERVICE, 65), of_each(Scope.CHANNEL), of_each(Scope.DESK)):
            indicator_versions.add(tx, one, rosa.id, NOW)

    async with panel.signed_in("Rosa", HEAD) as browser:
        await scene.database.write(define)
        text = " ".join((await browser.get(PAGE)).text.split())
        assert f'<th scope="row">{service.short_name}</th><td class="n">50&nbsp;%</td>' in text
        assert "39 a 61 %, 70 respuestas" in text
        assert "<td>50 respuestas</td>" in text
        charts = dict(CHARTED.findall(text))
        assert f"De cada service: {service.short_name}" in charts.values()
        assert "De cada channel: Telegram" in charts.values()
        for path, name in charts.items():
            chart = (await browser.get(path)).text
            assert f"«{name}» en Tránsito: aún faltan mediciones" in chart
            assert chart.count("<svg") == 2
        gone = await browser.get(f"{PAGE}/grafico?indicador=neta")
        assert (gone.status, gone.headers["Location"]) == (303, PAGE)
    assert "no cumple la meta: 65 % o más" in text
    assert "De qué está hecha cada una</summary>" in text
    assert "<dt>De cada desk</dt>" in text, "none has three people: it has no figure"
    async with panel.signed_in("Ana", QUALITY) as browser:
        drafted = {"id": "service", "name": "De cada trámite", "least": "10", "target": "40"}
        seen = (await browser.get(f"/panel/definiciones?{urlencode(drafted)}")).text
    assert "1 trámite no cumple la meta" in seen
    assert "1 trámite no se distingue de la meta" in seen


def of_each(scope: Scope, target: int | None = None) -> Indicator:
    return Indicator(
        id=scope.value,
        version=1,
        valid_from=date(2026, 1, 1),
        name=f"De cada {scope}",
        measured=Metric.SATISFIED,
        scope=scope,
        period="block",
        target=target,
    )


async def test_an_area_that_does_not_exist_has_no_page(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", QUALITY) as browser:
        assert (await browser.get("/panel/indicadores/nada")).status == 404


async def test_a_measure_is_on_the_chart_of_who_may_see_measures(
    panel: ServedPanel, release: Release
) -> None:
    await published(panel, release, later=6)
    number = await panel.fall(AREA)
    kept = f'<span class="nowrap">{number}</span>'
    said = f"1: Semana 47 de 2026, se abrió la medida {kept} por la señal."
    async with panel.signed_in("Rosa", QUALITY) as browser:
        assert f"<li>{said}</li>" in (await browser.get(PAGE)).text
        assert "Ver las medidas con su trabajo" in (await browser.get(PAGE)).text
    async with panel.signed_in("Rita", Grant(Role.VIEWER)) as browser:
        text = (await browser.get(PAGE)).text
        assert number not in text
        assert "Ver las medidas con su trabajo" not in text
        assert "Las notas bajaron más de lo esperable" in text, "as on the public page"
        assert "<strong>En qué va:</strong>" in text


def _points(page: str) -> list[str]:
    return re.findall(r"<(?:circle|path|polyline|polygon) [^>]*>", page)


async def test_in_its_third_year_a_page_is_as_light_as_in_its_first(
    panel: ServedPanel, release: Release
) -> None:
    await publish_weeks(panel.scene.database, release, *[USUAL] * 106)
    async with panel.signed_in("Rosa", QUALITY) as browser:
        text = (await browser.get(PAGE)).text
        assert len(text.encode()) <= 60_000
        assert "Se dibujan las últimas 52 mediciones." in text
        assert text.count("<circle") <= 2 * 52
        rows = re.compile(r'<th scope="row">Semana')
        assert len(rows.findall(text)) == 26
        assert "Ver las 106 mediciones" in text
        everything = (await browser.get(f"{PAGE}?mediciones=todas")).text
        assert len(rows.findall(everything)) == 106
