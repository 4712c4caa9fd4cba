"""How many cases were answered within their term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select

from storage.engine.times import micros
from storage.tables.cases import case_notes, cases


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Counts of cases with a term: answered, of those in time, and overdue without an answer."""

    answered: int
    in_time: int
    lapsed: int

    @property
    def due(self) -> int:
        """Cases that were answered or should have been by now."""
        return self.answered + self.lapsed


def timeliness(
    tx: Connection, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> Timeliness:
    """Count timeliness by each case's first answer and its current term.

    ``since``, ``until``: only cases due between them.
    """
    due = [cases.c.due_at > 0]
    if since is not None:
        due.append(cases.c.due_at >= micros(since))
    if until is not None:
        due.append(cases.c.due_at < micros(until))
    first = (
        select(case_notes.c.number, func.min(case_notes.c.at).label("at"))
        .where(case_notes.c.author == "staff")
        .group_by(case_notes.c.number)
        .subquery()
    )
    lapsed = first.c.at.is_(None) & (cases.c.status == "open") & (cases.c.due_at < micros(now))
    row = tx.execute(
        select(
            func.count(first.c.at),
            func.sum(case((first.c.at <= cases.c.due_at, 1), else_=0)),
            func.sum(case((lapsed, 1), else_=0)),
        )
        .select_from(cases.outerjoin(first, first.c.number == cases.c.number))
        .where(*due)
    ).one()
    answered, in_time, missed = (int(count or 0) for count in row)
    return Timeliness(answered, in_time, missed)
