"""How long a week's control run takes after two years of published weeks, on both databases."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import tests.postgres as postgres_server
from benchmarks.harness.frame import REPETITIONS, Result, Section, at_most
from benchmarks.harness.processes import use_all_cores
from benchmarks.harness.published import LEAST, MOST, over, publish
from bot.content.release import PACKAGED, load_release
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from handlers.content.model import Content
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.quality.control import blocks_up_to

AREAS, WEEKS = 30, 104
FIRST = IsoWeek.parse("2024-W40")
SEED = 20261129
GOAL_MS = 200.0

ABOUT = f"""\
{AREAS} areas have a figure in each of {WEEKS} weeks, with {LEAST} to {MOST} answers. Then
{REPETITIONS} further weeks are published, and each one's control run is timed as the service makes
it: from the question whether there is one to the commit of its record and of what follows from
it. Beside it stands reading the published blocks alone, in the same database."""


def run(quick: bool) -> Section:
    """The run of all areas on SQLite and on PostgreSQL."""
    use_all_cores()
    weeks = WEEKS // 4 if quick else WEEKS
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="opina-control-") as name:
        folder = Path(name)
        results.append(asyncio.run(_measured("SQLite", f"sqlite:///{folder}/opina.db", weeks)))
        with postgres_server.running(folder / "postgresql") as url:
            address = url.render_as_string(hide_password=False)
            results.append(asyncio.run(_measured("PostgreSQL", address, weeks)))
    return Section(
        name="control_run",
        title="The weekly control run",
        about=ABOUT,
        results=results,
    )


async def _measured(name: str, url: str, weeks: int) -> Result:
    release, keyring, random = _of_so_many(load_release(PACKAGED)), Keyring.fresh(), Random(SEED)
    await migrate(url)
    database = await open_database(url)
    took, read = list[float](), list[float]()
    last: IsoWeek | None = None
    try:
        for number in range(weeks):
            week = FIRST.shifted(number)
            await publish(database, release.content.area_by_id, random, week, last)
            last = week
        for number in range(weeks, weeks + REPETITIONS):
            week = FIRST.shifted(number)
            await publish(database, release.content.area_by_id, random, week, last)
            last = week
            began = time.perf_counter()
            await database.read(partial(blocks_up_to, week=week))
            read.append((time.perf_counter() - began) * 1_000)
            began = time.perf_counter()
            made = await run_control(database, keyring, release, Wanted(week, over(week)))
            took.append((time.perf_counter() - began) * 1_000)
            judged = [one for one in made.areas if one.judged is not None]
            if len(judged) != AREAS:
                raise AssertionError(f"{len(judged)} areas were judged")
    finally:
        await database.close()
    found = at_most(f"{name}: control run, {AREAS} areas, {weeks} weeks", "ms", took, GOAL_MS)
    reading = sorted(read)[len(read) // 2]
    return Result(found.name, "ms", found.ours, reading, found.goal, found.met, "reading alone")


def _of_so_many(release: Release) -> Release:
    """The packaged content with as many areas."""
    fields = {name: getattr(release.content, name) for name in Content.model_fields}
    areas = release.content.areas[:AREAS]
    more = tuple(
        areas[0].model_copy(update={"id": f"otra-{number}"}) for number in range(AREAS - len(areas))
    )
    return replace(release, content=Content.model_construct(**fields | {"areas": areas + more}))
