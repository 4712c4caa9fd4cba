"""Whether a measure worked: the same indicator before and after, beside areas without a measure.

Measures follow low points, and after a low point most figures rise by themselves. So the points
that gave the signal belong to neither side: *before* is what came after the signal and up to the
action, *after* what came after the action was done. Nor does the newest figure when a person opened
a measure: who opens one has mostly seen a bad one.
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
    """What may be said of a measure."""

    TOO_FEW = "too few"  # answers on one side
    EFFECTIVE = "effective"
    UNPROVEN = "unproven"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class MeasureWeeks:
    """The weeks of a measure: when the signal came, when the action was done."""

    signalled: IsoWeek
    done: IsoWeek
    measured: IsoWeek  # the last week that counts


@dataclass(frozen=True, slots=True)
class Side:
    """``x`` of ``n`` answers on one side of the action."""

    x: int = 0
    n: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """Changes are fractions with their 95 % limits; None where a side has too few answers."""

    verdict: Effectiveness
    before: Side
    after: Side
    change: Estimate | None
    others_before: Side
    others_after: Side
    others: Estimate | None  # change of the areas without a measure, in the same weeks


def effect(
    own: Sequence[Period],
    others: Sequence[Period],
    span: MeasureWeeks,
    spread: float = 1.0,
    *,
    less_is_better: bool = False,
) -> Effect:
    """The effect of a measure on the area with the periods ``own``.

    ``others`` are the periods of all areas without a measure. Periods that lie partly outside a
    side are left out of it. ``spread`` is the baseline's: it widens the area's interval.

    A measure is effective when the area's change lies above 0 and, where other areas can be set
    beside it, above theirs: both by the whole 95 % interval. ``less_is_better``: below.
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
    """Of two independent estimates with asymmetric limits: square and add.

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
