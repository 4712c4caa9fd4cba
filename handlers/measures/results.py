"""Results of measures as they may be published: those that anybody can work out again.

On grades 6 and 7 all are: what is hidden there is a bound. On another indicator only where every
figure on which the result rests was published; else a hidden count could be narrowed down by it.
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
    """One result of a measure, ``then`` as it was right before."""

    then: Measure
    step: MeasureStep
    measured: Measured
    beside: tuple[str, ...]  # areas without a measure in the same weeks
    seen: SeriesCount | None  # known when a person opened it, and left out
    is_published: bool
    spread_is_known: bool  # its first measurements were all published


def results(
    measures: Sequence[Measure], history: History, zone: ZoneInfo
) -> Iterator[MeasureResult]:
    """Every result, in the measures' order. ``history``: all that was frozen."""
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
    """Whether all of a side or between was published."""
    return all(c.is_shown for c in counts if c.n and then.since < c.first and c.last <= week)
