"""Citizens who write, in few words: what the storage tests play with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.facts.responses import (
    AnswerGiven,
    ResponseClosed,
    ResponseOpened,
    ResponseOutcome,
    Subject,
)
from handlers.facts.union import Fact
from handlers.messages import Channel, Reply, Sender
from handlers.state import Conversation, Turn
from storage import turns
from storage.contacts.contacts import ContactRow, contact_of, find_contacts, load
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.outbox.outbox import OutboxRow
from storage.turns import RecordContext, TurnTaken

T = TypeVar("T")

ZONE = ZoneInfo("America/Santiago")
WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # in ISO week 47
TRANSIT = Subject("transito", "licencias", "meson-1")


def sender(address: str, channel: Channel = Channel.TELEGRAM, **more: Any) -> Sender:
    return Sender(channel, "municipality", address, **more)


def replies(*texts: str, first: int = 1) -> tuple[Reply, ...]:
    return tuple(Reply(number, text) for number, text in enumerate(texts, first))


def grade(response: int, value: int, subject: Subject = TRANSIT) -> AnswerGiven:
    return AnswerGiven(response, "atencion", "grade", "grade", str(value), subject, value)


def reason(response: int, value: str, subject: Subject = TRANSIT) -> AnswerGiven:
    return AnswerGiven(response, "atencion", "reason", "choice", value, subject)


def words(response: int, value: str, subject: Subject = TRANSIT) -> AnswerGiven:
    return AnswerGiven(response, "atencion", "words", "text", value, subject)


def opened(response: int, subject: Subject = TRANSIT) -> ResponseOpened:
    return ResponseOpened(response, "atencion", 1, subject, "menu")


def closed(response: int, outcome: ResponseOutcome = ResponseOutcome.COMPLETED) -> ResponseClosed:
    return ResponseClosed(response, outcome)


@dataclass(slots=True)
class Said:
    """One turn to be taken: by whom, what it establishes and what is replied."""

    who: Sender
    facts: Sequence[Fact] = ()
    replies: Sequence[Reply] = ()
    at: datetime = WEDNESDAY
    conversation: Conversation | None = None
    network: bytes = b""


class Scene:
    """A database with its keys; each call is one transaction."""

    def __init__(self, database: Database, keyring: Keyring, shard: int = 0) -> None:
        self.database = database
        self.keyring = keyring
        self.context = RecordContext(shard, ZONE, Owner("here", 1), WEDNESDAY)

    async def take(self, *said: Said) -> list[OutboxRow]:
        """A batch of turns, as the intake takes them."""
        return await self.database.write(lambda tx: self.take_in(tx, *said))

    def take_in(self, tx: Connection, *said: Said) -> list[OutboxRow]:
        senders = [one.who for one in said]
        contacts = find_contacts(tx, self.keyring, senders, self.context.now)
        loaded = load(tx, self.keyring, contacts)
        taken: list[TurnTaken] = []
        states: dict[int, Conversation] = {}
        for contact, one in zip(contacts, said, strict=True):
            before = states.get(contact.id, loaded[contact.id].conversation)
            seq = max([before.seq, *(reply.number for reply in one.replies)])
            conversation = one.conversation or Conversation(seq=seq)
            states[contact.id] = conversation
            turn = Turn(conversation, tuple(one.replies), tuple(one.facts))
            taken.append(TurnTaken(loaded[contact.id], one.at, turn, one.at, network=one.network))
        return turns.record(tx, self.keyring, taken, self.context)

    async def contact(self, who: Sender) -> ContactRow:
        """The contact of a sender; it must be known."""
        found = await self.find(who)
        assert found is not None
        return found

    async def find(self, who: Sender) -> ContactRow | None:
        return await self.read(lambda tx: contact_of(tx, self.keyring, who))

    async def conversation(self, who: Sender) -> Conversation:
        contact = await self.contact(who)
        loaded = await self.database.write(lambda tx: load(tx, self.keyring, [contact]))
        return loaded[contact.id].conversation

    async def write(self, f: Callable[[Connection], T]) -> T:
        return await self.database.write(f)

    async def read(self, f: Callable[[Connection], T]) -> T:
        return await self.database.read(f)

    async def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a second transaction sees."""
        return await self.read(
            lambda tx: [tuple(row) for row in tx.exec_driver_sql(statement).fetchall()]
        )
