"""Cases and ratings that staff enter for a citizen at a desk, each form and paper once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, delete, exists, insert, select

from handlers.facts.cases import CaseOpened
from handlers.facts.responses import AnswerGiven, ResponseClosed, ResponseOpened, ResponseOutcome
from handlers.facts.union import Fact
from handlers.messages import DeskSource
from storage.cases import recording
from storage.cases.notes import NewNote, add_note
from storage.engine.keyring import Keyring
from storage.engine.times import iso_week, micros
from storage.quality.digests import newest_published
from storage.recorded_fact import NO_CONTACT, RecordedFact
from storage.responses.answers import record_answers, stored_answers
from storage.responses.responses import stored_responses
from storage.responses.sums import Movements
from storage.tables.cases import desk_entries
from storage.tables.responses import answers, responses

ORIGIN = "staff"
UNDO_RATING = timedelta(minutes=10)
"""How long a rating can be taken out again by the person who entered it."""
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
class DeskRating:
    """A rating given on paper or in person, all at once."""

    opened: ResponseOpened
    answers: Sequence[AnswerGiven]

    def facts(self) -> list[Fact]:
        """The whole response, from its opening to its end."""
        closed = ResponseClosed(self.opened.response, ResponseOutcome.COMPLETED)
        return [self.opened, *self.answers, closed]


@dataclass(frozen=True, slots=True)
class EnteredRating:
    """A rating as it was entered. ``answers``: each with its words, by question."""

    response: int
    area: str
    source: str
    answers: dict[str, str]


@dataclass(frozen=True, slots=True)
class EarlierEntry:
    """An earlier entry of the same form or paper. ``number`` empty: a rating."""

    number: str


def earlier(tx: Connection, keyring: Keyring, entry: DeskEntry) -> EarlierEntry | None:
    """What was entered from the same form or paper before, if anything."""
    known = desk_entries.c.key.in_(_keys(keyring, entry))
    number = tx.execute(select(desk_entries.c.number).where(known)).scalar()
    if number is None:
        return None
    return EarlierEntry("" if number.isdecimal() else number)


def was_entered_by(tx: Connection, number: str, staff: int) -> bool:
    """Whether this person entered the case."""
    own = (desk_entries.c.number == number) & (desk_entries.c.staff_id == staff)
    return bool(tx.execute(select(exists().where(own))).scalar())


def enter_case(
    tx: Connection, keyring: Keyring, entry: DeskEntry, case: CaseOpened, reach: str
) -> None:
    """Open a case for a citizen without a chat. ``reach``: how to reach them, kept as a note."""
    _note(tx, keyring, entry, case.number)
    recorded = RecordedFact(case, NO_CONTACT, entry.source.value, entry.now)
    recording.record_cases(tx, keyring, [recorded], entry.now)
    if reach:
        add_note(tx, keyring, case.number, NewNote("internal", entry.now, reach, entry.staff))


def enter_rating(
    tx: Connection,
    keyring: Keyring,
    entry: DeskEntry,
    rating: DeskRating,
    zone: ZoneInfo,
) -> None:
    """Store a rating from a desk, and count it."""
    _note(tx, keyring, entry, str(rating.opened.response))
    source = entry.source.value
    recorded = [RecordedFact(fact, NO_CONTACT, source, entry.now) for fact in rating.facts()]
    record_answers(tx, keyring, recorded, zone).write(tx, _SHARD)


def entered_rating(
    tx: Connection, keyring: Keyring, response: int, staff: int, now: datetime
) -> EnteredRating | None:
    """A rating that this person entered just now and can take out again; else None."""
    if not tx.execute(select(exists().where(_just_entered(response, staff, now)))).scalar():
        return None
    (row,) = stored_responses(tx, [response])
    newest = newest_published(tx)
    if newest is not None and iso_week(row.week) <= newest:
        return None  # what is published never changes
    given = tx.execute(
        select(answers.c.question, answers.c.value, answers.c.words)
        .where(answers.c.response_id == response)
        .order_by(answers.c.question)
    )
    told = {one.question: one.value or keyring.decrypt_or_none(one.words) or "" for one in given}
    return EnteredRating(response, row.area, row.channel, told)


def undo_rating(
    tx: Connection, keyring: Keyring, response: int, staff: int, now: datetime
) -> EnteredRating | None:
    """Take out a rating that this person entered just now; return it, None if it is too late.

    Its form and paper can be entered again.
    """
    found = entered_rating(tx, keyring, response, staff, now)
    entry = delete(desk_entries).where(_just_entered(response, staff, now))
    if found is None or not tx.execute(entry).rowcount:  # somebody else was first
        return None
    movements = Movements()
    for row in stored_responses(tx, [response]):
        for counted in row.counted():
            movements.values(counted, -1)
    for counted in stored_answers(tx, [response]):
        movements.answer(counted, -1)
    tx.execute(delete(answers).where(answers.c.response_id == response))
    tx.execute(delete(responses).where(responses.c.id == response))
    movements.write(tx, _SHARD)
    return found


def _just_entered(response: int, staff: int, now: datetime) -> ColumnElement[bool]:
    return (
        (desk_entries.c.number == str(response))
        & (desk_entries.c.staff_id == staff)
        & (desk_entries.c.at > micros(now - UNDO_RATING))
    )


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
