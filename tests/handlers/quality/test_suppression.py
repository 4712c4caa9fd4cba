"""Suppression: the worked example, and an attack that knows the rule."""

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from handlers.quality.suppression import THRESHOLD, hidden_cells, poolable, shown

FILE = Path(__file__).parent.parent / "data/worked_examples.json"


def test_the_worked_example_hides_the_smallest_and_one_more() -> None:
    examples = json.loads(FILE.read_text(encoding="utf-8"))["examples"]
    example = next(e for e in examples if e["id"] == "small_cell_suppression")
    areas, expected = example["input"]["areas"], example["expected"]
    hidden = hidden_cells(areas)
    assert {area for area, n in areas.items() if n < THRESHOLD} == set(expected["primary"])
    assert hidden == {*expected["primary"], *expected["secondary"]}
    assert [area for area in areas if area not in hidden] == expected["published"]


def test_nothing_is_hidden_where_all_cells_are_large() -> None:
    assert hidden_cells({"web": 30, "telegram": 10}) == frozenset()
    assert hidden_cells({"web": 48}) == frozenset()


def test_zero_is_protected_like_any_small_number() -> None:
    assert shown(0) is None
    assert hidden_cells({"web": 48, "telegram": 0}) == {"web", "telegram"}


@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 45), (4, 34)])
def test_a_reader_who_knows_the_rule_cannot_work_out_any_hidden_number(
    cells: int, most: int
) -> None:
    names = "abcd"[:cells]
    for total in range(THRESHOLD, most):
        alike: dict[tuple[int | None, ...], list[tuple[int, ...]]] = defaultdict(list)
        for numbers in _splits(total, cells):
            counts = dict(zip(names, numbers, strict=True))
            hidden = hidden_cells(counts)
            published = tuple(None if name in hidden else counts[name] for name in names)
            alike[published].append(numbers)
            left = sum(counts[name] for name in hidden)
            assert not hidden or left >= THRESHOLD
        for published, possible in alike.items():
            for position, number in enumerate(published):
                if number is None:
                    assert len({numbers[position] for numbers in possible}) > 1, published


@pytest.mark.parametrize("weeks", [2, 3, 4])
def test_a_pool_of_small_weeks_gives_no_week_away(weeks: int) -> None:
    by_sum: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(THRESHOLD), repeat=weeks):
        if poolable(numbers):
            by_sum[sum(numbers)].append(numbers)
    assert min(by_sum) >= THRESHOLD
    for possible in by_sum.values():
        assert all(len({numbers[i] for numbers in possible}) > 1 for i in range(weeks))


def _splits(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, cells - 1):
            yield (first, *rest)
