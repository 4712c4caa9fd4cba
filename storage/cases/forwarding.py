"""Forwarding a case to another area, and taking it back while nobody there has read it.

The citizen is told of each move after ``UNDO``; a move that is taken back before is never told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, or_, select

from handlers.facts.cases import UNDO
from handlers.messages import CASE_TAKEN_BACK, CaseNotice, CaseStep
from storage.cases.changing import (
    News,
    StaffAction,
    apply_and_notify,
    change_of,
    events_of,
    notify_citizen,
)
from storage.cases.notes import NewNote, add_note
from storage.cases.recording import notify_staff
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment, moment_or_none
from storage.outbox.inbox import take_back as remove_event
from storage.tables.cases import case_notes, cases
from storage.tables.outbox import inbox

LISTED = timedelta(days=7)
"""How long a forwarded case that nobody reads is listed for whoever forwarded it."""

_FORWARDED, _TAKEN_BACK = CaseStep.FORWARDED.value, CaseStep.TAKEN_BACK.value


@dataclass(frozen=True, slots=True)
class Forwarded:
    """A case that was forwarded and that nobody there has read: it can be taken back."""

    number: str
    area: str  # that has it now
    before: str  # that had it; empty: none
    at: datetime
    note_id: int


def forward(
    tx: Connection, keyring: Keyring, action: StaffAction, area: str, why: str = ""
) -> bool:
    """Make another unit responsible and notify its staff; the term does not change."""
    at = micros(action.now)
    moved = (
        change_of(action)
        .where(cases.c.area != area)
        .values(area=area, area_since=at, read_at=at, changed_at=at)
    )
    last = next(iter(_moves(tx, action.number)), None)
    news = News(CaseStep.FORWARDED, why, area, action.now + UNDO)
    if not apply_and_notify(tx, keyring, action, moved, news):
        return False
    if last is not None and last.author == _TAKEN_BACK:  # this news says it all
        _withhold(tx, action.number, last, action.now)
    notice = _notice(tx, keyring, action.number, area)
    notify_staff(tx, keyring, notice, f"{_notices(action.number)}{at}", action.now)
    return True


def take_back(tx: Connection, keyring: Keyring, action: StaffAction, note_id: int) -> bool:
    """Return a forwarded case to the area that had it; False if it was read there meanwhile.

    The citizen is told only if they know that it was forwarded, and so is the area's staff.
    ``note_id``: of the forwarding, so that no other one is taken back.
    """
    found = forwarded(tx, action.number)
    if found is None or found.note_id != note_id:
        return False
    last, *earlier = _moves(tx, action.number)
    at, opened = micros(action.now), select(cases.c.opened_at).where(_is(action.number))
    since = earlier[0].at if earlier else tx.execute(opened).scalar_one()
    moved = change_of(action).where(cases.c.area == found.area)
    returned = moved.values(area=found.before, area_since=since, changed_at=at)
    if tx.execute(returned).rowcount == 0:
        return False
    step = CaseStep.TAKEN_BACK
    note = NewNote(step.value, action.now, staff_id=action.staff, area=found.before)
    add_note(tx, keyring, action.number, note)
    if not _withhold(tx, action.number, last, action.now):
        due = action.now + UNDO
        notify_citizen(tx, keyring, action, News(step, area=found.before, due=due))
    if not _withhold_notices(tx, action.number, last.at):
        notice = _notice(tx, keyring, action.number, found.area, CASE_TAKEN_BACK)
        event = f"case:{action.number}:taken-back:{at}"
        notify_staff(tx, keyring, notice, event, action.now)
    return True


def forwarded(tx: Connection, number: str) -> Forwarded | None:
    """The forwarding of an open case that can still be taken back."""
    return next(iter(_forwarded(tx, cases.c.number == number)), None)


def forwarded_by(tx: Connection, staff_id: int, since: datetime, limit: int) -> list[Forwarded]:
    """What this person forwarded since then and can still be taken back, the newest first."""
    lately = (cases.c.changed_at >= micros(since)) & (cases.c.area_since >= micros(since))
    return _forwarded(tx, lately & (case_notes.c.staff_id == staff_id))[:limit]


def _forwarded(tx: Connection, wanted: ColumnElement[bool]) -> list[Forwarded]:
    later = case_notes.alias("later")
    seen = exists().where(
        later.c.number == case_notes.c.number,
        later.c.id > case_notes.c.id,
        _is_of_receiver(later.c, case_notes.c.staff_id),
    )
    rows = tx.execute(
        select(case_notes.c.id, case_notes.c.number, case_notes.c.at, case_notes.c.area)
        .select_from(cases)
        .join(case_notes, case_notes.c.number == cases.c.number)
        .where(cases.c.status == "open", case_notes.c.author == _FORWARDED, wanted, ~seen)
        .order_by(case_notes.c.id.desc())
    )
    return [
        Forwarded(row.number, row.area, _before(tx, row.number, row.id), moment(row.at), row.id)
        for row in rows
    ]


def _is_of_receiver(note: Any, forwarder: ColumnElement[int]) -> ColumnElement[bool]:
    """A note after which a case is no longer taken back: all but what the citizen adds and what
    whoever forwarded it notes."""
    own = and_(note.author == "internal", note.staff_id == forwarder)
    by_citizen = or_(note.author == "citizen", note.author.startswith("judged-"))
    return ~or_(own, by_citizen)


def _before(tx: Connection, number: str, note_id: int) -> str:
    """The area that had a case before the forwarding of this note."""
    earlier = next((move for move in _moves(tx, number) if move.id < note_id), None)
    if earlier is not None:
        return str(earlier.area)
    return str(tx.execute(select(cases.c.filed_area).where(_is(number))).scalar_one())


def _moves(tx: Connection, number: str) -> Sequence[Row[Any]]:
    """The notes of a case's moves between areas, the newest first."""
    moved = select(*(case_notes.c[name] for name in ("id", "author", "area", "at")))
    own = (case_notes.c.number == number) & case_notes.c.author.in_((_FORWARDED, _TAKEN_BACK))
    return tx.execute(moved.where(own).order_by(case_notes.c.id.desc())).all()


def _withhold(tx: Connection, number: str, move: Row[Any], now: datetime) -> bool:
    """Keep the news of a move from the citizen; False if it is told already."""
    chat, mail = events_of(number, CaseStep(move.author), moment(move.at))
    remove_event(tx, mail, now)
    return remove_event(tx, chat, now)


def _notices(number: str) -> str:
    return f"case:{number}:forwarded:"


def _withhold_notices(tx: Connection, number: str, at: int) -> bool:
    """Remove the notices of a forwarding that staff have not got; whether any were held."""
    ours = inbox.c.event_id.startswith(f"{_notices(number)}{at}:", autoescape=True)
    return tx.execute(delete(inbox).where(ours)).rowcount > 0


def _notice(tx: Connection, keyring: Keyring, number: str, area: str, did: str = "") -> CaseNotice:
    row = tx.execute(
        select(cases.c.kind, cases.c.text, cases.c.due_at, cases.c.urgent).where(_is(number))
    ).one()
    if did:
        return CaseNotice(number, row.kind, area, "", did=did)
    words = keyring.decrypt_or_none(row.text) or ""
    due_at = moment_or_none(row.due_at)
    return CaseNotice(number, row.kind, area, words, urgent=bool(row.urgent), due_at=due_at)


def _is(number: str) -> ColumnElement[bool]:
    return cases.c.number == number
