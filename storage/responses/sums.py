"""Weekly sums: updated in the answer's own transaction, and recounted to verify them."""

# Statements are put together from this file's constants only.
from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import astuple
from sqlalchemy import Connection

from storage.engine.statements import Change

RESPONSE = ":response"
"""The "question" under which responses are counted by outcome; OPENED counts all."""

LOOKUP = ":lookup"
"""The "question" under which lookups are counted by result."""

OPENED = "opened"

EXCLUDED = 2
"""A value of ``pending`` besides 1 and 0: part of a burst, and in no figure."""

_COUNTED_KINDS = frozenset({"choice", "choices", "yes_no"})
_GRADES = ", ".join(f"c{grade}" for grade in range(1, 8))

SumKey = tuple[int, str, str, str, str, str, str, int]
"""week, area, service, desk, questionnaire, question, channel, pending"""

CountKey = tuple[int, str, str, str, str, str, str, str, int]
"""week, area, service, desk, questionnaire, question, value, channel, pending"""

# Each answer where it should count, regardless of its own row: in the week of its response's first
# answer, and separately while the response is pending.
_ANSWERS = (
    "(SELECT f.week, a.area, a.service, a.desk, a.questionnaire, a.question, a.channel, "
    "coalesce(r.pending, a.pending) AS pending, a.kind, a.value, a.grade FROM answers a "
    "JOIN (SELECT response_id, min(week) AS week FROM answers GROUP BY response_id) f "
    "ON f.response_id = a.response_id LEFT JOIN responses r ON r.id = a.response_id) AS placed"
)

_Counts = dict[tuple[int | str, ...], tuple[int, ...]]

_SUM_KEY = "week, area, service, desk, questionnaire, question, channel, pending"
_COUNT_KEY = "week, area, service, desk, questionnaire, question, value, channel, pending"


class Counted(Struct, frozen=True):
    """How one answer, response or lookup enters the sums."""

    week: int  # as from ``stored_week``
    area: str
    service: str
    desk: str
    questionnaire: str
    question: str
    channel: str
    pending: int  # 1: the procedure had not ended; 0: it had; or EXCLUDED
    kind: str
    value: str
    grade: int = 0  # 1 to 7; 0: none

    @property
    def sum_key(self) -> SumKey:
        """The key of its row in ``weekly_sums``, without the shard."""
        key: SumKey = astuple(self)[:8]
        return key

    def count_key(self, value: str) -> CountKey:
        """The key of a chosen value's row in ``weekly_counts``, without the shard."""
        key = astuple(self)
        return (*key[:6], value, *key[6:8])


@dataclass(slots=True)
class Movements:
    """By how much a batch changes the sums."""

    sums: dict[SumKey, list[int]] = field(default_factory=dict)
    counts: Counter[CountKey] = field(default_factory=Counter)

    def answer(self, counted: Counted, by: int) -> None:
        """Add an answer (``by`` 1) or remove it (-1)."""
        row = self.sums.setdefault(counted.sum_key, [0] * 8)
        row[0] += by
        if counted.grade:
            row[counted.grade] += by
        if counted.kind in _COUNTED_KINDS:
            self.values(counted, by)

    def values(self, counted: Counted, by: int) -> None:
        """Add each chosen value; all that counts of responses and lookups."""
        for value in counted.value.split("+"):
            self.counts[counted.count_key(value)] += by

    def write(self, tx: Connection, shard: int) -> None:
        """Apply to the tables in key order, so that two writers cannot deadlock."""
        if self.sums:
            sums = [(*key, shard, *row) for key, row in sorted(self.sums.items()) if any(row)]
            _MOVE_SUMS.run(tx, sums)
        if self.counts:
            counts = [(*key, shard, n) for key, n in sorted(self.counts.items()) if n]
            _MOVE_COUNTS.run(tx, counts)


_SUM_COLUMNS = (
    "week int, area str, service str, desk str, questionnaire str, question str, channel str, "
    "pending int, shard int, n int, " + ", ".join(f"c{grade} int" for grade in range(1, 8))
)
_COUNT_COLUMNS = (
    "week int, area str, service str, desk str, questionnaire str, question str, value str, "
    "channel str, pending int, shard int, n int"
)


def _values(columns: str) -> str:
    return ", ".join(f":{column.split()[0]}" for column in columns.split(", "))


_MOVE_SUMS = Change(
    _SUM_COLUMNS,
    f"INSERT INTO weekly_sums ({_SUM_KEY}, shard, n, {_GRADES}) SELECT {_values(_SUM_COLUMNS)} "
    f"{{from}} WHERE true ON CONFLICT ({_SUM_KEY}, shard) DO UPDATE SET "
    "n = weekly_sums.n + excluded.n, "
    + ", ".join(f"c{grade} = weekly_sums.c{grade} + excluded.c{grade}" for grade in range(1, 8)),
)
_MOVE_COUNTS = Change(
    _COUNT_COLUMNS,
    f"INSERT INTO weekly_counts ({_COUNT_KEY}, shard, n) SELECT {_values(_COUNT_COLUMNS)} "
    f"{{from}} WHERE true ON CONFLICT ({_COUNT_KEY}, shard) DO UPDATE SET "
    "n = weekly_counts.n + excluded.n",
)


def merge_shards(tx: Connection, *, last: int, first: int = 0) -> int:
    """Merge each sum's shards in the weeks ``first`` to ``last``; return how many rows it saved.

    A past week is hardly written to any more, and its digest reads all of it.
    """
    merged = Movements()
    spread = f"WHERE week BETWEEN {int(first)} AND {int(last)} AND shard <> 0 RETURNING"
    for row in tx.exec_driver_sql(
        f"DELETE FROM weekly_sums {spread} {_SUM_KEY}, n, {_GRADES}"
    ).fetchall():
        sums = merged.sums.setdefault(tuple(row[:8]), [0] * 8)
        sums[:] = [old + new for old, new in zip(sums, row[8:], strict=True)]
    count = len(merged.sums)
    for row in tx.exec_driver_sql(f"DELETE FROM weekly_counts {spread} {_COUNT_KEY}, n").fetchall():
        merged.counts[tuple(row[:9])] += row[9]
    merged.write(tx, 0)
    return count + len(merged.counts)


@dataclass(frozen=True, slots=True)
class Difference:
    """A sum that differs from the recount."""

    key: tuple[int | str, ...]
    stored: tuple[int, ...]
    counted: tuple[int, ...]


def verify(tx: Connection) -> list[Difference]:
    """Recount everything from answers, responses and lookups; empty if all sums are right."""
    sums = {
        tuple(row[:8]): tuple(int(cell) for cell in row[8:])
        for row in tx.exec_driver_sql(
            f"SELECT {_SUM_KEY}, sum(n), "
            + ", ".join(f"sum(c{grade})" for grade in range(1, 8))
            + f" FROM weekly_sums GROUP BY {_SUM_KEY}"
        )
    }
    counts: _Counts = {
        tuple(row[:9]): (int(row[9]),)
        for row in tx.exec_driver_sql(
            f"SELECT {_COUNT_KEY}, sum(n) FROM weekly_counts GROUP BY {_COUNT_KEY}"
        )
    }
    return [*_differences(sums, _recount_sums(tx)), *_differences(counts, _recount_counts(tx))]


def _recount_sums(tx: Connection) -> _Counts:
    grades = ", ".join(f"sum(CASE WHEN grade = {grade} THEN 1 ELSE 0 END)" for grade in range(1, 8))
    rows = tx.exec_driver_sql(
        f"SELECT {_SUM_KEY}, count(*), {grades} FROM {_ANSWERS} GROUP BY {_SUM_KEY}"
    )
    return {tuple(row[:8]): tuple(int(cell) for cell in row[8:]) for row in rows}


def _recount_counts(tx: Connection) -> _Counts:
    # Grouped by the whole value first: answers are many, but combinations joined by "+" few.
    answered = tx.exec_driver_sql(
        f"SELECT {_SUM_KEY}, kind, value, count(*) FROM {_ANSWERS} "
        f"WHERE kind IN ('choice', 'choices', 'yes_no') GROUP BY {_SUM_KEY}, kind, value"
    )
    movements = Movements()
    for row in answered:
        movements.values(Counted(*row[:10]), row[10])
    started = tx.exec_driver_sql(
        "SELECT week, area, service, desk, questionnaire, channel, pending, outcome, count(*) "
        "FROM responses "
        "GROUP BY week, area, service, desk, questionnaire, channel, pending, outcome"
    )
    for week, area, service, desk, questionnaire, channel, pending, outcome, n in started:
        dimensions = (week, area, service, desk, questionnaire, RESPONSE, channel, pending)
        for value in (OPENED, outcome) if outcome else (OPENED,):
            movements.values(Counted(*dimensions, "choice", value), n)
    made = tx.exec_driver_sql(
        "SELECT week, area, channel, found, count(*) FROM lookups "
        "GROUP BY week, area, channel, found"
    )
    for week, area, channel, found, n in made:
        movements.values(looked_up(week, area, channel, found), n)
    return {key: (n,) for key, n in movements.counts.items()}


def looked_up(week: int, area: str, channel: str, found: str) -> Counted:
    """How one lookup is counted."""
    return Counted(week, area, "", "", "", LOOKUP, channel, 0, "choice", found)


def _differences(stored: _Counts, counted: _Counts) -> Iterator[Difference]:
    for key in sorted({*stored, *counted}, key=repr):
        nothing = (0,) * len(stored.get(key) or counted[key])
        here, there = stored.get(key, nothing), counted.get(key, nothing)
        if here != there:
            yield Difference(key, here, there)
