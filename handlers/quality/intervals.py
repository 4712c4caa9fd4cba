"""Intervals at 95 % for shares, net scores and their changes, and how to round them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from typing import NamedTuple

Z95 = 1.9599639845400545
"""The standard normal's 97.5 % point."""

Z90 = 1.6448536269514722
"""The standard normal's 95 % point, for the limits of a 90 % interval."""

Z80 = 1.2815515655446004
"""Its 90 % point: the limits of an 80 % interval."""


class Estimate(NamedTuple):
    """A value and its 95 % limits, as fractions (0.63, not 63)."""

    value: float
    low: float
    high: float


def wilson(x: int, n: int, z: float = Z95) -> Estimate:
    """Score interval for ``x`` of ``n``; ``z``: of another confidence than 95 %.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n). Wilson (1927) JASA 22:209–212; method 3 of
    Newcombe (1998) Statistics in Medicine 17:857–872.
    """
    _check(x, n)
    p = x / n
    z2 = z * z
    centre = p + z2 / (2 * n)
    half = z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    scale = 1 + z2 / n
    # At 0 and at n the limit is exact; floating point would leave it 1e-17 away.
    low = 0.0 if x == 0 else (centre - half) / scale
    high = 1.0 if x == n else (centre + half) / scale
    return Estimate(p, low, high)


def newcombe(x1: int, n1: int, x2: int, n2: int, z: float = Z95) -> Estimate:
    """Hybrid score interval for x1/n1 − x2/n2, two independent shares; ``z`` as of ``wilson``.

    With Wilson limits l, u: d − √((p1−l1)² + (u2−p2)²), d + √((u1−p1)² + (p2−l2)²).
    Method 10 of Newcombe (1998) Statistics in Medicine 17:873–890.
    """
    first, second = wilson(x1, n1, z), wilson(x2, n2, z)
    difference = first.value - second.value
    below = sqrt((first.value - first.low) ** 2 + (second.high - second.value) ** 2)
    above = sqrt((first.high - first.value) ** 2 + (second.value - second.low) ** 2)
    return Estimate(difference, difference - below, difference + above)


def net(top: int, bottom: int, n: int) -> float:
    """Net score: share of grades 6–7 minus share of grades 1–4."""
    _check(top + bottom, n)
    return (top - bottom) / n


def adjusted_wald(top: int, bottom: int, n: int) -> Estimate:
    """Interval for the net score; ``value`` is its adjusted centre, not the net score itself.

    Add 3/4 to top, 3/4 to bottom and 3 to n, then N ± z √((t + b − N²)/n).
    Rocks (2016) The American Statistician 70:365–372. Limits are kept within −1 … 1.
    """
    centre, error = _adjusted(top, bottom, n)
    return Estimate(centre, max(-1.0, centre - Z95 * error), min(1.0, centre + Z95 * error))


def top_and_bottom(grades: Sequence[int]) -> tuple[int, int, int]:
    """(grades 6–7, grades 1–4, all) from the counts of grades 1 … 7."""
    return sum(grades[5:7]), sum(grades[0:4]), sum(grades)


def percent(x: int, n: int) -> int:
    """``x`` of ``n`` in whole percent, half up: 30 of 48 is 63 (exact, without floating point)."""
    _check(x, n)
    return (200 * x + n) // (2 * n)


def rounded_points(fraction: float) -> int:
    """A fraction in whole points; halves go away from zero, so that a sign change is symmetric.

    Ten decimals first: 0.145 × 100 must round like 14.5, not like 14.499999999999998.
    """
    exact = Decimal(f"{fraction * 100:.10f}")
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _adjusted(top: int, bottom: int, n: int) -> tuple[float, float]:
    _check(top + bottom, n)
    size = n + 3
    upper, lower = (top + 0.75) / size, (bottom + 0.75) / size
    centre = upper - lower
    return centre, sqrt((upper + lower - centre**2) / size)


def _check(x: int, n: int) -> None:
    if not 0 <= x <= n or n == 0:
        raise ValueError(f"{x} of {n} is not a share")
