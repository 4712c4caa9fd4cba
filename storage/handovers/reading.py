"""Reads handovers for staff: the queue, and one with its messages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, literal_column, select
from sqlalchemy.sql.selectable import Select

from handlers.handover import HandoverStatus, Holder
from storage.engine.keyring import Keyring
from storage.engine.times import moment, moment_or_none
from storage.handovers.changing import CITIZEN, SAYS
from storage.tables.contacts import conversations
from storage.tables.handovers import handover_messages, handovers
from storage.tables.outbox import outbox
from storage.tables.staff import staff, staff_name

_OPEN = (
    HandoverStatus.WAITING.value,
    HandoverStatus.TAKEN.value,
    HandoverStatus.UNANSWERED.value,
)


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A conversation between a citizen and a person."""

    id: int
    area: str
    channel: str
    status: HandoverStatus
    opened_at: datetime
    waiting_since: datetime | None  # the oldest unanswered message; None: all are answered
    staff_id: int  # who has it or had it last; 0: not taken yet
    name: str  # of that person
    taken_at: datetime | None
    ended_by: str
    case_number: str
    urgent: bool
    reachable: bool  # the citizen was not erased
    last_wrote: datetime | None  # the citizen, on their channel

    @property
    def is_open(self) -> bool:
        """Whether the conversation has not ended."""
        return self.status is not HandoverStatus.ENDED


@dataclass(frozen=True, slots=True)
class HandoverMessage:
    """A message of the citizen or the person. ``text`` None: erased."""

    by_citizen: bool
    name: str
    text: str | None
    at: datetime


def queue(tx: Connection, areas: Collection[str]) -> list[HandoverView]:
    """Open handovers of these areas: urgent first, then by their oldest unanswered message."""
    waits = handovers.c.waiting_since == 0
    chosen = _chosen().where(handovers.c.status.in_(_OPEN), handovers.c.area.in_(sorted(areas)))
    order = (handovers.c.urgent.desc(), waits, handovers.c.waiting_since, handovers.c.id)
    return [_handover(row) for row in tx.execute(chosen.order_by(*order))]


def ended(tx: Connection, areas: Collection[str], limit: int) -> list[HandoverView]:
    """The handovers of these areas that ended last."""
    over = handovers.c.status == HandoverStatus.ENDED.value
    chosen = _chosen().where(over, handovers.c.area.in_(sorted(areas)))
    rows = tx.execute(chosen.order_by(handovers.c.ended_at.desc()).limit(limit))
    return [_handover(row) for row in rows]


def find_handover(tx: Connection, handover: int) -> HandoverView | None:
    """A handover; None if there is none with this id."""
    row = tx.execute(_chosen().where(handovers.c.id == handover)).first()
    return None if row is None else _handover(row)


def of_ids(tx: Connection, ids: Collection[int]) -> list[HandoverView]:
    """The existing handovers with these ids."""
    rows = tx.execute(_chosen().where(handovers.c.id.in_(sorted(ids)))) if ids else ()
    return [_handover(row) for row in rows]


def any_going_on(tx: Connection) -> bool:
    """Whether any handover is open."""
    going_on = (HandoverStatus.WAITING.value, HandoverStatus.TAKEN.value)
    chosen = select(handovers.c.id).where(handovers.c.status.in_(going_on)).limit(1)
    return tx.execute(chosen).first() is not None


def area_of(tx: Connection, handover: int) -> str | None:
    """The area of a handover; None if there is none with this id."""
    return tx.execute(select(handovers.c.area).where(handovers.c.id == handover)).scalar()


def messages(tx: Connection, keyring: Keyring, handover: int) -> list[HandoverMessage]:
    """All messages of a handover, in order."""
    rows = tx.execute(
        select(
            handover_messages.c.staff_id,
            handover_messages.c.text,
            handover_messages.c.at,
            staff_name,
        )
        .join(staff, staff.c.id == handover_messages.c.staff_id, isouter=True)
        .where(handover_messages.c.handover_id == handover)
        .order_by(handover_messages.c.id)
    )
    return [
        HandoverMessage(
            row.staff_id == CITIZEN,
            row.name,
            keyring.decrypt_or_none(row.text),
            moment(row.at),
        )
        for row in rows
    ]


def not_arrived(tx: Connection, handover: int) -> list[str]:
    """Messages kept until the citizen writes, with the reason; "" if they were announced."""
    waits: ColumnElement[bool] = literal_column("outbox.due_at < 0")  # as in the partial index
    rows = (
        select(outbox.c.code)
        .join(handovers, handovers.c.contact_id == outbox.c.contact_id)
        .where(handovers.c.id == handover, waits, outbox.c.cause.startswith(f"{SAYS}:{handover}:"))
    )
    return list(tx.execute(rows.order_by(outbox.c.seq)).scalars())


def citizens_words(tx: Connection, keyring: Keyring, handover: int) -> tuple[str, ...]:
    """The citizen's messages so far."""
    return tuple(
        message.text
        for message in messages(tx, keyring, handover)
        if message.by_citizen and message.text
    )


def holder(tx: Connection, keyring: Keyring, handover: int, asking: int) -> Holder | None:
    """Who has the handover, if it is taken. ``asking``: the member of staff who asks."""
    found = find_handover(tx, handover)
    if found is None or found.status is not HandoverStatus.TAKEN or found.taken_at is None:
        return None
    is_own = found.staff_id == asking
    words = _unanswered(messages(tx, keyring, handover)) if is_own else ""
    return Holder(found.name, found.taken_at, is_own, words)


def _unanswered(said: list[HandoverMessage]) -> str:
    last = max((place for place, message in enumerate(said) if not message.by_citizen), default=-1)
    return "\n".join(message.text for message in said[last + 1 :] if message.text)


def _chosen() -> Select[Any]:
    wrote = (
        select(conversations.c.last_incoming_at)
        .where(conversations.c.contact_id == handovers.c.contact_id)
        .scalar_subquery()
    )
    return select(handovers, staff_name, wrote.label("last_wrote")).join(
        staff, staff.c.id == handovers.c.staff_id, isouter=True
    )


def _handover(row: Row[Any]) -> HandoverView:
    return HandoverView(
        id=row.id,
        area=row.area,
        channel=row.channel,
        status=HandoverStatus(row.status),
        opened_at=moment(row.opened_at),
        waiting_since=moment_or_none(row.waiting_since),
        staff_id=row.staff_id,
        name=row.name,
        taken_at=moment_or_none(row.taken_at),
        ended_by=row.ended_by,
        case_number=row.case_number,
        urgent=bool(row.urgent),
        reachable=row.contact_id is not None,
        last_wrote=moment_or_none(row.last_wrote),
    )
