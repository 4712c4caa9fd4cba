"""Which warning of a measure is due, and who gets it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from handlers.cases import warnings
from handlers.cases.deadlines import WorkingCalendar
from handlers.cases.warnings import StaffToTell
from handlers.content.rules import MeasureRules
from handlers.measures.measures import Measure, State


class MeasureWarning(StrEnum):
    """A warning to staff about a waiting measure."""

    OPENED = "opened"  # it was opened, or its effect was measured
    FIRST = "first"  # before its date
    OVERDUE = "overdue"


def warning_due(
    measure: Measure,
    told: Collection[MeasureWarning],
    rules: MeasureRules,
    calendar: WorkingCalendar,
    now: datetime,
) -> MeasureWarning | None:
    """The one warning to send now, if any; nothing outside working hours.

    ``told``: the warnings already sent of this date.
    """
    due = measure.due_at
    if due is None or not calendar.is_open(now):
        return None
    if now > due:
        return None if MeasureWarning.OVERDUE in told else MeasureWarning.OVERDUE
    begins = calendar.opening(calendar.before(calendar.local_day(due), rules.warning_days))
    if now >= begins:
        return None if MeasureWarning.FIRST in told else MeasureWarning.FIRST
    is_new = measure.state in (State.TO_DECIDE, State.MEASURED) and not told
    return MeasureWarning.OPENED if is_new else None


def people_to_tell(
    people: Sequence[StaffToTell],
    measure: Measure,
    warning: MeasureWarning,
    substitutes: Mapping[int, int],
) -> list[int]:
    """The owner and the heads of the area, at least two people; general heads too if overdue.

    ``substitutes``: of everybody who is away, by id; 0: without a substitute.
    """
    step = (
        warnings.CaseWarning.OVERDUE
        if warning is MeasureWarning.OVERDUE
        else warnings.CaseWarning.FIRST
    )
    told = warnings.people_to_tell(people, measure.area, step, substitutes)
    owner = substitutes.get(measure.owner, measure.owner)
    return list(dict.fromkeys([*([owner] if owner else []), *told]))
