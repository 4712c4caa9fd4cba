"""The digest and the control run at ten million answers.

The database is filled with answers and sums as by the service: 30 areas, 9 weeks, three channels,
services, desks and pending procedures, and a comment with every fifth response. Two years of
digests have been published before, with a figure of each area in each week.

The numbers are read from the weekly sums in one round trip, as for a digest; the reference is
`SELECT 1` in the same transaction: what the machine makes of any round trip. The whole digest is
everything that its readers get: the numbers, the published figures for changes and charts, a sample
of the comments (decrypted, masked and selected), the control chart of every area, the message with
its picture, and the mail with its spreadsheet. Then further weeks are published, and their control
runs timed, from the query for an earlier run to the commit of the record and its consequences. The
file for the accreditation is read and written as XLSX and as PDF. In the end `opina sums --verify`
recounted all answers and found no difference.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from random import Random
from statistics import median

import msgspec

from benchmarks.harness.databases import both, fill
from benchmarks.harness.frame import REPETITIONS, Found, Result, at_most, timed
from bot.content.release import PACKAGED, load_release
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import (
    Wanted,
    announcement,
    area_pages,
    digest_link,
    load_digest,
    mailed,
)
from bot.jobs.quality.evidence.loading import load_evidence
from bot.reports.digests.digest_xlsx import digest_xlsx
from bot.reports.quality.charts.chart_picture import chart_png
from bot.reports.quality.evidence.evidence_pdf import evidence_pdf
from bot.reports.quality.evidence.evidence_xlsx import evidence_xlsx
from handlers.content.model import Content
from handlers.quality.blocks import Block
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.quality import digests
from storage.quality.control import charts_of
from storage.quality.week_rows import week_numbers
from storage.responses import sums
from tests.handlers.measures.weeks_of_blocks import monday_after

AREAS = 30
ANSWERS, QUICK_ANSWERS = 10_000_000, 200_000
WEEK = IsoWeek.parse("2026-W47")
WEEKS = 9  # the digest's and the eight before
PUBLISHED = 104  # weeks with an earlier digest
SHARE, LEAST, MOST = 0.75, 50, 90  # of satisfied answers; answers per area and published week
ADDRESS = "https://opina.example"
ROOM_BYTES = 400  # of disk per answer, with indexes and its share of the log


def run(quick: bool) -> Found:
    """Time the numbers, the whole digest and the control run, on both databases."""
    count = QUICK_ANSWERS if quick else ANSWERS
    if shutil.disk_usage(tempfile.gettempdir()).free < count * ROOM_BYTES:
        raise OSError(f"{count * ROOM_BYTES / 1e9:.0f} GB of disk are needed")
    found = asyncio.run(both(partial(_measure, count)))
    return Found([result for results in found for result in results])


async def _measure(count: int, name: str, database: Database) -> list[Result]:
    keyring, random = Keyring.fresh(), Random(20261129)
    release = _with_areas(await asyncio.to_thread(load_release, PACKAGED))
    areas = sorted(release.content.area_by_id)
    await fill(database, keyring, release.content, [*WEEK.previous(WEEKS - 1), WEEK], count)
    for week in WEEK.previous(PUBLISHED):
        await database.write(partial(_publish, areas, random, week))
    trip_ms, numbers_ms, whole_ms, control_ms, file_ms, verify_ms = (
        list[float]() for _ in range(6)
    )
    for _ in range(REPETITIONS):
        await database.read(partial(_read_numbers, trip_ms, numbers_ms))
        chart_png.cache_clear()  # cached, as many readers get the same picture
        with timed(whole_ms):
            await _whole(database, keyring, release)
    for week in map(WEEK.shifted, range(REPETITIONS)):
        await database.write(partial(_publish, areas, random, week))
        with timed(control_ms):
            made = await run_control(database, keyring, release, Wanted(week, monday_after(week)))
        assert sum(one.judged is not None for one in made.areas) == AREAS
    with timed(file_ms):
        evidence = await load_evidence(database, keyring, release, monday_after(week))
        assert evidence is not None
        assert evidence_xlsx(evidence)
        assert evidence_pdf(evidence)
    with timed(verify_ms):
        differences = await database.read(sums.verify, long=True)
    assert not differences, differences[:3]
    numbers = f"{name}: numbers of {AREAS} areas, {WEEKS} weeks"
    verified = f"all sums recounted in {verify_ms[0] / 1_000:.0f} s"
    return [
        at_most(numbers, "ms", numbers_ms, 5.0, reference=median(trip_ms)),
        at_most(f"{name}: whole digest, chart included", "ms", whole_ms, 1_000.0, verified),
        at_most(f"{name}: control run of {AREAS} areas", "ms", control_ms, 200.0),
        at_most(f"{name}: file for the accreditation, XLSX and PDF", "ms", file_ms, 60_000.0),
    ]


def _publish(areas: Sequence[str], random: Random, week: IsoWeek, tx: Transaction) -> None:
    """Publish the next week, in which a block of every area closes."""
    blocks = []
    for area in areas:
        n = random.randint(LEAST, MOST)
        satisfied = sum(random.random() < SHARE for _ in range(n))
        blocks.append(Block(area, week, week, satisfied, n))
    figures = msgspec.json.encode(Digest(str(week), "Prueba", monday_after(week), True, None, ()))
    made = digests.PublishedDigest(week, monday_after(week), figures)
    assert digests.publish(tx, made, blocks, digests.newest_published(tx)) is made


def _read_numbers(trip_ms: list[float], numbers_ms: list[float], tx: Transaction) -> None:
    """Read the numbers within a transaction, as for a digest, behind a trivial round trip."""
    with timed(trip_ms):
        assert tx.exec_driver_sql("SELECT 1").scalar() == 1
    with timed(numbers_ms):
        gathered, *_ = week_numbers(tx, week=WEEK)
    assert len(gathered) >= AREAS


async def _whole(database: Database, keyring: Keyring, release: Release) -> None:
    """Make the digest for a chat and for mail, with its attachments."""
    wanted = Wanted(WEEK, monday_after(WEEK))
    digest = await load_digest(database, keyring, release, wanted, freeze=False)
    charts = await database.read(partial(charts_of, week=WEEK))
    link = digest_link(ADDRESS, keyring, WEEK)
    shown = announcement(digest, link, charts)
    assert shown.file is not None
    area = shown.file.ref.rpartition(":")[2]
    assert chart_png(charts[area], release.area_name(area))
    assert mailed(digest, link, area_pages(ADDRESS, keyring, digest)).html
    assert digest_xlsx(digest)


def _with_areas(release: Release) -> Release:
    """The packaged content with ``AREAS`` areas."""
    fields = {name: getattr(release.content, name) for name in Content.model_fields}
    known = release.content.areas[:AREAS]
    more = [known[0].model_copy(update={"id": f"otra-{n}"}) for n in range(AREAS - len(known))]
    return replace(release, content=Content.model_construct(**fields | {"areas": (*known, *more)}))
