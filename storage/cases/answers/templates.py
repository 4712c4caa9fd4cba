"""Templates from which staff begin an answer; they are never sent unseen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from storage.engine.times import micros, moment
from storage.tables.cases import reply_templates


@dataclass(frozen=True, slots=True)
class AnswerTemplate:
    """One template. ``area`` empty: for all. ``version`` increases with each change."""

    id: int
    area: str
    title: str
    text: str
    version: int = 1
    changed_at: datetime | None = None


def list_templates(tx: Connection, areas: Collection[str] | None = None) -> list[AnswerTemplate]:
    """All templates, or those for these areas and those for all, by title."""
    chosen = select(reply_templates).order_by(reply_templates.c.title, reply_templates.c.id)
    if areas is not None:
        chosen = chosen.where(reply_templates.c.area.in_(sorted({"", *areas})))
    return [
        AnswerTemplate(row.id, row.area, row.title, row.text, row.version, moment(row.changed_at))
        for row in tx.execute(chosen)
    ]


def add(tx: Connection, template: AnswerTemplate, staff_id: int, now: datetime) -> int:
    """Store a new template; return its id."""
    values = _values(template, staff_id, now)
    row = insert(reply_templates).values(version=1, **values)
    return int(tx.execute(row.returning(reply_templates.c.id)).scalar_one())


def change(tx: Connection, template: AnswerTemplate, staff_id: int, now: datetime) -> bool:
    """Change a template; False if ``version`` is not the current one or it was removed."""
    same = update(reply_templates).where(
        reply_templates.c.id == template.id, reply_templates.c.version == template.version
    )
    values = _values(template, staff_id, now)
    return tx.execute(same.values(version=template.version + 1, **values)).rowcount > 0


def remove(tx: Connection, template_id: int) -> bool:
    """Remove a template; False if there is none with this id."""
    gone = delete(reply_templates).where(reply_templates.c.id == template_id)
    return tx.execute(gone).rowcount > 0


def _values(template: AnswerTemplate, staff_id: int, now: datetime) -> dict[str, str | int]:
    return {
        "area": template.area,
        "title": template.title,
        "text": template.text,
        "staff_id": staff_id,
        "changed_at": micros(now),
    }
