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
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import TypeVar

import tests.postgres as postgres_server
from benchmarks.harness.filled import Filling, fill
from benchmarks.harness.frame import REPETITIONS, Result, Section, at_most
from benchmarks.harness.processes import use_all_cores
from benchmarks.harness.published import publish
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

ANSWERS = 10_000_000
QUICK_ANSWERS = 200_000
AREAS = 30
WEEK = IsoWeek.parse("2026-W47")
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
WEEKS = 9  # the digest's and the eight before
PUBLISHED = 104  # weeks with a digest before it
ROOM_BYTES = 400  # of disk an answer, with its indexes and its part of the log


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
        await fill(database, keyring, _filling(release.content, answers))
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


def _filling(content: Content, answers: int) -> Filling:
    areas = _areas(content)
    weeks = [*WEEK.previous(WEEKS - 1), WEEK]
    start = weeks[0].bounds(content.zone)[0]
    return Filling(answers, [stored_week(week) for week in weeks], areas, start)


async def _publish_before(database: Database, release: Release) -> None:
    """Two years of digests up to the week before."""
    random, areas = Random(PUBLISHED), _areas(release.content)
    last: IsoWeek | None = None
    for number in range(PUBLISHED):
        week = WEEK.shifted(number - PUBLISHED)
        await publish(database, areas, random, week, last)
        last = week


def _areas(content: Content) -> list[str]:
    known = [area.id for area in content.areas][:AREAS]
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


ABOUT = """\
The database is filled with answers and sums as the service leaves them: {areas} areas, two of them
unknown to the content, {weeks} weeks, three channels, services, desks and pending procedures, sums
of the week written by two processes where several can write, words with every fifth response. Two
years of digests are published before it, a figure of each area in each week. The
numbers are read out of the weekly sums as the digest reads them; the reference counts the same from
the answers, and both agreed each time. The whole digest is all that `opina digest` does after
reading the content: numbers, the published figures from which changes and charts are made, a sample
of the comments decrypted, masked and chosen from, the text and the mail with its charts.
"""
