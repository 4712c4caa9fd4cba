"""Deletes what has reached the end of its retention period, as the privacy notice promises."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    Connection,
    Delete,
    Select,
    Update,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    tuple_,
    update,
)

from handlers.messages import Channel
from storage.cases import attachments
from storage.contacts import conversations
from storage.contacts.events import SEEN_EVENTS
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.statements import Change
from storage.engine.times import micros, week_number
from storage.privacy.erasure import empty_cases, empty_handovers, erase, finish_erasures
from storage.privacy.quotes import drop_old_quotes
from storage.quality.bursts import forget_networks
from storage.responses import sums
from storage.tables.cases import cases
from storage.tables.contacts import contacts, seen_events
from storage.tables.contacts import conversations as conversations_table
from storage.tables.handovers import handovers
from storage.tables.outbox import outbox, quarantine
from storage.tables.privacy import breach_messages, privacy_requests
from storage.tables.quality import digest_claims
from storage.tables.responses import answers
from storage.tables.running import leases
from storage.tables.staff import staff_codes, staff_contacts


@dataclass(frozen=True, slots=True)
class Periods:
    """The configurable retention periods; the defaults are those of the norms."""

    comments: timedelta = timedelta(days=365)
    failed_messages: timedelta = timedelta(days=7)
    closed_cases: timedelta = timedelta(days=730)
    """The words and the citizen of a case or handover that is not open, from its last change on."""

    idle_contacts: timedelta = timedelta(days=730)
    """A contact without an open case, from its last message on."""


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many rows of each kind are due, for a dry run."""

    comments: int
    failed_messages: int
    closed_cases: int
    idle_contacts: int


DEFAULTS = Periods()
WEB_REPLIES = timedelta(hours=24)
"""How long the web page can load a reply again."""

SENT = timedelta(days=30)
"""How long a message of ours can be quoted, or its buttons removed."""

SENT_ABOUT_CASE = timedelta(days=365)
"""How long staff can answer a case by quoting its notice."""

CODES = timedelta(days=30)
CLAIMS = timedelta(days=365)
LEASES = timedelta(days=1)
UNFINISHED = timedelta(days=30)
"""How long a conversation keeps words of something unfinished."""

_ERASED_AT_A_TIME = 200
_AT_A_TIME = 2_000  # rows per transaction, so that none holds up the intake
_READ_AT_A_TIME = 10_000  # keys per read
DECRYPTED_AT_A_TIME = 200
_FINISHED = ("sent", "failed", "stale")
_FORGET_EVENTS = Change(
    "event_hash bytes",
    "DELETE FROM seen_events {using} WHERE seen_events.event_hash = :event_hash",
)
_EMPTY_REPLIES = Change(
    "contact_id int, seq int",
    "UPDATE outbox SET payload = substr(payload, 1, 0) {from} "
    "WHERE outbox.contact_id = :contact_id AND outbox.seq = :seq",
)
_FORGET_REPLIES = Change(
    "contact_id int, seq int",
    "DELETE FROM outbox {using} WHERE outbox.contact_id = :contact_id AND outbox.seq = :seq",
)


async def sweep(
    database: Database, keyring: Keyring, now: datetime, periods: Periods = DEFAULTS
) -> int:
    """Delete everything that is due, in short transactions; return how many rows changed.

    Also merges the shards of past weeks' sums. Idle contacts are erased as if they had asked for
    it, so the caller has to write the erasure journal afterwards.
    """
    total = await _erase_idle(database, now, periods)
    total += await database.write(lambda tx: finish_erasures(tx, now))
    total += await _empty(database, _old_cases(now, periods), empty_cases)
    total += await _empty(database, _old_handovers(now, periods), empty_handovers)
    total += await database.write(lambda tx: attachments.forget_due(tx, now))
    for statement in _statements(now, periods):
        while changed := await database.write_part(partial(_run, statement)):
            total += changed
            if changed < _AT_A_TIME:
                break
    for due, change in _read_through(now, periods):
        total += await _change_due(database, due, change)
    oldest = week_number(now - periods.comments, UTC)
    total += await database.write(lambda tx: drop_old_quotes(tx, oldest))
    week = week_number(now - timedelta(days=1), UTC)
    total += await database.write(lambda tx: forget_networks(tx, week))
    total += await database.write(lambda tx: sums.merge_shards(tx, last=week - 1))
    return total + await _drop_old_words(database, keyring, now - UNFINISHED)


def due(tx: Connection, now: datetime, periods: Periods = DEFAULTS) -> DueCounts:
    """What ``sweep`` would delete by the configurable periods. Only reads."""
    return DueCounts(
        comments=_count(tx, _old_words(now, periods)),
        failed_messages=_count(tx, _old_failures(now, periods)),
        closed_cases=_count(tx, _old_cases(now, periods)),
        idle_contacts=_count(tx, _idle(now, periods)),
    )


def _count(tx: Connection, chosen: Select[Any]) -> int:
    return int(tx.execute(select(func.count()).select_from(chosen.subquery())).scalar_one())


async def _erase_idle(database: Database, now: datetime, periods: Periods) -> int:
    """Erase contacts that have been silent for long; their grades stay without a person."""
    chosen, total = _idle(now, periods).limit(_ERASED_AT_A_TIME), 0
    while ids := await database.read(lambda tx: list(tx.execute(chosen).scalars()), long=True):
        # A contact may have written meanwhile.
        total += await database.write_part(partial(_erase_still_idle, ids, now, periods))
        if len(ids) < _ERASED_AT_A_TIME:
            break
    return total


def _erase_still_idle(ids: list[int], now: datetime, periods: Periods, tx: Connection) -> int:
    still = _idle(now, periods).where(contacts.c.id.in_(ids))
    gone = list(tx.execute(still).scalars())
    erase(tx, gone, now)
    return len(gone)


async def _empty(
    database: Database, old: Select[Any], empty: Callable[[Connection, list[Any]], None]
) -> int:
    """Empty the chosen rows in chunks; return how many. An emptied row is not chosen again."""
    chosen, total = old.limit(_ERASED_AT_A_TIME), 0
    while keys := await database.read(lambda tx: list(tx.execute(chosen).scalars()), long=True):
        await database.write_part(partial(_call, empty, keys))
        total += len(keys)
    return total


def _call(empty: Callable[[Connection, list[Any]], None], keys: list[Any], tx: Connection) -> None:
    empty(tx, keys)


def _idle(now: datetime, periods: Periods) -> Select[Any]:
    """A query for citizens' contacts that have been silent for long and wait for nothing."""
    before = micros(now - periods.idle_contacts)
    own_case = exists().where(cases.c.contact_id == contacts.c.id, cases.c.status == "open")
    asked = exists().where(
        privacy_requests.c.contact_id == contacts.c.id, privacy_requests.c.status == "open"
    )
    works_here = exists().where(staff_contacts.c.contact_id == contacts.c.id)
    return (
        select(contacts.c.id)
        .join(conversations_table, conversations_table.c.contact_id == contacts.c.id)
        .where(
            contacts.c.erased_at == 0,
            # Not mail contacts: they are staff, or the address of a case, which goes with the case.
            contacts.c.channel != Channel.MAIL.value,
            contacts.c.created_at < before,
            conversations_table.c.last_incoming_at < before,
            ~own_case,
            ~asked,
            ~works_here,
        )
        .order_by(contacts.c.id)
    )


def _old_cases(now: datetime, periods: Periods) -> Select[Any]:
    """A query for cases, not open since long, that still have words or a citizen."""
    return (
        select(cases.c.number)
        .where(
            cases.c.status != "open",
            cases.c.changed_at < micros(now - periods.closed_cases),
            or_(cases.c.text.is_not(None), cases.c.contact_id.is_not(None)),
        )
        .order_by(cases.c.number)
    )


def _old_handovers(now: datetime, periods: Periods) -> Select[Any]:
    """A query for handovers that ended long ago and still have a citizen."""
    return (
        select(handovers.c.id)
        .where(
            handovers.c.ended_at.between(1, micros(now - periods.closed_cases)),
            handovers.c.contact_id.is_not(None),
        )
        .order_by(handovers.c.id)
    )


def _old_failures(now: datetime, periods: Periods) -> Select[Any]:
    return select(quarantine.c.id).where(quarantine.c.at < micros(now - periods.failed_messages))


def _old_words(now: datetime, periods: Periods) -> Select[Any]:
    return select(answers.c.response_id, answers.c.question).where(
        answers.c.words.is_not(None),
        answers.c.answered_at < micros(now - periods.comments),
        # Implied by the line above, but an index supports this one.
        answers.c.week <= week_number(now - periods.comments + timedelta(days=1), UTC),
    )


async def _drop_old_words(database: Database, keyring: Keyring, before: datetime) -> int:
    # Rows are found without the lock, which only the change needs.
    ids = await database.read(lambda tx: conversations.with_old_words(tx, before))
    total = 0
    for first in range(0, len(ids), DECRYPTED_AT_A_TIME):
        part = ids[first : first + DECRYPTED_AT_A_TIME]
        drop = partial(
            conversations.drop_old_words, keyring=keyring, contact_ids=part, before=before
        )
        total += await database.write_part(drop)
    return total


async def _change_due(database: Database, due: Select[Any], change: Change) -> int:
    """Change the rows whose keys ``due`` selects. Selecting them blocks no writer."""
    key = tuple_(*due.selected_columns)
    chosen = due.order_by(*due.selected_columns).limit(_READ_AT_A_TIME)
    total = 0
    rows = await database.read(partial(_fetch, chosen), long=True)
    while rows:
        for first in range(0, len(rows), _AT_A_TIME):
            part = rows[first : first + _AT_A_TIME]
            await database.write_part(partial(change.run, rows=part))
        total += len(rows)
        rows = await database.read(partial(_fetch, chosen.where(key > rows[-1])), long=True)
    return total


def _fetch(chosen: Select[Any], tx: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in tx.execute(chosen)]


def _run(statement: Delete | Update, tx: Connection) -> int:
    return tx.execute(statement).rowcount


def _statements(now: datetime, periods: Periods) -> list[Delete | Update]:
    old_words = _old_words(now, periods).limit(_AT_A_TIME)
    return [
        delete(quarantine).where(quarantine.c.id.in_(_old_failures(now, periods))),
        update(answers)
        .where(tuple_(answers.c.response_id, answers.c.question).in_(old_words))
        .values(words=None),
        # The breach keeps how many were told; the recipients are kept as long as cases.
        delete(breach_messages).where(
            breach_messages.c.told_at.between(1, micros(now - periods.closed_cases))
        ),
        delete(staff_codes).where(staff_codes.c.expires_at < micros(now - CODES)),
        delete(digest_claims).where(digest_claims.c.claimed_at < micros(now - CLAIMS)),
        # Leases of processes long dead; those of jobs are renewed and stay.
        delete(leases).where(
            leases.c.name.like("process:%"), leases.c.expires_at < micros(now - LEASES)
        ),
    ]


def _read_through(now: datetime, periods: Periods) -> list[tuple[Select[Any], Change]]:
    """Queries of due rows in the tables without an index of times, each with its change."""
    events = select(seen_events.c.event_hash).where(
        seen_events.c.seen_at < micros(now - SEEN_EVENTS)
    )
    finished = select(outbox.c.contact_id, outbox.c.seq).where(outbox.c.state.in_(_FINISHED))
    created_at = outbox.c.created_at
    read = finished.where(outbox.c.payload != b"", created_at < micros(now - WEB_REPLIES))
    old = finished.where(
        or_(
            and_(outbox.c.about == "", created_at < micros(now - SENT)),
            created_at < micros(now - SENT_ABOUT_CASE),
        )
    )
    # A held reply is kept no longer than the text that it is about.
    held = select(outbox.c.contact_id, outbox.c.seq).where(
        outbox.c.due_at < 0, created_at < micros(now - periods.closed_cases)
    )
    return [
        (events, _FORGET_EVENTS),
        (read, _EMPTY_REPLIES),
        (old, _FORGET_REPLIES),
        (held, _FORGET_REPLIES),
    ]
