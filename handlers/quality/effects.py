"""Whether a measure worked: its indicator before and after, compared with other areas.

Measures follow low points, after which most figures rise by themselves. So the points of the signal
belong to neither side: *before* is from after the signal up to the action, *after* is from after
the action on. Nor does the newest figure known when a person opened the measure, which was mostly
a bad one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt

from handlers.quality.charts import MIN_ANSWERS, Period
from handlers.quality.intervals import Estimate, newcombe
from handlers.quality.weeks import IsoWeek


class Effectiveness(Enum):
    """The verdict on a measure."""

    TOO_FEW = "too few"  # too few answers on one side
    EFFECTIVE = "effective"
    UNPROVEN = "unproven"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class MeasureWeeks:
    """The weeks of a measure: of the signal, the action and the measuring."""

    signalled: IsoWeek
    done: IsoWeek
    measured: IsoWeek  # the last week of "after"


@dataclass(frozen=True, slots=True)
class Side:
    """``x`` of ``n`` answers on one side of the action."""

    x: int = 0
    n: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """Changes as fractions with 95 % limits; None if a side has too few answers."""

    verdict: Effectiveness
    before: Side
    after: Side
    change: Estimate | None
    others_before: Side
    others_after: Side
    others: Estimate | None  # the change of areas without a measure in the same weeks


def effect(
    own: Sequence[Period],
    others: Sequence[Period],
    span: MeasureWeeks,
    spread: float = 1.0,
    *,
    less_is_better: bool = False,
) -> Effect:
    """The effect of a measure on the area with the periods ``own``.

    ``others``: the periods of all areas without a measure. Periods that are only partly within a
    side are left out. ``spread``: the baseline's, which widens the area's interval.

    A measure is effective if the area's change is above 0 and, if other areas can be compared,
    above theirs, both by the whole 95 % interval. ``less_is_better``: below instead of above.
    """
    before, after = _sides(own, span)
    others_before, others_after = _sides(others, span)
    change = _change(before, after, spread)
    beside = _change(others_before, others_after, 1.0)
    beyond = None if change is None or beside is None else _difference(change, beside)
    return Effect(
        verdict=_verdict(change, beyond, less_is_better=less_is_better),
        before=before,
        after=after,
        change=change,
        others_before=others_before,
        others_after=others_after,
        others=beside,
    )


def _sides(periods: Sequence[Period], span: MeasureWeeks) -> tuple[Side, Side]:
    before = [p for p in periods if span.signalled < p.first and p.last <= span.done]
    after = [p for p in periods if span.done < p.first and p.last <= span.measured]
    return _sum_side(before), _sum_side(after)


def _sum_side(periods: Sequence[Period]) -> Side:
    return Side(sum(period.x for period in periods), sum(period.n for period in periods))


def _change(before: Side, after: Side, spread: float) -> Estimate | None:
    if before.n < MIN_ANSWERS or after.n < MIN_ANSWERS:
        return None
    value, low, high = newcombe(after.x, after.n, before.x, before.n)
    return Estimate(value, value - spread * (value - low), value + spread * (high - value))


def _difference(change: Estimate, others: Estimate) -> Estimate:
    """The difference of two independent estimates with asymmetric limits (MOVER).

    Zou and Donner (2008) Statistics in Medicine 27:1693–1702.
    """
    value = change.value - others.value
    below = sqrt((change.value - change.low) ** 2 + (others.high - others.value) ** 2)
    above = sqrt((change.high - change.value) ** 2 + (others.value - others.low) ** 2)
    return Estimate(value, value - below, value + above)


def _verdict(
    change: Estimate | None, beyond: Estimate | None, *, less_is_better: bool
) -> Effectiveness:
    if change is None:
        return Effectiveness.TOO_FEW
    judged = [change] if beyond is None else [change, beyond]
    rose = all(estimate.low > 0 for estimate in judged)
    fell = all(estimate.high < 0 for estimate in judged)
    if fell if less_is_better else rose:
        return Effectiveness.EFFECTIVE
    if rose if less_is_better else fell:
        return Effectiveness.WORSE
    return Effectiveness.UNPROVEN
