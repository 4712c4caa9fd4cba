"""Counts of indicators, published with a digest and kept for good."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Row, select

from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount, by_series
from handlers.measures.measures import Measure
from handlers.quality.weeks import IsoWeek
from storage.engine.statements import Query
from storage.engine.times import iso_week, stored_week
from storage.tables.quality import published_counts

_KEEP = Query(
    "area str, measured str, scope str, part str, until int, since int, x int, n int, shown int",
    "INSERT INTO published_counts "
    "(area, measured, scope, part, last_week, first_week, x, n, is_shown) "
    "SELECT r.area, r.measured, r.scope, r.part, r.until, r.since, r.x, r.n, r.shown "
    "FROM {rows} WHERE true ON CONFLICT (area, measured, scope, part, last_week) DO NOTHING "
    "RETURNING n",
)


def add(tx: Connection, counts: Iterable[SeriesCount]) -> None:
    """Store counts, in the transaction that publishes their digest; existing ones are kept."""
    rows = [
        (
            count.series.area,
            count.series.measured.value,
            count.series.scope.value,
            count.series.part,
            stored_week(count.last),
            stored_week(count.first),
            count.x,
            count.n,
            int(count.is_shown),
        )
        for count in counts
    ]
    _KEEP.all(tx, rows)


def counts_up_to(tx: Connection, week: IsoWeek) -> dict[Series, list[SeriesCount]]:
    """Each indicator's counts up to a week, oldest first."""
    kept = published_counts.c
    rows = tx.execute(
        select(published_counts)
        .where(kept.last_week <= stored_week(week))
        .order_by(kept.area, kept.measured, kept.scope, kept.part, kept.last_week)
    )
    return by_series(map(_count, rows))


def counts_of(tx: Connection, series: Series) -> list[SeriesCount]:
    """All counts of one indicator, oldest first."""
    kept = published_counts.c
    rows = tx.execute(
        select(published_counts)
        .where(
            kept.area == series.area,
            kept.measured == series.measured.value,
            kept.scope == series.scope.value,
            kept.part == series.part,
        )
        .order_by(kept.last_week)
    )
    return [_count(row) for row in rows]


def counts_of_measures(
    tx: Connection, measures: Iterable[Measure]
) -> dict[Series, list[SeriesCount]]:
    """The counts behind the effects of measures judged by indicators other than grades."""
    if all(measure.judged_by.is_default for measure in measures):
        return {}
    rows = tx.execute(select(published_counts).order_by(*published_counts.primary_key.columns))
    return by_series(map(_count, rows))


def series_shown(tx: Connection, areas: Iterable[str] | None = None) -> frozenset[Series]:
    """The indicators with a published figure; or only those of some areas (empty: of all)."""
    kept = published_counts.c
    chosen = select(kept.measured, kept.scope, kept.area, kept.part).where(kept.is_shown == 1)
    if areas is not None:
        chosen = chosen.where(kept.area.in_(list(areas)))
    rows = tx.execute(chosen.distinct())
    return frozenset(
        Series(Metric(measured), Scope(scope), area, part) for measured, scope, area, part in rows
    )


def _count(row: Row[tuple[object, ...]]) -> SeriesCount:
    return SeriesCount(
        Series(Metric(row.measured), Scope(row.scope), row.area, row.part),
        iso_week(row.first_week),
        iso_week(row.last_week),
        row.x,
        row.n,
        bool(row.is_shown),
    )
