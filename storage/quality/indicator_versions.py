"""Versions of indicators published in the panel; none is ever changed or removed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, inspect, select

from handlers.content.quality import Indicator
from storage.engine.times import micros
from storage.tables.quality import indicator_versions


def versions(tx: Connection) -> tuple[Indicator, ...]:
    """All published versions, by id and number."""
    kept = indicator_versions.c
    rows = tx.execute(select(kept.definition).order_by(kept.id, kept.version))
    return tuple(Indicator.model_validate_json(definition) for (definition,) in rows)


def versions_if_any(connection: Connection) -> tuple[Indicator, ...]:
    """As ``versions``, but also works at a revision without the table."""
    has_them = inspect(connection).has_table(indicator_versions.name)
    return versions(connection) if has_them else ()


def add(tx: Connection, indicator: Indicator, staff_id: int, now: datetime) -> None:
    """Store a version. Its id and number must be new."""
    tx.execute(
        insert(indicator_versions).values(
            id=indicator.id,
            version=indicator.version,
            definition=indicator.model_dump_json(),
            published_at=micros(now),
            staff_id=staff_id,
        )
    )
