"""One incident, many cases: answered at once, each with its number and channel."""

from __future__ import annotations

from datetime import timedelta

from handlers.facts.cases import UNDO, CaseAnswered
from handlers.messages import CaseAnswer, Channel
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.cases import forwarding, recording
from storage.cases.changing import StaffAction
from storage.cases.lists import incidents
from tests.bot.web.panel.served_panel import Browser, ServedPanel

HEAD = Grant(Role.HEAD)
ANSWER = "La luz vuelve a las seis de la tarde."
PATH = "/panel/incidentes/1"


async def grouped(panel: ServedPanel, browser: Browser, *numbers: str) -> None:
    """Put cases together, the first one opens the incident."""
    for place, number in enumerate(numbers):
        fields = {"title": "Corte de luz en Las Compañías"} if place == 0 else {"incident": "1"}
        done = await browser.post(f"/panel/casos/{number}/incidente", **fields)
        assert done.headers["Location"] == f"{PATH}?aviso=juntado"
    await panel.inbox()


async def three(panel: ServedPanel) -> list[str]:
    numbers = [f"LS-2026-{number:06}" for number in (1, 2, 3)]
    for number, channel in zip(
        numbers, (Channel.TELEGRAM, Channel.WEB, Channel.WHATSAPP), strict=True
    ):
        await panel.complain(number, "operaciones", channel=channel)
    return numbers


async def test_all_are_answered_at_once_each_in_its_own_case(panel: ServedPanel) -> None:
    numbers = await three(panel)
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, *numbers)
        page = await browser.get(PATH)
        assert page.text.count("checked") == 3
        marked = {f"case-{number}": "1" for number in numbers[:2]}
        done = await browser.post(f"{PATH}/respuesta", answer=ANSWER, **marked)
        assert done.headers["Location"] == f"{PATH}?respondidos=2"
        again = (await browser.get(done.headers["Location"])).text
        assert "2 casos quedaron respondidos" in again
        assert again.count("Responder a LS-") == 1
        items = await panel.inbox(UNDO)
        answers = [item for item in items if isinstance(item.incoming.body, CaseAnswer)]
        assert {item.incoming.body.number for item in answers} == set(numbers[:2])
        assert {item.contact.channel for item in answers} == {Channel.TELEGRAM, Channel.WEB}
    entries = await panel.scene.read(lambda tx: chain.newest(tx, 100))
    assert sum(one.entry.action == "case-answered" for one in entries) == 2


async def test_what_was_answered_elsewhere_meanwhile_is_told_apart(panel: ServedPanel) -> None:
    numbers = await three(panel)
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, *numbers)
        said = CaseAnswered(numbers[0], panel.people["Rosa"], "Mañana")  # from her own chat
        await panel.scene.write(
            lambda tx: recording.answer(tx, panel.scene.keyring, said, panel.now)
        )
        marked = {f"case-{number}": "1" for number in numbers}
        done = await browser.post(f"{PATH}/respuesta", answer=ANSWER, **marked)
        page = (await browser.get(done.headers["Location"])).text
        assert "2 casos quedaron respondidos. A otro que marcó no se le envió" in page
        assert "2 respuestas aún no salen" in page, "hers from the chat has gone"
        assert "Deshacer el envío" not in (await browser.get(f"/panel/casos/{numbers[0]}")).text


async def test_what_passed_to_another_area_meanwhile_is_told_apart_too(panel: ServedPanel) -> None:
    numbers = await three(panel)
    marked = {f"case-{number}": "1" for number in numbers}
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "operaciones")) as browser:
        await grouped(panel, browser, *numbers)
        await pass_on(panel, numbers[0])
        done = await browser.post(f"{PATH}/respuesta", answer=ANSWER, **{f"case-{numbers[0]}": "1"})
        assert done.status == 422
        assert "A ninguno de los casos marcados le llegaría la respuesta" in done.text
        assert f"{ANSWER}</textarea>" in done.text
        done = await browser.post(f"{PATH}/respuesta", answer=ANSWER, **marked)
        page = (await browser.get(done.headers["Location"])).text
        assert "2 casos quedaron respondidos. A otro que marcó no se le envió" in page
        assert "o pasó a otra área" in page


async def pass_on(panel: ServedPanel, number: str) -> None:
    """A colleague forwards the case."""
    doing = StaffAction(number, panel.now, panel.people["Rosa"])
    assert await panel.scene.write(
        lambda tx: forwarding.forward(tx, panel.scene.keyring, doing, "aseo", "Es de aseo")
    )


async def test_what_was_sent_to_all_is_undone_for_all(panel: ServedPanel) -> None:
    numbers = await three(panel)
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, *numbers)
        marked = {f"case-{number}": "1" for number in numbers}
        await browser.post(f"{PATH}/respuesta", answer=ANSWER, **marked)
        assert "3 respuestas aún no salen" in (await browser.get(PATH)).text
        undone = await browser.post(f"{PATH}/deshacer")
        assert undone.status == 200
        assert f"{ANSWER}</textarea>" in undone.text  # to be mended and sent to the same ones
        assert undone.text.count(" checked") == 3
        assert await panel.inbox(timedelta(days=1)) == []
        assert (await browser.get(PATH)).text.count("Responder a LS-") == 3
        assert (await browser.post(f"{PATH}/deshacer")).headers["Location"].endswith("tarde")


async def test_what_was_looked_for_is_nothing_left_unsent(panel: ServedPanel) -> None:
    numbers = await three(panel)
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, *numbers)
        marked = {f"case-{number}": "1" for number in numbers}
        done = await browser.post(f"{PATH}/respuesta", answer=ANSWER, q="luz", **marked)
        assert (done.status, done.headers["Location"]) == (303, f"{PATH}?respondidos=3")


async def test_nothing_goes_to_nobody_and_what_was_typed_stays(panel: ServedPanel) -> None:
    numbers = await three(panel)
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, *numbers)
        nobody = await browser.post(f"{PATH}/respuesta", answer="Ya <va>")
        assert nobody.status == 422
        assert "Ya &lt;va&gt;</textarea>" in nobody.text
        assert "checked" not in nobody.text
        unmarked = await browser.post(f"{PATH}/agregar", q="luz <b>")
        assert (unmarked.status, "Marque al menos un caso" in unmarked.text) == (422, True)
        assert 'value="luz &lt;b&gt;"' in unmarked.text
        empty = await browser.post(f"{PATH}/respuesta", answer=" ", **{f"case-{numbers[0]}": "1"})
        assert empty.status == 422


async def test_cases_of_other_areas_are_neither_shown_nor_answered(panel: ServedPanel) -> None:
    numbers = await three(panel)
    await panel.complain("LS-2026-000004", "mujer", "Algo reservado")
    async with panel.signed_in("Eva", HEAD, Grant(Role.HEAD, "mujer")) as everywhere:
        await grouped(panel, everywhere, *numbers, "LS-2026-000004")
    async with panel.signed_in("Rosa", Grant(Role.HEAD, "operaciones")) as browser:
        page = (await browser.get(PATH)).text
        assert "LS-2026-000003" in page
        assert "LS-2026-000004" not in page
        forged = await browser.post(
            f"{PATH}/respuesta", answer=ANSWER, **{"case-LS-2026-000004": "1"}
        )
        assert forged.status == 422
    async with panel.signed_in("Luz", Grant(Role.HEAD, "transito")) as stranger:
        assert (await stranger.get(PATH)).status == 404
        assert "Corte de luz" not in (await stranger.get("/panel/incidentes")).text


async def test_a_case_is_let_go_again(panel: ServedPanel) -> None:
    numbers = await three(panel)
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, *numbers)
        page = await browser.get(f"/panel/casos/{numbers[0]}")
        assert f'href="{PATH}"' in page.text
        done = await browser.post(f"/panel/casos/{numbers[0]}/incidente", incident="0")
        assert done.headers["Location"] == f"/panel/casos/{numbers[0]}?aviso=suelto"
        assert numbers[0] not in (await browser.get(PATH)).text


async def test_others_are_found_by_words_and_added_where_they_may_be(panel: ServedPanel) -> None:
    numbers = await three(panel)
    await panel.complain("LS-2026-000004", "operaciones", "Se cortó la LUZ en mi cuadra")
    await panel.complain("LS-2026-000005", "mujer", "Se cortó la luz")
    async with panel.signed_in("Rosa", HEAD) as browser:
        await grouped(panel, browser, numbers[0])
        found = (await browser.get(f"{PATH}?q=corto+luz")).text
        assert "Se cortó la LUZ en mi cuadra" in found
        assert "LS-2026-000005" not in found
        for asked, is_found in (("n.º 4", True), ("ls 2026 4", True), ("5", False), ("1", False)):
            found = (await browser.get(f"{PATH}?q={asked}")).text
            assert ("other-LS-2026-00000" in found) == is_found, asked
        marked = {"other-LS-2026-000004": "1", "other-LS-2026-000005": "1", "other-nada": "1"}
        done = await browser.post(f"{PATH}/agregar", **marked)
        page = (await browser.get(done.headers["Location"])).text
        assert "Quedaron juntos en este incidente. Otros 2 que marcó quedaron fuera" in page
        assert page.count("Responder a LS-") == 2
        assert "Ningún otro caso" in (await browser.get(f"{PATH}?q=corto+luz")).text
        gone = await browser.post(f"{PATH}/agregar", **{"other-LS-2026-000005": "1"})
        assert "El caso que marcó pasó a otra área" in gone.text
        assert "Marque al menos" not in gone.text
    found_in = await panel.scene.read(lambda tx: incidents.of_case(tx, "LS-2026-000005"))
    assert found_in == 0
