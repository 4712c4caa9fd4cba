"""No measure is forgotten: staff are told of it, warned before its date, and it goes up after."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.installation import Installation
from bot.reports.quality.measure_words import warning_of
from handlers.cases.deadlines import calendar_of
from handlers.cases.warnings import with_substitutes
from handlers.measures.warnings import people_told, warning_due
from storage.duty import absences
from storage.engine import leases
from storage.engine.database import Transaction
from storage.measures import steps, warnings

log = structlog.get_logger(__name__)


class MeasureDates:
    """Warns of measures that wait; looked at with the deadlines of cases."""

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._release = here.release
        self._rules = here.release.content.measure_rules
        self._calendar = calendar_of(here.release.content)
        self._clock = here.clock

    async def look(self) -> int:
        """Send every warning that is due now; returns how many. Raises StorageUnavailable."""
        now = self._clock()
        if not self._calendar.is_open(now):
            return 0
        sent = await self._database.write(lambda tx: self._warn(tx, now))
        if sent:
            log.info("staff warned of measures", count=sent)
        return sent

    def _warn(self, tx: Transaction, now: datetime) -> int:
        leases.work_alone(tx, "measures")
        waiting = [
            measure
            for measure in steps.everything(tx, self._keyring, self._release.content.zone)
            if measure.due_at is not None
        ]
        people = warnings.people(tx) if waiting else []
        if not people:
            return 0
        substitutes = absences.substitutes(tx, now)
        people = with_substitutes(people, substitutes)
        known, count = warnings.told(tx), 0
        for measure in waiting:
            told = warnings.told_of(known, measure)
            warning = warning_due(measure, told, self._rules, self._calendar, now)
            if warning is None:
                continue
            area = self._release.area_name(measure.area)
            body = warning_of(measure, warning, area, now, self._release.content.zone)
            told_to = people_told(people, measure, warning, substitutes)
            warnings.tell(tx, self._keyring, measure, warning, told_to, body, now)
            count += 1
        return count
