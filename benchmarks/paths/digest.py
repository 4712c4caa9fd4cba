"""A digest's numbers at ten million answers, beside counting them from the answers; the whole."""

# Statements are put together from constants only.
# ruff: noqa: S608

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TypeVar

import tests.postgres as postgres_server
from benchmarks.harness.frame import REPETITIONS, Result, Section, at_most
from benchmarks.harness.processes import use_all_cores
from benchmarks.harness.published import publish
from bot.content.release import PACKAGED, load_release
from bot.jobs.quality.digest import Wanted, load_digest
from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import plain_text
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.engine.drivers.sqlite import SqliteDatabase
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.engine.times import micros, stored_week
from storage.quality.comments import GRADE
from storage.quality.week_rows import week_numbers
from storage.responses import sums

T = TypeVar("T")

ANSWERS = 10_000_000
QUICK_ANSWERS = 200_000
AREAS = 30
WEEK = IsoWeek.parse("2026-W47")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEKS = 9  # the digest's and the eight before
PUBLISHED = 104  # weeks with a digest before it
PART = 250_000  # responses a transaction
ROOM_BYTES = 400  # of disk an answer, with its indexes and its part of the log
_SAID = (
    "Esperé casi una hora y nadie avisó nada en la fila",
    "La persona que atendió explicó todo con paciencia",
    "Faltó un papel que la página no pedía, tuve que volver",
    "Rápido y amable, gracias a Juan Pérez Soto",
    "El sistema estaba caído y perdí la mañana",
)
_WHERE = ("{}", "Fui el lunes. {}", "En la ventanilla {}", "Con mi mamá: {}", "Por teléfono, {}")
_END = ("", ". Ojalá mejore", ". Vivo en Las Compañías", ". Mi número es el 9 8765 4321", ". Eso")
COMMENTS = tuple(where.format(said) + end for said in _SAID for where in _WHERE for end in _END)


class Different(Exception):
    """The sums and what is counted from the answers disagree."""


@dataclass(slots=True)
class _Found:
    """Milliseconds, a value a repetition."""

    numbers: list[float] = field(default_factory=list)
    counted: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    verify_s: float = 0.0
    fill_s: float = 0.0


def run(quick: bool) -> Section:
    """A digest's numbers for 30 areas and 9 weeks out of the sums, and the whole digest."""
    use_all_cores()
    answers = QUICK_ANSWERS if quick else ANSWERS
    results: list[Result] = []
    notes: list[str] = []
    with tempfile.TemporaryDirectory(prefix="opina-digest-") as name:
        folder = Path(name)
        if shutil.disk_usage(folder).free < answers * ROOM_BYTES:
            raise OSError(f"{folder}: {answers * ROOM_BYTES / 1e9:.0f} GB of room are needed")
        found = asyncio.run(_measure(f"sqlite:///{folder}/opina.db", answers))
        _add(results, notes, "SQLite", found)
        for file in folder.glob("opina.db*"):
            file.unlink()
        with postgres_server.running(folder / "postgresql") as url:
            address = url.render_as_string(hide_password=False)
            found = asyncio.run(_measure(address, answers))
            _add(results, notes, "PostgreSQL", found)
    return Section(
        name="digest",
        title=f"The digest at {answers:,} answers",
        about=ABOUT.format(areas=AREAS, weeks=WEEKS),
        results=results,
        more="\n".join(notes),
    )


def _add(results: list[Result], notes: list[str], name: str, found: _Found) -> None:
    numbers = at_most(f"{name}: numbers of {AREAS} areas, {WEEKS} weeks", "ms", found.numbers, 5.0)
    counted = sorted(found.counted)[len(found.counted) // 2]
    results.append(
        Result(numbers.name, "ms", numbers.ours, counted, numbers.goal, numbers.met, "counted anew")
    )
    results.append(at_most(f"{name}: whole digest", "ms", found.whole, 1_000.0))
    notes.append(
        f"- {name}: `sums --verify` counted everything again in {found.verify_s:.0f} s and found "
        f"no difference; filling it took {found.fill_s:.0f} s."
    )


async def _measure(url: str, answers: int) -> _Found:
    release, keyring, found = load_release(PACKAGED), Keyring.fresh(), _Found()
    await migrate(url)
    database = await open_database(url)
    try:
        began = time.perf_counter()
        for statement in _statements(database, keyring, release, answers):
            await database.write(_executed(statement))
        if not url.startswith("sqlite"):
            await database.write(_executed("ANALYZE"))
        await _publish_before(database, release)
        found.fill_s = time.perf_counter() - began
        from_answers, took = await _timed(database, _count, long=True)
        found.counted.append(took)
        for _ in range(REPETITIONS):
            from_sums, took = await _timed(database, lambda tx: week_numbers(tx, WEEK)[0])
            found.numbers.append(took)
            stored = {
                (area, channel): tuple(grades)
                for area, gathered in from_sums.items()
                for channel, grades in gathered.grades.items()
            }
            if stored != from_answers:
                raise Different(f"{stored} {from_answers}")
            began = time.perf_counter()
            await _whole(database, keyring, release)
            found.whole.append((time.perf_counter() - began) * 1_000)
        began = time.perf_counter()
        differences = await database.read(sums.verify, long=True)
        found.verify_s = time.perf_counter() - began
        if differences:
            raise Different(str(differences[:3]))
    finally:
        await database.close()
    return found


async def _publish_before(database: Database, release: Release) -> None:
    """Two years of digests up to the week before."""
    random, areas = Random(PUBLISHED), _areas(release)
    last: IsoWeek | None = None
    for number in range(PUBLISHED):
        week = WEEK.shifted(number - PUBLISHED)
        await publish(database, areas, random, week, last)
        last = week


def _areas(release: Release) -> list[str]:
    known = [area.id for area in release.content.areas][:AREAS]
    return [*known, *(f"area-{n}" for n in range(AREAS - len(known)))]


async def _timed(
    database: Database, read: Callable[[Transaction], T], *, long: bool = False
) -> tuple[T, float]:
    """The result, and the milliseconds of the reading alone."""

    def timed(tx: Transaction) -> tuple[T, float]:
        began = time.perf_counter()
        result = read(tx)
        return result, (time.perf_counter() - began) * 1_000

    return await database.read(timed, long=long)


async def _whole(database: Database, keyring: Keyring, release: Release) -> int:
    """As `opina digest` makes it: figures, comments, text and mail with its charts."""
    digest = await load_digest(database, keyring, release, Wanted(WEEK, NOW), freeze=False)
    return len(plain_text(digest)) + len(html_mail(digest))


def _count(tx: Transaction) -> dict[tuple[str, str], tuple[int, ...]]:
    """The week's grades by area and channel, counted from the answers of all nine weeks."""
    rows = tx.exec_driver_sql(
        f"SELECT week, area, channel, grade, count(*) FROM answers "
        f"WHERE questionnaire = '{RATING}' AND question = '{GRADE}' AND pending = 0 "
        "GROUP BY week, area, channel, grade"
    )
    counts: dict[tuple[str, str], list[int]] = {}
    for week, area, channel, grade, n in rows:
        if week == stored_week(WEEK):
            counts.setdefault((area, channel), [0] * 7)[grade - 1] += n
    return {key: tuple(row) for key, row in counts.items()}


def _executed(statement: str) -> Callable[[Transaction], int]:
    return lambda tx: tx.exec_driver_sql(statement).rowcount


def _statements(database: Database, keyring: Keyring, release: Release, answers: int) -> list[str]:
    """Fills responses, their answers and the sums as the service would have left them.

    Of ten responses all have a grade and a reason, two have words.
    """
    responses = answers * 10 // 22
    parts = [(first, min(first + PART, responses) - 1) for first in range(0, responses, PART)]
    on_sqlite = isinstance(database, SqliteDatabase)
    series = _SERIES_SQLITE if on_sqlite else _SERIES_POSTGRESQL
    areas = _areas(release)
    blob = "X'{}'" if on_sqlite else "decode('{}', 'hex')"
    words = [blob.format(keyring.encrypt(text).hex()) for text in COMMENTS]
    weeks = [stored_week(week) for week in (*WEEK.previous(WEEKS - 1), WEEK)]
    start = micros(WEEK.bounds(release.content.zone)[0] - timedelta(weeks=WEEKS - 1))
    # Remainders by numbers without common divisors, so that all combinations come about.
    common = (
        f"FROM ({series}) s "
        f"JOIN ({_table(areas)}) area ON area.n = s.i % {AREAS} "
        f"JOIN ({_table(weeks)}) week ON week.n = s.i / 31 % {WEEKS} "
        f"JOIN ({_table(['telegram', 'whatsapp', 'web'])}) channel ON channel.n = s.i / 7 % 3 "
        f"JOIN ({_table(['', '', '', 'licencia'])}) service ON service.n = s.i / 11 % 4 "
        f"JOIN ({_table(['', 'J87fHE'])}) desk ON desk.n = s.i / 13 % 2 "
    )
    dimensions = "area.v, service.v, desk.v, channel.v"
    pending = "CASE WHEN s.i / 17 % 10 = 0 THEN 1 ELSE 0 END"
    at = f"{start} + s.i * 1000"
    grade = "1 + s.i / 19 % 7"
    insert = (
        "INSERT INTO answers (response_id, question, questionnaire, kind, value, words, grade, "
        "pending, area, service, desk, channel, answered_at, week) "
    )
    inserts = [
        "INSERT INTO responses (id, questionnaire, version, area, service, desk, channel, origin, "
        "pending, started_at, finished_at, outcome, week) "
        f"SELECT s.i, '{RATING}', 1, {dimensions}, 'menu', {pending}, {at}, {at}, 'completed', "
        f"week.v {common}",
        f"{insert} SELECT s.i, '{GRADE}', '{RATING}', 'grade', CAST({grade} AS TEXT), NULL, "
        f"{grade}, {pending}, {dimensions}, {at}, week.v {common}",
        f"{insert} SELECT s.i, 'reason', '{RATING}', 'choice', reason.v, NULL, 0, {pending}, "
        f"{dimensions}, {at}, week.v {common} "
        f"JOIN ({_table(['wait', 'manner', 'information'])}) reason ON reason.n = s.i / 23 % 3",
        f"{insert} SELECT s.i, 'words', '{RATING}', 'text', '', "
        f"CASE s.i / 29 % {len(words)} {_cases(words)} END, 0, {pending}, {dimensions}, {at}, "
        f"week.v {common} WHERE s.i / 5 % 5 = 0",
    ]
    filled = [
        insert.replace("<first>", str(first)).replace("<last>", str(last))
        for first, last in parts
        for insert in inserts
    ]
    summed = [
        statement.format(week=week, shard=shard)
        for week in weeks
        for shard in (_SPREAD if database.shards > 1 and week == weeks[-1] else "response_id * 0",)
        for statement in _SUMS
    ]
    return [*filled, *summed]


def _table(values: list[str] | list[int]) -> str:
    """Rows of a number ``n`` from 0 on and a value ``v``."""
    rows = [f"SELECT {n} AS n, {v!r} AS v" for n, v in enumerate(values)]
    return " UNION ALL ".join(rows)


def _cases(values: list[str]) -> str:
    return " ".join(f"WHEN {n} THEN {value}" for n, value in enumerate(values))


_SERIES_SQLITE = (
    "WITH RECURSIVE n(i) AS (SELECT <first> UNION ALL SELECT i + 1 FROM n WHERE i < <last>) "
    "SELECT i FROM n"
)
_SERIES_POSTGRESQL = "SELECT i FROM generate_series(<first>::bigint, <last>) AS g(i)"
_KEY = "week, questionnaire, question, area, service, desk, channel, pending"
_GRADES = ", ".join(f"sum(CASE WHEN grade = {grade} THEN 1 ELSE 0 END)" for grade in range(1, 8))
_SPREAD = "response_id / 1000 % 2"
_SUMS = (
    f"INSERT INTO weekly_sums ({_KEY}, shard, n, c1, c2, c3, c4, c5, c6, c7) "
    f"SELECT {_KEY}, {{shard}}, count(*), {_GRADES} FROM answers WHERE week = {{week}} "
    f"GROUP BY {_KEY}, {{shard}}",
    f"INSERT INTO weekly_counts ({_KEY}, value, shard, n) "
    f"SELECT {_KEY}, value, {{shard}}, count(*) FROM answers WHERE kind = 'choice' "
    f"AND week = {{week}} GROUP BY {_KEY}, value, {{shard}}",
    *(
        "INSERT INTO weekly_counts (week, questionnaire, question, area, service, desk, channel, "
        "pending, value, shard, n) SELECT week, questionnaire, ':response', area, service, desk, "
        f"channel, pending, '{value}', 0, count(*) FROM responses WHERE week = {{week}} "
        "GROUP BY week, questionnaire, area, service, desk, channel, pending"
        for value in ("opened", "completed")
    ),
)

ABOUT = """\
The database is filled with answers and sums as the service leaves them: {areas} areas, two of them
unknown to the content, {weeks} weeks, three channels, services, desks and pending procedures, sums
of the week written by two processes where several can write, words with every fifth response. Two
years of digests are published before it, a figure of each area in each week. The
numbers are read out of the weekly sums as the digest reads them; the reference counts the same from
the answers, and both agreed each time. The whole digest is all that `opina digest` does after
reading the content: numbers, a sample of the comments decrypted, masked and chosen from, the text
and the mail with its charts.
"""
