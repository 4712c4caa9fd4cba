"""The answer to a case goes to the address that its citizen gave, beside the chat."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.channels.ports import Blocked, RetryLater, SendOutcome
from handlers.facts.cases import UNDO, CaseAnswered, Due, FileOfStaff
from handlers.messages import Channel
from handlers.release import Release
from storage.cases import changing, forwarding, reading, taking_back
from storage.cases.answers import answering, arrivals
from storage.cases.answers.arrivals import Way
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.privacy import retention
from storage.staff import staff
from tests.bot.one_process import Clock, FakeChannel, OneProcess, opened, until

NUMBER = "LS-2026-000001"
MAIL = "ana.perez@ejemplo.cl"
WORDS = "Pasamos <el> martes"
CONTACTS = "SELECT count(*) FROM contacts WHERE channel = 'mail'"


@dataclass
class Filed:
    """A case that was filed on the web page, and what goes out by mail."""

    process: OneProcess
    web: FakeChannel
    mail: FakeChannel

    async def says(self, *texts: str) -> None:
        await self.process.hears(*texts, channel=Channel.WEB)

    async def answer(self, file: FileOfStaff | None = None) -> int:
        """Staff answer, and the time for taking it back passes."""
        process = self.process

        def write(tx: Transaction) -> int | None:
            fact = CaseAnswered(NUMBER, 0, WORDS, file)
            return answering.answer(tx, process.keyring, fact, process.clock())

        note = await process.database.write(write)
        assert note is not None
        process.clock.goes_on(seconds=21)
        process.intake.nudge()
        return note

    async def settled(self) -> None:
        """Until nothing is on its way."""
        for _ in range(500):
            self.process.intake.nudge()
            waiting = "SELECT (SELECT count(*) FROM inbox), count(*) FROM outbox WHERE due_at > 0"
            if await self.process.rows(waiting) == [(0, 0)]:
                return
            await asyncio.sleep(0.02)
        raise AssertionError("something is on its way for ever")


@asynccontextmanager
async def filed(
    database: Database, keyring: Keyring, release: Release, *outcomes: SendOutcome
) -> AsyncIterator[Filed]:
    web, mail = FakeChannel(Channel.WEB), FakeChannel(Channel.MAIL, *outcomes)
    async with opened(database, keyring, release, [web, mail], clock=Clock()) as process:
        here = Filed(process, web, mail)
        await here.says("reclamo: no pasa el camión en mi calle desde el lunes", "saltar", "sí")
        await here.settled()
        assert "también por correo" in web.tried[-1].reply.text
        yield here


async def test_the_answer_arrives_by_mail_and_in_the_chat(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says(MAIL)
        note = await here.answer()
        await until(lambda: here.mail.tried)
        await here.settled()
        (sent,) = here.mail.tried
        assert sent.address == MAIL
        assert sent.reply.subject == f"Respuesta a {NUMBER}"
        assert WORDS in sent.reply.text
        assert "Pasamos &lt;el&gt; martes" in sent.reply.html
        assert "http" not in sent.reply.html
        assert "<img" not in sent.reply.html
        assert sent.reply.options == ()
        assert WORDS in here.web.tried[-1].reply.text
        found = await database.read(lambda tx: arrivals.of_case(tx, NUMBER))
        assert [(one.way, one.by_mail) for one in found[note]] == [
            (Way.SENT, False),
            (Way.SENT, True),
        ]


async def test_the_file_of_an_answer_goes_with_the_mail(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says(MAIL)
        encrypted = keyring.encrypt_bytes(b"%PDF-1.7")
        await here.answer(FileOfStaff("application/pdf", encrypted, 8))
        await until(lambda: here.mail.tried)
        document = here.mail.tried[0].document
        assert document is not None
        assert (document.content, document.name) == (b"%PDF-1.7", f"respuesta-{NUMBER}.pdf")


async def test_what_changes_in_a_case_is_mailed_too_but_not_that_it_was_read(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says(MAIL)
        now = here.process.clock()
        doing = changing.StaffAction(NUMBER, now - UNDO)  # it is told after that

        def write(tx: Transaction) -> None:
            assert changing.mark_read(tx, keyring, doing)
            assert forwarding.forward(tx, keyring, doing, "obras", "Es <de> Obras.")
            due = Due(now + timedelta(days=60), "OIRS 30 working days")
            assert changing.extend(tx, keyring, doing, due, "Falta un informe.")
            assert changing.close(tx, keyring, doing, "Se retiró.")

        await database.write(write)
        await here.settled()
        forwarded, extended, closed = sorted(
            (one.reply for one in here.mail.tried), key=lambda reply: "cerró" in reply.text
        )
        for reply, words in ((forwarded, "Es <de> Obras."), (closed, "Se retiró.")):
            assert reply.subject == f"Novedades de {NUMBER}"
            assert words in reply.text
            assert "no recibe respuestas" in reply.text
        assert "Falta un informe." in extended.text
        assert "Es &lt;de&gt; Obras." in forwarded.html
        assert not any("ya lo leyó" in one.reply.text for one in here.mail.tried)


async def test_an_answer_that_is_taken_back_is_not_mailed_either(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says(MAIL)
        clock = here.process.clock

        def write(tx: Transaction) -> str | None:
            note = answering.answer(tx, keyring, CaseAnswered(NUMBER, 0, WORDS), clock())
            assert note is not None
            return taking_back.undo_answer(tx, keyring, NUMBER, note, clock())

        assert await database.write(write) == WORDS
        assert await here.process.rows("SELECT count(*) FROM inbox") == [(0,)]


@pytest.mark.parametrize(
    "outcome", [Blocked("550/5.1.1"), RetryLater(timedelta(days=6), code="451")]
)
async def test_a_mail_that_is_refused_is_shown_and_can_be_sent_again(
    database: Database, keyring: Keyring, release: Release, outcome: Blocked | RetryLater
) -> None:
    areas = {area.id for area in release.content.areas} | {""}
    async with filed(database, keyring, release, outcome) as here:
        await here.says(MAIL)
        note = await here.answer()
        await until(lambda: here.mail.tried)
        await here.settled()
        (refused,) = await database.read(lambda tx: arrivals.refused(tx, areas, 8))
        assert (refused.number, refused.code, refused.by_mail) == (NUMBER, outcome.code, True)
        assert await database.write(
            lambda tx: arrivals.send_again(tx, NUMBER, note, here.process.clock())
        )
        here.process.delivery.nudge()
        await until(lambda: len(here.mail.tried) == 2)
        await here.settled()
        assert await database.read(lambda tx: arrivals.refused(tx, areas, 8)) == []


async def test_the_last_address_counts_and_the_first_is_gone(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says("ana@otro.cl", "ana.perez@", MAIL)
        assert await here.process.rows(CONTACTS) == [(1,)]
        await here.answer()
        await until(lambda: here.mail.tried)
        assert [one.address for one in here.mail.tried] == [MAIL]
        case = await database.read(lambda tx: reading.find_case(tx, keyring, NUMBER))
        assert case is not None
        assert case.by_mail
        assert all(MAIL not in (note.text or "") for note in case.notes)


async def test_an_address_is_seen_and_taken_along(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says(MAIL, "ver", "sí")
        await here.settled()
        assert f"Correos para sus respuestas: {MAIL}" in here.web.tried[-1].reply.text
        await here.says("llevarme", "sí")
        await here.settled()
        files = [one.reply.file for one in here.web.tried if one.reply.file is not None]
        data = next(file for file in reversed(files) if file.name.endswith(".json"))
        assert json.loads(data.content)["solicitudes"][0]["correo"] == MAIL


async def test_a_member_of_staff_who_gives_their_own_address_is_two_contacts(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await database.write(
            lambda tx: staff.add(
                tx, keyring, staff.NewMember("Ana", MAIL, ""), here.process.clock()
            )
        )
        await here.says(MAIL, "menú", "borrar", "sí")
        await here.settled()
        await here.answer()
        await until(lambda: any(WORDS in one.reply.text for one in here.mail.tried))
        await here.settled()
        clock = here.process.clock
        clock.goes_on(hours=25)
        await retention.sweep(database, keyring, clock())
        rows = await here.process.rows("SELECT account FROM contacts WHERE channel = 'mail'")
        assert rows == [("mail",)]


async def test_an_address_goes_with_the_words_of_its_case(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with filed(database, keyring, release) as here:
        await here.says(MAIL)
        await here.answer()
        await here.settled()
        for days, left in ((700, 1), (800, 0)):
            await database.write(
                lambda tx: tx.exec_driver_sql("UPDATE cases SET status = 'closed'")
            )
            await retention.sweep(database, keyring, here.process.clock() + timedelta(days=days))
            assert await here.process.rows(CONTACTS) == [(left,)]
