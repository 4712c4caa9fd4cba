"""The numbers behind a published percentage are those that round to it, and no others."""

from __future__ import annotations

import pytest

from handlers.indicators.numerators import possible_bottoms, possible_counts
from handlers.quality.intervals import net, percent, rounded_points


@pytest.mark.parametrize("n", [10, 48, 99, 100, 101, 250, 613])
def test_a_percentage_stands_for_every_number_that_rounds_to_it(n: int) -> None:
    for said in range(101):
        fit = [x for x in range(n + 1) if percent(x, n) == said]
        assert list(possible_counts(said, n)) == fit
        assert n > 100 or len(fit) <= 1, "up to 100 it is known"


@pytest.mark.parametrize(("top", "bottom", "n"), [(49, 46, 117), (10, 30, 50), (400, 100, 613)])
def test_a_net_score_stands_for_every_number_of_low_grades_that_rounds_to_it(
    top: int, bottom: int, n: int
) -> None:
    tops = possible_counts(percent(top, n), n)
    points = rounded_points(net(top, bottom, n))
    fit = [
        b
        for b in range(n + 1)
        if any(b + t <= n and rounded_points(net(t, b, n)) == points for t in tops)
    ]
    assert list(possible_bottoms(points, tops, n)) == fit
    assert bottom in fit
