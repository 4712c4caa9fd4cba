"""After WhatsApp's 24 hours an answer is announced, waits for its citizen, and arrives once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.channels.http.client import HttpClient
from bot.channels.ports import Blocked, Held, RetryLater
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.config import WhatsAppSettings
from handlers.messages import CaseAnswer, CaseNews, CaseStep, Channel, PersonSays
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.outbox.inbox import ForContact, put_inbox
from storage.privacy import retention
from tests.bot.one_process import Clock, FakeChannel, OneProcess, opened, until
from tests.fakes.faults import refusal_code
from tests.fakes.whatsapp.citizen import Citizen
from tests.fakes.whatsapp.cloud_api import TAP, FakeWhatsApp

NUMBER = "LS-2026-000001"
WORDS = "Pasamos el martes"
ANSWER = CaseAnswer(NUMBER, "aseo", WORDS)
READ = CaseNews(NUMBER, CaseStep.READ, "aseo", None)


@dataclass
class Served:
    """A process whose only channel is the fake WhatsApp, and a citizen who wrote a day ago."""

    process: OneProcess
    fake: FakeWhatsApp
    citizen: Citizen
    clock: Clock
    events: int = 0

    async def tell(self, *bodies: CaseAnswer | CaseNews | PersonSays) -> None:
        """Leave these for the citizen, one after the other."""
        for body in bodies:
            self.events += 1
            await put(self.process, f"event-{self.events}", body)

    @property
    def kinds(self) -> list[str]:
        """What arrived since the citizen first wrote."""
        return [message.kind for message in self.citizen.received[1:]]

    @property
    def answers(self) -> int:
        return sum(WORDS in message.text for message in self.citizen.received)


@asynccontextmanager
async def served(
    database: Database, keyring: Keyring, release: Release, template: str | None = "aviso"
) -> AsyncIterator[Served]:
    clock = Clock()
    async with FakeWhatsApp(now=clock) as fake, HttpClient() as client:
        fake.templates = {"aviso": {"es"}}
        values = {
            "token": SecretStr(fake.token),
            "phone_number_id": fake.phone_number_id,
            "app_secret": SecretStr(fake.app_secret),
            "verify_token": SecretStr(fake.verify_token),
            "api_url": fake.url,
            "template": template,
        }
        channel = WhatsAppChannel(WhatsAppSettings.model_validate(values), client, clock)
        async with opened(database, keyring, release, [channel], clock=clock) as process:
            (webhook,) = channel.webhooks(process.intake)

            async def post(request: web.Request) -> web.Response:
                headers = {name.lower(): value for name, value in request.headers.items()}
                answer = await webhook.take(headers, await request.read())
                return web.Response(status=answer.status)

            app = web.Application()
            app.router.add_post("/", post)
            async with TestServer(app) as server:
                fake.webhook_url = str(server.make_url("/"))
                citizen = fake.citizen()
                await citizen.says("menú")
                await citizen.hears()
                await process.until_states("sent")
                await process.waits(hours=25)
                yield Served(process, fake, citizen, clock)


async def put(process: OneProcess, event: str, body: object) -> None:
    def write(tx: Transaction) -> None:
        (contact,) = tx.exec_driver_sql("SELECT id FROM contacts").one()
        put_inbox(tx, process.keyring, [ForContact(contact, event, body)], process.clock())

    await process.database.write(write)
    process.intake.nudge()
    await until_empty(process)


async def test_two_answers_at_once_are_announced_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:

        def write(tx: Transaction) -> None:
            (contact,) = tx.exec_driver_sql("SELECT id FROM contacts").one()
            both = [ForContact(contact, f"event-{number}", ANSWER) for number in (1, 2)]
            put_inbox(tx, keyring, both, here.clock())

        await database.write(write)
        here.process.intake.nudge()
        await here.process.until_states("sent", "held", "held")
        assert here.kinds == ["template"]


async def until_empty(process: OneProcess) -> None:
    for _ in range(500):
        if await process.rows("SELECT count(*) FROM inbox") == [(0,)]:
            return
        process.intake.nudge()
        await asyncio.sleep(0.02)
    raise AssertionError("the inbox is not emptied")


@pytest.mark.parametrize("said", [TAP, "hola"])
async def test_an_answer_is_announced_and_arrives_once_as_soon_as_its_citizen_writes(
    database: Database, keyring: Keyring, release: Release, said: str
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        assert here.kinds == ["template"]
        assert here.answers == 0
        await (here.citizen.presses(TAP) if said == TAP else here.citizen.says(said))
        await until(lambda: here.answers)
        if said == TAP:  # nothing is said of the tap itself, and the case gets no such words
            await here.process.until_states("sent", "sent")
        else:
            await here.process.until_states("sent", "sent", "sent")
            assert WORDS in here.citizen.received[2].text
        await here.process.waits(hours=1)
        await here.citizen.says("gracias")
        await until(lambda: here.fake.calls[-1].message["type"] != "template")
        assert here.answers == 1
        assert here.fake.refused == []


async def test_a_tap_when_nothing_waits_any_more_is_answered(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        announced = here.citizen.received[-1]
        await here.citizen.presses(TAP)
        await until(lambda: here.answers)
        await here.process.until_states("sent", "sent")
        await here.citizen.presses(TAP, under=announced)
        await until(lambda: "mensajes por leer" in here.citizen.received[-1].text)


async def test_what_follows_an_announcement_waits_with_it_in_its_order(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(READ)  # nobody is called for that
        await here.process.until_states("sent", "held")
        assert here.kinds == []
        await here.tell(ANSWER)
        await until(lambda: here.kinds == ["template"])
        await here.process.until_states("sent", "held", "held")
        await here.tell(PersonSays(1, "Lo vemos mañana"))
        await here.process.until_states("sent", "held", "held", "held")
        assert here.kinds == ["template"]
        await here.citizen.presses(TAP)
        await here.process.until_states("sent", "sent", "sent", "sent")
        told = [message.text for message in here.citizen.received[2:]]
        assert ["leyó" in told[0], WORDS in told[1], "mañana" in told[2]] == [True] * 3


async def test_a_day_later_the_next_answer_is_announced_anew(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        await here.process.waits(hours=25)
        await here.tell(CaseAnswer(NUMBER, "aseo", "Ya pasamos"))
        await until(lambda: here.kinds == ["template", "template"])


@pytest.mark.parametrize(
    ("template", "code"),
    [("aviso", 132001), ("aviso", 132015), ("aviso", 131026), (None, 0), ("no_es", 0)],
)
async def test_an_answer_whose_announcement_is_refused_waits_all_the_same(
    database: Database, keyring: Keyring, release: Release, template: str | None, code: int
) -> None:
    async with served(database, keyring, release, template) as here:
        if code:
            here.fake.faults.next(refusal_code(code))
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        expected = str(code) if code else "132001" if template else "no-template"
        assert await here.process.rows("SELECT code FROM outbox WHERE due_at < 0") == [(expected,)]
        await here.process.waits(days=40)
        await retention.sweep(database, keyring, here.clock())
        await here.citizen.says("hola")
        await until(lambda: here.answers)
        assert here.answers == 1


async def test_an_announcement_that_fails_after_it_was_taken_leaves_the_answer_waiting(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        await here.fake.reports(here.citizen.received[-1].ref, "failed", 131026)
        await here.fake.all_taken()
        rows = await here.process.rows("SELECT state, code FROM outbox WHERE due_at < 0")
        assert rows == [("held", "131026")]
        await here.citizen.says("hola")
        await until(lambda: here.answers)


async def test_who_writes_while_their_answer_is_announced_gets_it(
    database: Database, keyring: Keyring, release: Release
) -> None:
    channel = FakeChannel(Channel.WHATSAPP)
    async with opened(database, keyring, release, [channel]) as process:
        await process.hears("menú", channel=Channel.WHATSAPP)
        await process.until_states("sent")
        await process.waits(hours=25)
        channel.outcomes.append(Held(ref="aviso"))
        channel.answers.clear()
        await put(process, "event", ANSWER)
        await until(lambda: len(channel.tried) == 2)
        await process.hears("hola", channel=Channel.WHATSAPP)
        channel.answers.set()
        await process.until_states("sent", "sent", "sent")
        texts = [one.reply.text for one in channel.tried]
        assert sum(WORDS in text for text in texts) == 2  # once as what was to be announced


async def test_what_cannot_arrive_for_days_waits_for_its_citizen_too(
    database: Database, keyring: Keyring, release: Release
) -> None:
    """Also elsewhere: the platform was down, or they had blocked us."""
    telegram = FakeChannel()
    async with opened(database, keyring, release, [telegram]) as process:
        await process.hears("menú")
        await process.until_states("sent")
        telegram.outcomes.append(RetryLater(timedelta(hours=25), code="429"))
        await put(process, "event", ANSWER)
        await process.until_states("sent", "held")
        await process.waits(hours=30)
        await process.hears("hola")
        await process.until_states("sent", "sent", "sent")
        telegram.outcomes.append(Blocked("403"))
        await put(process, "event-2", ANSWER)
        await process.until_states("sent", "sent", "sent", "held")
        await put(process, "event-3", ANSWER)
        await process.until_states("sent", "sent", "sent", "held", "held")
        process.clock.goes_on(minutes=1)
        await process.hears("hola")
        await process.until_states(*["sent"] * 6)


async def test_a_number_that_changes_gets_nothing_until_it_writes(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        await here.citizen.changes_number("56900009999")
        await here.fake.all_taken()
        await here.process.until_states("sent", "held")
        await here.citizen.says("hola")
        await until(lambda: here.answers)


async def test_an_answer_waits_no_longer_than_the_words_of_its_case_stay(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.tell(ANSWER)
        await here.process.until_states("sent", "held")
        periods = retention.Periods(closed_cases=timedelta(days=100))
        for days, left in ((99, 1), (101, 0)):
            await retention.sweep(database, keyring, here.clock() + timedelta(days=days), periods)
            count = await here.process.rows("SELECT count(*) FROM outbox WHERE due_at < 0")
            assert count == [(left,)]


async def test_to_who_was_erased_no_message_is_announced_that_could_never_be_opened(
    database: Database, keyring: Keyring, release: Release
) -> None:
    async with served(database, keyring, release) as here:
        await here.process.database.write(
            lambda tx: tx.exec_driver_sql("UPDATE contacts SET erased_at = 1")
        )
        await here.tell(ANSWER)
        await here.process.until_states("sent", "failed")
        rows = await here.process.rows("SELECT code, length(payload) FROM outbox ORDER BY seq")
        assert rows[-1] == ("erased", 0)
        assert here.kinds == []
