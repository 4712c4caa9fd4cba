"""Measures that staff open by hand in the panel: of a plan, a meeting or a gap."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from handlers.measures.measures import State
from handlers.measures.steps import Origin
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Grant, Role
from tests.bot.web.panel.served_panel import ServedPanel

HEAD = Grant(Role.HEAD, "transito")
QUALITY = Grant(Role.QUALITY)
PLAN = {
    "area": "transito",
    "origin": "plan",
    "problem": "La fila es larga",
    "cause": "Una sola caja",
    "action": "Abrir otra",
    "due": "2026-12-30",
}
MEETING = {
    "area": "transito",
    "origin": "meeting",
    "problem": "Atender también en la tarde",
    "held_on": "2026-11-10",
    "place": "Sede vecinal",
    "attendance": "34",
}
GAP = {
    "area": "transito",
    "origin": "gap",
    "problem": "No hay estándar publicado",
    "criterion": "2.1 Estándar de atención",
    "evidence": "La ficha del área no lo tiene",
}


@pytest.fixture(autouse=True)
async def fallen(panel: ServedPanel) -> None:
    assert await panel.fall("transito") == "M-2026-001"


@pytest.mark.parametrize(
    ("form", "state", "origin"),
    [
        (PLAN, State.DECIDED, Origin.PLAN),
        ({**PLAN, "origin": "training"}, State.DECIDED, Origin.TRAINING),
        (MEETING, State.TO_DECIDE, Origin.MEETING),
        ({**PLAN, **MEETING}, State.DECIDED, Origin.MEETING),
        (GAP, State.TO_DECIDE, Origin.GAP),
    ],
)
async def test_measures_of_other_origins_are_opened_by_hand(
    panel: ServedPanel, form: dict[str, str], state: State, origin: Origin
) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        owner = str(panel.people["Rosa"]) if "due" in form else ""
        done = await browser.post("/panel/medidas/nueva", **form, owner=owner)
        assert done.headers["Location"] == "/panel/medidas/M-2026-002?aviso=abierta"
        text = (await browser.get("/panel/medidas/M-2026-002")).text
        assert form["problem"] in text
        assert "La abrió Rosa" in text
        if origin is Origin.MEETING:
            assert "Reunión del 10 de noviembre de 2026, Sede vecinal; 34 asistentes." in text
        if origin is Origin.GAP:
            assert "Evidencia: La ficha del área no lo tiene" in text
    found = await panel.measure("M-2026-002")
    assert (found.state, found.opened.origin) == (state, origin)
    # "Before" is the twelve weeks before it was opened.
    assert found.since == IsoWeek(2026, 35)


@pytest.mark.parametrize(
    ("form", "missing", "said"),
    [
        (PLAN, {"owner": ""}, "Falta la persona responsable"),
        (PLAN, {"owner": "999999"}, "no puede hacerse cargo"),
        (PLAN, {"due": ""}, "Falta la fecha en que debe estar hecha"),
        (PLAN, {"cause": ""}, "Falta escribir la causa"),
        (PLAN, {"problem": ""}, "Falta escribir el problema"),
        (PLAN, {"area": ""}, "Elija un área"),
        (PLAN, {"area": "aseo"}, "Elija un área"),  # somebody else's
        (PLAN, {"origin": "signal"}, "Elija de dónde viene"),
        (MEETING, {"held_on": ""}, "Falta la fecha de la reunión"),
        (MEETING, {"held_on": "2026-11-19"}, "aún no llega"),
        (MEETING, {"held_on": "0001-01-01"}, "El año 0001 no se acepta"),
        (MEETING, {"place": "a" * 201}, "caben 200"),
        (MEETING, {"place": ""}, "Falta escribir el lugar"),
        (MEETING, {"attendance": ""}, "Falta escribir cuántas personas"),
        (MEETING, {"attendance": "-5"}, "Escriba con cifras cuántas personas"),
        (MEETING, {"attendance": "veinte"}, "Escriba con cifras cuántas personas"),
        (MEETING, {"attendance": "999999"}, "de 1 a 100.000"),
        (GAP, {"criterion": "a" * 301}, "caben 300"),
        (GAP, {"evidence": " "}, "Falta escribir la evidencia"),
        (MEETING, {"cause": "", "due": "2026-12-30"}, "Falta escribir la causa"),
        (GAP, {"action": "", "cause": "Nadie lo escribió"}, "Falta escribir la acción"),
        (MEETING, {"origin": "gap"}, "Escribió datos de una reunión. Elija ese origen"),
        (GAP, {"origin": "training"}, "Escribió datos de una autoevaluación."),
        ({**MEETING, **PLAN}, {"origin": "plan"}, "o bórrelos."),
    ],
)
async def test_what_lacks_something_is_not_opened(
    panel: ServedPanel, form: dict[str, str], missing: dict[str, str], said: str
) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        fields = {**form, **missing}
        if "due" in form:
            fields = {"owner": str(panel.people["Rosa"]), **fields}
        answer = await browser.post("/panel/medidas/nueva", **fields)
        assert (answer.status, said in answer.wrong_with(next(iter(missing)))) == (422, True)
        if fields["problem"]:
            assert f"{fields['problem']}</textarea>" in answer.text
    assert await panel.scene.rows("SELECT count(*) FROM measure_steps") == [(1,)]


async def test_who_may_not_decide_measures_of_the_area_is_not_responsible_for_one(
    panel: ServedPanel,
) -> None:
    await panel.hire("Lucía", Grant(Role.VIEWER), Grant(Role.PRIVACY), Grant(Role.DESK))
    await panel.hire("Pedro", Grant(Role.HEAD, "aseo"))
    await panel.hire("Inés", QUALITY)
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        pages = [(await ana.get("/panel/medidas/nueva")).text]
        pages += [(await ana.get("/panel/medidas/nueva?area=transito")).text]
        pages += [(await rosa.get("/panel/medidas/M-2026-001")).text]
        answer = await rosa.post("/panel/medidas/nueva", owner=str(panel.people["Pedro"]), **PLAN)
    offered = [re.findall(r'<option value="\d+"[^>]*>([^<]+)', page) for page in pages]
    assert offered == [["Ana", "Inés", "Pedro", "Rosa"], *[["Ana", "Inés", "Rosa"]] * 2]
    assert (answer.status, "no puede hacerse cargo" in answer.wrong_with("owner")) == (422, True)


async def test_a_form_that_is_sent_again_leads_to_the_measure_that_is_there(
    panel: ServedPanel,
) -> None:
    new = "/panel/medidas/nueva"
    async with panel.signed_in("Rosa", HEAD) as browser, panel.signed_in("Ana", QUALITY) as other:
        plan = {"owner": str(panel.people["Rosa"]), **PLAN}
        meeting = {**MEETING, "attendance": "1.200"}
        for form in (plan, meeting):
            first = (await browser.post(new, **form)).headers["Location"]
            panel.now += timedelta(minutes=4)
            again = (await browser.post(new, **form)).headers["Location"]
            path, number = first.removesuffix("?aviso=abierta"), first[15:25]
            assert again == f"{path}?aviso=ya-abierta"
            assert f"Ya quedó abierta como {number}." in (await browser.get(again)).text
        for changed in ({"problem": "Otra cosa"}, {"cause": "Otra causa"}):
            another = await browser.post(new, **{**plan, **changed})
            assert "=abierta" in another.headers["Location"]
        assert "=abierta" in (await other.post(new, **plan)).headers["Location"], "somebody else"
        panel.now += timedelta(minutes=10)
        assert "=abierta" in (await browser.post(new, **plan)).headers["Location"], "much later"
    assert await panel.scene.rows("SELECT count(*) FROM measure_steps WHERE place = 1") == [(7,)]
