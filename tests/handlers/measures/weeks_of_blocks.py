"""Published blocks and measures in few words: what the tests of measures play with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.cases.deadlines import WorkingCalendar
from handlers.measures.after_run import decide_by
from handlers.measures.measures import Measure, measure_of
from handlers.measures.steps import (
    Decided,
    Done,
    Event,
    MeasureStep,
    Opened,
    Origin,
)
from handlers.quality.blocks import Block
from handlers.quality.control import ControlRun, control_run
from handlers.quality.weeks import IsoWeek

ZONE = ZoneInfo("America/Santiago")
CALENDAR = WorkingCalendar(ZONE, time(8, 30), time(17, 30))
FIRST = IsoWeek(2026, 1)
USUAL, LOW, N = 45, 25, 60  # of the answers of a week, those with a 6 or 7
BASE = [USUAL] * 12
SIGNAL = FIRST.shifted(12)  # the week in which the fall is seen
ROSA = 7


def weekly(area: str, *satisfied: int, n: int = N) -> list[Block]:
    """A block a week, the first in ``FIRST``."""
    return [Block(area, FIRST.shifted(w), FIRST.shifted(w), x, n) for w, x in enumerate(satisfied)]


def areas_with(**areas: Sequence[int]) -> dict[str, list[Block]]:
    """Each area with its weeks."""
    return {area: weekly(area, *satisfied) for area, satisfied in areas.items()}


def monday_after(week: IsoWeek) -> datetime:
    """Noon of the Monday on which a week's run is made."""
    return datetime.combine(week.shifted(1).monday, time(15), tzinfo=UTC)


def run_of(week: IsoWeek, blocks: dict[str, list[Block]]) -> ControlRun:
    """The run of a week, of what was published up to it."""
    return control_run(week, up_to(week, blocks), blocks, monday_after(week))


def up_to(week: IsoWeek, blocks: dict[str, list[Block]]) -> dict[str, list[Block]]:
    """What was published by the end of a week."""
    return {area: [b for b in found if b.last <= week] for area, found in blocks.items()}


def opened(area: str = "obras", since: IsoWeek = SIGNAL) -> Opened:
    """A measure that a signal asked for."""
    term = decide_by(monday_after(since), 10, CALENDAR)
    return Opened(area, Origin.SIGNAL, str(since), str(since), term)


DECIDED = Decided("Faltan dos personas", "Abrir otra caja", ROSA, date(2026, 5, 29))


def done(after: int = 4) -> Done:
    """The action is done that many weeks after the signal."""
    return Done(str(SIGNAL.shifted(after)))


def measure(*events: Event, number: str = "M-2026-001") -> Measure:
    """A measure with a step a day."""
    start = monday_after(SIGNAL)
    steps = [
        MeasureStep(start + timedelta(days=day), ROSA, event) for day, event in enumerate(events)
    ]
    return measure_of(number, steps, ZONE)
