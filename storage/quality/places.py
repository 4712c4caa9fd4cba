"""The grades of open blocks by service, desk and channel, for the digest's figures by place."""

# Statements are put together from constants only.
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from handlers.indicators.places import Cells, Parts
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING
from storage.engine.statements import Query
from storage.engine.times import stored_week
from storage.quality.comments import GRADE

_SATISFIED, _OTHERS = (
    " + ".join(f"c{grade}" for grade in grades) for grades in (range(6, 8), range(1, 6))
)
_CELLS = Query(
    "week int, area str",
    f"SELECT w.area, w.service, w.desk, w.channel, sum(CAST({_SATISFIED} AS integer)), "
    f"sum(CAST({_OTHERS} AS integer)) FROM {{rows}} "
    "JOIN weekly_sums w ON w.week = r.week AND w.area = r.area "
    f"WHERE w.questionnaire = '{RATING}' AND w.question = '{GRADE}' AND w.pending = 0 "
    "GROUP BY w.area, w.service, w.desk, w.channel",
)


def cells_of(tx: Connection, spans: Iterable[tuple[str, IsoWeek, IsoWeek]]) -> dict[str, Cells]:
    """The cells of each area, in its weeks from the first to the last."""
    wanted = []
    for area, first, last in spans:
        week = first
        while week <= last:
            wanted.append((stored_week(week), area))
            week = week.shifted(1)
    found: dict[str, dict[tuple[str, str, str], Parts]] = defaultdict(dict)
    for area, service, desk, channel, satisfied, others in _CELLS.all(tx, sorted(wanted)):
        found[area][service, desk, channel] = int(satisfied or 0), int(others or 0)
    return dict(found)
