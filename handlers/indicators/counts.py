"""Counts of the share indicators other than an area's grades 6 and 7, frozen with each digest.

They are confidential, as they include what the digest suppresses. Effects use all of them: leaving
out weeks under ten would always favour one side. Charts use published ones only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.content.model import Content
from handlers.content.quality import Metric, Scope
from handlers.indicators.places import Cells, parts_by_place
from handlers.indicators.work import Work, online_by_service, procedures_asked
from handlers.quality.blocks import Block, Figure
from handlers.quality.charts import Period
from handlers.quality.figures import AreaDigest, AreaWeek, Digest, WeekFigures
from handlers.quality.intervals import percent, top_and_bottom
from handlers.quality.parts import NOTHING, lookup_cells, share_of, summed
from handlers.quality.weeks import IsoWeek


@dataclass(frozen=True, slots=True, order=True)
class Series:
    """What is counted, and where. ``area`` empty: the municipality.

    ``part``: a reason's choice, a service, a desk's token or a channel.
    """

    measured: Metric
    scope: Scope
    area: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class SeriesCount:
    """``x`` of ``n`` in the weeks ``first`` to ``last``."""

    series: Series
    first: IsoWeek
    last: IsoWeek
    x: int
    n: int
    is_shown: bool  # the digest has its share


@dataclass(frozen=True, slots=True)
class DigestSource:
    """What a digest was built from, read on one snapshot."""

    week: WeekFigures
    work: Work
    blocks: Sequence[Block]  # that close with the digest
    cells: Mapping[str, Cells]  # by area


CHARTED = frozenset(
    {
        Metric.REASON,
        Metric.COMPLETION,
        Metric.FOUND,
        Metric.USEFUL,
        Metric.CASES_IN_TIME,
        Metric.VISITS_SPARED,
    }
)
"""Shares of answers, lookups or cases, each of which is counted once.

Coverage and readings of the policy count the same areas and people every week, and the net score is
not a share."""


def week_counts(
    raw: DigestSource, digest: Digest, content: Content, before: Digest | None
) -> tuple[SeriesCount, ...]:
    """The counts to be frozen with a digest. ``before``: the digest published last."""
    found = [*_of_municipality(raw, digest, content), *_of_cases(raw.work, digest, before)]
    weeks = {area.area: area for area in raw.week.areas}
    blocks = {block.area: block for block in raw.blocks}
    for area in digest.areas:
        week, block = weeks.get(area.id), blocks.get(area.id)
        if week is None:
            continue
        found += _useful(week, area, raw.week.week)
        if block is not None:
            found += _of_block(week, area, block, content)
            found += _of_places(raw.cells.get(area.id, {}), area, block, content)
    return tuple(count for count in found if count.n)


def count_of_block(block: Block) -> SeriesCount:
    """An area's grades 6 and 7 as a count."""
    series = Series(Metric.SATISFIED, Scope.AREA, block.area)
    is_shown = block.figure is Figure.SHARE
    return SeriesCount(series, block.first, block.last, block.satisfied, block.n, is_shown)


def _of_municipality(raw: DigestSource, digest: Digest, content: Content) -> Iterator[SeriesCount]:
    week, areas = raw.week.week, raw.week.areas
    cells = lookup_cells(raw.week, content)
    lookups = sum(cells.values())
    found = lookups - cells[NOTHING]
    spared, of_procedures = procedures_asked(raw.week, online_by_service(content))
    said = digest.lookups is not None and digest.not_found is not None
    for measured, x, n, is_shown in (
        (
            Metric.COMPLETION,
            sum(area.completed for area in areas),
            sum(area.started for area in areas),
            digest.completion is not None,
        ),
        (Metric.FOUND, found, lookups, said and share_of(found, lookups) is not None),
        (Metric.VISITS_SPARED, spared, of_procedures, digest.online is not None),
    ):
        yield SeriesCount(Series(measured, Scope.MUNICIPALITY), week, week, x, n, is_shown)


def _of_cases(work: Work, digest: Digest, before: Digest | None) -> Iterator[SeriesCount]:
    """Cases of a month, counted once: with the first digest that reports the month."""
    if before is not None and before.cases_month == work.month:
        return
    first = date.fromisoformat(f"{work.month}-01")
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    yield SeriesCount(
        Series(Metric.CASES_IN_TIME, Scope.MUNICIPALITY),
        IsoWeek.of_day(first),
        IsoWeek.of_day(last),
        work.in_time,
        work.due,
        digest.cases_in_time is not None,
    )


def _useful(week: AreaWeek, area: AreaDigest, at: IsoWeek) -> Iterator[SeriesCount]:
    series = Series(Metric.USEFUL, Scope.AREA, area.id)
    n = week.useful + week.not_useful
    yield SeriesCount(series, at, at, week.useful, n, area.useful is not None)


def _of_block(
    week: AreaWeek, area: AreaDigest, block: Block, content: Content
) -> Iterator[SeriesCount]:
    """Counts of a block: reasons over grades 1 to 5, and channels."""
    others, first, last = block.n - block.satisfied, block.first, block.last
    named = {reason.id for reason in area.reasons}
    for reason in dict.fromkeys(
        indicator.reason for indicator in content.indicators if indicator.reason
    ):
        series = Series(Metric.REASON, Scope.AREA, area.id, reason)
        # A raised grade keeps the reason given when it was low, so reasons may exceed grades.
        x = min(week.reasons.get(reason, 0), others)
        is_shown = reason in named and share_of(x, others) is not None
        yield SeriesCount(series, first, last, x, others, is_shown)
    told = {channel.channel for channel in area.channels}
    for channel in sorted(week.grades):
        top, _, n = top_and_bottom(summed([week.grades[channel]]))
        series = Series(Metric.SATISFIED, Scope.CHANNEL, area.id, channel)
        yield SeriesCount(series, first, last, top, n, channel in told)


def _of_places(
    cells: Cells, area: AreaDigest, block: Block, content: Content
) -> Iterator[SeriesCount]:
    told = {(place.name, place.is_desk) for place in area.places}
    for place in parts_by_place(block, cells, content):
        scope = Scope.DESK if place.is_desk else Scope.SERVICE
        series = Series(Metric.SATISFIED, scope, area.id, place.id)
        top, others = place.parts
        is_shown = (place.name, place.is_desk) in told
        yield SeriesCount(series, block.first, block.last, top, top + others, is_shown)


PUBLISHED_AS_COUNTS = frozenset({Metric.REASON, Metric.FOUND})
"""Metrics of which a digest has the counts; of the others it has the percentage and n."""


def published_periods(counts: Iterable[SeriesCount]) -> list[Period]:
    """The periods of a chart: published counts as they follow from the digests.

    Up to 100 answers a whole percentage determines the count; above, the nearest one is used.
    """
    return [
        Period(count.first, count.last, _published_x(count), count.n)
        for count in counts
        if count.is_shown
    ]


def _published_x(count: SeriesCount) -> int:
    if count.series.measured in PUBLISHED_AS_COUNTS:
        return count.x
    return round(count.n * percent(count.x, count.n) / 100)


def by_series(counts: Iterable[SeriesCount]) -> dict[Series, list[SeriesCount]]:
    """The counts grouped by series, in their order."""
    found: dict[Series, list[SeriesCount]] = {}
    for count in counts:
        found.setdefault(count.series, []).append(count)
    return found
