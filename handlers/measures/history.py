"""The frozen counts of a measure's indicator, and of the areas it is compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount, count_of_block
from handlers.measures.measures import Measure
from handlers.measures.steps import Origin
from handlers.quality.blocks import Block
from handlers.quality.charts import MIN_POINTS, Period, baseline, pooled
from handlers.quality.suppression import all_shown
from handlers.quality.weeks import IsoWeek


@dataclass(frozen=True, slots=True)
class History:
    """Everything frozen up to a week: blocks by area, other indicators' counts by series."""

    blocks: Mapping[str, Sequence[Block]]
    counts: Mapping[Series, Sequence[SeriesCount]] = field(default_factory=dict)

    def own(self, measure: Measure) -> Sequence[SeriesCount]:
        """The counts of the measure's indicator, oldest first."""
        if measure.judged_by.is_default:
            return [count_of_block(block) for block in self.blocks.get(measure.area, ())]
        return self.counts.get(measure.judged_by.series(measure.area), ())

    def beside(self, measure: Measure) -> dict[str, Sequence[SeriesCount]]:
        """The indicator's counts by area, including the measure's own; none if municipal.

        A service or desk is compared with other areas as a whole, which have none like it.
        """
        series = measure.judged_by.series(measure.area)
        if series.scope is Scope.MUNICIPALITY:
            return {}
        if series.measured is Metric.SATISFIED and series.scope is not Scope.CHANNEL:
            return {area: [count_of_block(b) for b in found] for area, found in self.blocks.items()}
        return {
            other.area: found
            for other, found in self.counts.items()
            if (other.measured, other.scope, other.part)
            == (series.measured, series.scope, series.part)
        }


def without_small_counts(
    figures: Sequence[Sequence[SeriesCount]], done: IsoWeek
) -> list[list[SeriesCount]]:
    """The figures without the suppressed ones of a side on which they sum to fewer than ten.

    ``figures``: of the measure's area, or of each area compared. ``done``: the week of the action.
    So a verdict reveals nothing about fewer than ten, even to somebody who could work out the sum
    of all that is suppressed.
    """
    hidden = [count for each in figures for count in each if not count.is_shown]
    before = [count for count in hidden if count.last <= done]
    after = [count for count in hidden if done < count.first]
    few = {count for side in (before, after) if not _are_enough(side) for count in side}
    return [[count for count in each if count not in few] for each in figures]


def _are_enough(side: Sequence[SeriesCount]) -> bool:
    x, n = sum(count.x for count in side), sum(count.n for count in side)
    return all_shown(x, n - x)


def seen_when_opened(measure: Measure, published: Sequence[SeriesCount]) -> SeriesCount | None:
    """The newest figure when a person opened the measure; None without one, or after a signal.

    Whoever opens a measure has mostly seen a bad figure, after which most rise by themselves
    (regression to the mean). So, like the points of a signal, it counts on neither side.
    """
    if measure.opened.origin is Origin.SIGNAL:
        return None
    seen = [count for count in published if count.n and count.last < measure.opened_in]
    return seen[-1] if seen else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How much more an area's figures vary than by chance, which widens the interval.

    ``is_known``: it follows from published figures only. Otherwise the interval is not shown, as
    its width would narrow down a suppressed number.
    """

    value: float = 1.0
    is_known: bool = True


def spread_of(counts: Sequence[SeriesCount]) -> Spread:
    """The spread of the first 12 measurements; 1 while there are fewer."""
    points = pooled([Period(count.first, count.last, count.x, count.n) for count in counts])
    if len(points) < MIN_POINTS:
        return Spread(1.0, all(count.is_shown for count in counts))
    base = points[:MIN_POINTS]
    last = base[-1].last
    return Spread(
        baseline(base).spread, all(count.is_shown for count in counts if count.last <= last)
    )
