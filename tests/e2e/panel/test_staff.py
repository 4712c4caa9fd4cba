"""A citizen's complaint reaches the staff, and a person's answer reaches the citizen."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.e2e import service
from tests.e2e.citizen import CASE
from tests.e2e.moved_clock import MovedClock
from tests.fakes.telegram.bot_api import FakeTelegram

pytestmark = pytest.mark.process

COMPLAINT = "La luminaria de mi pasaje no prende hace un mes"
MAIL_S = 20.0


class Mailbox:
    """Takes every mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        del server, session
        assert isinstance(envelope.content, bytes)
        parser = BytesParser(EmailMessage, policy=policy.default)
        self.mails.append(parser.parsebytes(envelope.content))
        return "250 OK"

    async def receives(self, recipient: str) -> EmailMessage:
        """The first mail to somebody, once it is there."""
        for _ in range(int(MAIL_S / 0.05)):
            for mail in self.mails:
                if mail["To"] == recipient:
                    return mail
            await asyncio.sleep(0.05)
        raise AssertionError(f"no mail to {recipient}")


async def test_a_complaint_reaches_the_staff_and_their_answers_reach_the_citizen(
    tmp_path: Path,
) -> None:
    clock = MovedClock.at_work(tmp_path)
    async with FakeTelegram(now=clock) as telegram, mail_server() as (mailbox, port):
        settings = {
            "telegram": service.telegram_settings(telegram),
            "mail": {
                "host": "127.0.0.1",
                "port": port,
                "from": "Opina <opina@muni.example>",
                "security": "none",
            },
        }
        async with service.running(tmp_path, settings, moved_clock=True) as opina:
            codes = await asyncio.gather(
                new_code(opina, "luces", "--area", "operaciones"),
                new_code(opina, "deportes", "--area", "deportes"),
            )
            in_charge, elsewhere, late = (telegram.citizen() for _ in range(3))
            for person, code in ((in_charge, codes[0]), (elsewhere, codes[1])):
                await person.starts(f"staff-{code}")
                assert "este chat quedó unido a su cuenta" in (await person.hears()).text
            await late.starts(f"staff-{codes[0]}")
            assert "Ese código no sirve o ya venció" in (await late.hears()).text

            citizen = telegram.citizen()
            await citizen.says("reclamo")
            await citizen.hears()
            await citizen.says(COMPLAINT)
            if "SALTAR" in (await citizen.hears()).text:
                await citizen.says("saltar")
                await citizen.hears()
            await citizen.says("sí")
            number = CASE.findall((await citizen.hears()).text)[0]

            notice = await in_charge.hears()
            assert number in notice.text
            assert COMPLAINT in notice.text
            mail = await mailbox.receives("luces@muni.example")
            assert number in mail["Subject"]
            body = mail.get_body(("plain",))
            assert body is not None
            assert COMPLAINT in " ".join(body.get_content().split())

            await in_charge.says("El jueves va la cuadrila", quoting=notice)
            assert f"Su respuesta a {number} sale en 20 segundos" in (await in_charge.hears()).text
            await in_charge.presses("Deshacer")
            assert "No se envió nada" in (await in_charge.hears()).text
            await in_charge.says("NOTA: avisar al contratista", quoting=notice)
            assert "La persona no la ve" in (await in_charge.hears()).text
            await in_charge.says("/casos")
            assert number in (await in_charge.hears()).text
            await in_charge.presses(number)
            shown = await in_charge.hears()
            assert COMPLAINT in shown.text
            assert "ya lo leyó" in (await citizen.hears()).text
            await in_charge.says("El jueves va la cuadrilla", quoting=shown)
            assert "sale en 20 segundos" in (await in_charge.hears()).text
            clock.goes_on(seconds=20)
            answer = await citizen.hears()
            assert number in answer.text
            assert "«El jueves va la cuadrilla»" in answer.text
            assert "luces" not in answer.text, "the citizen is answered by the office"

            await citizen.says("Que vengan después de las tres, hay un perro", quoting=answer)
            assert number in (await citizen.hears()).text
            assert "hay un perro" in (await in_charge.hears()).text
            await opina.command("cases", "answer", number, "Entre nueve y doce")
            assert "«Entre nueve y doce»" in (await citizen.hears()).text

            shown = await opina.command("cases", "show", number)
            for words in (COMPLAINT, "El jueves va la cuadrilla", "Entre nueve y doce"):
                assert words in shown
            log = await opina.command("audit")
            for done in ("leyó", "anotó en", "deshizo", "respondió"):
                assert f"luces · {done} un" in log, log
            assert len(elsewhere.received) == 1, "only the link; other areas' cases are not theirs"
            assert {mail["To"] for mail in mailbox.mails} == {"luces@muni.example"}
            assert telegram.refused == []
            assert await opina.stop() == 0
            assert COMPLAINT not in opina.output


async def new_code(opina: service.Service, name: str, *options: str) -> str:
    """Add a member of staff of this name; the code that is printed."""
    printed = await opina.command("staff", "add", name, "--email", f"{name}@muni.example", *options)
    found = re.search(r"/start staff-(\S+)", printed)
    assert found is not None, printed
    return found[1]


@asynccontextmanager
async def mail_server() -> AsyncIterator[tuple[Mailbox, int]]:
    """A mailbox on 127.0.0.1 and its port."""
    mailbox, loop = Mailbox(), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(mailbox, hostname="mail.example", loop=loop), "127.0.0.1", 0
    )
    try:
        yield mailbox, server.sockets[0].getsockname()[1]
    finally:
        server.close()
        await asyncio.sleep(0)
