"""Made-up weeks of answers for simulations: binomial numbers from a seed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from math import comb
from random import Random

from handlers.quality.charts import Period
from handlers.quality.weeks import IsoWeek

FIRST = IsoWeek(2024, 1)


def weeks(count: int) -> list[IsoWeek]:
    """``count`` weeks from the first on."""
    return [FIRST, *(FIRST.shifted(number) for number in range(1, count))]


def answers(random: Random, calendar: list[IsoWeek], share: float, n: int) -> Iterator[Period]:
    """A week of ``n`` answers each, of which ``share`` are satisfied in the long run."""
    table = _cumulated(round(share, 6), n)
    for week in calendar:
        yield Period(week, week, bisect_left(table, random.random()), n)


@lru_cache
def _cumulated(share: float, n: int) -> list[float]:
    chances = (comb(n, x) * share**x * (1 - share) ** (n - x) for x in range(n))
    return [*accumulate(chances), 1.0]
