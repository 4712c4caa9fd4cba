"""Cases and ratings that staff enter for a citizen at a desk, each form and paper once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from handlers.facts.cases import CaseOpened
from handlers.facts.responses import AnswerGiven, ResponseClosed, ResponseOpened, ResponseOutcome
from handlers.facts.union import Fact
from handlers.messages import DeskSource
from storage.cases import recording
from storage.cases.answers import answering
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.recorded_fact import NO_CONTACT, RecordedFact
from storage.responses.answers import record_answers
from storage.tables.cases import desk_entries

ORIGIN = "staff"
_SHARD = 0  # sums add up over all shards


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """Who enters something, and when.

    ``form``: a token unique to the submitted form. ``paper``: the number on the paper, if any.
    """

    source: DeskSource
    form: str
    paper: str
    staff: int
    now: datetime


@dataclass(frozen=True, slots=True)
class EarlierEntry:
    """An earlier entry of the same form or paper. ``number`` empty: a rating."""

    number: str


def earlier(tx: Connection, keyring: Keyring, entry: DeskEntry) -> EarlierEntry | None:
    """What was entered from the same form or paper before, if anything."""
    known = desk_entries.c.key.in_(_keys(keyring, entry))
    number = tx.execute(select(desk_entries.c.number).where(known)).scalar()
    return None if number is None else EarlierEntry(number)


def enter_case(
    tx: Connection, keyring: Keyring, entry: DeskEntry, case: CaseOpened, reach: str
) -> None:
    """Open a case for a citizen without a chat. ``reach``: how to reach them, kept as a note."""
    _note(tx, keyring, entry, case.number)
    recorded = RecordedFact(case, NO_CONTACT, entry.source.value, entry.now)
    recording.record_cases(tx, keyring, [recorded], entry.now)
    if reach:
        answering.note(tx, keyring, case.number, entry.staff, reach, entry.now)


def enter_rating(
    tx: Connection,
    keyring: Keyring,
    entry: DeskEntry,
    opened: ResponseOpened,
    given: list[AnswerGiven],
    zone: ZoneInfo,
) -> None:
    """Store a rating given on paper or in person, and count it."""
    _note(tx, keyring, entry, "")
    facts: list[Fact] = [opened, *given, ResponseClosed(opened.response, ResponseOutcome.COMPLETED)]
    recorded = [RecordedFact(fact, NO_CONTACT, entry.source.value, entry.now) for fact in facts]
    record_answers(tx, keyring, recorded, zone).write(tx, _SHARD)


def _note(tx: Connection, keyring: Keyring, entry: DeskEntry, number: str) -> None:
    tx.execute(
        insert(desk_entries),
        [
            {"key": key, "number": number, "staff_id": entry.staff, "at": micros(entry.now)}
            for key in _keys(keyring, entry)
        ],
    )


def _keys(keyring: Keyring, entry: DeskEntry) -> list[bytes]:
    keys = [keyring.secret_hash("desk-form", entry.form)]
    if paper := "".join(entry.paper.upper().split()):
        keys.append(keyring.secret_hash("desk-paper", paper))
    return keys
