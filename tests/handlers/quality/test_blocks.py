"""Blocks: when they close, that they never overlap, and that an open one tells nothing."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest

from handlers.quality.blocks import LONGEST_WEEKS, Figure, figure, open_since
from handlers.quality.weeks import IsoWeek

WEEK = IsoWeek(2026, 47)


@pytest.mark.parametrize(
    ("satisfied", "others", "said"),
    [
        (10, 10, Figure.SHARE),
        (30, 18, Figure.SHARE),
        (400, 10, Figure.SHARE),
        (9, 10, None),
        (40, 9, None),
        (41, 9, Figure.AT_LEAST),
        (50, 0, Figure.AT_LEAST),
        (9, 41, Figure.AT_MOST),
        (0, 0, None),
    ],
)
def test_a_block_closes_with_ten_on_each_side_or_fifty_in_all(
    satisfied: int, others: int, said: Figure | None
) -> None:
    assert figure(satisfied, satisfied + others) is said


def test_a_block_opens_after_the_last_closed_one_and_not_before_the_first_digest() -> None:
    assert open_since(WEEK.shifted(-3), WEEK.shifted(-30), WEEK) == WEEK.shifted(-2)
    assert open_since(None, WEEK.shifted(-4), WEEK) == WEEK.shifted(-4)
    assert open_since(None, WEEK, WEEK) == WEEK


def test_an_open_block_forgets_what_is_older_than_half_a_year() -> None:
    assert open_since(None, WEEK.shifted(-80), WEEK) == WEEK.shifted(1 - LONGEST_WEEKS)


def test_no_week_of_a_block_is_given_away_to_a_reader_who_knows_the_rule() -> None:
    """Two weeks; what is published is the block of whichever closes, and that nothing did."""
    sizes = range(16)
    alike: dict[object, list[tuple[int, int]]] = defaultdict(list)
    for first in product(sizes, repeat=2):
        if figure(first[0], sum(first)) is not None:
            continue
        for second in product(sizes, repeat=2):
            both = (first[0] + second[0], first[1] + second[1])
            if figure(both[0], sum(both)) is not None:
                alike[both].append(first)
    for (satisfied, others), possible in alike.items():
        if max(satisfied, others) < len(sizes):  # beyond, not every first week was tried
            assert len({first[0] for first in possible}) > 1
            assert len({first[1] for first in possible}) > 1
