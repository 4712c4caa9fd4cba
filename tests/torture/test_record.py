"""What the kill harness must notice: each kind of damage is found where there is some."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import Connection

from bot.config import DigestSettings
from bot.content.folder import load_content
from bot.content.release import PACKAGED
from bot.jobs.schedule import last_due
from handlers.messages import Channel, Sender
from storage.contacts.contacts import find_contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.e2e.citizen import Book, Response
from tests.e2e.test_two_hundred_citizens import CHILE
from tests.e2e.voices import TelegramVoice
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.torture.campaign import Kills, digest_due
from tests.torture.kills import BEFORE
from tests.torture.lives import LastingCitizen, Lives
from tests.torture.platforms import Door, Journal, telegram_name
from tests.torture.record import (
    Findings,
    Repeat,
    acknowledged,
    compare,
    digests_heard,
    faults_in,
    repeats,
    unfounded,
)
from tests.torture.voices import PatientVoice

NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
GIVEN = Response("atencion", "aseo", "", "web", {"grade": "5", "reason": "espera"})


def exported(**values: str) -> list[dict[str, str]]:
    dimensions = {"questionnaire": "atencion", "area": "aseo", "service": "", "channel": "web"}
    return [{**dimensions, "question": key, "value": value} for key, value in values.items()]


def test_each_answer_is_stored_once_lost_or_doubled() -> None:
    given = acknowledged(Book([GIVEN]))

    whole = compare(given, exported(grade="5", reason="espera"))
    assert (whole.once, whole.lost, whole.doubled) == (2, 0, 0)
    less = compare(given, exported(grade="5"))
    assert (less.once, less.lost, less.doubled) == (1, 1, 0)
    twice = compare(given, [*exported(grade="5", reason="espera"), *exported(grade="5")])
    assert (twice.once, twice.lost, twice.doubled) == (2, 0, 1)


def test_every_error_in_the_log_is_a_fault_under_any_name() -> None:
    error = json.dumps({"event": "turn failed", "level": "error", "timestamp": "now"})
    warning = json.dumps({"event": "reply given up", "level": "warning", "timestamp": "now"})
    output = "\n".join(
        (
            "Opina está en marcha: http://127.0.0.1:8080/chat",
            "  Telegram   sí  https://t.me/opina_bot",
            "Para detenerlo: Ctrl+C",
            warning,
            error,
            error,
            '{"event": "cut off by a ki',
            "asyncio: Task exception was never retrieved",
            "Traceback (most recent call last):",
        )
    )

    faults = faults_in(output)

    assert len(faults) == 3
    assert "turn failed" in faults[0]
    assert "(2 times)" in faults[0]


class Broken(PatientVoice):
    """A voice that fails as no assertion does."""

    async def says(self, text: str) -> None:
        raise KeyError(text)

    opens = says


async def test_everything_that_a_citizen_meets_is_a_finding() -> None:
    async with FakeTelegram() as telegram:
        voice = Broken(TelegramVoice(telegram.citizen()))
        lives = Lives(Book())
        chance = Random(1)
        citizen = LastingCitizen(voice, load_content(PACKAGED), lives.book, chance)
        lives.living = [asyncio.create_task(lives.go_on(citizen, chance))]
        await lives.end(5)

    assert [failure.partition(":")[0] for failure in lives.failures] == ["KeyError"]
    assert lives.completed == 0


async def test_a_page_whose_stream_breaks_and_a_citizen_who_never_ends_are_findings() -> None:
    async def breaks() -> None:
        raise ValueError("not JSON")

    lives = Lives(Book())
    lives.living = [asyncio.create_task(asyncio.sleep(60))]
    lives.listening = [asyncio.create_task(breaks())]
    await lives.end(0.05)
    await lives.stop()

    assert len(lives.failures) == 2
    assert lives.stuck == 1


async def test_a_reply_that_came_again_must_have_been_tried_again_after_a_kill(
    database: Database, keyring: Keyring
) -> None:
    sender = Sender(Channel.TELEGRAM, "7000000001", "5000000001")

    def outbox_of(tx: Connection) -> None:
        (contact,) = find_contacts(tx, keyring, [sender], NOW)
        for seq, attempts, ref in ((1, 1, "2"), (2, 2, "4")):
            tx.exec_driver_sql(
                "INSERT INTO outbox (contact_id, seq, channel, payload, about, closes, state, "
                "attempts, repeated, due_at, owner, owner_epoch, claimed_at, sent_at, sent_ref, "
                f"code, created_at) VALUES ({contact.id}, {seq}, 'telegram', '', '', 0, 'sent', "
                f"{attempts}, 0, 0, '', 0, 0, 1, '{ref}', '', 1)"
            )

    await database.write(outbox_of)
    names = ("5000000001/1", "5000000001/2")
    later = ("5000000001/3", "5000000001/4")
    after_kill = {names[0]: 0, names[1]: 1, later[0]: 0, later[1]: 1}
    no_kill = dict.fromkeys(after_kill, 0)

    async def unfounded_of(repeat: Repeat, lives: dict[str, int]) -> list[str]:
        return await database.read(lambda tx: list(unfounded(tx, keyring, [repeat], lives)))

    assert await unfounded_of(Repeat(sender, 2, later), after_kill) == []
    assert await unfounded_of(Repeat(sender, "a digest", later), after_kill) == []
    assert "tried 1 times" in (await unfounded_of(Repeat(sender, 1, names), after_kill))[0]
    assert "not killed" in (await unfounded_of(Repeat(sender, 2, later), no_kill))[0]


async def test_repeats_are_told_by_the_reply_that_a_message_offers() -> None:
    async with FakeTelegram() as telegram, FakeWhatsApp() as whatsapp:
        chat = telegram.citizen().chat
        for number in (1, 2, 2):
            chat.add("¿Qué nota?", keyboard=[[("1", f"{number}:1")]])
        chat.add("sin botones")

        (repeat,) = repeats(telegram, whatsapp)

    assert repeat.what == 2
    assert repeat.names == (telegram_name(chat.id, 2), telegram_name(chat.id, 3))


async def test_digests_are_missed_doubled_or_not_due() -> None:
    async with FakeTelegram() as telegram:
        first, second, third = (telegram.citizen() for _ in range(3))
        for person in (second, second, third):
            person.chat.add("Resumen completo: https://opina.example/resumen/2026-W47/todas/x")
        due = [(first, "2026-W47"), (second, "2026-W47")]

        digests = digests_heard(due, telegram)

    assert digests.due == 2
    assert digests.missed == [f"2026-W47 to {first.chat.id}"]
    assert digests.doubled == 1
    assert digests.undue == [f"2026-W47 to {third.chat.id}"]


@pytest.mark.parametrize("days", range(7))
def test_a_digest_fell_due_before_and_none_does_during_the_rounds(days: int) -> None:
    now = NOW + timedelta(days=days)
    settings, week = digest_due(now)
    digest = DigestSettings.model_validate(settings)

    for later in (timedelta(0), timedelta(hours=12)):
        due_week, due = last_due(now + later, digest, CHILE)
        assert str(due_week) == week
        assert BEFORE > now - due > timedelta(days=1)


def test_an_aim_that_is_never_hit_is_a_violation() -> None:
    kills, findings = Kills(), Findings()
    kills.found["while busy"] = Counter({"any instant": 3})
    kills.found["during a digest"] = Counter({"": 2})
    kills.tell(findings)

    assert findings.figures["killed during a digest"] == "2, hit 0"
    assert (findings.kills, findings.hits) == (5, 3)
    assert findings.violations == ["killed during a digest 2 times and never hit"]


async def test_what_waits_at_a_door_reaches_the_platform_unless_it_is_lost() -> None:
    door = Door()
    door.shut("/resumen/", let_in=1)

    assert await door.enter("¿Qué nota?")
    assert await door.enter("https://opina.example/resumen/1")
    waiting = asyncio.create_task(door.enter("https://opina.example/resumen/2"))
    await asyncio.sleep(0)
    assert door.held == 1
    door.open(lost=True)
    assert not await waiting
    assert await door.enter("https://opina.example/resumen/2")

    door.shut()
    waiting = asyncio.create_task(door.enter("¿Qué nota?"))
    await asyncio.sleep(0)
    door.open(lost=False)
    assert await waiting


async def test_an_event_is_open_until_it_is_acknowledged_and_never_again() -> None:
    journal = Journal()
    journal.hand_over("before")
    acknowledged = asyncio.create_task(journal.next_acknowledged())
    await asyncio.sleep(0)
    journal.acknowledge("before")
    await asyncio.sleep(0)
    assert not acknowledged.done(), "it was handed over before"
    journal.hand_over("1")
    assert journal.open == {"1"}
    journal.acknowledge("1")
    await acknowledged
    journal.hand_over("1")
    assert journal.open == set()
