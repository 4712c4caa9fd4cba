"""Measures in the panel: the board, each verb, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.reports.quality.effect_words import effect_parts, effect_sentence
from handlers.facts.own_data import ConsentGiven, ConsentWithdrawn
from handlers.facts.responses import Subject
from handlers.measures.measures import State
from handlers.measures.steps import ComparisonAreas, Measured, MeasureStep
from handlers.messages import Announcement
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.intervals import newcombe
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.measures import steps
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.storage.scene import TRANSIT, Said, grade, opened, sender

HEAD = Grant(Role.HEAD, "transito")
QUALITY = Grant(Role.QUALITY)
PATH = "/panel/medidas/M-2026-001"
FOUND = Effect(
    Effectiveness.EFFECTIVE,
    Side(120, 240),
    Side(360, 480),
    newcombe(360, 480, 120, 240),
    Side(1800, 2400),
    Side(3600, 4800),
    newcombe(3600, 4800, 1800, 2400),
)
BESIDE = ComparisonAreas(10, FOUND.others_before, FOUND.others_after, FOUND.others)
NOTHING_DONE = "Llovió toda la semana, y pasó"
EFFECTIVE = Measured("2027-W02", FOUND, True, BESIDE)


@pytest.fixture(autouse=True)
async def fallen(panel: ServedPanel) -> None:
    assert await panel.fall("transito") == "M-2026-001"


async def decide(panel: ServedPanel, browser: Browser, **changed: str) -> Answer:
    version = (await browser.get(PATH)).version
    fields = {
        "cause": "Falta una caja",
        "action": "Abrir otra caja",
        "owner": str(panel.people["Rosa"]),
        "due": "11.12.26",
        "version": version,
        **changed,
    }
    return await browser.post(f"{PATH}/decidir", **fields)


async def measured(panel: ServedPanel, found: Measured = EFFECTIVE) -> None:
    """The run in which the effect is told."""
    measure = await panel.measure("M-2026-001")
    step = MeasureStep(panel.now, 0, found)
    assert await panel.scene.write(lambda tx: steps.add(tx, panel.scene.keyring, measure, step))


async def test_today_says_what_fell_and_until_when_to_decide(panel: ServedPanel) -> None:
    said = "Tránsito bajó más de lo esperable: "
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel")).text
        assert f"{said}decida a más tardar el miércoles 2 de diciembre." in text
        assert f'href="{PATH}?desde=hoy"' in text
        panel.now += timedelta(days=15)
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel")).text
        assert f"{said}había que decidir hasta el miércoles 2 de diciembre." in text
        panel.now += timedelta(days=60)
    async with panel.signed_in("Rosa", HEAD) as browser:
        text = (await browser.get("/panel")).text
        assert f"{said}había que decidir hasta el miércoles 2 de diciembre de 2026." in text
    async with panel.signed_in("Luis", Grant(Role.HEAD, "aseo")) as other:
        assert "bajó" not in (await other.get("/panel")).text


async def test_who_comes_from_today_finds_owner_and_date_proposed_and_goes_back(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = (await browser.get(f"{PATH}?desde=hoy")).text
        rosa = panel.people["Rosa"]
        assert f'<option value="{rosa}" selected>' in page
        assert 'value="2026-12-02"' in page, "ten working days"
        kept = await decide(panel, browser, cause="", owner="", due="", **{"came_from": "hoy"})
        assert '<input type="hidden" name="came_from" value="hoy">' in kept.text
        assert "selected" not in kept.text, "what was cleared is not proposed again"
        done = await decide(panel, browser, **{"came_from": "hoy"})
        assert (done.status, done.headers["Location"]) == (303, "/panel?aviso=decidida")
        assert "La decisión quedó anotada." in (await browser.get(done.headers["Location"])).text


async def test_from_the_signal_to_closing(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        version = (await rosa.get(PATH)).version
        assert (await rosa.post(f"{PATH}/tomar", version=version)).status == 303
        assert (await decide(panel, rosa)).headers["Location"] == f"{PATH}?aviso=decidida"
        page = await rosa.get(PATH)
        assert "Debe estar hecha el viernes 11 de diciembre" in page.text
        assert "a cargo de Rosa" in page.text
        noted = await rosa.post(f"{PATH}/nota", note="Llegó el mesón", version=page.version)
        assert noted.status == 303
        version = (await rosa.get(PATH)).version
        assert (await rosa.post(f"{PATH}/hecha", done="", version=version)).status == 303
        await measured(panel)
        page = await rosa.get(PATH)
        assert effect_sentence(EFFECTIVE) in page.text
        assert f"la cifra</summary><p>{effect_parts(EFFECTIVE)}" in page.text.replace("\xa0", " ")
        assert "Cerrar como efectiva" not in page.text  # the area does not judge itself
        refused = await rosa.post(f"{PATH}/cerrar", told="Hay otra caja", version=page.version)
        assert refused.status == 404
        page = await ana.get(PATH)
        done = await ana.post(f"{PATH}/cerrar", told="Hay otra caja", version=page.version)
        assert done.status == 303
        text = (await ana.get(PATH)).text
        for step in ("La tomó Rosa", "La decidió Rosa", "Nota de Rosa", "La dio por hecha Rosa"):
            assert step in text
        assert "La cerró Ana" in text
        assert "<form" not in text
    assert (await panel.measure("M-2026-001")).state is State.EFFECTIVE
    told = await panel.scene.read(lambda tx: chain.newest(tx, 20, subject="M-2026-001"))
    assert [(one.entry.action, one.entry.staff_id) for one in reversed(told)] == [
        ("measure-opened", 0),
        ("measure-taken", panel.people["Rosa"]),
        ("measure-decided", panel.people["Rosa"]),
        ("measure-noted", panel.people["Rosa"]),
        ("measure-done", panel.people["Rosa"]),
        ("measure-measured", 0),
        ("measure-closed", panel.people["Ana"]),
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("cause", " ", "Falta escribir la causa"),
        ("action", "", "Falta escribir la acción"),
        ("action", "x" * 1001, "caben 1.000"),
        ("owner", "", "Falta la persona responsable"),
        ("owner", "999", "no puede hacerse cargo"),
        ("due", "", "Falta la fecha"),
        ("due", "pronto", "«pronto» no es una fecha; escríbala como"),
        ("due", "2027-02-30", "El 2027-02-30 no está en el calendario"),
        ("due", "2026-11-17", "Esa fecha ya pasó"),
        ("due", "2206-12-14", "Esa fecha está a más de dos años"),
        ("due", "9999-12-31", "El año 9999 no se acepta"),  # else read for ever
    ],
)
async def test_a_decision_without_cause_action_owner_or_date_is_refused_and_kept(
    panel: ServedPanel, field: str, value: str, said: str
) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        answer = await decide(panel, browser, **{field: value})
        assert (answer.status, said in answer.wrong_with(field)) == (422, True)
        if field != "cause":
            assert "Falta una caja</textarea>" in answer.text
    assert (await panel.measure("M-2026-001")).state is State.TO_DECIDE


async def test_what_was_decided_is_changed_late_and_stays_in_sight(panel: ServedPanel) -> None:
    """The owner left, the date has passed, the action needs a budget that is not there."""
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", HEAD):
        await decide(panel, rosa)
        panel.now += timedelta(days=40)
    async with panel.signed_in("Rosa", HEAD) as rosa:
        page = (await rosa.get(PATH)).text
        assert "Abrir otra caja</textarea>" in page
        assert 'value="2026-12-11"' in page
        late = await decide(panel, rosa)
        assert (late.status, "Esa fecha ya pasó" in late.wrong_with("due")) == (422, True)
        ana = str(panel.people["Ana"])
        assert (await decide(panel, rosa, owner=ana, due="2027-02-26")).status == 303
        assert PATH not in (await rosa.get("/panel")).text, "nothing is to be done about it yet"
        page = (await rosa.get(PATH)).text
        for said in (
            "a cargo de Ana",
            "el viernes 26 de febrero de 2027; antes debía estar hecha el 11 de diciembre de 2026",
            "Debe estar hecha el 11 de diciembre",
        ):
            assert said in page
        given_up = {"why": "No hay presupuesto", "public": "Se hará el próximo año"}
        version = (await rosa.get(PATH)).version
        done = await rosa.post(f"{PATH}/sin-medida", **given_up, version=version)
        assert done.status == 303
    assert (await panel.measure("M-2026-001")).state is State.DECLINED


async def test_no_measure_needs_a_reason(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", HEAD) as browser:
        for reason, told, status in (
            ("", NOTHING_DONE, 422),
            ("Fue el temporal", "", 422),
            ("Fue el temporal", "Ana Rojas estuvo con licencia", 422),
            ("Fue el temporal", NOTHING_DONE, 303),
        ):
            version = (await browser.get(PATH)).version
            fields = {"why": reason, "public": told, "version": version}
            answer = await browser.post(f"{PATH}/sin-medida", **fields)
            assert answer.status == status
            assert all(f">{text}</textarea>" in answer.text for text in (reason, told)) or (
                status == 303
            )
        page = (await browser.get(PATH)).text
        assert "Fue el temporal" in page
        async with panel.signed_in("Ana", QUALITY) as ana:
            of_quality = (await ana.get(PATH)).text
        assert ("Abrirla otra vez" in page, "Abrirla otra vez" in of_quality) == (False, True)
        for text in (page, of_quality):
            assert "no se vuelve a preguntar hasta el 21 de febrero de 2027. Si bajan más" in text
        public = (await browser.get("/indicadores")).text
        for text in (page, public):
            assert NOTHING_DONE in text
        assert "Fue el temporal" not in public
    assert (await panel.measure("M-2026-001")).state is State.DECLINED


async def test_of_two_who_decide_at_once_the_second_sees_what_the_first_did(
    panel: ServedPanel,
) -> None:
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Marta", HEAD) as marta:
        version = (await marta.get(PATH)).version
        await decide(panel, rosa)
        answer = await marta.post(f"{PATH}/sin-medida", why="Es ruido", version=version)
        assert answer.status == 409
        assert "La decidió Rosa" in answer.text
    assert (await panel.measure("M-2026-001")).state is State.DECIDED


async def test_what_did_not_work_is_opened_again_with_a_new_date(panel: ServedPanel) -> None:
    unproven = Measured("2027-W02", Effect(Effectiveness.UNPROVEN, *FOUND_SIDES), True)
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        await decide(panel, rosa)
        version = (await rosa.get(PATH)).version
        await rosa.post(f"{PATH}/hecha", version=version)
        assert "Avise a Calidad, que puede abrirla otra vez" in (await rosa.get(PATH)).text
        assert "Avise a Calidad" not in (await ana.get(PATH)).text
        await measured(panel, unproven)
        page = await ana.get(PATH)
        assert "No se puede decir que la medida sirviera." in page.text
        closed = await ana.post(f"{PATH}/cerrar", told="Listo", version=page.version)
        assert (closed.status, "ya no corresponde" in closed.text) == (409, True)
        panel.now += timedelta(minutes=1)
        done = await ana.post(f"{PATH}/reabrir", reason="No bastó", version=page.version)
        assert done.status == 303
    again = await panel.measure("M-2026-001")
    assert (again.state, str(again.since)) == (State.TO_DECIDE, "2026-W47")


async def test_what_too_few_answered_is_closed_as_that_by_the_quality_unit(
    panel: ServedPanel,
) -> None:
    few = Effect(Effectiveness.TOO_FEW, Side(10, 20), Side(6, 12), None, Side(), Side(), None)
    await panel.scene.take(
        Said(sender("tells"), [opened(1, TRANSIT), grade(1, 2, TRANSIT), ConsentGiven("v1")],
             at=panel.now - timedelta(weeks=1))
    )  # fmt: skip
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        await decide(panel, rosa)
        await rosa.post(f"{PATH}/hecha", version=(await rosa.get(PATH)).version)
        await measured(panel, Measured("2027-W24", few, True))
        page = await ana.get(PATH)
        assert "Decidir otra cosa" in page.text
        await panel.inbox()
        done = await ana.post(f"{PATH}/cerrar", told="Hay otra caja", version=page.version)
        assert (done.status, "Cerrar sin respuestas suficientes" in page.text) == (303, True)
        assert "cerrada sin respuestas suficientes" in (await ana.get(PATH)).text
    (told,) = await panel.inbox()
    assert isinstance(told.incoming.body, Announcement)
    assert "No hubo respuestas suficientes para decir si sirvió." in told.incoming.body.text


FOUND_SIDES = (
    Side(120, 240), Side(130, 240), newcombe(130, 240, 120, 240), Side(), Side(), None
)  # fmt: skip


async def test_those_who_gave_the_feedback_and_agreed_are_told_once(panel: ServedPanel) -> None:
    """Not those who said nothing of it, took it back, rated earlier, or rated another area."""
    aseo = Subject("aseo")
    agreed, gone = ConsentGiven("v1"), ConsentWithdrawn()
    for number, (address, weeks, subject, facts) in enumerate(
        [
            ("tells", 1, TRANSIT, [agreed]),
            ("silent", 1, TRANSIT, []),
            ("gone", 1, TRANSIT, [agreed, gone]),
            ("long ago", 9, TRANSIT, [agreed]),
            ("aseo", 1, aseo, [agreed]),
        ],
        1,
    ):
        said = [opened(number, subject), grade(number, 2, subject), *facts]
        at = panel.now - timedelta(weeks=weeks)
        await panel.scene.take(Said(sender(address), said, at=at))
    async with panel.signed_in("Rosa", HEAD) as rosa, panel.signed_in("Ana", QUALITY) as ana:
        await decide(panel, rosa)
        version = (await rosa.get(PATH)).version
        await rosa.post(f"{PATH}/hecha", version=version)
        await measured(panel)
        await panel.inbox()
        version = (await ana.get(PATH)).version
        for _ in range(2):  # pressed twice
            await ana.post(f"{PATH}/cerrar", told="Hay otra caja", version=version)
    (item,) = await panel.inbox()
    body = item.incoming.body
    assert isinstance(body, Announcement)
    assert item.contact.id == (await panel.scene.contact(sender("tells"))).id
    assert "Usted opinó sobre Tránsito" in body.text
    assert "«Hay otra caja»" in body.text
    assert "de 50 % a 75 %" in body.text
    assert "BASTA" in body.text
    assert sorted(body.in_languages) == ["en", "ht"]
    assert "went from 50 % to 75 %" in body.in_languages["en"]
    assert "ekri ASE" in body.in_languages["ht"]


async def test_the_board_counts_and_lists_what_one_may_see(panel: ServedPanel) -> None:
    await panel.fall("aseo")
    async with panel.signed_in("Ana", QUALITY) as ana, panel.signed_in("Rosa", HEAD) as rosa:
        assert tiles(await ana.get("/panel/medidas")) == [2, 0, 0, 0]
        text = (await rosa.get("/panel/medidas")).text
        assert ("M-2026-001" in text, "M-2026-002" in text) == (True, False)
        version = (await rosa.get(PATH)).version
        await rosa.post(f"{PATH}/sin-medida", why="Fue", public="Pasó", version=version)
        assert tiles(await ana.get("/panel/medidas?ver=cerradas")) == [1, 0, 0, 1]
        assert "M-2026-001" in (await ana.get("/panel/medidas?ver=cerradas")).text
    panel.now += timedelta(days=12)  # Monday 30 November
    async with panel.signed_in("Ana", QUALITY) as ana:
        assert tiles(await ana.get("/panel/medidas")) == [1, 0, 1, 1]
        panel.now += timedelta(days=3)
    async with panel.signed_in("Ana", QUALITY) as ana:
        assert tiles(await ana.get("/panel/medidas")) == [1, 1, 0, 1]
        panel.now += timedelta(days=90)
    async with panel.signed_in("Ana", QUALITY) as ana:
        assert tiles(await ana.get("/panel/medidas")) == [1, 1, 0, 0]


def tiles(answer: Answer) -> list[int]:
    """The four numbers."""
    return [int(part.partition("<")[0]) for part in answer.text.split("<strong>")[2:6]]


async def test_what_staff_write_is_text_on_every_page(panel: ServedPanel) -> None:
    attack = "<script>alert(1)</script>{{ 1234567*89 }}"
    async with panel.signed_in("Rosa", HEAD) as browser:
        await decide(panel, browser, cause=attack, action=attack)
        for path in (PATH, "/panel", "/panel/medidas"):
            text = (await browser.get(path)).text
            assert "<script" not in text
            assert "109876463" not in text
