"""The comments of a week from which a digest chooses."""

# Statements are put together from constants only.
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection

from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING
from storage.engine.statements import Query
from storage.engine.times import stored_week
from storage.responses.blocking import not_blocked
from storage.tables.columns import shuffle_key

GRADE = "grade"
"""The question of the rating whose grades the digest reports."""

COMMENTS = 200
"""How many of an area's comments in a week are read: a random sample, the same each time.

A digest quotes three of them, and counts topics in all."""

_COLUMNS = "week int, questionnaire str, area str, grade str, most int"
_SAMPLE = (
    "SELECT {wanted} FROM answers a WHERE a.week = r.week AND a.questionnaire = r.questionnaire "
    "AND a.pending = 0 AND a.area = r.area AND a.words IS NOT NULL "
    f"ORDER BY {shuffle_key('a.response_id')}, a.response_id, a.question "
    "LIMIT (SELECT max(most) FROM wanted)"
)
_SELECT = (
    "WITH wanted AS (SELECT * FROM {rows}) "
    "SELECT w.area, w.words, coalesce(g.grade, 0), w.response_id FROM wanted r "
)
_GRADE_AND_ORDER = (
    "LEFT JOIN answers g ON g.response_id = w.response_id AND g.question = r.grade "
    f"WHERE {not_blocked('w.response_id')} "
    f"ORDER BY w.area, {shuffle_key('w.response_id')}, w.response_id, w.question"
)

# Both read an area's first rows from the index and stop; a window function would read the whole
# week. SQLite has no LATERAL, and PostgreSQL does not look up a list of rows for each area.
_ON_SQLITE = Query(
    _COLUMNS,
    f"{_SELECT} CROSS JOIN answers w ON w.rowid IN ({_SAMPLE.replace('{wanted}', 'a.rowid')}) "
    f"{_GRADE_AND_ORDER}",
)
_ON_POSTGRESQL = Query(
    _COLUMNS,
    f"{_SELECT} CROSS JOIN LATERAL ({_SAMPLE.replace('{wanted}', 'a.response_id, a.question')}) s "
    "JOIN answers w ON w.response_id = s.response_id AND w.question = s.question "
    f"{_GRADE_AND_ORDER}",
)


def comments(
    tx: Connection, week: IsoWeek, areas: Iterable[str], most: int = COMMENTS
) -> Sequence[Any]:
    """(area, encrypted words, grade or 0, response id) of comments on finished procedures.

    At most ``most`` per area.
    """
    query = _ON_SQLITE if tx.dialect.name == "sqlite" else _ON_POSTGRESQL
    return query.all(tx, [(stored_week(week), RATING, area, GRADE, most) for area in sorted(areas)])
