"""Answering in the chat from the panel: who has it, what is written, the queue, WhatsApp."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.web.panel.pages.conversations import chats
from handlers.facts.handovers import HandoverLeft, HandoverSaid
from handlers.messages import Channel, PersonNews, PersonSays, PersonStep, PersonWaits
from handlers.release import Release
from handlers.staff.absences import Absence
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.duty import absences
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.web.panel.served_panel import COMPLAINT, ServedPanel, open_panel
from tests.storage.scene import Said, sender

HEAD = Grant(Role.HEAD)
PATH = "/panel/conversaciones/1"
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
async def waiting(panel: ServedPanel) -> None:
    await panel.wait_in_chat(1, "aseo")
    await panel.inbox()


async def citizens(panel: ServedPanel) -> list[object]:
    """What the citizen is told, of what waits in inboxes."""
    bodies = [item.incoming.body for item in await panel.inbox()]
    return [body for body in bodies if isinstance(body, PersonNews | PersonSays)]


async def test_who_takes_a_conversation_answers_and_ends_it(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana:
        today = await ana.get("/panel")
        assert "una persona espera en el chat" in today.text
        assert PATH in today.text
        page = await ana.get(PATH)
        assert COMPLAINT in page.text
        assert 'name="text"' not in page.text, "first it is taken"
        taken = await ana.post(f"{PATH}/atender")
        assert taken.status == 303
        assert await citizens(panel) == [PersonNews(1, PersonStep.TAKEN)]
        sent = await ana.post(f"{PATH}/respuesta", text="Buenos días,\r\n¿qué calle?")
        assert sent.status == 303
        assert await citizens(panel) == [PersonSays(1, "Buenos días,\n¿qué calle?")]
        assert "¿qué calle?" in (await ana.get(PATH)).text
        assert (await ana.post(f"{PATH}/terminar")).status == 303
        assert await citizens(panel) == [PersonNews(1, PersonStep.ENDED)]
        assert "La terminó quien contestaba" in (await ana.get(PATH)).text
        assert PATH not in (await ana.get("/panel")).text
    actions = [e.entry.action for e in await panel.scene.write(lambda tx: chain.newest(tx, 20))]
    assert {"chat-read", "chat-taken", "chat-answered", "chat-ended"} <= set(actions)


async def test_of_two_one_has_it_and_the_other_sees_since_when(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana, panel.signed_in("Luis", HEAD) as luis:
        both = await asyncio.gather(ana.post(f"{PATH}/atender"), luis.post(f"{PATH}/atender"))
        assert sorted(one.status for one in both) == [303, 409]
        loser = luis if both[1].status == 409 else ana
        holder = "Ana" if loser is luis else "Luis"
        assert f"{holder} contesta desde las 12:00" in (await loser.get(PATH)).text
        assert f"{holder} contesta desde las 12:00" in (await loser.get(PATH[:-2])).text
        refused = await loser.post(f"{PATH}/respuesta", text="Hola, soy otro")
        assert refused.status == 409
        assert "Hola, soy otro</textarea>" in refused.text, "nothing typed is lost"
        assert f"{holder} contesta desde las 12:00" in refused.text
    assert await citizens(panel) == [PersonNews(1, PersonStep.TAKEN)]


async def test_what_is_given_back_waits_for_somebody_else_who_is_told(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana, panel.signed_in("Luis", HEAD) as luis:
        await ana.post(f"{PATH}/atender")
        await panel.inbox()
        await ana.post(f"{PATH}/devolver")
        bodies = [item.incoming.body for item in await panel.inbox()]
        assert PersonNews(1, PersonStep.RETURNED) in bodies
        assert PersonWaits(1, "aseo", COMPLAINT) in bodies
        late = await ana.post(f"{PATH}/respuesta", text="Perdón")
        assert (late.status, "volvió a la fila" in late.text) == (409, True)
        assert (await luis.post(f"{PATH}/atender")).status == 303


async def test_an_answer_to_who_has_left_is_kept_on_the_page(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana:
        await ana.post(f"{PATH}/atender")
        await panel.inbox()
        await panel.scene.take(Said(sender("chat-1"), [HandoverLeft(1)], at=panel.now))
        gone = await ana.post(f"{PATH}/respuesta", text="Ya lo vi")
        assert gone.status == 409
        assert "ya terminó" in gone.text
        assert "Ver si hay mensajes nuevos" not in gone.text
        assert "Ya lo vi</textarea>" in gone.text
    assert await citizens(panel) == []


async def test_the_oldest_message_without_an_answer_comes_first(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana:
        panel.now += MINUTE
        await panel.wait_in_chat(2, "aseo", "Segunda en llegar")
        await ana.post(f"{PATH}/atender")
        await ana.post(f"{PATH}/respuesta", text="Hola")
        panel.now += MINUTE
        said = HandoverSaid(1, "Tercer mensaje")
        await panel.scene.take(Said(sender("chat-1"), [said], at=panel.now))
        text = (await ana.get("/panel/conversaciones")).text
        assert text.index("Segunda en llegar") < text.index("Tercer mensaje")


async def test_who_looks_for_new_messages_loses_nothing_typed(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana:
        first = (await ana.get(PATH)).text
        await ana.post(f"{PATH}/atender")
        assert f'formaction="{PATH}/mirar#final"' in (await ana.get(PATH)).text
        looked = await ana.post(f"{PATH}/mirar", text="Le <averiguo>\n")
        assert (looked.status, "Le &lt;averiguo&gt;\n</textarea>" in looked.text) == (200, True)
        again = re.findall(rf'href="({PATH}\?a=\d+)#final"', first)
        panel.now += timedelta(seconds=1)
        assert len(again) == 1
    async with panel.signed_in("Luis", HEAD) as luis:
        assert again[0] not in (await luis.get(PATH)).text, "a browser would not ask for it again"


async def test_an_empty_or_endless_answer_is_refused(panel: ServedPanel) -> None:
    async with panel.signed_in("Ana", HEAD) as ana:
        await ana.post(f"{PATH}/atender")
        for text in ("", "   ", "x" * 3001):
            assert (await ana.post(f"{PATH}/respuesta", text=text)).status == 422


@pytest.mark.parametrize("template", [False, True])
async def test_whatsapps_hours_stand_in_the_composer(
    sqlite_url: str, keyring: Keyring, release: Release, *, template: bool
) -> None:
    database, path = await open_database(sqlite_url), "/panel/conversaciones/3"
    async with open_panel(database, keyring, release, whatsapp_template=template) as panel:
        await panel.wait_in_chat(3, "aseo", channel=Channel.WHATSAPP)
        async with panel.signed_in("Ana", HEAD) as ana:
            await ana.post(f"{path}/atender")
            panel.now += timedelta(minutes=59)
            assert "23 horas y 1 minuto más" in (await ana.get(path)).text
        panel.now += timedelta(hours=24)
        async with panel.signed_in("Ana", HEAD) as ana:
            page = await ana.get(path)
            said = "sale primero un aviso" if template else "no hay una plantilla configurada"
            assert said in page.text
            assert (await ana.post(f"{path}/respuesta", text="Tarde")).status == 303
    await database.close()


async def test_a_substitute_sees_and_answers_what_the_absent_would(panel: ServedPanel) -> None:
    ana = await panel.hire("Ana", Grant(Role.HEAD, "aseo"))
    luis = await panel.hire("Luis", Grant(Role.VIEWER))
    async with panel.signed_in("Luis") as browser:
        assert (await browser.get(PATH)).status == 404
        away = Absence(ana, luis, panel.now, panel.now + timedelta(days=2))
        await panel.scene.write(lambda tx: absences.add(tx, away))
        assert COMPLAINT in (await browser.get(PATH)).text
        assert (await browser.post(f"{PATH}/atender")).status == 303


async def test_words_of_a_sensitive_area_are_for_named_roles(panel: ServedPanel) -> None:
    await panel.wait_in_chat(2, "mujer", "Palabras reservadas")
    async with panel.signed_in("Ana", HEAD) as ana:
        assert "Palabras reservadas" not in (await ana.get("/panel/conversaciones")).text
        assert (await ana.get("/panel/conversaciones/2")).status == 404
    async with panel.signed_in("Eli", Grant(Role.HEAD, "mujer")) as eli:
        assert "Palabras reservadas" in (await eli.get("/panel/conversaciones")).text


@pytest.mark.parametrize("id", ["9", "99999999999999999999", "x", "1x", "%31%00"])
async def test_what_is_no_conversation_is_not_found(panel: ServedPanel, id: str) -> None:
    async with panel.signed_in("Ana", HEAD) as ana:
        assert (await ana.get(f"/panel/conversaciones/{id}")).status == 404


async def test_a_long_queue_shows_who_waited_longest_and_how_many_more(
    panel: ServedPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chats, "SHOWN", 2)
    for number in (2, 3, 4):
        panel.now += MINUTE
        await panel.wait_in_chat(number, "aseo", f"Persona {number}")
    async with panel.signed_in("Ana", HEAD) as ana:
        page = await ana.get("/panel/conversaciones")
    assert "Persona 2" in page.text
    assert "Persona 3" not in page.text
    assert "esperan 2 personas más" in page.text
