"""A week's raw figures out of the weekly sums: all from which its digest is made."""

# Statements are put together from constants only.
# ruff: noqa: S608

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from handlers.facts import Found, Outcome
from handlers.quality.blocks import Block, open_since
from handlers.quality.charts import Rebase
from handlers.quality.figures import (
    NO_GRADES,
    AreaWeek,
    Grades,
    NotFound,
    OpenCases,
    Verbatim,
    WeekFigures,
)
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING, USEFULNESS
from storage.engine.ids import by_chance
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import micros, moment, stored_week
from storage.quality.control import rebases
from storage.quality.digests import newest_published, published_before
from storage.quality.in_vain import not_found
from storage.responses.blocking import not_blocked
from storage.responses.sums import APART, LOOKUP, OPENED, RESPONSE
from storage.tables.cases import cases
from storage.tables.responses import lookups

GRADE = "grade"
"""The question of the rating whose grades the digest is about."""

# Each week and questionnaire is asked for by itself: so SQLite adds up along the key, without
# sorting. PostgreSQL adds up integers ten times as fast as bigints, which it takes for decimals.
_SUMMED = ", ".join(f"sum(CAST(c{grade} AS integer))" for grade in range(1, 8))

_GRADES = (
    "SELECT area, channel, pending, " + _SUMMED + " FROM weekly_sums WHERE week = {week} "
    f"AND questionnaire = '{RATING}' AND question = '{GRADE}' GROUP BY area, channel, pending"
)

_OPEN_GRADES = Query(
    "week int, area str",
    "SELECT w.area, w.channel, w.pending, " + _SUMMED + " FROM {rows} JOIN weekly_sums w "
    "ON w.week = r.week AND w.area = r.area "
    f"WHERE w.questionnaire = '{RATING}' AND w.question = '{GRADE}' "
    "GROUP BY w.area, w.channel, w.pending",
)

_OPEN_COUNTS = Query(
    "week int, area str",
    "SELECT w.area, w.question, w.value, w.pending, sum(CAST(w.n AS integer)) FROM {rows} "
    "JOIN weekly_counts w ON w.week = r.week AND w.area = r.area "
    f"WHERE w.questionnaire = '{RATING}' GROUP BY w.area, w.question, w.value, w.pending",
)

_COUNTS = " UNION ALL ".join(
    f"SELECT '{questionnaire}', question, area, value, pending, sum(CAST(n AS integer)) "
    "FROM weekly_counts WHERE week = {week} "
    f"AND questionnaire = '{questionnaire}' GROUP BY question, area, value, pending"
    for questionnaire in (RATING, USEFULNESS, "")
)

COMMENTS = 200
"""How many of an area's comments in a week are read: a fair sample, and the same each time. A
digest quotes three."""

_WORDS = Query(
    "week int, questionnaire str, grade str, most int",
    "SELECT w.area, w.words, coalesce(g.grade, 0) FROM (SELECT a.area, a.response_id, a.question, "
    "r.grade, r.most, row_number() OVER (PARTITION BY a.area "
    f"ORDER BY {by_chance('a.response_id')}, a.response_id) AS place "
    "FROM {rows} JOIN answers a ON a.week = r.week AND a.questionnaire = r.questionnaire "
    "WHERE a.words IS NOT NULL AND a.pending = 0) s "
    "JOIN answers w ON w.response_id = s.response_id AND w.question = s.question "
    "LEFT JOIN answers g ON g.response_id = s.response_id AND g.question = s.grade "
    f"WHERE s.place <= s.most AND {not_blocked('s.response_id')} "
    f"ORDER BY w.area, {by_chance('w.response_id')}, w.response_id, w.question",
)


@dataclass(slots=True)
class AreaNumbers:
    """What is gathered of one area."""

    since: IsoWeek | None = None
    blocks: list[Block] = field(default_factory=list)
    grades: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 7))
    pending: int = 0
    pending_grades: list[int] = field(default_factory=lambda: [0] * 7)
    apart: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    started: int = 0
    graded: int = 0
    completed: int = 0
    words: list[tuple[bytes, int]] = field(default_factory=list)  # encrypted, with their grade
    lookups: int = 0
    useful: int = 0
    not_useful: int = 0
    asked: dict[str, int] = field(default_factory=dict)
    cases: OpenCases | None = None

    def frozen(self, area: str, keyring: Keyring) -> AreaWeek:
        return AreaWeek(
            area=area,
            since=self.since,
            grades={channel: _grades(counts) for channel, counts in self.grades.items()},
            pending=self.pending,
            pending_grades=_grades(self.pending_grades),
            apart=self.apart,
            reasons=dict(self.reasons),
            started=self.started,
            graded=self.graded,
            completed=self.completed,
            comments=tuple(Verbatim(keyring.decrypt(words), grade) for words, grade in self.words),
            lookups=self.lookups,
            useful=self.useful,
            not_useful=self.not_useful,
            asked=self.asked,
            cases=self.cases,
            blocks=tuple(self.blocks),
        )


@dataclass(frozen=True, slots=True)
class WeekRows:
    """What is stored of a week, as it was read; comments are still encrypted."""

    week: IsoWeek
    areas: dict[str, AreaNumbers]
    lookups_without_area: Counter[Found]
    not_found: tuple[NotFound, ...]
    newest: IsoWeek | None  # the last week published when they were read
    rebases: tuple[Rebase, ...] = ()

    def figures(self, keyring: Keyring) -> WeekFigures:
        """The raw, confidential counts; decrypting takes a while: not for the event loop."""
        return WeekFigures(
            week=self.week,
            areas=tuple(
                self.areas[area].frozen(area, keyring) for area in sorted(self.areas) if area
            ),
            lookups_without_area=dict(self.lookups_without_area),
            not_found=self.not_found,
            rebases=self.rebases,
        )


def week_rows(tx: Connection, week: IsoWeek, now: datetime) -> WeekRows:
    """All from which the digest of a week is made."""
    areas, elsewhere = week_numbers(tx, week)
    for area, words, grade in _WORDS.all(tx, [(stored_week(week), RATING, GRADE, COMMENTS)]):
        areas[area].words.append((bytes(words), grade))
    _add_asked(tx, week, areas)
    _add_cases(tx, now, areas)
    newest = newest_published(tx, now)
    return WeekRows(week, areas, elsewhere, not_found(tx, week), newest, rebases(tx))


def week_numbers(tx: Connection, week: IsoWeek) -> tuple[dict[str, AreaNumbers], Counter[Found]]:
    """What the sums say, by area: of the week and of what is open before it; lookups elsewhere."""
    areas: dict[str, AreaNumbers] = defaultdict(AreaNumbers)
    elsewhere: Counter[Found] = Counter()
    _add_grades(areas, _rows(tx, _GRADES, week))
    for numbers in areas.values():
        numbers.graded = sum(map(sum, numbers.grades.values()))
    _add_counts(tx, week, areas, elsewhere)
    _add_open_weeks(tx, week, areas)
    return areas, elsewhere


def _add_grades(areas: dict[str, AreaNumbers], rows: Sequence[Any]) -> None:
    for area, channel, pending, *counts in rows:
        if any(counts) and pending == APART:
            areas[area].apart += sum(map(int, counts))
        elif any(counts):
            gathered = areas[area]
            target = gathered.pending_grades if pending else gathered.grades[channel]
            target[:] = [old + int(n) for old, n in zip(target, counts, strict=True)]


def _add_open_weeks(tx: Connection, week: IsoWeek, areas: dict[str, AreaNumbers]) -> None:
    """What was gathered before the week and never published."""
    kept, start = published_before(tx, week)
    for area, blocks in kept.items():
        areas[area].blocks = blocks
    waiting = []
    for area, numbers in areas.items():
        numbers.since = open_since(numbers.blocks, start or week, week)
        earlier = numbers.since
        while earlier < week:
            waiting.append((stored_week(earlier), area))
            earlier = earlier.shifted(1)
    _add_grades(areas, _OPEN_GRADES.all(tx, waiting))
    for area, question, value, pending, total in _OPEN_COUNTS.all(tx, waiting):
        if question == RESPONSE:
            areas[area].pending += int(total) if value == OPENED and pending == 1 else 0
        elif not pending and total:
            areas[area].reasons[value] += int(total)


def _add_asked(tx: Connection, week: IsoWeek, areas: dict[str, AreaNumbers]) -> None:
    asked = lookups.c
    rows = tx.execute(
        select(asked.area, asked.card, func.count())
        .where(asked.week == stored_week(week), asked.area != "", asked.card != "")
        .group_by(asked.area, asked.card)
    )
    for area, card, times in rows:
        areas[area].asked[card] = times


def _add_cases(tx: Connection, now: datetime, areas: dict[str, AreaNumbers]) -> None:
    rows = tx.execute(
        select(cases.c.area, func.count(), func.min(cases.c.opened_at))
        .where(cases.c.status == "open", cases.c.area != "", cases.c.opened_at <= micros(now))
        .group_by(cases.c.area)
    )
    for area, count, oldest in rows:
        areas[area].cases = OpenCases(count, (now - moment(oldest)).days)


def _rows(tx: Connection, statement: str, *weeks: IsoWeek) -> Sequence[Any]:
    """The rows of a statement for each of the weeks."""
    one_by_one = [statement.format(week=stored_week(week)) for week in weeks]
    return tx.exec_driver_sql(" UNION ALL ".join(one_by_one)).fetchall()


def _add_counts(
    tx: Connection, week: IsoWeek, areas: dict[str, AreaNumbers], elsewhere: Counter[Found]
) -> None:
    for questionnaire, question, area, value, pending, total in _rows(tx, _COUNTS, week):
        n = int(total)
        match (questionnaire, question, value):
            case ("", question, found) if question == LOOKUP:
                if area:
                    areas[area].lookups += n
                else:
                    elsewhere[Found(found)] += n
            case (questionnaire, question, outcome) if question == RESPONSE:
                if questionnaire == RATING and pending != APART:
                    _add_response(areas[area], outcome, bool(pending), n)
            case (questionnaire, _, "yes") if questionnaire == USEFULNESS:
                areas[area].useful += n
            case (questionnaire, _, "no") if questionnaire == USEFULNESS:
                areas[area].not_useful += n
            case (questionnaire, _, choice) if questionnaire == RATING and not pending and n:
                areas[area].reasons[choice] += n
            case _:
                pass


def _add_response(area: AreaNumbers, outcome: str, pending: bool, n: int) -> None:
    if outcome == OPENED:
        if pending:
            area.pending += n
        else:
            area.started += n
    elif outcome == Outcome.COMPLETED.value and not pending:
        area.completed += n


def _grades(counts: list[int]) -> Grades:
    first, second, third, fourth, fifth, sixth, seventh = counts
    return (first, second, third, fourth, fifth, sixth, seventh) if any(counts) else NO_GRADES
