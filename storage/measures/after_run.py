"""Opens measures and records effects after a control run, in the run's transaction."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.measures.after_run import consequences
from handlers.measures.history import History
from handlers.measures.measures import Measure, State, with_step
from handlers.measures.steps import Deadline, MeasureStep, Opened
from handlers.quality.control import ControlRun
from handlers.quality.weeks import IsoWeek
from storage.audit.chain import COMMAND_LINE
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.quality.control import blocks_up_to
from storage.quality.counts import counts_up_to


def apply_run(
    tx: Connection, keyring: Keyring, run: ControlRun, zone: ZoneInfo, term: Deadline
) -> list[str]:
    """Open measures and record effects; return the numbers of those opened.

    ``term``: until when a measure opened now must be decided.
    """
    steps.lock(tx, run.made_at, zone)
    known = {stored.number: stored for stored in steps.all_measures(tx, keyring, zone)}
    week = IsoWeek.parse(run.week)
    counts = (
        counts_up_to(tx, week) if any(_counts_others(stored) for stored in known.values()) else {}
    )
    history = History(blocks_up_to(tx, week), counts)
    opened = []
    for found in consequences(run, history, known.values(), term):
        step = MeasureStep(run.made_at, COMMAND_LINE, found.event)
        if isinstance(found.event, Opened):
            opened.append(steps.open_one(tx, keyring, step, zone))
        else:
            measure = known[found.number]
            steps.add(tx, keyring, measure, step)
            known[found.number] = with_step(measure, step, zone)
    return opened


def _counts_others(measure: Measure) -> bool:
    """Whether the measure is done and judged by an indicator other than grades 6 and 7."""
    return measure.state is State.DONE and not measure.judged_by.is_default
