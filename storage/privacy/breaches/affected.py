"""Finds whose data a breach affects; only numbers, by channel, leave this file for people.

Only stored data can be searched: a person who was erased since no longer counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Connection,
    Join,
    Select,
    and_,
    case,
    false,
    func,
    join,
    literal,
    select,
    true,
    union,
)

from handlers.messages import WINDOW, Channel, DeskSource
from handlers.privacy.breaches.breach import BreachMessage
from handlers.privacy.breaches.steps import BreachScope, DataKind, Description
from storage.engine.times import micros
from storage.tables.cases import cases
from storage.tables.contacts import contacts, conversations
from storage.tables.handovers import handovers
from storage.tables.privacy import breach_messages, privacy_requests
from storage.tables.responses import responses

CHANNELS = (Channel.WHATSAPP, Channel.WEB, Channel.TELEGRAM)
"""Channels on which citizens can be told. Mail contacts are staff, or belong to a chat."""

DESK = tuple(source.value for source in DeskSource)


@dataclass(frozen=True, slots=True)
class OnChannel:
    """How many people are affected on one channel.

    ``closed``: of them, those who cannot be written to before they write. ``untold``: those not
    chosen for any message yet. ``off``: the same, if the channel is switched off.
    """

    channel: str
    count: int
    closed: int
    untold: int
    off: int = 0


@dataclass(frozen=True, slots=True)
class Affected:
    """Everybody affected. ``at_desk``: cases of people without a chat."""

    channels: tuple[OnChannel, ...] = ()
    at_desk: int = 0

    @property
    def in_chat(self) -> int:
        return sum(channel.count for channel in self.channels)

    @property
    def untold(self) -> int:
        return sum(channel.untold for channel in self.channels)

    @property
    def off(self) -> int:
        return sum(channel.off for channel in self.channels)

    @property
    def total(self) -> int:
        return self.in_chat + self.at_desk

    def where_only(self, on: Collection[str]) -> Affected:
        """The same numbers if only these channels were switched on."""
        channels = (
            channel
            if channel.channel in on
            else replace(channel, closed=0, untold=0, off=channel.untold)
            for channel in self.channels
        )
        return replace(self, channels=tuple(channels))


def count(
    tx: Connection, number: str, known: Description, zone: ZoneInfo, now: datetime
) -> Affected:
    """Count the people affected by breach ``number``. Scans whole tables."""
    told = and_(breach_messages.c.contact_id == contacts.c.id, breach_messages.c.number == number)
    rows = tx.execute(
        select(
            contacts.c.channel,
            func.count().label("people"),
            func.sum(case((_is_closed(now), 1), else_=0)).label("closed"),
            func.sum(case((breach_messages.c.contact_id.is_(None), 1), else_=0)).label("untold"),
        )
        .select_from(_contacts(known, _Period.of(known, zone)))
        .outerjoin(conversations, conversations.c.contact_id == contacts.c.id)
        .outerjoin(breach_messages, told)
        .where(*_can_be_told(known))
        .group_by(contacts.c.channel)
        .order_by(contacts.c.channel)
    )
    channels = tuple(OnChannel(row.channel, row.people, row.closed, row.untold) for row in rows)
    return Affected(channels, tx.execute(_at_desk(known, zone)).scalar_one())


def untold(
    tx: Connection,
    number: str,
    message: BreachMessage,
    zone: ZoneInfo,
    on: Collection[str] = CHANNELS,
) -> list[int]:
    """The contact ids, in order, that a message is for and that were not chosen yet.

    ``on``: the channels that are switched on. Scans whole tables.
    """
    known = message.described
    period = _Period.of(known, zone).until(message.at)
    told = select(breach_messages.c.contact_id).where(breach_messages.c.number == number)
    found = (
        select(contacts.c.id)
        .select_from(_contacts(known, period))
        .where(*_can_be_told(known), contacts.c.channel.in_(on), contacts.c.id.not_in(told))
    )
    return sorted(tx.execute(found).scalars())


def unknown(tx: Connection, numbers: Sequence[str]) -> list[str]:
    """The case numbers among these that do not exist."""
    known = set(tx.execute(select(cases.c.number).where(cases.c.number.in_(numbers))).scalars())
    return [number for number in numbers if number not in known]


def _contacts(known: Description, period: _Period) -> Join:
    """A query for the affected contacts, each once."""
    found = union(*_sources(known.scope, period)).subquery()
    return join(contacts, found, contacts.c.id == found.c[0])


def _can_be_told(known: Description) -> tuple[ColumnElement[bool], ...]:
    channels = known.scope.channels
    written_on = [
        channel.value for channel in CHANNELS if not channels or channel.value in channels
    ]
    return contacts.c.erased_at == 0, contacts.c.channel.in_(written_on)


@dataclass(frozen=True, slots=True)
class _Period:
    """When the affected data came in: by default, up to when the breach was noticed."""

    begins: int
    ends: int

    @classmethod
    def of(cls, known: Description, zone: ZoneInfo) -> _Period:
        scope, begins, ends = known.scope, 0, micros(known.noticed_at) + 1
        if scope.since is not None:
            begins = micros(datetime.combine(scope.since, time(), tzinfo=zone))
        if scope.until is not None:
            day_after = scope.until + timedelta(days=1)
            ends = micros(datetime.combine(day_after, time(), tzinfo=zone))
        return cls(begins, ends)

    def until(self, last: datetime) -> _Period:
        """The same period, ending at this moment at the latest."""
        return _Period(self.begins, min(self.ends, micros(last) + 1))

    def within(self, at: ColumnElement[int]) -> ColumnElement[bool]:
        return and_(at >= self.begins, at < self.ends)

    def overlaps(self, first: ColumnElement[int], last: ColumnElement[int]) -> ColumnElement[bool]:
        return and_(last >= self.begins, first < self.ends)


def _sources(scope: BreachScope, period: _Period) -> Iterator[Select[Any]]:
    """Queries for the ids, by kind of data; if none applies, one that finds nothing."""
    if scope.cases:
        yield _cases(scope, period)
        return
    kinds = set(scope.kinds)
    if DataKind.CONTACT in kinds and scope.areas:
        # Addresses belong to no area, so they count for everybody who used a service of one.
        kinds |= {DataKind.RATINGS, DataKind.CASES, DataKind.CHATS}
    yield select(literal(0)).where(false())
    for kind in sorted(kinds):
        yield _source(kind, scope, period)


def _source(kind: DataKind, scope: BreachScope, period: _Period) -> Select[Any]:
    match kind:
        case DataKind.CONTACT:
            if scope.areas:
                return select(literal(0)).where(false())
            last = conversations.c.last_incoming_at
            return (
                select(contacts.c.id)
                .join(conversations, conversations.c.contact_id == contacts.c.id)
                .where(period.overlaps(contacts.c.created_at, last))
            )
        case DataKind.RATINGS:
            return select(responses.c.contact_id).where(
                responses.c.contact_id.is_not(None),
                period.within(responses.c.started_at),
                _in_areas(responses.c.area, scope),
            )
        case DataKind.CASES:
            return _cases(scope, period)
        case DataKind.CHATS:
            return select(handovers.c.contact_id).where(
                handovers.c.contact_id.is_not(None),
                period.overlaps(handovers.c.opened_at, handovers.c.changed_at),
                _in_areas(handovers.c.area, scope),
            )
        case DataKind.REQUESTS:
            return select(privacy_requests.c.contact_id).where(
                privacy_requests.c.contact_id.is_not(None),
                period.within(privacy_requests.c.asked_at),
                true() if not scope.areas else false(),  # belong to no area
            )
        case _:
            assert_never(kind)


def _cases(scope: BreachScope, period: _Period) -> Select[Any]:
    return select(cases.c.contact_id).where(
        cases.c.contact_id.is_not(None), _of_case(scope, period)
    )


def _at_desk(known: Description, zone: ZoneInfo) -> Select[Any]:
    """A query for the cases entered at a desk that still have text."""
    scope = known.scope
    looked_at = scope.cases or {DataKind.CASES, DataKind.CONTACT} & set(scope.kinds)
    channels = [channel for channel in DESK if not scope.channels or channel in scope.channels]
    return (
        select(func.count())
        .select_from(cases)
        .where(
            cases.c.contact_id.is_(None),
            cases.c.text.is_not(None),
            cases.c.channel.in_(channels if looked_at else []),
            _of_case(scope, _Period.of(known, zone)),
        )
    )


def _of_case(scope: BreachScope, period: _Period) -> ColumnElement[bool]:
    if scope.cases:
        return cases.c.number.in_(scope.cases)
    return and_(
        period.overlaps(cases.c.opened_at, cases.c.changed_at), _in_areas(cases.c.area, scope)
    )


def _in_areas(area: ColumnElement[str], scope: BreachScope) -> ColumnElement[bool]:
    return area.in_(scope.areas) if scope.areas else true()


def _is_closed(now: datetime) -> ColumnElement[bool]:
    """Whether nothing can be sent to the contact before they write."""
    late = conversations.c.last_incoming_at < micros(now - WINDOW)
    shut = and_(contacts.c.channel == Channel.WHATSAPP.value, late)
    return (contacts.c.departed_at > 0) | shut
