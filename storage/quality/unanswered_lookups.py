"""Lookups that found nothing."""

# Statements are put together from constants only.
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection

from handlers.quality.figures import NotFound
from handlers.quality.weeks import IsoWeek
from handlers.text.folding import fold
from storage.engine.statements import Query
from storage.engine.times import stored_week
from storage.tables.responses import NOTHING_FOUND

_NOT_FOUND = Query(
    "week int",
    "SELECT l.query, count(*) FROM {rows} "
    f"JOIN lookups l ON l.week = r.week WHERE l.{NOTHING_FOUND} GROUP BY l.query",
)

_MOST_UNANSWERED = (
    "SELECT query, sum(n) AS times FROM ("
    f"SELECT week, query, count(*) AS n FROM lookups WHERE {NOTHING_FOUND} "
    "AND week IN ({weeks}) GROUP BY week, query) one GROUP BY query "
    "ORDER BY times DESC, query LIMIT {most}"
)


def not_found(tx: Connection, week: IsoWeek) -> tuple[NotFound, ...]:
    """Queries that found nothing, most frequent first, those that fold to the same text merged."""
    return alike(not_found_rows(tx, week))


def not_found_rows(tx: Connection, week: IsoWeek) -> list[tuple[str, int]]:
    """Each query that found nothing, as it was written, with how often."""
    return [(query, times) for query, times in _NOT_FOUND.all(tx, [(stored_week(week),)])]


def most_frequent(tx: Connection, weeks: Sequence[IsoWeek], most: int) -> list[tuple[str, int]]:
    """The most frequent queries that found nothing in several weeks, as they were written."""
    numbers = ", ".join(str(stored_week(week)) for week in weeks)
    rows = tx.exec_driver_sql(_MOST_UNANSWERED.format(weeks=numbers, most=most))
    return [(query, int(times)) for query, times in rows]


def alike(asked: Iterable[tuple[str, int]]) -> tuple[NotFound, ...]:
    """Merge queries that fold to the same text, most frequent first. Slow for many."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for query, times in asked:
        spellings[fold(query)][query] += times
    together = [
        NotFound(max(written.items(), key=lambda item: (item[1], item[0]))[0], written.total())
        for written in spellings.values()
    ]
    return tuple(sorted(together, key=lambda lookup: (-lookup.times, lookup.query)))
