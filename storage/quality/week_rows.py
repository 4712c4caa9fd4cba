"""Reads a week's raw figures, from which its digest is built, from the weekly sums."""

# Statements are put together from constants only.
from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from operator import add

from sqlalchemy import Connection, case, func, select

from handlers.facts.lookups import LookupResult
from handlers.facts.responses import ResponseOutcome
from handlers.quality.blocks import LONGEST_WEEKS, Block, open_since
from handlers.quality.charts import Rebase
from handlers.quality.figures import (
    DUE_WITHIN,
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
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import iso_week, micros, moment, stored_week
from storage.quality.comments import GRADE, comments
from storage.quality.control import blocks_up_to, rebases
from storage.quality.digests import newest_published
from storage.quality.unanswered_lookups import not_found
from storage.responses.sums import EXCLUDED, LOOKUP, OPENED, RESPONSE
from storage.tables.cases import cases
from storage.tables.responses import lookups

# One statement, as round trips take longer than reading. Its rows are: kind, area, question or
# channel, value, pending, and up to seven numbers. Each questionnaire is selected separately, so
# that SQLite sums along the key without sorting. Casts to integer, because PostgreSQL sums bigints
# as decimals, ten times as slowly. Of the published blocks only each area's last week is read,
# along the key, so the time does not grow with the years.
_SUMMED = ", ".join(f"sum(CAST(w.c{grade} AS integer))" for grade in range(1, 8))
_NO_MORE = "NULL, NULL, NULL, NULL, NULL, NULL"  # a third smaller to send than zeros
_COUNTED = f"sum(CAST(w.n AS integer)), {_NO_MORE}"
_OF_WEEK = "w.week = (SELECT week FROM wanted)"
# Of pending responses only their number is needed, which spares summing a quarter of the rows.
_TOLD = {RATING: f"AND (w.pending = 0 OR w.value = '{OPENED}') "}
_GRADES, _CLOSED, _START = "·grades", "·closed", "·start"  # no questionnaire's id has this dot

_WEEK = Query(
    "week int",
    "WITH RECURSIVE wanted AS (SELECT week FROM {rows}), "
    "known(area) AS (SELECT min(area) FROM published_blocks UNION ALL "
    "SELECT (SELECT min(b.area) FROM published_blocks b WHERE b.area > known.area) "
    "FROM known WHERE known.area IS NOT NULL) "
    + " UNION ALL ".join(
        (
            f"SELECT '{_GRADES}', w.area, w.channel, '', w.pending, {_SUMMED} FROM weekly_sums w "
            f"WHERE {_OF_WEEK} AND w.questionnaire = '{RATING}' AND w.question = '{GRADE}' "
            "GROUP BY w.area, w.channel, w.pending",
            *(
                f"SELECT '{questionnaire}', w.area, w.question, w.value, w.pending, {_COUNTED} "
                f"FROM weekly_counts w WHERE {_OF_WEEK} AND w.questionnaire = '{questionnaire}' "
                f"{_TOLD.get(questionnaire, '')}GROUP BY w.question, w.area, w.value, w.pending"
                for questionnaire in (RATING, USEFULNESS, "")
            ),
            f"SELECT '{_CLOSED}', known.area, '', '', 0, (SELECT max(b.last_week) "
            "FROM published_blocks b WHERE b.area = known.area "
            "AND b.last_week < (SELECT week FROM wanted)), "
            f"{_NO_MORE} FROM known WHERE known.area IS NOT NULL",
            f"SELECT '{_START}', '', '', '', 0, min(week), {_NO_MORE} "
            "FROM published_digests WHERE area = ''",
        )
    ),
)

_OPEN_WEEKS = Query(
    "week int, area str",
    "WITH wanted AS (SELECT week, area FROM {rows}) "
    f"SELECT '{_GRADES}', w.area, w.channel, '', w.pending, {_SUMMED} "
    "FROM wanted r CROSS JOIN weekly_sums w WHERE w.week = r.week AND w.area = r.area "
    f"AND w.questionnaire = '{RATING}' AND w.question = '{GRADE}' "
    "GROUP BY w.area, w.channel, w.pending "
    f"UNION ALL SELECT '{RATING}', w.area, w.question, w.value, w.pending, {_COUNTED} "
    "FROM wanted r CROSS JOIN weekly_counts w WHERE w.week = r.week AND w.area = r.area "
    f"AND w.questionnaire = '{RATING}' {_TOLD[RATING]}"
    "GROUP BY w.area, w.question, w.value, w.pending",
)

_CHANNELS = Query(
    "week int, first int",
    "SELECT DISTINCT w.channel FROM {rows} JOIN weekly_sums w ON w.week BETWEEN r.first AND r.week "
    f"WHERE w.questionnaire = '{RATING}' AND w.question = '{GRADE}'",
)


@dataclass(slots=True)
class AreaNumbers:
    """The raw figures of one area."""

    closed: IsoWeek | None = None  # the last published week of the area
    since: IsoWeek | None = None
    blocks: Sequence[Block] = ()
    grades: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 7))
    pending: int = 0
    pending_grades: list[int] = field(default_factory=lambda: [0] * 7)
    apart: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    started: int = 0
    graded: int = 0
    completed: int = 0
    # Encrypted comments, each with its grade and response id.
    words: list[tuple[bytes, int, int]] = field(default_factory=list)
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
            comments=tuple(Verbatim(keyring.decrypt(words), *of) for words, *of in self.words),
            lookups=self.lookups,
            useful=self.useful,
            not_useful=self.not_useful,
            asked=self.asked,
            cases=self.cases,
            blocks=tuple(self.blocks),
        )


@dataclass(frozen=True, slots=True)
class WeekRows:
    """A week's rows as read; comments are still encrypted."""

    week: IsoWeek
    areas: dict[str, AreaNumbers]
    lookups_without_area: Counter[LookupResult]
    not_found: tuple[NotFound, ...]
    newest: IsoWeek | None  # the newest published week at that moment
    rebases: tuple[Rebase, ...] = ()
    channels: tuple[str, ...] = ()  # in use

    def figures(self, keyring: Keyring) -> WeekFigures:
        """The raw, confidential counts. Decrypts, so call it in a thread."""
        return WeekFigures(
            week=self.week,
            areas=tuple(
                self.areas[area].frozen(area, keyring) for area in sorted(self.areas) if area
            ),
            lookups_without_area=dict(self.lookups_without_area),
            not_found=self.not_found,
            rebases=self.rebases,
            channels=self.channels,
        )


def week_rows(tx: Connection, week: IsoWeek, now: datetime) -> WeekRows:
    """Read everything from which the digest of a week is built."""
    areas, elsewhere = week_numbers(tx, week)
    for area, blocks in blocks_up_to(tx, week.shifted(-1)).items():
        areas[area].blocks = blocks
    for area, words, grade, response in comments(tx, week, areas):
        areas[area].words.append((bytes(words), grade, response))
    _add_asked(tx, week, areas)
    _add_cases(tx, now, areas)
    newest = newest_published(tx, now)
    searched = not_found(tx, week)
    return WeekRows(week, areas, elsewhere, searched, newest, rebases(tx), _channels(tx, week))


def week_numbers(
    tx: Connection, week: IsoWeek
) -> tuple[dict[str, AreaNumbers], Counter[LookupResult]]:
    """The raw figures by area: of the week and of earlier weeks that are still unpublished."""
    areas: dict[str, AreaNumbers] = defaultdict(AreaNumbers)
    elsewhere: Counter[LookupResult] = Counter()
    start = None
    for kind, area, name, value, pending, *numbers in _WEEK.all(tx, [(stored_week(week),)]):
        if kind == _GRADES:
            _add_grades(areas, area, name, pending, numbers)
        elif kind == _CLOSED:
            if numbers[0] is not None:
                areas[area].closed = iso_week(numbers[0])
        elif kind == _START:
            start = None if numbers[0] is None else iso_week(numbers[0])
        elif kind == "" and name == LOOKUP and not area:
            elsewhere[LookupResult(value)] += numbers[0]
        else:
            _add_count(areas[area], (kind, name, value), pending, numbers[0])
    for gathered in areas.values():
        gathered.graded = sum(map(sum, gathered.grades.values()))
    _add_open_weeks(tx, week, start or week, areas)
    return areas, elsewhere


def _add_grades(
    areas: dict[str, AreaNumbers], area: str, channel: str, pending: int, counts: list[int]
) -> None:
    if not any(counts):
        return
    gathered = areas[area]
    if pending == EXCLUDED:
        gathered.apart += sum(counts)
        return
    target = gathered.pending_grades if pending else gathered.grades[channel]
    target[:] = map(add, target, counts)


def _add_open_weeks(
    tx: Connection, week: IsoWeek, start: IsoWeek, areas: dict[str, AreaNumbers]
) -> None:
    """Add the grades of earlier weeks that are still unpublished."""
    waiting = []
    for area, numbers in areas.items():
        numbers.since = open_since(numbers.closed, start, week)
        earlier = numbers.since
        while earlier < week:
            waiting.append((stored_week(earlier), area))
            earlier = earlier.shifted(1)
    for kind, area, name, value, pending, *counts in _OPEN_WEEKS.all(tx, waiting):
        n = counts[0]
        if kind == _GRADES:
            _add_grades(areas, area, name, pending, counts)
        elif name == RESPONSE:
            areas[area].pending += n if value == OPENED and pending == 1 else 0
        elif not pending and n:
            areas[area].reasons[value] += n


def _channels(tx: Connection, week: IsoWeek) -> tuple[str, ...]:
    """The channels with a grade in the last weeks, as many as a block may cover.

    A channel unused in this week is included, because its zero must be suppressed too.
    """
    first = week.shifted(1 - LONGEST_WEEKS)
    found = _CHANNELS.all(tx, [(stored_week(week), stored_week(first))])
    return tuple(sorted(channel for (channel,) in found))


def _add_asked(tx: Connection, week: IsoWeek, areas: dict[str, AreaNumbers]) -> None:
    asked = lookups.c
    # By the index of times, with a margin: no time zone is a day away from UTC.
    first, last = (
        datetime.combine(day, time(), UTC) + timedelta(days=days)
        for day, days in ((week.monday, -1), (week.sunday, 2))
    )
    rows = tx.execute(
        select(asked.area, asked.card, func.count())
        .where(asked.at.between(micros(first), micros(last)))
        .where(asked.week == stored_week(week), asked.area != "", asked.card != "")
        .group_by(asked.area, asked.card)
    )
    for area, card, times in rows:
        areas[area].asked[card] = times


def _add_cases(tx: Connection, now: datetime, areas: dict[str, AreaNumbers]) -> None:
    last = micros(now + DUE_WITHIN)
    late, due = (
        cases.c.due_at.between(1, micros(now) - 1),
        cases.c.due_at.between(micros(now), last),
    )
    counted = (func.sum(case((lapses, 1), else_=0)) for lapses in (late, due))
    rows = tx.execute(
        select(cases.c.area, func.count(), func.min(cases.c.opened_at), *counted)
        .where(cases.c.status == "open", cases.c.area != "", cases.c.opened_at <= micros(now))
        .group_by(cases.c.area)
    )
    for area, count, oldest, late, due in rows:
        areas[area].cases = OpenCases(count, (now - moment(oldest)).days, late, due)


def _add_count(area: AreaNumbers, what: tuple[str, str, str], pending: int, n: int) -> None:
    match what:
        case ("", question, _) if question == LOOKUP:
            area.lookups += n
        case (questionnaire, question, outcome) if question == RESPONSE:
            if questionnaire == RATING and pending != EXCLUDED:
                _add_response(area, outcome, bool(pending), n)
        case (questionnaire, _, "yes") if questionnaire == USEFULNESS:
            area.useful += n
        case (questionnaire, _, "no") if questionnaire == USEFULNESS:
            area.not_useful += n
        case (questionnaire, _, choice) if questionnaire == RATING and not pending and n:
            area.reasons[choice] += n
        case _:
            pass


def _add_response(area: AreaNumbers, outcome: str, pending: bool, n: int) -> None:
    if outcome == OPENED:
        if pending:
            area.pending += n
        else:
            area.started += n
    elif outcome == ResponseOutcome.COMPLETED.value and not pending:
        area.completed += n


def _grades(counts: list[int]) -> Grades:
    first, second, third, fourth, fifth, sixth, seventh = counts
    return (first, second, third, fourth, fifth, sixth, seventh) if any(counts) else NO_GRADES
