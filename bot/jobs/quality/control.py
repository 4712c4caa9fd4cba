"""The weekly control run: made once of each finished week, and kept."""

from __future__ import annotations

import asyncio
from functools import partial

from msgspec.structs import replace

from bot.jobs.quality.digest import Wanted, had_begun, is_over, load_digest, refuse_earlier
from handlers.cases.deadlines import calendar_of
from handlers.errors import OperatorError
from handlers.measures.after_run import decide_by
from handlers.quality.control import ControlRun, control_run
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.measures.after_run import apply_run
from storage.quality import control as stored


async def run_control(
    database: Database, keyring: Keyring, release: Release, wanted: Wanted
) -> ControlRun:
    """The run of a finished week; its digest is published first, so that its blocks are closed.

    Raises OperatorError for a week that is not over, for one that ended before anything was stored,
    and for one that was never published and comes before one that was; StorageUnavailable.
    """
    week = wanted.week
    kept = await database.read(partial(stored.kept_run, week=week))
    if kept is not None:
        return kept
    if not is_over(week, release, wanted.now):
        raise OperatorError(f"{week}: esa semana aún no termina; se controla cuando termine")
    if not await had_begun(database, release, week):
        raise refuse_earlier(week)
    published = await load_digest(database, keyring, release, wanted, freeze=True)
    blocks = await database.read(partial(stored.blocks_up_to, week=week))
    rebases = await database.read(stored.rebases)
    areas = release.content.area_by_id
    run = await asyncio.to_thread(control_run, week, blocks, areas, wanted.now, rebases)
    run = replace(run, made_up=published.made_up)
    content = release.content
    term = decide_by(wanted.now, content.measure_rules.decide_days, calendar_of(content))

    def keep(tx: Transaction) -> ControlRun:
        # One transaction: the run and what follows from it are both stored, or neither.
        if stored.add_run(tx, run):
            apply_run(tx, keyring, run, content.zone, term)
        return stored.keep_run(tx, run)

    return await database.write(keep)
