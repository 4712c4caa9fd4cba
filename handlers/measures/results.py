"""Results of measures that may be published, because anybody can recompute them.

On grades 6 and 7 that is all of them, as suppressed figures there are bounds. On other indicators,
only those based on published figures; others would narrow down a suppressed count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.indicators.counts import SeriesCount
from handlers.measures.after_run import areas_with_measures
from handlers.measures.history import History, seen_when_opened
from handlers.measures.measures import Measure, as_of, measure_of
from handlers.measures.steps import Measured, MeasureStep
from handlers.quality.weeks import IsoWeek


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """One result of a measure. ``then``: the measure right before it."""

    then: Measure
    step: MeasureStep
    measured: Measured
    beside: tuple[str, ...]  # areas without a measure in these weeks
    seen: SeriesCount | None  # the figure known when a person opened it, which is left out
    is_published: bool
    spread_is_known: bool  # all of its first measurements are published


def results(
    measures: Sequence[Measure], history: History, zone: ZoneInfo
) -> Iterator[MeasureResult]:
    """All results, in the order of the measures. ``history``: everything frozen."""
    for measure in measures:
        own, others = history.own(measure), history.beside(measure)
        for place, step in enumerate(measure.steps):
            if not isinstance(step.event, Measured):
                continue
            then = measure_of(measure.number, measure.steps[:place], zone)
            known = [other for each in measures if (other := as_of(each, step.at, zone))]
            week = IsoWeek.parse(step.event.week)
            beside = sorted(set(others) - areas_with_measures(then, known, week))
            rests_on = [own, *(others[area] for area in beside)]
            yield MeasureResult(
                then,
                step,
                step.event,
                tuple(beside),
                seen_when_opened(measure, own),
                measure.judged_by.is_default or all(_are_shown(then, week, c) for c in rests_on),
                all(c.is_shown for c in own if c.n and c.last <= week),
            )


def _are_shown(then: Measure, week: IsoWeek, counts: Iterable[SeriesCount]) -> bool:
    """Whether all counts used for the result are published."""
    return all(c.is_shown for c in counts if c.n and then.since < c.first and c.last <= week)
