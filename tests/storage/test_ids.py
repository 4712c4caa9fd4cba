"""Ids of rows that are made together lie together, and are not alike."""

from __future__ import annotations

from datetime import timedelta

from storage.ids import new_id
from tests.storage.scene import WEDNESDAY


def test_ids_are_made_in_the_order_of_their_seconds_and_fit_a_column() -> None:
    ids = [new_id(WEDNESDAY + timedelta(seconds=second)) for second in range(100)]
    assert ids == sorted(set(ids))
    assert all(0 < one < 2**63 for one in [*ids, new_id(WEDNESDAY + timedelta(days=365 * 60))])


def test_ids_of_one_second_are_not_alike_and_a_wrong_clock_makes_ids_too() -> None:
    assert len({new_id(WEDNESDAY) for _ in range(1_000)}) > 990
    assert new_id(WEDNESDAY - timedelta(days=365 * 30)) >= 0
