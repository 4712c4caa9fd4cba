"""What was published of the indicator by which a measure is judged, and of the areas beside it."""

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
    """All that was frozen up to a week: blocks by area, other indicators' counts by series."""

    blocks: Mapping[str, Sequence[Block]]
    counts: Mapping[Series, Sequence[SeriesCount]] = field(default_factory=dict)

    def own(self, measure: Measure) -> Sequence[SeriesCount]:
        """The counts of the indicator by which the measure is judged, oldest first."""
        if measure.judged_by.is_default:
            return [count_of_block(block) for block in self.blocks.get(measure.area, ())]
        return self.counts.get(measure.judged_by.series(measure.area), ())

    def beside(self, measure: Measure) -> dict[str, Sequence[SeriesCount]]:
        """The indicator's counts by area, the measure's own too; none for the municipality's.

        A service or desk stands beside the whole of other areas: they have none like it.
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
    """Without the hidden ones of a side where together they are of fewer than ten.

    ``figures``: of the measure's area, or of each area beside it; ``done``: the week of the action.
    A verdict that rests on what is left tells nothing of fewer than ten, even to somebody who could
    work out the sum of all that is hidden.
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
    """The newest figure when a person opened the measure; None: there was none, or a signal did.

    Whoever opens one has mostly seen a bad figure, and after a bad one most are better by
    themselves: so it counts neither as before nor as after, as the points of a signal.
    """
    if measure.opened.origin is Origin.SIGNAL:
        return None
    seen = [count for count in published if count.n and count.last < measure.opened_in]
    return seen[-1] if seen else None


@dataclass(frozen=True, slots=True)
class Spread:
    """By how much the area's figures vary more than by chance; it widens the interval.

    ``is_known``: it rests on published figures alone. An interval that does not is told nowhere: a
    hidden number could be narrowed down by its width.
    """

    value: float = 1.0
    is_known: bool = True


def spread_of(counts: Sequence[SeriesCount]) -> Spread:
    """Of the first 12 measurements; 1 while there are fewer, as without a baseline."""
    points = pooled([Period(count.first, count.last, count.x, count.n) for count in counts])
    if len(points) < MIN_POINTS:
        return Spread(1.0, all(count.is_shown for count in counts))
    base = points[:MIN_POINTS]
    last = base[-1].last
    return Spread(
        baseline(base).spread, all(count.is_shown for count in counts if count.last <= last)
    )
