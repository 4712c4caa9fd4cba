"""A week's raw figures out of the weekly sums, and the digests that were made and sent of them."""

# Statements are put together from constants only.
# ruff: noqa: S608

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

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
from handlers.text.folding import fold
from storage.engine import counters
from storage.engine.ids import by_chance
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.times import iso_week, micros, moment, stored_week
from storage.quality.control import rebases
from storage.responses.blocking import not_blocked
from storage.responses.sums import APART, LOOKUP, OPENED, RESPONSE
from storage.tables.cases import cases
from storage.tables.quality import digest_claims, published_blocks, published_digests
from storage.tables.responses import IN_VAIN, lookups

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
_BLOCKS = (
    "SELECT area, last_week, first_week, satisfied, n FROM published_blocks "
    "WHERE last_week < {week} "
    "UNION ALL SELECT '', 0, min(week), 0, 0 FROM published_digests WHERE area = '' "
    "ORDER BY 1, 2"
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
_NOT_FOUND = Query(
    "week int",
    "SELECT l.query, count(*) FROM {rows} "
    f"JOIN lookups l ON l.week = r.week WHERE l.{IN_VAIN} GROUP BY l.query",
)
_MOST_IN_VAIN = (
    "SELECT query, sum(n) AS times FROM ("
    f"SELECT week, query, count(*) AS n FROM lookups WHERE {IN_VAIN} "
    "AND week IN ({weeks}) GROUP BY week, query) one GROUP BY query "
    "ORDER BY times DESC, query LIMIT {most}"
)
_CLAIM = Query(
    "week int, contact_id int, at int",
    "INSERT INTO digest_claims (week, contact_id, claimed_at) "
    "SELECT r.week, r.contact_id, r.at FROM {rows} WHERE true "
    "ON CONFLICT (week, contact_id) DO NOTHING RETURNING contact_id",
)
_PUBLISHING = "digests-published"
"""The counter that whoever publishes locks: one after the other, so that no blocks overlap."""


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
class Published:
    """A digest as it was made: it never changes."""

    week: IsoWeek
    made_at: datetime
    figures: bytes


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


def claim(tx: Connection, week: IsoWeek, contact_ids: Iterable[int], now: datetime) -> set[int]:
    """Claim the sending of a week's digest; returns the contacts that nobody had claimed."""
    rows = [(stored_week(week), id, micros(now)) for id in sorted(set(contact_ids))]
    return {row[0] for row in _CLAIM.all(tx, rows)}


def unclaimed(tx: Connection, week: IsoWeek, contact_ids: Iterable[int]) -> set[int]:
    """Those of the contacts who have not had the week's digest."""
    claims = digest_claims.c
    had = tx.execute(select(claims.contact_id).where(claims.week == stored_week(week))).scalars()
    return set(contact_ids).difference(had)


def readers_by_week(tx: Connection) -> dict[IsoWeek, int]:
    """To how many contacts each week's digest was sent."""
    sent = select(digest_claims.c.week, func.count()).group_by(digest_claims.c.week)
    return {iso_week(week): int(count) for week, count in tx.execute(sent)}


def publish(
    tx: Connection, made: Published, blocks: Iterable[Block], after: IsoWeek | None
) -> Published | None:
    """Keep a digest and its blocks for ever; returns the first that was kept of its week.

    ``after`` is the newest week that was published when its figures were read. None: another was
    published since, so that the blocks may overlap; read and make it again.
    """
    counters.add(tx, {_PUBLISHING: 1})
    kept = published(tx, made.week)
    if kept is not None:
        return kept
    if newest_published(tx, made.made_at) != after:
        return None
    tx.execute(
        insert(published_digests).values(
            week=stored_week(made.week),
            area="",
            made_at=micros(made.made_at),
            figures=made.figures,
        )
    )
    rows = [
        {
            "area": block.area,
            "last_week": stored_week(block.last),
            "first_week": stored_week(block.first),
            "satisfied": block.satisfied,
            "n": block.n,
        }
        for block in blocks
    ]
    if rows:
        tx.execute(insert(published_blocks), rows)
    return made


def published(tx: Connection, week: IsoWeek) -> Published | None:
    """The digest that was made of a week; None: none was."""
    row = tx.execute(
        select(published_digests).where(
            published_digests.c.week == stored_week(week), published_digests.c.area == ""
        )
    ).first()
    return None if row is None else Published(iso_week(row.week), moment(row.made_at), row.figures)


def weeks_published(tx: Connection, limit: int | None = None) -> list[Published]:
    """The last digests of all areas, or all of them, the newest first."""
    rows = tx.execute(
        select(published_digests)
        .where(published_digests.c.area == "")
        .order_by(published_digests.c.week.desc())
        .limit(limit)
    )
    return [Published(iso_week(row.week), moment(row.made_at), row.figures) for row in rows]


def newest_published(tx: Connection, by: datetime | None = None) -> IsoWeek | None:
    """The last week of which a digest was made, ``by`` then; None: there is none yet.

    A clock that was ahead once may have made one that lies in the future: it stops no other.
    """
    made = select(func.max(published_digests.c.week)).where(published_digests.c.area == "")
    if by is not None:
        made = made.where(published_digests.c.made_at <= micros(by))
    return _week(tx.execute(made).scalar())


def published_before(
    tx: Connection, week: IsoWeek
) -> tuple[dict[str, list[Block]], IsoWeek | None]:
    """What was published of each area before a week, oldest first; the first week of all.

    One statement, for the way there and back takes longer than the reading.
    """
    rows = tx.exec_driver_sql(_BLOCKS.format(week=stored_week(week))).fetchall()
    blocks: dict[str, list[Block]] = defaultdict(list)
    start = None
    for area, last, first, satisfied, n in rows:
        if area:
            blocks[area].append(Block(area, iso_week(first), iso_week(last), satisfied, n))
        else:
            start = _week(first)
    return blocks, start


def _week(number: int | None) -> IsoWeek | None:
    return None if number is None else iso_week(number)


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


def not_found(tx: Connection, week: IsoWeek) -> tuple[NotFound, ...]:
    """What was asked in vain, most often first; queries alike once folded are one."""
    return alike(not_found_rows(tx, week))


def not_found_rows(tx: Connection, week: IsoWeek) -> list[tuple[str, int]]:
    """What was asked in vain as it was written, and how often."""
    return [(query, times) for query, times in _NOT_FOUND.all(tx, [(stored_week(week),)])]


def most_in_vain(tx: Connection, weeks: Sequence[IsoWeek], most: int) -> list[tuple[str, int]]:
    """What was asked in vain most often over several weeks, as it was written."""
    numbers = ", ".join(str(stored_week(week)) for week in weeks)
    rows = tx.exec_driver_sql(_MOST_IN_VAIN.format(weeks=numbers, most=most))
    return [(query, int(times)) for query, times in rows]


def alike(asked: Iterable[tuple[str, int]]) -> tuple[NotFound, ...]:
    """Queries alike once folded as one, most often first. Of many it takes a while."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for query, times in asked:
        spellings[fold(query)][query] += times
    together = [
        NotFound(max(written.items(), key=lambda item: (item[1], item[0]))[0], written.total())
        for written in spellings.values()
    ]
    return tuple(sorted(together, key=lambda one: (-one.times, one.query)))


def _grades(counts: list[int]) -> Grades:
    first, second, third, fourth, fifth, sixth, seventh = counts
    return (first, second, third, fourth, fifth, sixth, seventh) if any(counts) else NO_GRADES
