"""Control charts of a share: p-chart, Laney p' and EWMA against a frozen baseline.

A point signals by the first of ``RULES`` that holds, in their published order:

1. ``POINT``: the point lies outside its own limits.
2. ``EWMA``: the moving average, in which the newest point weighs half, lies outside its limits.

Both limits allow for the number of answers of each point and for the baseline being an estimate.
A baseline is never moved by what comes after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from math import exp, floor, lgamma, sqrt

import msgspec

from handlers.quality.weeks import IsoWeek

MIN_POINTS = 12
"""Fewest points of a baseline (FIELD: "12–13 points at least")."""

MIN_ANSWERS = 50
"""Fewest answers of a point; shorter weeks are pooled (MEASUREMENT)."""

EWMA_WEIGHT = 0.5
EWMA_LIMIT = 2.8
"""Chosen with ``python -m benchmarks --only control_charts``: few false signals, a real fall
seen soon."""

TAIL = 0.0013498980316301
"""The standard normal's share beyond 3 sigma on one side: what a p-chart means to allow."""


_Z99 = 2.3263478740408408  # the standard normal's 99 % point
_D2 = 1.128  # mean range of two standard normals, as Minitab rounds it
_FAR = 7.0  # standard deviations below the mean at which adding up starts: 1e-12 is left out


class Rule(Enum):
    """Which rule a signal comes from."""

    POINT = "point"
    EWMA = "ewma"


RULES = (Rule.POINT, Rule.EWMA)
"""The order in which rules speak: a point has one signal, that of the first rule that holds."""


class Direction(Enum):
    FALL = "fall"
    RISE = "rise"


@dataclass(frozen=True, slots=True)
class Period:
    """``x`` of ``n`` answers in the weeks ``first`` to ``last``."""

    first: IsoWeek
    last: IsoWeek
    x: int
    n: int

    @property
    def share(self) -> float:
        return self.x / self.n


@dataclass(frozen=True, slots=True)
class Baseline:
    """What points are judged by; frozen."""

    first: IsoWeek
    last: IsoWeek
    points: int
    x: int
    n: int
    spread: float  # Laney's sigma z where overdispersed, else 1

    @property
    def share(self) -> float:
        return self.x / self.n


@dataclass(frozen=True, slots=True)
class Limits:
    """Shares; a value below ``low`` or above ``high`` lies outside."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Signal:
    rule: Rule
    direction: Direction


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a chart. Points of the baseline have no average and never signal."""

    period: Period
    limits: Limits
    average: float | None
    average_limits: Limits | None
    signal: Signal | None
    after_gap: bool  # weeks are missing before it: nothing joins it to the point before


class Rebase(msgspec.Struct, frozen=True):
    """A baseline that somebody set anew, and why."""

    area: str  # empty: an indicator of the municipality
    first_week: str  # its 12 measurements begin here
    decided_week: str  # the last week published then; up to it all stays judged as it was
    decided_at: datetime
    staff_id: int
    reason: str


def pooled(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Consecutive periods joined until each has ``MIN_ANSWERS``; the rest waits.

    Later periods never change an earlier pool.
    """
    whole: list[Period] = []
    open_: Period | None = None
    for period in periods:
        if open_ is not None:
            period = Period(open_.first, period.last, open_.x + period.x, open_.n + period.n)
        if period.n >= MIN_ANSWERS:
            whole.append(period)
            open_ = None
        else:
            open_ = period
    return tuple(whole)


def baseline(periods: Sequence[Period]) -> Baseline:
    """The baseline that these points make. ValueError under 12 of them."""
    if len(periods) < MIN_POINTS:
        raise ValueError(f"a baseline takes {MIN_POINTS} points, not {len(periods)}")
    x, n = sum(period.x for period in periods), sum(period.n for period in periods)
    return Baseline(
        first=periods[0].first,
        last=periods[-1].last,
        points=len(periods),
        x=x,
        n=n,
        spread=max(1.0, sigma_z(periods)) if is_overdispersed(periods) else 1.0,
    )


def chart(periods: Sequence[Period], base: Baseline) -> tuple[Point, ...]:
    """Judge pooled ``periods``, oldest first, by a baseline."""
    points: list[Point] = []
    average, variance = base.share, 0.0
    before: Period | None = None
    for period in periods:
        limits = point_limits(base, period.n)
        after_gap = before is not None and before.last.shifted(1) < period.first
        before = period
        if period.last <= base.last:
            points.append(Point(period, limits, None, None, None, after_gap))
            continue
        average = EWMA_WEIGHT * period.share + (1 - EWMA_WEIGHT) * average
        variance = EWMA_WEIGHT**2 * _variance(base) / period.n + (1 - EWMA_WEIGHT) ** 2 * variance
        half = EWMA_LIMIT * sqrt(variance + _variance(base) / base.n)
        average_limits = Limits(max(0.0, base.share - half), min(1.0, base.share + half))
        signal = _signal(((period.share, limits), (average, average_limits)))
        points.append(Point(period, limits, average, average_limits, signal, after_gap))
    return tuple(points)


def point_limits(base: Baseline, n: int) -> Limits:
    """Limits of a point of ``n`` answers.

    Exact: of points like the baseline at most 0.135 % lie beyond each limit, with the baseline
    estimated (beta-binomial, Jeffreys' prior). Three sigma at n = 20 and p = 0.92 would let 0.38 %
    through. Where the baseline is overdispersed: three of Laney's sigma.
    """
    if base.spread > 1:
        half = 3 * sqrt(_variance(base) * (1 / n + 1 / base.n))
        return Limits(max(0.0, base.share - half), min(1.0, base.share + half))
    low = _lowest_inside(base.x, base.n, n)
    high = n - _lowest_inside(base.n - base.x, base.n, n)
    return Limits(low / n, high / n)


def sigma_z(periods: Sequence[Period]) -> float:
    """Laney's: mean moving range of the standardised shares, over 1.128; 0 where all are alike."""
    scores = _scores(periods)
    ranges = [abs(second - first) for first, second in pairwise(scores)]
    return sum(ranges) / len(ranges) / _D2 if ranges else 0.0


def is_overdispersed(periods: Sequence[Period]) -> bool:
    """Pearson's chi-squared of the shares against their 99 % point."""
    squares = sum(score * score for score in _scores(periods))
    return squares > _chi_squared_99(len(periods) - 1)


def _signal(judged: tuple[tuple[float, Limits], tuple[float, Limits]]) -> Signal | None:
    for rule, (value, limits) in zip(RULES, judged, strict=True):
        if value < limits.low:
            return Signal(rule, Direction.FALL)
        if value > limits.high:
            return Signal(rule, Direction.RISE)
    return None


def _variance(base: Baseline) -> float:
    """Of a single answer, Laney's spread counted in."""
    share = (base.x + 0.5) / (base.n + 1)  # never 0: nobody is satisfied for ever
    return share * (1 - share) * base.spread**2


def _scores(periods: Sequence[Period]) -> list[float]:
    share = sum(period.x for period in periods) / sum(period.n for period in periods)
    if share in (0, 1):
        return [0.0] * len(periods)
    return [(p.share - share) / sqrt(share * (1 - share) / p.n) for p in periods]


@lru_cache(maxsize=4096)
def _lowest_inside(x: int, total: int, n: int) -> int:
    """The lowest count of ``n`` with P(≤ count) > TAIL, where ``x`` of ``total`` came before."""
    a, b = x + 0.5, total - x + 0.5
    mean = n * a / (a + b)
    deviation = sqrt(n * a * b * (a + b + n) / ((a + b) ** 2 * (a + b + 1)))
    count = max(0, floor(mean - _FAR * deviation))
    probability = exp(
        lgamma(n + 1) - lgamma(count + 1) - lgamma(n - count + 1)
        + lgamma(count + a) + lgamma(n - count + b) - lgamma(n + a + b)
        + lgamma(a + b) - lgamma(a) - lgamma(b)
    )  # fmt: skip
    below = probability
    while below <= TAIL and count < n:
        probability *= (n - count) * (count + a) / ((count + 1) * (n - count - 1 + b))
        count += 1
        below += probability
    return count


def _chi_squared_99(degrees: int) -> float:
    """Wilson and Hilferty's approximation (1931, PNAS 17:684–688), good to 0.3 % from 5 degrees."""
    part = 2 / (9 * degrees)
    return degrees * float((1 - part + _Z99 * sqrt(part)) ** 3)
