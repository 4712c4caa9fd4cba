"""Suppression: the worked example, and an attack that knows the rule."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from handlers.quality.suppression import THRESHOLD, hidden_cells, hidden_splits, shown

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


counts = st.integers(0, 14) | st.sampled_from([9, 10, 18, 25])


@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=5))
@example([(0, 0), (0, 0), (10, 10), (10, 10), (10, 18)])  # takes an exchange of three cells
@example([(0, 0), (18, 18), (25, 10), (25, 10), (25, 10)])  # of four
@example([(8, 18), (10, 10), (10, 11)])  # in both parts
def test_cells_with_parts_give_no_part_under_10_away(parts: list[tuple[int, int]]) -> None:
    """Each hidden part could be another number, with all that is published the same."""
    cells = {str(place): pair for place, pair in enumerate(parts)}
    hidden = hidden_splits(cells)
    if len(hidden) == len(cells):
        return  # nothing is told apart
    for part in (0, 1):
        assert not hidden or sum(cells[cell][part] for cell in hidden) >= THRESHOLD
    small = [(cell, part) for cell in hidden for part in (0, 1) if cells[cell][part] < THRESHOLD]
    alike = _exchanged(cells, sorted(hidden), Random(0)) if small else iter(())
    for other in (other for other in alike if hidden_splits(other) == hidden):
        small = [(cell, part) for cell, part in small if other[cell][part] == cells[cell][part]]
        if not small:
            break
    assert not small, (cells, hidden)


def _exchanged(
    cells: dict[str, tuple[int, int]], hidden: list[str], random: Random
) -> Iterator[dict[str, tuple[int, int]]]:
    """Other numbers in the hidden cells that add up to the same.

    One to three times a cell exchanges with others, the same with each of them: cells of equal size
    are hidden together, so what is published stays the same only where they stay equal.
    """
    for _ in range(20_000):
        changed = {cell: list(pair) for cell, pair in cells.items()}
        for _ in range(random.randint(1, 3)):
            cell, *others = random.sample(hidden, random.randint(2, len(hidden)))
            part = random.randrange(2)
            most = min(changed[other][part] for other in others)
            least = -(changed[cell][part] // len(others))
            by = random.choice((least, most, random.randint(least, most)))
            changed[cell][part] += by * len(others)
            for other in others:
                changed[other][part] -= by
        yield {cell: (first, second) for cell, (first, second) in changed.items()}


def _splits(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    if cells == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _splits(total - first, cells - 1):
            yield (first, *rest)
