"""Notes on published figures by heads of areas: added, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from handlers.quality.weeks import IsoWeek
from storage.engine.times import iso_week, micros, moment, stored_week
from storage.tables.quality import figure_notes


@dataclass(frozen=True, slots=True)
class FigureNote:
    """A note on an area's figure of a week."""

    area: str
    week: IsoWeek
    written_at: datetime
    staff_id: int
    text: str


def add(tx: Connection, note: FigureNote) -> None:
    """Store a note."""
    tx.execute(
        insert(figure_notes).values(
            area=note.area,
            week=stored_week(note.week),
            written_at=micros(note.written_at),
            staff_id=note.staff_id,
            text=note.text,
        )
    )


def count(tx: Connection, area: str, week: IsoWeek) -> int:
    """How many notes an area's figure of a week has."""
    at = (figure_notes.c.area == area, figure_notes.c.week == stored_week(week))
    return tx.execute(select(func.count()).where(*at)).scalar_one()


def notes(tx: Connection, area: str | None = None) -> list[FigureNote]:
    """The notes of an area, or all, newest first."""
    chosen = select(figure_notes).order_by(figure_notes.c.id.desc())
    if area is not None:
        chosen = chosen.where(figure_notes.c.area == area)
    return [
        FigureNote(row.area, iso_week(row.week), moment(row.written_at), row.staff_id, row.text)
        for row in tx.execute(chosen)
    ]
