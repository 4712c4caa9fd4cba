"""Append-only histories of audited steps: of measures, self-assessments and breaches.

A step and its audit entry are one transaction. Triggers refuse to change or delete a step. If two
people add to the same last step at once, the second one is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Generic, Protocol, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection, Row, Table, select

from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import micros, moment

RESUBMITTED_WITHIN = timedelta(minutes=10)
"""Equal forms of one person within this time count as one form sent twice."""


def is_resubmission(before: datetime, now: datetime) -> bool:
    """Whether two equal forms, sent at these moments, count as one sent twice."""
    return before <= now < before + RESUBMITTED_WITHIN


class LoggedStep(Protocol):
    """One event, by whom and when."""

    @property
    def at(self) -> datetime: ...

    @property
    def staff(self) -> int: ...

    @property
    def event(self) -> msgspec.Struct: ...


E = TypeVar("E", bound=msgspec.Struct)
S = TypeVar("S", bound=LoggedStep)


class StepLog(Generic[E, S]):
    """A table of steps, in which each number, such as M-2026-001, has its own history."""

    def __init__(
        self,
        table: Table,
        word: str,
        decoder: msgspec.json.Decoder[E],
        step: Callable[[datetime, int, E], S],
        *,
        initial: str = "",
    ) -> None:
        """``word``: the subject in audit actions. ``initial``: of the numbers; default: its own."""
        self._table, self._word = table, word
        self._initial = initial or word[0].upper()
        self._decoder, self._make = decoder, step
        self._add = Query(
            "number str, place int, kind str, at int, staff int, event bytes",
            f"INSERT INTO {table.name} (number, place, kind, at, staff_id, event) "
            "SELECT r.number, r.place, r.kind, r.at, r.staff, r.event FROM {rows} WHERE true "
            "ON CONFLICT (number, place) DO NOTHING RETURNING place",
        )

    def everything(self, tx: Connection, keyring: Keyring) -> Iterator[tuple[str, list[S]]]:
        """Each number with its steps in order."""
        column = self._table.c
        rows = tx.execute(select(self._table).order_by(column.number, column.place))
        return self._by_number(keyring, rows)

    def of_kind(
        self, tx: Connection, keyring: Keyring, event: type[E], numbers: Collection[str]
    ) -> Iterator[tuple[str, list[S]]]:
        """The steps of one kind of event of each number that has any, in order."""
        column = self._table.c
        chosen = column.number.in_(numbers) & (column.kind == _kind(event))
        rows = tx.execute(select(self._table).where(chosen).order_by(column.number, column.place))
        return self._by_number(keyring, rows)

    def of(self, tx: Connection, keyring: Keyring, number: str) -> list[S]:
        """The steps of a number in order; empty if there is no such number."""
        column = self._table.c
        own = select(self._table).where(column.number == number).order_by(column.place)
        return [self._step(keyring, row) for row in tx.execute(own)]

    def first(self, tx: Connection, keyring: Keyring, number: str) -> S | None:
        """The first step of a number; None if there is no such number."""
        column = self._table.c
        own = select(self._table).where(column.number == number, column.place == 1)
        row = tx.execute(own).first()
        return None if row is None else self._step(keyring, row)

    def open_one(self, tx: Connection, keyring: Keyring, first: S, zone: ZoneInfo) -> str:
        """Begin a history; return its number, with the year in ``zone``."""
        counter = self._counter(first.at, zone)
        counters.add(tx, {counter: 1})
        year = first.at.astimezone(zone).year
        number = f"{self._initial}-{year}-{counters.value(tx, counter):03d}"
        self.add(tx, keyring, number, 1, first)
        return number

    def lock(self, tx: Connection, now: datetime, zone: ZoneInfo) -> None:
        """Make other transactions that begin a history wait for this one, and see its changes."""
        counters.add(tx, {self._counter(now, zone): 0})

    def recent_of_author(
        self, tx: Connection, keyring: Keyring, first: S, zone: ZoneInfo
    ) -> list[tuple[str, list[S]]]:
        """The histories that this first step's author began within ``RESUBMITTED_WITHIN``.

        Locks: other transactions that begin a history wait for this one.
        """
        self.lock(tx, first.at, zone)
        column = self._table.c
        begun = select(column.number).where(
            column.place == 1,
            column.staff_id == first.staff,
            column.at > micros(first.at - RESUBMITTED_WITHIN),
            column.at <= micros(first.at),
        )
        numbers = tx.execute(begun.order_by(column.number)).scalars().all()
        return [(number, self.of(tx, keyring, number)) for number in numbers]

    def add(self, tx: Connection, keyring: Keyring, number: str, place: int, step: S) -> bool:
        """Write the step at its place; False if the place is taken."""
        chain.lock(tx)  # before the place, so that two transactions cannot deadlock
        kind = _kind(type(step.event))
        event = keyring.encrypt_bytes(msgspec.json.encode(step.event))
        if not self._add.all(tx, [(number, place, kind, micros(step.at), step.staff, event)]):
            return False
        chain.append(tx, keyring, AuditEntry(step.staff, f"{self._word}-{kind}", number), step.at)
        return True

    def _by_number(
        self, keyring: Keyring, rows: Iterable[Row[tuple[object, ...]]]
    ) -> Iterator[tuple[str, list[S]]]:
        for number, steps in groupby(rows, key=attrgetter("number")):
            yield number, [self._step(keyring, row) for row in steps]

    def _step(self, keyring: Keyring, row: Row[tuple[object, ...]]) -> S:
        event = self._decoder.decode(keyring.decrypt_bytes(row.event))
        return self._make(moment(row.at), row.staff_id, event)

    def _counter(self, at: datetime, zone: ZoneInfo) -> str:
        return f"{self._word}:{at.astimezone(zone).year}"


def _kind(event: type[msgspec.Struct]) -> str:
    tag = event.__struct_config__.tag
    assert isinstance(tag, str), "every event has one"
    return tag
