"""Tests of shares, and how to judge many of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from math import erfc, sqrt
from typing import NamedTuple


class Tested(NamedTuple):
    z: float
    p: float  # two-sided


def two_shares(x1: int, n1: int, x2: int, n2: int) -> Tested:
    """Pooled z-test of x1/n1 against x2/n2."""
    share = (x1 + x2) / (n1 + n2)
    difference = x1 / n1 - x2 / n2
    error = sqrt(share * (1 - share) * (1 / n1 + 1 / n2))
    z = difference / error if error else 0.0  # without error all answers are alike
    return Tested(z, erfc(abs(z) / sqrt(2)))


def benjamini_hochberg(probabilities: Sequence[float]) -> list[float]:
    """Each p-value adjusted for the number of tests; those up to q keep false discoveries under q.

    Benjamini and Hochberg (1995) JRSS B 57:289–300.
    """
    count = len(probabilities)
    ranked = sorted(range(count), key=lambda place: probabilities[place], reverse=True)
    adjusted, least = [0.0] * count, 1.0
    for passed, place in enumerate(ranked):
        least = min(least, probabilities[place] * count / (count - passed))
        adjusted[place] = least
    return adjusted
