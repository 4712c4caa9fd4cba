"""Which hidden figures a verdict may rest on."""

from __future__ import annotations

import pytest

from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import Series, SeriesCount
from handlers.measures.history import without_small_counts
from tests.handlers.measures.weeks_of_blocks import FIRST

DONE = FIRST.shifted(4)
SERIES = Series(Metric.REASON, Scope.AREA, "obras", "espera")


def told(week: int, x: int, n: int = 40) -> SeriesCount:
    """That many of a week's; hidden where a part is under ten."""
    at = FIRST.shifted(week)
    return SeriesCount(SERIES, at, at, x, n, is_shown=min(x, n - x) >= 10)


@pytest.mark.parametrize(
    ("weeks", "left_out"),
    [
        ([told(3, 10), told(4, 30), told(5, 10)], ()),
        ([told(3, 9), told(5, 20)], (3,)),
        ([told(3, 9), told(4, 1), told(5, 20)], ()),  # ten together
        ([told(4, 9), told(5, 9)], (4, 5)),  # not on the same side
        ([told(5, 31), told(6, 32)], ()),  # nine and eight who did not
        ([told(5, 35), told(6, 36)], (5, 6)),
        ([told(5, 5, 10), told(6, 5, 9)], (5, 6)),  # ten who did, nine who did not
        ([told(5, 0), told(6, 0), told(7, 0)], (5, 6, 7)),
    ],
)
def test_hidden_ones_count_where_those_of_a_side_are_ten_together(
    weeks: list[SeriesCount], left_out: tuple[int, ...]
) -> None:
    kept = [one for one in weeks if one.last not in {FIRST.shifted(week) for week in left_out}]
    assert without_small_counts([weeks], DONE) == [kept]
    apart = [[one] for one in weeks]
    assert without_small_counts(apart, DONE) == [[one] if one in kept else [] for one in weeks]
