"""At a desk: what is said in person or handed in on paper is entered once and counted apart."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from handlers.messages import CaseNews, CaseNotice
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Grant, Role
from storage.cases import entering, reading
from storage.quality.digests import PublishedDigest, publish
from storage.responses import sums
from storage.tables.responses import answers, weekly_sums
from tests.bot.web.panel.served_panel import Answer, Browser, ServedPanel
from tests.storage.scene import ZONE

DESK = Grant(Role.DESK)
FORM = re.compile(r'name="form" value="([^"]+)"')
WORDS = "El camión no pasa hace dos semanas por mi pasaje"


async def enter(browser: Browser, what: str, *, form: str = "", **fields: str) -> Answer:
    path = f"/panel/meson/{what}"
    found = FORM.search((await browser.get(path)).text)
    assert found is not None
    return await browser.post(path, form=form or found[1], **fields)


CASE = {"source": "papel", "kind": "reclamo", "area": "aseo", "words": WORDS}
TOLD = {  # and whether it is urgent: not by how the clerk says who came
    "Se cayó un poste y los cables echan chispas en la vereda": True,
    "Viene una señora: su hijo quiere matarse": True,
    "Una señora, tirada en la calle y no respira": True,
    "Viene un abuelito: no respira bien": True,
    "Viene una señora: no le retiran los escombros en Las Compañías": False,
    "Viene una mamá, no le contestan el teléfono en Tránsito": False,
    "Viene un abuelito. Lleva dos meses esperando la licencia": False,
    WORDS: False,
}
RATING = {"source": "presencial", "area": "aseo", "q-grade": "3", "q-reason": "espera"}


async def test_a_case_on_paper_gets_a_number_a_term_and_its_own_channel(panel: ServedPanel) -> None:
    await panel.hire("Jefa", Grant(Role.HEAD, "aseo"))
    async with panel.signed_in("Rosa", DESK) as browser:
        done = await enter(browser, "caso", **CASE, reach="Vive en la casa azul", paper="f-12")
        number = done.headers["Location"].partition("numero=")[2]
        told = (await browser.get(done.headers["Location"])).text
        assert number in told
        assert re.search(r"Responde Aseo y Áreas Verdes; vence el \w+ \d+ de \w+", told)
        assert f'href="/panel/casos/{number}"' in told
    case = await panel.scene.read(lambda tx: reading.find_case(tx, panel.scene.keyring, number))
    assert case is not None
    assert (case.channel, case.area, case.text) == ("papel", "aseo", WORDS)
    assert case.rule == "OIRS 20 working days"
    assert [(note.author, note.text) for note in case.notes] == [
        ("internal", "Para avisarle: Vive en la casa azul")
    ]
    notices = [item.incoming.body for item in await panel.inbox()]
    assert {one.text for one in notices if isinstance(one, CaseNotice)} == {WORDS}


async def test_it_is_answered_by_hand_and_nothing_is_sent(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK) as browser:
        for words, urgent in TOLD.items():
            done = await enter(browser, "caso", **{**CASE, "words": words})
            told = (await browser.get(done.headers["Location"])).text
            assert ("Quedó como urgente" in told) == urgent, words
        number = done.headers["Location"].partition("numero=")[2]
    async with panel.signed_in("Jefa", Grant(Role.HEAD)) as head:
        await panel.inbox()
        page = await head.get(f"/panel/casos/{number}")
        assert "Guardar la respuesta para entregarla" in page.text
        assert "en papel" in page.text
        saved = await head.post(
            f"/panel/casos/{number}/respuesta", answer="Pasa el jueves", version=page.version
        )
        assert saved.headers["Location"] == f"/panel/casos/{number}?aviso=entregar"
        page = await head.get(saved.headers["Location"])
        assert "Deshacer" not in page.text
        assert "respondido" in page.text
    assert await panel.inbox() == []


STEPS = {
    "derivar": {"area": "transito", "reason": "Es de ellos"},
    "plazo": {"extension": "Falta un informe"},
    "cerrar": {"closing": "Ya se hizo"},
    "reabrir": {"reopening": "Quedó mal hecho"},
    "transparencia": {"formal": "1"},
}


async def test_no_page_says_that_somebody_without_a_chat_is_told(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK, Grant(Role.HEAD)) as browser:
        done = await enter(browser, "caso", **CASE)
        path = f"/panel/casos/{done.headers['Location'].partition('numero=')[2]}"
        for step, fields in STEPS.items():
            form = await browser.get(f"{path}?desde=hoy")
            done = await browser.post(f"{path}/{step}", version=form.version, desde="hoy", **fields)
            assert done.headers["Location"].startswith(f"{path}?aviso="), step
            for told in (form.text, (await browser.get(done.headers["Location"])).text):
                assert "no le llega ningún mensaje" in told, step
                assert not re.search("a la persona se le dice|e le di(jo|ce) |quien escribió", told)
    assert not [one for one in await panel.inbox() if isinstance(one.incoming.body, CaseNews)]


async def test_who_passes_it_out_of_reach_is_told_the_same(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK, Grant(Role.HEAD, "aseo")) as browser:
        done = await enter(browser, "caso", **CASE)
        path = f"/panel/casos/{done.headers['Location'].partition('numero=')[2]}"
        version = (await browser.get(path)).version
        done = await browser.post(
            f"{path}/derivar", version=version, area="mujer", reason="De allá"
        )
        assert done.headers["Location"] == "/panel/casos?aviso=derivado-sin-chat"
        assert "no le llega ningún mensaje" in (await browser.get(done.headers["Location"])).text


async def test_the_same_form_or_paper_is_never_entered_twice(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK) as browser:
        first = await enter(browser, "caso", form="uno", **CASE, paper="N° 7")
        number = first.headers["Location"].partition("numero=")[2]
        for form, paper in (("uno", ""), ("dos", " n°7 ")):
            again = await enter(browser, "caso", form=form, **CASE, paper=paper)
            assert again.headers["Location"] == f"/panel/meson?numero={number}&repetido=1"
            assert "No se ingresó otra vez" in (await browser.get(again.headers["Location"])).text
        await enter(browser, "nota", form="tres", **RATING)
        await enter(browser, "nota", form="tres", **RATING)
    counted = await panel.scene.read(lambda tx: tx.execute(select(weekly_sums.c.n)).scalars().all())
    assert counted == [1, 1]  # the grade and its reason


async def test_a_rating_counts_apart_and_its_sums_are_right(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK) as browser:
        spoken = {**RATING, "q-words": "Esperé mucho"}
        assert (await enter(browser, "nota", **spoken)).status == 303
    rows = await panel.scene.read(
        lambda tx: tx.execute(
            select(answers.c.question, answers.c.value, answers.c.channel).order_by(
                answers.c.question
            )
        ).all()
    )
    assert [tuple(row) for row in rows] == [
        ("grade", "3", "presencial"),
        ("reason", "espera", "presencial"),
        ("words", "", "presencial"),
    ]
    assert await panel.scene.read(sums.verify) == []


async def test_what_is_missing_is_said_and_nothing_typed_is_lost(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK) as browser:
        for missing in ("source", "words"):
            wrong = await enter(browser, "caso", **{**CASE, missing: ""})
            assert wrong.status == 422
            assert 'role="alert"' in wrong.text
        assert WORDS in (await enter(browser, "caso", **{**CASE, "area": "nada"})).text
        for missing in ("source", "area", "q-grade"):
            assert (await enter(browser, "nota", **{**RATING, missing: ""})).status == 422
        assert (await enter(browser, "nota", **{**RATING, "q-grade": "8"})).status == 422
        for other in ({"q-best": "Otra"}, {"q-grade": "7"}, {"q-grade": "7", "q-words": "Mal"}):
            wrong = await enter(browser, "nota", **{**RATING, **other})
            assert (wrong.status, "no se pregunta con esa nota" in wrong.text) == (422, True)
            assert all(typed in wrong.text for typed in other.values())


async def test_who_enters_a_case_is_told_its_area_and_date_and_no_other_clerk_is(
    panel: ServedPanel,
) -> None:
    aseo = Grant(Role.DESK, "aseo")
    async with panel.signed_in("Rosa", aseo) as browser:
        done = await enter(browser, "caso", **{**CASE, "area": "mujer"})
        address = done.headers["Location"]
        told = (await browser.get(address)).text
        assert re.search(r"Responde Oficina de la Mujer; vence el \w+ \d+ de \w+", told)
        assert "Ver el caso" not in told
        unknown = await enter(browser, "caso", **{**CASE, "area": ""})
        told = (await browser.get(unknown.headers["Location"])).text
        assert "La oficina de informaciones lo deriva; vence el" in told
    async with panel.signed_in("Luis", aseo) as other:
        told = (await other.get(address)).text
        assert "Oficina de la Mujer" not in told
        assert "vence el" not in told


async def counted_grades(panel: ServedPanel) -> int:
    assert await panel.scene.read(sums.verify) == []
    found = await panel.scene.read(lambda tx: tx.execute(select(weekly_sums.c.n)).scalars().all())
    return sum(found)


async def test_a_rating_entered_by_mistake_is_undone_and_corrected(panel: ServedPanel) -> None:
    async with panel.signed_in("Rosa", DESK) as browser:
        done = await enter(browser, "nota", **RATING, **{"q-words": "Esperé mucho"}, paper="N° 7")
        told = (await browser.get(done.headers["Location"])).text
        assert "Se contó un 3 para Aseo y Áreas Verdes" in told
        response = done.headers["Location"].partition("nota=")[2]
        assert await counted_grades(panel)
        async with panel.signed_in("Luis", DESK) as other:
            assert "Se contó un" not in (await other.get(done.headers["Location"])).text
            late = await other.post("/panel/meson/nota/deshacer", response=response)
            assert late.headers["Location"] == "/panel/meson?tarde=1"
        undone = await browser.post("/panel/meson/nota/deshacer", response=response)
        assert "La nota ya no cuenta." in undone.text
        assert ">Esperé mucho</textarea>" in undone.text
        assert re.search(r'name="q-grade" value="3" required[^>]* checked', undone.text)
        assert await counted_grades(panel) == 0
        again = await browser.post("/panel/meson/nota/deshacer", response=response)
        assert "ya no se puede deshacer" in (await browser.get(again.headers["Location"])).text
        right = await enter(browser, "nota", **{**RATING, "q-grade": "2"}, paper="N° 7")
        assert "Se contó un 2" in (await browser.get(right.headers["Location"])).text


@pytest.mark.parametrize("reason", ["late", "published"])
async def test_a_rating_is_not_undone_once_its_time_or_week_is_over(
    panel: ServedPanel, reason: str
) -> None:
    async with panel.signed_in("Rosa", DESK) as browser:
        done = await enter(browser, "nota", **RATING)
        response = done.headers["Location"].partition("nota=")[2]
        if reason == "late":
            panel.now += entering.UNDO_RATING
        else:
            made = PublishedDigest(IsoWeek.of(panel.now, ZONE), panel.now, b"{}")
            await panel.scene.write(lambda tx: publish(tx, made, (), None))
        assert "Se contó un" not in (await browser.get(done.headers["Location"])).text
        late = await browser.post("/panel/meson/nota/deshacer", response=response)
        assert late.headers["Location"] == "/panel/meson?tarde=1"
    assert await counted_grades(panel)
