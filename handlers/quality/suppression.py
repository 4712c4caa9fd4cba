"""Suppression: which counts must be hidden so that no group of fewer than 10 is revealed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

THRESHOLD = 10
"""The smallest number of answers that may be shown (MEASUREMENT: "no figure under 10 answers")."""


def shown(n: int) -> int | None:
    """``n`` if it may be shown, else None. Zero is protected like nine."""
    return n if n >= THRESHOLD else None


def all_shown(*parts: int) -> bool:
    """Whether all parts of a known whole may be shown; each can be computed from the others."""
    return min(parts) >= THRESHOLD


def hidden_cells(cells: Mapping[str, int]) -> frozenset[str]:
    """The cells to hide if the sum of all cells is published or can be worked out.

    Primary: every cell under 10, zero too. Secondary: while what is hidden would add up to under
    10, is a single cell, or holds the same number in every cell, the smallest of the remaining
    cells is hidden too. Cells of equal size go together, so that the choice between them tells
    nothing. The last condition is for readers who know this rule: two hidden cells that add up to
    18 and are known to be under 10 are 9 and 9, but unequal cells could always be exchanged.

    Rule: counts under ten with complementary suppression (Washington State Department of Health,
    small numbers guideline). The example there, 48, 31, 26 and 7 of 112, hides 7 and then 26.
    """
    return hidden_splits({cell: (n,) for cell, n in cells.items()})


def hidden_splits(cells: Mapping[str, tuple[int, ...]]) -> frozenset[str]:
    """As ``hidden_cells``, for cells shown with their parts, where all sums are known.

    A cell is hidden if any of its parts is under 10, and the rule holds for each part of the hidden
    cells together.
    """
    hidden = {cell for cell, parts in cells.items() if min(parts) < THRESHOLD}
    while hidden and _can_be_worked_out([cells[cell] for cell in hidden]):
        left = {cell: sum(parts) for cell, parts in cells.items() if cell not in hidden}
        if not left:
            break
        smallest = min(left.values())
        hidden |= {cell for cell, n in left.items() if n == smallest}
    return frozenset(hidden)


def _can_be_worked_out(hidden: Sequence[tuple[int, ...]]) -> bool:
    return any(
        sum(numbers) < THRESHOLD or len(set(numbers)) == 1 for numbers in zip(*hidden, strict=True)
    )
