"""A digest's numbers at ten million answers, beside counting them from the answers; the whole."""

# Statements are put together from constants only.
# ruff: noqa: S608

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import tests.postgres as postgres_server
from benchmarks.harness.filled import Filling, fill
from benchmarks.harness.frame import REPETITIONS, Result, Section, at_most
from benchmarks.harness.processes import use_all_cores
from bot.content.release import PACKAGED, load_release
from bot.jobs.quality.digest import Wanted, load_digest
from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import plain_text
from handlers.content.model import Content
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.engine.times import stored_week
from storage.quality.comments import GRADE
from storage.quality.week_rows import week_numbers
from storage.responses import sums

T = TypeVar("T")
Grades = dict[tuple[str, str], tuple[int, ...]]

ANSWERS = 10_000_000
QUICK_ANSWERS = 200_000
AREAS = 30
WEEK = IsoWeek.parse("2026-W47")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEKS = 9  # the digest's and the eight before
ROOM_BYTES = 400  # of disk an answer, with its indexes and its part of the log


class Different(Exception):
    """The sums and what is counted from the answers disagree."""


@dataclass(slots=True)
class _Found:
    """On one database."""

    counted_ms: float  # from the answers, once
    numbers_ms: list[float] = field(default_factory=list)  # a value a repetition
    whole_ms: list[float] = field(default_factory=list)
    fill_s: float = 0.0
    verify_s: float = 0.0


def run(quick: bool) -> Section:
    """A digest's numbers for 30 areas and 9 weeks out of the sums, and the whole digest."""
    use_all_cores()
    answers = QUICK_ANSWERS if quick else ANSWERS
    with tempfile.TemporaryDirectory(prefix="opina-digest-") as name:
        folder = Path(name)
        if shutil.disk_usage(folder).free < answers * ROOM_BYTES:
            raise OSError(f"{folder}: {answers * ROOM_BYTES / 1e9:.0f} GB of room are needed")
        found = {"SQLite": asyncio.run(_measure(f"sqlite:///{folder}/opina.db", answers))}
        for file in folder.glob("opina.db*"):
            file.unlink()
        with postgres_server.running(folder / "postgresql") as url:
            address = url.render_as_string(hide_password=False)
            found["PostgreSQL"] = asyncio.run(_measure(address, answers))
    return Section(
        name="digest",
        title=f"The digest at {answers:,} answers",
        about=ABOUT.format(areas=AREAS, weeks=WEEKS),
        results=[result for name, one in found.items() for result in _results(name, one)],
        more="\n".join(
            f"- {name}: `sums --verify` counted everything again in {one.verify_s:.0f} s and found "
            f"no difference; filling it took {one.fill_s:.0f} s."
            for name, one in found.items()
        ),
    )


def _results(name: str, found: _Found) -> list[Result]:
    what = f"{name}: numbers of {AREAS} areas, {WEEKS} weeks"
    numbers = at_most(what, "ms", found.numbers_ms, 5.0, "counted anew")
    return [
        replace(numbers, reference=found.counted_ms),
        at_most(f"{name}: whole digest", "ms", found.whole_ms, 1_000.0),
    ]


async def _measure(url: str, answers: int) -> _Found:
    release, keyring = load_release(PACKAGED), Keyring.fresh()
    await migrate(url)
    database = await open_database(url)
    try:
        began = time.perf_counter()
        await fill(database, keyring, _filling(release.content, answers))
        filled = time.perf_counter()
        from_answers, counted_ms = await _timed(database, _count, long=True)
        found = _Found(counted_ms, fill_s=filled - began)
        for _ in range(REPETITIONS):
            from_sums, took_ms = await _timed(database, _numbers)
            found.numbers_ms.append(took_ms)
            if from_sums != from_answers:
                raise Different(f"{from_sums} {from_answers}")
            began = time.perf_counter()
            await _whole(database, keyring, release)
            found.whole_ms.append((time.perf_counter() - began) * 1_000)
        differences, took_ms = await _timed(database, sums.verify, long=True)
        found.verify_s = took_ms / 1_000
        if differences:
            raise Different(str(differences[:3]))
    finally:
        await database.close()
    return found


def _filling(content: Content, answers: int) -> Filling:
    known = [area.id for area in content.areas][:AREAS]
    areas = [*known, *(f"area-{n}" for n in range(AREAS - len(known)))]
    weeks = [*WEEK.previous(WEEKS - 1), WEEK]
    start = weeks[0].bounds(content.zone)[0]
    return Filling(answers, [stored_week(week) for week in weeks], areas, start)


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


def _numbers(tx: Transaction) -> Grades:
    """The week's grades by area and channel, out of the sums."""
    return {
        (area, channel): tuple(grades)
        for area, gathered in week_numbers(tx, WEEK)[0].items()
        for channel, grades in gathered.grades.items()
    }


def _count(tx: Transaction) -> Grades:
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


ABOUT = """\
The database is filled with answers and sums as the service leaves them: {areas} areas, two of them
unknown to the content, {weeks} weeks, three channels, services, desks and pending procedures, sums
of the week written by two processes where several can write, words with every fifth response. The
numbers are read out of the weekly sums as the digest reads them; the reference counts the same from
the answers, and both agreed each time. The whole digest is all that `opina digest` does after
reading the content: numbers, a sample of the comments decrypted, masked and chosen from, the text
and the mail with its charts.
"""
