"""Opens the measure of a self-assessment's gap, once."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.assessments.assessments import Assessment
from handlers.assessments.gaps import measures_of
from handlers.measures.steps import MeasureStep, Opened
from storage.engine.keyring import Keyring
from storage.measures import steps


def open_measure(
    tx: Connection, keyring: Keyring, assessment: Assessment, first: MeasureStep, zone: ZoneInfo
) -> tuple[str, bool]:
    """The number of the gap's measure, and whether it was opened now or existed already."""
    assert isinstance(first.event, Opened)
    gap = first.event.gap
    assert gap is not None, "it is of a gap"
    steps.lock(tx, first.at, zone)
    known = measures_of(assessment, steps.all_measures(tx, keyring, zone))
    if (number := known.get(gap.criterion_id)) is not None:
        return number, False
    return steps.open_one(tx, keyring, first, zone), True
