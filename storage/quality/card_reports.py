"""Reports by staff of mistakes in the content, until somebody settles them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment
from storage.tables.quality import card_reports
from storage.tables.staff import staff, staff_name

MENDED, RIGHT = "mended", "right"
"""Outcomes of a report: the content was corrected, or is right."""


@dataclass(frozen=True, slots=True)
class CardReport:
    """One report. ``name``: of its author; empty once they are no longer staff."""

    id: int
    card: str
    area: str
    words: str
    name: str
    at: datetime
    outcome: str


@dataclass(frozen=True, slots=True)
class NewReport:
    """A report to be stored. ``area``: the card's."""

    card: str
    area: str
    words: str
    staff_id: int
    at: datetime


def add(tx: Connection, keyring: Keyring, report: NewReport) -> int:
    """Store a report; return its id."""
    row = insert(card_reports).values(
        card=report.card,
        area=report.area,
        words=keyring.encrypt(report.words),
        staff_id=report.staff_id,
        at=micros(report.at),
    )
    return int(tx.execute(row.returning(card_reports.c.id)).scalar_one())


def waiting(
    tx: Connection, keyring: Keyring, areas: Collection[str], limit: int
) -> list[CardReport]:
    """The unsettled reports of these areas, oldest first."""
    chosen = _chosen().where(card_reports.c.settled_at == 0, card_reports.c.area.in_(sorted(areas)))
    rows = tx.execute(chosen.order_by(card_reports.c.id).limit(limit))
    return [_report(keyring, row) for row in rows]


def find_report(tx: Connection, keyring: Keyring, report: int) -> CardReport | None:
    """The report with this id."""
    row = tx.execute(_chosen().where(card_reports.c.id == report)).first()
    return None if row is None else _report(keyring, row)


def settle(tx: Connection, report: int, outcome: str, staff_id: int, now: datetime) -> bool:
    """Record a report's outcome; False if somebody settled it before."""
    open_ = update(card_reports).where(card_reports.c.id == report, card_reports.c.settled_at == 0)
    values = {"settled_at": micros(now), "settled_by": staff_id, "outcome": outcome}
    return tx.execute(open_.values(**values)).rowcount > 0


def _chosen() -> Any:
    return select(card_reports, staff_name).join(
        staff, staff.c.id == card_reports.c.staff_id, isouter=True
    )


def _report(keyring: Keyring, row: Row[Any]) -> CardReport:
    words = keyring.decrypt(row.words)
    return CardReport(row.id, row.card, row.area, words, row.name, moment(row.at), row.outcome)
