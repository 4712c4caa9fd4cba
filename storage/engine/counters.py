"""Durable counters of rare events, which must survive a restart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from storage.engine.statements import Change
from storage.tables.running import counters

_ADD = Change(
    "name str, value int",
    "INSERT INTO counters (name, value) SELECT :name, :value {from} WHERE true "
    "ON CONFLICT (name) DO UPDATE SET value = counters.value + excluded.value",
)
_PUT = Change(
    "name str, value int",
    "INSERT INTO counters (name, value) SELECT :name, :value {from} WHERE true "
    "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
)


def add(tx: Connection, amounts: Mapping[str, int]) -> None:
    """Add to counters; sorted by name, so that two writers cannot deadlock."""
    _ADD.run(tx, sorted(amounts.items()))


def set_values(tx: Connection, amounts: Mapping[str, int]) -> None:
    """Set counters to values that are counted elsewhere."""
    _PUT.run(tx, sorted(amounts.items()))


def values(tx: Connection, names: Iterable[str]) -> dict[str, int]:
    """Values by name; counters never used are left out."""
    found = select(counters.c.name, counters.c.value).where(counters.c.name.in_(names))
    return {row.name: row.value for row in tx.execute(found)}


def value(tx: Connection, name: str) -> int:
    """A counter's value; 0 if it was never used."""
    return tx.execute(select(counters.c.value).where(counters.c.name == name)).scalar() or 0
