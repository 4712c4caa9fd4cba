"""Changes of handovers, conversations with a person: opened, taken, answered, returned, ended.

Each change is one conditional update, so that two members of staff cannot have the same one. The
other side is notified by its inbox in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Update, and_, case, insert, select, update

from handlers.facts.cases import FileOfStaff
from handlers.facts.handovers import HandoverSaid
from handlers.handover import HandoverStatus
from handlers.messages import File, PersonNews, PersonSays, PersonStep
from storage.cases.notes import WithAnswer, add_to_answer
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.outbox.inbox import ForContact, put_inbox
from storage.tables.handovers import handover_messages, handovers

CITIZEN = 0
SAYS = "person-says"  # prefix of a message's event id; handover and message ids follow


@dataclass(frozen=True, slots=True)
class StaffActing:
    """Which member of staff acts on which handover, and when."""

    handover: int
    staff: int
    now: datetime


@dataclass(frozen=True, slots=True)
class NewHandover:
    """A handover to be opened."""

    id: int
    area: str
    text: str
    urgent: bool
    at: datetime


def open_(
    tx: Connection, keyring: Keyring, contact_id: int, channel: str, opened: NewHandover
) -> None:
    """Open a handover: from now on the citizen waits for a person."""
    at = micros(opened.at)
    tx.execute(
        insert(handovers).values(
            id=opened.id,
            contact_id=contact_id,
            channel=channel,
            area=opened.area,
            status=HandoverStatus.WAITING.value,
            opened_at=at,
            waiting_since=at,
            queued_at=at,
            staff_id=0,
            taken_at=0,
            changed_at=at,
            ended_at=0,
            ended_by="",
            case_number="",
            urgent=int(opened.urgent),
        )
    )
    if opened.text:
        _add(tx, keyring, _Message(opened.id, CITIZEN, opened.text, opened.at))


def record_words(tx: Connection, keyring: Keyring, said: HandoverSaid, at: datetime) -> int:
    """Add a citizen's message; return its id. An older unanswered one keeps counting the wait."""
    message = _add(tx, keyring, _Message(said.id, CITIZEN, said.text, at))
    own = update(handovers).where(handovers.c.id == said.id)
    tx.execute(own.values(changed_at=micros(at)))
    if not said.thanks:
        tx.execute(own.where(handovers.c.waiting_since == 0).values(waiting_since=micros(at)))
    return message


def mark_urgent(tx: Connection, handover: int) -> None:
    """Put a handover first in the queue: a person may be in danger."""
    tx.execute(update(handovers).where(handovers.c.id == handover).values(urgent=1))


def take(tx: Connection, keyring: Keyring, acting: StaffActing) -> bool:
    """Take a handover, and tell the citizen; False if it is another person's or over."""
    at = micros(acting.now)
    waiting = handovers.c.status == HandoverStatus.WAITING.value
    taken = update(handovers).where(handovers.c.id == acting.handover, waiting)
    taken = taken.values(
        status=HandoverStatus.TAKEN.value,
        staff_id=acting.staff,
        taken_at=at,
        queued_at=0,
        changed_at=at,
    )
    if _change_and_tell(tx, keyring, taken, PersonStep.TAKEN, acting.now):
        return True
    return tx.execute(select(handovers.c.id).where(_is_own(acting))).first() is not None


def answer(
    tx: Connection,
    keyring: Keyring,
    acting: StaffActing,
    text: str,
    file: FileOfStaff | None = None,
) -> bool:
    """Write to the citizen; False if the handover is not this person's or over."""
    at = micros(acting.now)
    if not tx.execute(_update_own(acting).values(waiting_since=0, changed_at=at)).rowcount:
        return False
    message = _add(tx, keyring, _Message(acting.handover, acting.staff, text, acting.now))
    event = f"{SAYS}:{acting.handover}:{message}"
    body = PersonSays(acting.handover, text, _with_answer(tx, acting, message, file))
    _queue_news(tx, keyring, event, body, acting.now)
    return True


def give_back(tx: Connection, keyring: Keyring, acting: StaffActing) -> bool:
    """Return a handover to the queue; False if it is not this person's."""
    change = _queued(_update_own(acting), acting.now)
    return bool(_change_and_tell(tx, keyring, change, PersonStep.RETURNED, acting.now))


def end(tx: Connection, keyring: Keyring, acting: StaffActing) -> bool:
    """End a handover and hand the citizen back to the assistant; False if not this person's."""
    change = _ended(_update_own(acting), "staff", acting.now)
    return bool(_change_and_tell(tx, keyring, change, PersonStep.ENDED, acting.now))


def leave(tx: Connection, handover: int, at: datetime) -> None:
    """End a handover because the citizen went back to the assistant."""
    going_on = handovers.c.status != HandoverStatus.ENDED.value
    tx.execute(_ended(update(handovers).where(handovers.c.id == handover, going_on), "citizen", at))


def file(tx: Connection, handover: int, number: str, at: datetime) -> None:
    """End a handover that became a case."""
    filed = _ended(update(handovers).where(handovers.c.id == handover), "unanswered", at)
    tx.execute(filed.values(case_number=number))


def requeue_silent(
    tx: Connection, keyring: Keyring, silent_since: datetime, now: datetime
) -> list[int]:
    """Return taken handovers left unanswered since before then to the queue; return their ids."""
    change = _queued(update(handovers).where(_silent(silent_since)), now)
    return _change_and_tell(tx, keyring, change, PersonStep.RETURNED, now)


def areas_of_silent(tx: Connection, silent_since: datetime) -> set[str]:
    """The areas with a taken handover left unanswered since before then."""
    chosen = select(handovers.c.area).where(_silent(silent_since)).distinct()
    return set(tx.execute(chosen).scalars())


def give_up(tx: Connection, keyring: Keyring, queued_before: datetime, now: datetime) -> list[int]:
    """End the handovers in the queue since before then; return their ids.

    The citizen's next turn makes a case of it.
    """
    late = and_(
        handovers.c.status == HandoverStatus.WAITING.value,
        handovers.c.queued_at <= micros(queued_before),
    )
    return _mark_unanswered(tx, keyring, late, now)


def give_up_silent(
    tx: Connection, keyring: Keyring, silent_since: datetime, closed: Collection[str], now: datetime
) -> list[int]:
    """As ``give_up``, for taken handovers left unanswered, in areas that are closed now."""
    left = and_(_silent(silent_since), handovers.c.area.in_(closed))
    return _mark_unanswered(tx, keyring, left, now)


def end_idle(tx: Connection, keyring: Keyring, idle_since: datetime, now: datetime) -> list[int]:
    """End handovers with nothing to answer, in which nothing was written since before then."""
    idle = and_(
        handovers.c.status == HandoverStatus.TAKEN.value,
        handovers.c.waiting_since == 0,
        handovers.c.changed_at <= micros(idle_since),
    )
    change = _ended(update(handovers).where(idle), "idle", now)
    return _change_and_tell(tx, keyring, change, PersonStep.IDLE, now)


def forget_staff(tx: Connection, keyring: Keyring, staff_id: int, now: datetime) -> None:
    """Return a leaving person's handovers to the queue."""
    theirs = update(handovers).where(
        handovers.c.staff_id == staff_id, handovers.c.status == HandoverStatus.TAKEN.value
    )
    _change_and_tell(tx, keyring, _queued(theirs, now), PersonStep.RETURNED, now)


def _silent(since: datetime) -> ColumnElement[bool]:
    return and_(
        handovers.c.status == HandoverStatus.TAKEN.value,
        handovers.c.waiting_since.between(1, micros(since)),
        handovers.c.taken_at <= micros(since),
    )


def _mark_unanswered(
    tx: Connection, keyring: Keyring, which: ColumnElement[bool], now: datetime
) -> list[int]:
    values = {"status": HandoverStatus.UNANSWERED.value, "changed_at": micros(now)}
    change = update(handovers).where(which).values(**values)
    return _change_and_tell(tx, keyring, change, PersonStep.UNANSWERED, now)


def _update_own(acting: StaffActing) -> Update:
    """An update of a handover that applies only while this person has it."""
    return update(handovers).where(_is_own(acting))


def _is_own(acting: StaffActing) -> ColumnElement[bool]:
    return and_(
        handovers.c.id == acting.handover,
        handovers.c.status == HandoverStatus.TAKEN.value,
        handovers.c.staff_id == acting.staff,
    )


def _queued(change: Update, now: datetime) -> Update:
    at = micros(now)
    return change.values(
        status=HandoverStatus.WAITING.value,
        queued_at=at,
        changed_at=at,
        # Even if it was answered before: its citizen waits for a person again.
        waiting_since=case((handovers.c.waiting_since == 0, at), else_=handovers.c.waiting_since),
    )


def _ended(change: Update, by: str, at: datetime) -> Update:
    return change.values(
        status=HandoverStatus.ENDED.value,
        ended_by=by,
        ended_at=micros(at),
        changed_at=micros(at),
        waiting_since=0,
        queued_at=0,
    )


@dataclass(frozen=True, slots=True)
class _Message:
    """One message of a handover, by a citizen (``CITIZEN``) or a member of staff."""

    handover: int
    staff: int
    text: str
    at: datetime


def _add(tx: Connection, keyring: Keyring, message: _Message) -> int:
    added = insert(handover_messages).values(
        handover_id=message.handover,
        staff_id=message.staff,
        text=keyring.encrypt(message.text),
        at=micros(message.at),
    )
    return int(tx.execute(added.returning(handover_messages.c.id)).scalar_one())


def _change_and_tell(
    tx: Connection, keyring: Keyring, change: Update, step: PersonStep, now: datetime
) -> list[int]:
    """Change handovers and tell each one's citizen; return the ids of the changed ones."""
    changed = sorted(tx.execute(change.returning(handovers.c.id)).scalars())
    for handover in changed:
        event = f"person-{step.value}:{handover}:{micros(now)}"
        _queue_news(tx, keyring, event, PersonNews(handover, step), now)
    return changed


def _with_answer(
    tx: Connection, acting: StaffActing, message: int, file: FileOfStaff | None
) -> File | None:
    contact_id = None if file is None else _whose(tx, acting.handover)
    if file is None or contact_id is None:
        return None
    where = WithAnswer(contact_id, message, acting.now, handover=acting.handover)
    return add_to_answer(tx, file, where)


def _whose(tx: Connection, handover: int) -> int | None:
    own = select(handovers.c.contact_id).where(handovers.c.id == handover)
    return tx.execute(own).scalar()


def _queue_news(
    tx: Connection, keyring: Keyring, event: str, body: PersonNews | PersonSays, now: datetime
) -> None:
    contact_id = _whose(tx, body.handover)
    if contact_id is not None:
        put_inbox(tx, keyring, [ForContact(contact_id, event, body)], now)
