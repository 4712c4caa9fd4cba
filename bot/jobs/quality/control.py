"""The weekly control run: judges each finished week once and keeps the result."""

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
    """The control run of a finished week; publishes its digest first, which closes its blocks.

    Raises OperatorError for a week that is not over, that ended before anything was stored, or
    that was skipped when a later one was published; StorageUnavailable.
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
        # In one transaction, so that no run is kept without the measures that it opens.
        if stored.add_run(tx, run):
            apply_run(tx, keyring, run, content.zone, term)
        return stored.keep_run(tx, run)

    return await database.write(keep)
