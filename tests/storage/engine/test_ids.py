"""Ids are made in order, are not alike, and can be shuffled."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import timedelta

import pytest

from storage.engine import ids
from storage.engine.ids import new_id
from storage.tables.columns import shuffle_key
from tests.storage.scene import WEDNESDAY


@pytest.fixture(autouse=True)
def begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has given out no id yet."""
    monkeypatch.setattr(ids, "_last", 0)


def test_ids_are_in_the_order_in_which_they_are_made_and_fit_a_column() -> None:
    early = new_id(WEDNESDAY - timedelta(days=365 * 30))
    moments = [WEDNESDAY + timedelta(milliseconds=count // 50) for count in range(1_000)]
    made = [new_id(moment) for moment in moments]
    assert made == sorted(set(made))
    late = [new_id(WEDNESDAY + timedelta(days=365 * years)) for years in (90, 91, 200)]
    assert 0 < early < made[0] < made[-1] < late[0] < late[1] < late[2] < 2**63 - 2**22


@pytest.mark.parametrize("back_ms", [1, 50, 3_600_000])
def test_no_id_comes_twice_when_the_clock_is_put_back(
    back_ms: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "randbits", lambda _bits: 1)
    earlier = WEDNESDAY - timedelta(milliseconds=back_ms)
    made = [new_id(moment) for moment in (WEDNESDAY, earlier) * 3]
    assert made == sorted(set(made))


def test_two_processes_hardly_ever_make_the_same_one(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = set()
    for _ in range(1_000):  # as many processes would in one millisecond
        monkeypatch.setattr(ids, "_last", 0)
        begun.add(new_id(WEDNESDAY))
    assert len(begun) > 990


def test_rows_made_one_after_the_other_can_be_shuffled() -> None:
    first = new_id(WEDNESDAY + timedelta(hours=1))
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY)")
    connection.executemany("INSERT INTO rows VALUES (?)", [(first + n,) for n in range(1_000)])
    chosen = f"SELECT id FROM rows ORDER BY {shuffle_key('id')}, id LIMIT 100"  # ours
    numbers = [row[0] - first for row in connection.execute(chosen)]
    for start in range(0, 1_000, 100):  # every tenth of them has its part in the tenth chosen
        assert 5 <= sum(start <= number < start + 100 for number in numbers) <= 15
    connection.close()
