"""Messages to the people affected by a breach: sent once each, and their delivery."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import (
    Connection,
    Text,
    and_,
    case,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    update,
)

from handlers.messages import Announcement
from storage.engine.keyring import Keyring
from storage.engine.statements import Change
from storage.engine.times import micros
from storage.outbox.inbox import for_each, put_inbox
from storage.outbox.outbox import ReplyState
from storage.privacy.breaches.affected import CHANNELS
from storage.tables.contacts import contacts
from storage.tables.outbox import outbox
from storage.tables.privacy import breach_messages

AT_A_TIME = 100
"""Messages per transaction, kept low because each one is encrypted in it."""

REPORTED_LATE = timedelta(days=2)
"""How long after sending a platform may report that a message did not arrive."""

LATE = timedelta(hours=1)
"""How long a message may be on its way before the page shows it as late."""

_rows = breach_messages.c


class MessageState(StrEnum):
    """The state of the message to one contact."""

    DUE = "due"  # not in the contact's inbox yet
    GOING = "going"
    SENT = "sent"
    WAITING = "waiting"  # for the contact to write, as nothing else can be sent to them
    FAILED = "failed"


_STATES: Mapping[str, MessageState] = {
    **dict.fromkeys(ReplyState, MessageState.GOING),
    ReplyState.SENT: MessageState.SENT,
    ReplyState.HELD: MessageState.WAITING,
    ReplyState.FAILED: MessageState.FAILED,
    ReplyState.STALE: MessageState.FAILED,
}
_MOVED = " OR ".join(
    f"(breach_tellings.state = '{known}' AND outbox.state NOT IN ("
    + ", ".join(f"'{state}'" for state, message in _STATES.items() if message is known)
    + "))"
    for known in (MessageState.GOING, MessageState.SENT, MessageState.WAITING)
)
MOVED = (
    f"(state = '{MessageState.DUE}' OR (state <> '{MessageState.SENT}' OR told_at > :late) "
    "AND EXISTS ("
    "SELECT 1 FROM outbox WHERE outbox.contact_id = breach_tellings.contact_id "
    "AND outbox.cause = 'breach:' || breach_tellings.number || ':' "
    f"|| CAST(breach_tellings.contact_id AS TEXT) AND ({_MOVED})))"
)
"""Messages whose state may still change; ``late``: REPORTED_LATE ago.

One that waits for its contact may wait for years, so it is not read until it has moved."""

_CHOOSE = Change(
    "number str, contact_id int, state str",
    "INSERT INTO breach_tellings (number, contact_id, state, told_at) "
    "SELECT :number, :contact_id, :state, 0 {from} "
    # A contact that was erased meanwhile is no longer affected.
    "WHERE EXISTS (SELECT 1 FROM contacts c WHERE c.id = :contact_id AND c.erased_at = 0) "
    "ON CONFLICT (number, contact_id) DO NOTHING",
)
_SETTLE = Change(
    "number str, contact_id int, state str",
    "UPDATE breach_tellings SET state = :state {from} WHERE breach_tellings.number = :number "
    "AND breach_tellings.contact_id = :contact_id",
)


@dataclass(frozen=True, slots=True)
class MessageProgress:
    """How many messages of a breach are in which state.

    ``late``: on their way for longer than ``LATE``. ``off``: not sent, as their channel is off.
    """

    due: int = 0
    going: int = 0
    sent: int = 0
    waiting: int = 0
    failed: int = 0
    late: int = 0
    off: int = 0

    @property
    def total(self) -> int:
        return self.on_its_way + self.sent + self.unreached

    @property
    def on_its_way(self) -> int:
        return self.due + self.going

    @property
    def unreached(self) -> int:
        """How many people have to be told in another way, for now."""
        return self.waiting + self.failed + self.late + self.off


@dataclass(frozen=True, slots=True)
class BreachAnnouncement:
    """What the people affected by a breach are told."""

    number: str
    body: Announcement


def choose(tx: Connection, number: str, contact_ids: Sequence[int]) -> None:
    """Record these contacts as recipients; one that was chosen before is not told again."""
    _CHOOSE.run(tx, [(number, id, MessageState.DUE.value) for id in sorted(contact_ids)])


def pass_on(
    tx: Connection, keyring: Keyring, message: BreachAnnouncement, now: datetime, after: int = 0
) -> list[int]:
    """Put the message into the inboxes of up to ``AT_A_TIME`` recipients; return their ids.

    ``after``: the last id of the part before, so that it need not be scanned again.
    """
    due = _rows.state == MessageState.DUE.value
    ids = list(
        tx.execute(
            select(_rows.contact_id)
            .where(_rows.number == message.number, _rows.contact_id > after, due)
            .order_by(_rows.contact_id)
            .limit(AT_A_TIME)
        ).scalars()
    )
    put_inbox(tx, keyring, for_each(ids, f"breach:{message.number}", message.body), now)
    tx.execute(
        update(breach_messages)
        .where(_rows.number == message.number, _rows.contact_id.in_(ids))
        .values(state=MessageState.GOING.value, told_at=micros(now))
    )
    return ids


def moved(tx: Connection, number: str, now: datetime) -> list[tuple[str, int, str]]:
    """The messages whose state has changed since, for ``settle``. Only reads."""
    late = micros(now - REPORTED_LATE)
    going = _rows.state.in_([MessageState.GOING.value, MessageState.WAITING.value])
    cause = literal(f"breach:{number}:") + cast(_rows.contact_id, Text)
    found = tx.execute(
        select(_rows.contact_id, _rows.state, outbox.c.state.label("now"))
        .join(outbox, (outbox.c.contact_id == _rows.contact_id) & (outbox.c.cause == cause))
        .where(
            _rows.number == number,
            or_(going, (_rows.state == MessageState.SENT.value) & (_rows.told_at > late)),
        )
    )
    return [
        (number, row.contact_id, state.value)
        for row in found
        if (state := _STATES[row.now]) != row.state
    ]


def settle(tx: Connection, rows: list[tuple[str, int, str]]) -> None:
    """Store the new states of messages."""
    _SETTLE.run(tx, sorted(rows))


def progress(
    tx: Connection, number: str, now: datetime, on: Collection[str] = CHANNELS
) -> MessageProgress:
    """The progress of a breach's messages. ``on``: the channels that are switched on."""
    going = _rows.state == MessageState.GOING.value
    is_off = contacts.c.channel.not_in(on) & (going | (_rows.state == MessageState.DUE.value))
    is_late = and_(going, _rows.told_at <= micros(now - LATE))
    found = (
        select(case((is_off, "off"), (is_late, "late"), else_=_rows.state).label("how"))
        .join(contacts, contacts.c.id == _rows.contact_id)
        .where(_rows.number == number)
        .subquery()
    )
    rows = tx.execute(select(found.c.how, func.count().label("people")).group_by(found.c.how))
    return MessageProgress(**{row.how: row.people for row in rows})


def forget(tx: Connection, contact_ids: list[int]) -> None:
    """Delete erased contacts as recipients. A step of the breach keeps how many were told."""
    tx.execute(delete(breach_messages).where(_rows.contact_id.in_(contact_ids)))
