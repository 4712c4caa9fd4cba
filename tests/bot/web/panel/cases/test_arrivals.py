"""Answers that wait or did not arrive, on the page of a case, in a conversation and today."""

from __future__ import annotations

import pytest

from bot.web.panel.pages.cases.arrivals import WHY, why
from handlers.facts.cases import UNDO, CaseAnswered
from handlers.messages import Channel, Reply, Waits
from handlers.staff.permissions import Grant, Role
from storage.cases.answers import answering
from storage.cases.taking_back import answer_event
from storage.engine.database import Transaction
from storage.engine.leases import Owner
from storage.handovers.changing import SAYS
from storage.outbox import outbox
from storage.outbox.outbox import NewReply, ReplyState
from tests.bot.web.panel.served_panel import ServedPanel

NUMBER = "LS-2026-000001"
PATH = f"/panel/casos/{NUMBER}"
HEAD = Grant(Role.HEAD)
TOLD_ANNOUNCED = "La recibe completa cuando vuelva a escribir"


async def answered(panel: ServedPanel, state: ReplyState, code: str = "") -> int:
    """A case whose answer came so far; the note's id."""
    await panel.complain(NUMBER, "aseo", channel=Channel.WHATSAPP)

    def write(tx: Transaction) -> int:
        fact, now = CaseAnswered(NUMBER, 0, "Pasamos el martes"), panel.now
        note = answering.answer(tx, panel.scene.keyring, fact, now)
        assert note is not None
        put(tx, panel, answer_event(NUMBER, note), state, code, about=NUMBER)
        return note

    return await panel.scene.write(write)


def put(
    tx: Transaction,
    panel: ServedPanel,
    cause: str,
    state: ReplyState,
    code: str,
    *,
    about: str = "",
    number: int = 7,
) -> None:
    (contact,) = tx.exec_driver_sql("SELECT id FROM contacts WHERE channel = 'whatsapp'").one()
    reply = Reply(number, "Pasamos el martes", about=about, private=True, waits=Waits.ANNOUNCED)
    new = NewReply(contact, Channel.WHATSAPP, reply, state, code, cause)
    outbox.add(tx, panel.scene.keyring, [new], Owner("here", 1), panel.now)


async def test_an_answer_that_waits_for_its_citizen_is_said_to(panel: ServedPanel) -> None:
    await answered(panel, ReplyState.HELD)
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = (await browser.get(PATH)).text
        assert "espera a la persona" in page
        assert TOLD_ANNOUNCED in page
        assert "otra-vez" not in page
        assert NUMBER not in (await browser.get("/panel")).text


@pytest.mark.parametrize("code", [*sorted(set(WHY) - {"erased"}), "131008", "400"])
async def test_what_did_not_arrive_is_told_with_what_to_do_and_can_be_sent_again(
    panel: ServedPanel, code: str
) -> None:
    note = await answered(panel, ReplyState.HELD, code)
    said = why(code)
    async with panel.signed_in("Rosa", HEAD) as browser:
        today = (await browser.get("/panel")).text
        assert f"no llegó por WhatsApp: {said}" in today
        assert f'href="{PATH}"' in today
        page = (await browser.get(PATH)).text
        assert said[1:] in page
        assert "Si dejó un teléfono o un correo, avísele por ahí." in page
        done = await browser.post(f"{PATH}/otra-vez", answered=str(note))
        assert done.headers["Location"] == f"{PATH}?aviso=otra-vez"
        assert "En camino" in (await browser.get(PATH)).text
        assert "no llegó" not in (await browser.get("/panel")).text
        done = await browser.post(f"{PATH}/otra-vez", answered=str(note))
        assert done.headers["Location"] == f"{PATH}?aviso=ya-no"


async def test_a_template_that_is_refused_is_told_once_to_who_administers(
    panel: ServedPanel,
) -> None:
    await answered(panel, ReplyState.HELD, "132015")
    for number, code in ((8, "132015"), (9, "131026")):
        await panel.scene.write(
            lambda tx, number=number, code=code: put(
                tx, panel, f"step-{number}", ReplyState.HELD, code, number=number
            )
        )
    async with panel.signed_in("Ana", Grant(Role.ADMIN)) as browser:
        today = (await browser.get("/panel")).text
        assert today.count("2 mensajes esperan sin que su persona lo sepa") == 1
        page = (await browser.get("/panel/whatsapp")).text
        assert "WhatsApp puso la plantilla en pausa" in page
        assert "se ve hasta cuándo dura la pausa" in page
        assert "Quien administra" not in today + page
        done = await browser.post("/panel/whatsapp/otra-vez")
        page = (await browser.get(done.headers["Location"])).text
        assert "Se intenta de nuevo: 2 mensajes." in page
        assert "No hay una plantilla configurada. Nadie espera un aviso ahora" in page
        assert "sin que su persona lo sepa" not in (await browser.get("/panel")).text


async def test_who_was_told_in_another_way_needs_nobody_any_more(panel: ServedPanel) -> None:
    note = await answered(panel, ReplyState.HELD, "131026")
    async with panel.signed_in("Rosa", HEAD) as browser:
        await browser.get(PATH)
        await browser.post(f"{PATH}/avisado", answered=str(note))
        assert TOLD_ANNOUNCED in (await browser.get(PATH)).text
        assert "no llegó" not in (await browser.get("/panel")).text


async def test_a_closed_case_is_not_in_the_list_and_offers_nothing(panel: ServedPanel) -> None:
    await answered(panel, ReplyState.HELD, "131026")
    async with panel.signed_in("Rosa", HEAD) as browser:
        panel.now += UNDO
        page = await browser.get(PATH)
        closed = await browser.post(f"{PATH}/cerrar", closing="Se le llamó", version=page.version)
        assert closed.status == 303
        assert "no llegó" not in (await browser.get("/panel")).text
        page = (await browser.get(PATH)).text
        assert ("no llegó" in page, "otra-vez" in page) == (True, False)


@pytest.mark.parametrize(("code", "said"), [("", "espera a la persona"), ("132016", "no llegó")])
async def test_a_conversation_says_that_its_last_words_wait(
    panel: ServedPanel, code: str, said: str
) -> None:
    await panel.wait_in_chat(3, "aseo", channel=Channel.WHATSAPP)
    await panel.scene.write(lambda tx: put(tx, panel, f"{SAYS}:3:1", ReplyState.HELD, code))
    async with panel.signed_in("Rosa", HEAD) as browser:
        page = (await browser.get("/panel/conversaciones/3")).text
        assert said in page
        assert "Su último mensaje le llega" in page
