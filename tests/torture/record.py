"""What must be so after the kills, read from the database, the exports, the chats and the log."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from handlers.messages import Channel, Sender
from storage.contacts.contacts import contact_of
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.outbox import results
from tests.e2e.citizen import Book
from tests.e2e.service import Service
from tests.fakes.telegram import citizen as telegram_citizen
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.torture.platforms import telegram_name
from tests.torture.voices import number_of

DIGEST = re.compile(r"/resumen/(\d{4}-W\d\d)/")
CAUSED: frozenset[str] = frozenset()
"""Events that the service logs as errors although nothing is wrong but what the harness does.
There are none: a kill is not noticed by who is killed, and a hanging send is ended by a kill."""

LIBRARY = re.compile(r"^[a-z_]+(\.\w+)*: ")  # how a library's warning begins (bot.logs)

Answer = tuple[str, ...]
"""Questionnaire, area, service, channel, question, value."""


@dataclass
class Findings:
    """The figures of one configuration, and what was violated."""

    figures: dict[str, str] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    kills: int = 0
    hits: int = 0  # kills that found what they aimed at

    def check(self, holds: bool, otherwise: str) -> None:
        """Note a violation unless something holds."""
        if not holds:
            self.violations.append(otherwise)


@dataclass(frozen=True)
class Stored:
    """What the database says of itself."""

    answers: int
    uncertain: int  # replies that were in hand when their process was killed, and the like
    tried_again: int
    open: int  # replies and inbox events on their way; but mail, of which there is no server
    failed: int
    quarantined: int

    @staticmethod
    def read(tx: Connection) -> Stored:
        def count(statement: str) -> int:
            return int(tx.exec_driver_sql(f"SELECT count(*) FROM {statement}").scalar() or 0)

        return Stored(
            answers=count("answers"),
            uncertain=counters.value(tx, results.UNCERTAIN),
            tried_again=count("outbox WHERE attempts > 1"),
            open=count("outbox WHERE due_at > 0 AND channel <> 'mail'")
            + count(f"inbox WHERE due_at <= {micros(datetime.now(UTC))}"),  # no held notices
            failed=count("outbox WHERE state = 'failed'"),
            quarantined=count("quarantine"),
        )


# Answers


@dataclass(frozen=True)
class Compared:
    """Answers that were acknowledged beside those that are stored."""

    once: int
    lost: int
    doubled: int


async def compared(service: Service, book: Book) -> Compared:
    """Each answer as its citizen gave it last, beside the exports."""
    exported = await service.command("export", "responses", "--format", "jsonl")
    return compare(acknowledged(book), map(json.loads, exported.splitlines()))


def acknowledged(book: Book) -> Counter[Answer]:
    """Every answer that a citizen was told is noted, or whose next question they were asked."""
    return Counter(
        (given.questionnaire, given.area, given.service, given.channel, question, value)
        for given in book.responses
        for question, value in given.answers.items()
    )


def compare(given: Counter[Answer], rows: Iterable[Mapping[str, str]]) -> Compared:
    """How many stand there once, not, or beyond what was given."""
    keys = ("questionnaire", "area", "service", "channel", "question", "value")
    stored: Counter[Answer] = Counter(
        tuple(row[key] for key in keys) for row in rows if row["question"]
    )
    return Compared((given & stored).total(), (given - stored).total(), (stored - given).total())


async def differences_of_sums(service: Service) -> str:
    """How many ``opina sums --verify`` finds: everything counted again."""
    try:
        said = await service.command("sums", "--verify")
    except AssertionError as error:
        return f"it failed: {str(error)[-200:]}"
    if "coinciden" in said:
        return "0"
    found = re.search(r"^(\d+) diferencia", said, re.M)
    return found[1] if found else said[-200:]


# Messages that came twice


@dataclass(frozen=True)
class Repeat:
    """A reply that a platform was given more than once.

    ``what`` is its number, or its text where it offers nothing that would name the number;
    ``names``: its messages, in order.
    """

    sender: Sender
    what: int | str
    names: tuple[str, ...]


def repeats(telegram: FakeTelegram, whatsapp: FakeWhatsApp) -> list[Repeat]:
    """The same reply, by its number, again. A page on the web shows a number once."""
    found = []
    for sender, messages in _chats(telegram, whatsapp):
        named: dict[int | str, list[str]] = defaultdict(list)
        for name, what in messages:
            named[what].append(name)
        found += [
            Repeat(sender, what, tuple(names)) for what, names in named.items() if len(names) > 1
        ]
    return found


def unfounded(
    tx: Connection, keyring: Keyring, found: Iterable[Repeat], lives: Mapping[str, int]
) -> Iterator[str]:
    """Those that came more often than they were tried, or twice in one life of the service.

    ``lives``: by the message's name, which one took it; only where just one process runs.
    """
    for repeat in found:
        contact = contact_of(tx, keyring, repeat.sender)
        assert contact is not None
        row = f"seq = {repeat.what}"
        if isinstance(repeat.what, str):  # the last of them is the one whose name is kept
            row = f"sent_ref = '{repeat.names[-1].rpartition('/')[2]}'"
        tries = tx.exec_driver_sql(
            "SELECT coalesce(max(attempts), 0) FROM outbox "
            f"WHERE contact_id = {contact.id} AND {row}"
        ).scalar_one()
        what = f"{repeat.sender.channel}: the reply {row} of contact {contact.id}"
        if len(repeat.names) > tries:
            yield f"{what} came {len(repeat.names)} times and was tried {tries} times"
        taken = [lives[name] for name in repeat.names if name in lives]
        if len(set(taken)) < len(taken):
            yield f"{what} came twice although the service was not killed meanwhile"


def _chats(
    telegram: FakeTelegram, whatsapp: FakeWhatsApp
) -> Iterator[tuple[Sender, list[tuple[str, int | str]]]]:
    """Who is written to there, and the messages: each one's name, and what it says."""
    bot = telegram.token.partition(":")[0]
    for chat in telegram.chats.values():
        messages = [
            (telegram_name(chat.id, message.id), number_of(message) or message.text)
            for message in chat.messages
            if not message.from_citizen
        ]
        yield Sender(Channel.TELEGRAM, bot, str(chat.id)), messages
    for citizen in whatsapp.citizens:
        heard = [(message.ref, number_of(message) or message.text) for message in citizen.received]
        yield Sender(Channel.WHATSAPP, whatsapp.phone_number_id, citizen.address), heard


# Digests


@dataclass(frozen=True)
class Digests:
    """How often each that was due came, and what came without being due."""

    due: int
    missed: list[str]
    doubled: int
    undue: list[str]


def digests_heard(
    due: Collection[tuple[telegram_citizen.Citizen, str]], everybody: FakeTelegram
) -> Digests:
    """``due``: reader and week. A digest is known by the link in it."""
    heard: Counter[tuple[int, str]] = Counter()
    for chat in everybody.chats.values():
        for message in chat.messages:
            if not message.from_citizen:
                heard.update((chat.id, week) for week in DIGEST.findall(message.text))
    wanted = {(person.chat.id, week) for person, week in due}
    return Digests(
        due=len(wanted),
        missed=[f"{week} to {chat}" for chat, week in sorted(wanted - heard.keys())],
        doubled=sum(count - 1 for count in heard.values()),
        undue=[f"{week} to {chat}" for chat, week in sorted(heard.keys() - wanted)],
    )


# The log


def faults_in(output: str) -> list[str]:
    """What the service says that must not be: errors, tracebacks, warnings of libraries."""
    found: Counter[str] = Counter()
    for line in output.splitlines():
        if line.startswith("{"):
            event = _event(line)
            if event.get("level") in ("error", "critical") and event["event"] not in CAUSED:
                what = {key: event[key] for key in sorted(event) if key != "timestamp"}
                found[json.dumps(what)] += 1
        elif line.startswith("Traceback") or LIBRARY.match(line):
            found[line] += 1
    return [f"{text} ({count} times)" for text, count in found.items()]


def _event(line: str) -> dict[str, object]:
    """A line's event; nothing where a kill cut it off."""
    try:
        return dict(json.loads(line))
    except ValueError:
        return {}
