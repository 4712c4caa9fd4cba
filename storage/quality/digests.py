"""A week's raw figures out of the weekly sums, and the digests that were made and sent of them."""

# Statements are put together from constants only.
# ruff: noqa: S608

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from handlers.facts import Found, Outcome
from handlers.quality.figures import (
    HISTORY_WEEKS,
    NO_GRADES,
    AreaWeek,
    Grades,
    NotFound,
    Verbatim,
    WeekFigures,
)
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING, USEFULNESS
from handlers.text.folding import fold
from storage.engine.ids import by_chance
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.engine.tables import digest_claims, published_digests
from storage.engine.times import iso_week, micros, moment, stored_week
from storage.responses.sums import LOOKUP, OPENED, RESPONSE

GRADE = "grade"
"""The question of the rating whose grades the digest is about."""

# Each week and questionnaire is asked for by itself: so SQLite adds up along the key, without
# sorting. PostgreSQL adds up integers ten times as fast as bigints, which it takes for decimals.
_SUMMED = ", ".join(f"sum(CAST(c{grade} AS integer))" for grade in range(1, 8))
_GRADES = (
    "SELECT area, channel, pending, " + _SUMMED + " FROM weekly_sums WHERE week = {week} "
    f"AND questionnaire = '{RATING}' AND question = '{GRADE}' GROUP BY area, channel, pending"
)
_PREVIOUS = (
    "SELECT CAST({week} AS integer), area, " + _SUMMED + " FROM weekly_sums WHERE week = {week} "
    f"AND questionnaire = '{RATING}' AND question = '{GRADE}' AND pending = 0 GROUP BY area"
)
_COUNTS = " UNION ALL ".join(
    f"SELECT '{questionnaire}', question, area, value, pending, sum(CAST(n AS integer)) "
    "FROM weekly_counts WHERE week = {week} "
    f"AND questionnaire = '{questionnaire}' GROUP BY question, area, value, pending"
    for questionnaire in (RATING, USEFULNESS, "")
)
COMMENTS = 200
"""Of an area's comments in a week so many are read: a fair sample, and the same each time. A digest
quotes three."""

_WORDS = Query(
    "week int, questionnaire str, grade str, most int",
    "SELECT w.area, w.words, coalesce(g.grade, 0) FROM (SELECT a.area, a.response_id, a.question, "
    "r.grade, r.most, row_number() OVER (PARTITION BY a.area "
    f"ORDER BY {by_chance('a.response_id')}, a.response_id) AS place "
    "FROM {rows} JOIN answers a ON a.week = r.week AND a.questionnaire = r.questionnaire "
    "WHERE a.words IS NOT NULL AND a.pending = 0) s "
    "JOIN answers w ON w.response_id = s.response_id AND w.question = s.question "
    "LEFT JOIN answers g ON g.response_id = s.response_id AND g.question = s.grade "
    "WHERE s.place <= s.most "
    f"ORDER BY w.area, {by_chance('w.response_id')}, w.response_id, w.question",
)
_NOT_FOUND = Query(
    "week int, found str",
    "SELECT l.query, count(*) FROM {rows} "
    "JOIN lookups l ON l.week = r.week AND l.found = r.found GROUP BY l.query",
)
_CLAIM = Query(
    "week int, contact_id int, at int",
    "INSERT INTO digest_claims (week, contact_id, claimed_at) "
    "SELECT r.week, r.contact_id, r.at FROM {rows} WHERE true "
    "ON CONFLICT (week, contact_id) DO NOTHING RETURNING contact_id",
)
_PUBLISH = Query(
    "week int, area str, at int, figures bytes",
    "INSERT INTO published_digests (week, area, made_at, figures) "
    "SELECT r.week, r.area, r.at, r.figures FROM {rows} WHERE true "
    "ON CONFLICT (week, area) DO NOTHING RETURNING week",
)


@dataclass(slots=True)
class AreaNumbers:
    """What is gathered of one area."""

    grades: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 7))
    pending: int = 0
    pending_grades: list[int] = field(default_factory=lambda: [0] * 7)
    started: int = 0
    completed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    words: list[tuple[bytes, int]] = field(default_factory=list)  # encrypted, with their grade
    lookups: int = 0
    useful: int = 0
    not_useful: int = 0
    previous: dict[IsoWeek, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 7))

    def frozen(self, area: str, keyring: Keyring) -> AreaWeek:
        return AreaWeek(
            area=area,
            grades={channel: _grades(counts) for channel, counts in self.grades.items()},
            pending=self.pending,
            pending_grades=_grades(self.pending_grades),
            started=self.started,
            completed=self.completed,
            reasons=dict(self.reasons),
            comments=tuple(Verbatim(keyring.decrypt(words), grade) for words, grade in self.words),
            lookups=self.lookups,
            useful=self.useful,
            not_useful=self.not_useful,
            previous={week: _grades(counts) for week, counts in self.previous.items()},
        )


@dataclass(frozen=True, slots=True)
class Published:
    """A digest as it was made: it never changes."""

    week: IsoWeek
    area: str  # empty: all areas
    made_at: datetime
    figures: bytes


@dataclass(frozen=True, slots=True)
class WeekRows:
    """What is stored of a week, as it was read; comments are still encrypted."""

    week: IsoWeek
    areas: dict[str, AreaNumbers]
    lookups_without_area: Counter[Found]
    not_found: tuple[NotFound, ...]

    def figures(self, keyring: Keyring) -> WeekFigures:
        """The raw, confidential counts; decrypting takes a while: not for the event loop."""
        return WeekFigures(
            week=self.week,
            areas=tuple(
                self.areas[area].frozen(area, keyring) for area in sorted(self.areas) if area
            ),
            lookups_without_area=dict(self.lookups_without_area),
            not_found=self.not_found,
        )


def week_rows(tx: Connection, week: IsoWeek) -> WeekRows:
    """All from which the digest of a week is made."""
    areas, elsewhere = week_numbers(tx, week)
    for area, words, grade in _WORDS.all(tx, [(stored_week(week), RATING, GRADE, COMMENTS)]):
        areas[area].words.append((bytes(words), grade))
    return WeekRows(week, areas, elsewhere, not_found(tx, week))


def week_numbers(tx: Connection, week: IsoWeek) -> tuple[dict[str, AreaNumbers], Counter[Found]]:
    """What the sums say of a week and those before it, by area; lookups that have no area."""
    areas: dict[str, AreaNumbers] = defaultdict(AreaNumbers)
    elsewhere: Counter[Found] = Counter()
    _add_grades(tx, week, areas)
    _add_counts(tx, week, areas, elsewhere)
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


def publish(tx: Connection, week: IsoWeek, area: str, figures: bytes, now: datetime) -> Published:
    """Keep a digest for ever; returns the first that was kept of this week and area."""
    _PUBLISH.all(tx, [(stored_week(week), area, micros(now), figures)])
    kept = published(tx, week, area)
    assert kept is not None
    return kept


def published(tx: Connection, week: IsoWeek, area: str = "") -> Published | None:
    """The digest that was made of a week and area, all areas by default; None: none was."""
    row = tx.execute(
        select(published_digests).where(
            published_digests.c.week == stored_week(week), published_digests.c.area == area
        )
    ).first()
    if row is None:
        return None
    return Published(iso_week(row.week), row.area, moment(row.made_at), row.figures)


def weeks_published(tx: Connection, limit: int) -> list[Published]:
    """The last digests of all areas, the newest first."""
    rows = tx.execute(
        select(published_digests)
        .where(published_digests.c.area == "")
        .order_by(published_digests.c.week.desc())
        .limit(limit)
    )
    return [
        Published(iso_week(row.week), row.area, moment(row.made_at), row.figures) for row in rows
    ]


def newest_published(tx: Connection, area: str = "") -> IsoWeek | None:
    """The last week of which a digest was made; None: there is none yet."""
    week = tx.execute(
        select(published_digests.c.week)
        .where(published_digests.c.area == area)
        .order_by(published_digests.c.week.desc())
        .limit(1)
    ).scalar()
    return None if week is None else iso_week(week)


def _add_grades(tx: Connection, week: IsoWeek, areas: dict[str, AreaNumbers]) -> None:
    for area, channel, pending, *counts in _rows(tx, _GRADES, week):
        if any(counts):
            gathered = areas[area]
            target = gathered.pending_grades if pending else gathered.grades[channel]
            target[:] = [old + int(n) for old, n in zip(target, counts, strict=True)]
    before = {stored_week(earlier): earlier for earlier in week.previous(HISTORY_WEEKS)}
    for number, area, *counts in _rows(tx, _PREVIOUS, *before.values()):
        if any(counts):
            areas[area].previous[before[number]] = [int(n) for n in counts]


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
                if questionnaire == RATING:
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
    rows = _NOT_FOUND.all(tx, [(stored_week(week), Found.NOTHING.value)])
    return [(query, times) for query, times in rows]


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
