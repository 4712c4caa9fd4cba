"""Tells staff of measures: new ones, those whose date is near, and overdue ones (escalated)."""

from __future__ import annotations

from datetime import datetime

from bot.jobs.reminders import Reminders
from bot.reports.quality.measure_words import warning_of
from handlers.cases.warnings import with_substitutes
from handlers.measures.warnings import people_to_tell, warning_due
from storage.duty import absences
from storage.engine import leases
from storage.engine.database import Transaction
from storage.measures import steps, warnings
from storage.measures.warnings import NewWarning


class MeasureDates(Reminders):
    """Warns of measures that wait for a step."""

    what = "measures"

    def _warn(self, tx: Transaction, now: datetime) -> int:
        leases.lock_job(tx, "measures")
        waiting = [
            measure
            for measure in steps.all_measures(tx, self._keyring, self._release.content.zone)
            if measure.due_at is not None
        ]
        people = warnings.people(tx) if waiting else []
        if not people:
            return 0
        substitutes = absences.substitutes(tx, now)
        people = with_substitutes(people, substitutes)
        rules = self._release.content.measure_rules
        known, count = warnings.sent_warnings(tx), 0
        for measure in waiting:
            sent_before = warnings.warnings_sent_of(known, measure)
            warning = warning_due(measure, sent_before, rules, self._calendar, now)
            if warning is None:
                continue
            body = warning_of(measure, warning, self._release, now)
            told_to = people_to_tell(people, measure, warning, substitutes)
            warned = NewWarning(warning, told_to, body)
            warnings.notify(tx, self._keyring, measure, warned, now)
            count += 1
        return count
