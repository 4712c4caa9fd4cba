"""Rarer steps of one case: a longer term, opening it again, public information, templates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handlers.cases.deadlines import DeadlineRule, calendar_of
from handlers.facts.cases import UNDO, Due
from handlers.messages import CaseNews, CaseStep
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.cases import deadlines, reading
from storage.cases.reading import Case
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel

NUMBER = "LS-2026-000001"
PATH = f"/panel/casos/{NUMBER}"
HEAD = Grant(Role.HEAD)
WHY = "Falta un informe de la Dirección de Obras"


@pytest.fixture(autouse=True)
async def due(panel: ServedPanel, release: Release) -> Due:
    """A case with the term that the chat gives it."""
    at = calendar_of(release.content).due(panel.now, DeadlineRule("OIRS", 20))
    await panel.complain(NUMBER, "aseo", due=at)
    await panel.inbox()
    return Due(at, "OIRS 20 working days")


async def press(browser: Browser, step: str, **fields: str) -> Answer:
    """Fill in one of the case's forms, as it is now."""
    version = (await browser.get(PATH)).version
    return await browser.post(f"{PATH}/{step}", version=version, **fields)


async def stored(panel: ServedPanel) -> Case:
    found = await panel.scene.read(lambda tx: reading.find_case(tx, panel.scene.keyring, NUMBER))
    assert found is not None
    return found


async def told(panel: ServedPanel) -> list[CaseNews]:
    bodies = [item.incoming.body for item in await panel.inbox()]
    return [body for body in bodies if isinstance(body, CaseNews)]


async def test_a_longer_term_keeps_its_rule_and_is_given_once(
    panel: ServedPanel, release: Release
) -> None:
    calendar = calendar_of(release.content)
    async with panel.signed_in("Rosa", HEAD) as browser:
        assert "30 días hábiles" in (await browser.get(PATH)).text
        assert (await press(browser, "plazo", extension=" ")).status == 422
        done = await press(browser, "plazo", extension=WHY)
        assert done.headers["Location"] == f"{PATH}?aviso=alargado"
        assert (await press(browser, "plazo", extension=WHY)).status == 422
        text = (await browser.get(PATH)).text
        assert "Alargó el plazo Rosa" in text
        assert "(30 días hábiles)" in text
    case = await stored(panel)
    assert case.rule == "OIRS 30 working days"
    assert case.due_at == calendar.due(panel.now, DeadlineRule("OIRS", 30))
    assert await panel.scene.read(lambda tx: deadlines.wrong_dates(tx, calendar.due)) == []
    extended = [one for one in await told(panel) if one.step is CaseStep.EXTENDED]
    assert [(one.due_at, one.text) for one in extended] == [(case.due_at, WHY)]


async def test_a_closed_case_is_opened_again_under_its_number_with_a_new_term(
    panel: ServedPanel, release: Release
) -> None:
    calendar = calendar_of(release.content)
    async with panel.signed_in("Rosa", HEAD) as browser:
        assert "Abrir con el mismo número" not in (await browser.get(PATH)).text
        await press(browser, "cerrar", closing="Ya se hizo")
        panel.now += timedelta(days=40)
        async with panel.signed_in("Rosa") as later:
            done = await press(later, "reabrir", reopening="Quedó mal hecho")
            assert done.headers["Location"] == f"{PATH}?aviso=reabierto"
            assert (await press(later, "reabrir", reopening="Otra vez")).status == 422
    case = await stored(panel)
    assert (case.status, case.extended) == ("open", False)
    assert case.due_at == calendar.due(panel.now, DeadlineRule("OIRS", 20))
    assert await panel.scene.read(lambda tx: deadlines.wrong_dates(tx, calendar.due)) == []
    reopened = [one for one in await told(panel) if one.step is CaseStep.REOPENED]
    assert [(one.due_at, one.text) for one in reopened] == [(case.due_at, "Quedó mal hecho")]


async def test_public_information_is_sent_the_formal_way_and_not_answered(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        unsure = await press(browser, "transparencia")
        assert unsure.status == 422
        assert "Marque la casilla" in unsure.text
        await press(browser, "respuesta", answer="Va en camino")
        going = await press(browser, "transparencia", formal="1")  # both would arrive
        assert "La respuesta sale en unos segundos" in going.text
        panel.now += UNDO
        done = await press(browser, "transparencia", formal="1")
        assert done.headers["Location"] == f"{PATH}?aviso=formal"
        assert "Ley 20.285" in (await browser.get(PATH)).text
    assert (await stored(panel)).status == "closed"
    assert CaseStep.FORMAL in [one.step for one in await told(panel)]


async def test_a_template_comes_after_what_was_typed_and_sends_nothing(panel: ServedPanel) -> None:
    async with panel.signed_in("Ada", Grant(Role.ADMIN)) as admin:
        await admin.get("/panel/plantillas")
        for area, title in (("", "Cuadrilla"), ("aseo", "Camión"), ("transito", "Licencia")):
            text = "Sobre {numero}: lo ve {area}."
            saved = await admin.post("/panel/plantillas", area=area, title=title, text=text)
            assert saved.status == 303
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = (await browser.get(PATH)).text
        assert "Camión</button>" in page
        assert "Licencia</button>" not in page
        filled = await browser.post(f"{PATH}/plantilla", template="2", answer="Hola <Ana>:")
        assert f"Hola &lt;Ana&gt;:\n\nSobre {NUMBER}: lo ve Aseo y Áreas Verdes." in filled.text
    assert [item for item in await told(panel) if item.step is not CaseStep.READ] == []
    assert [note.author for note in (await stored(panel)).notes] == ["read"]


async def test_of_two_who_change_a_template_the_second_loses_nothing(panel: ServedPanel) -> None:
    async with panel.signed_in("Ada", Grant(Role.ADMIN)) as admin:
        await admin.get("/panel/plantillas")
        await admin.post("/panel/plantillas", title="Poda", text="Va el jueves.")
        same = {"id": "1", "version": "1", "title": "Poda"}
        assert (await admin.post("/panel/plantillas", **same, text="Va el lunes.")).status == 303
        late = await admin.post("/panel/plantillas", **same, text="Va el martes.")
        assert late.status == 409
        assert "Va el lunes." in late.text
        assert "Va el martes.</textarea>" in late.text
        edited = (await admin.get("/panel/plantillas?editar=1")).text
        assert "Va el lunes.</textarea>" in edited
        assert 'name="version" value="2"' in edited
        assert (await admin.post("/panel/plantillas", title="Poda", text="")).status == 422
        assert (await admin.post("/panel/plantillas/quitar", id="1")).status == 303
        assert "Va el lunes." not in (await admin.get("/panel/plantillas")).text


async def test_an_answer_that_is_sent_can_be_undone_for_some_seconds(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        await press(browser, "respuesta", answer="El jueves pasa")
        assert "Deshacer el envío" in (await browser.get(PATH)).text
        panel.now += UNDO
        assert "Deshacer el envío" not in (await browser.get(PATH)).text
