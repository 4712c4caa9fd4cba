"""The test of two shares, which control charts are compared with."""

from __future__ import annotations

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
