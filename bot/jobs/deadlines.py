"""Warns staff before a case's deadline, and escalates it after."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from bot.installation import Installation
from handlers.cases.deadlines import calendar_of
from handlers.cases.warnings import (
    CaseWarning,
    DueWarning,
    people_to_tell,
    step_due,
    with_substitutes,
)
from storage.cases import changing, deadlines
from storage.duty import absences
from storage.engine import leases
from storage.engine.database import Transaction

INTERVAL_S = 60.0
AT_A_TIME = 500  # cases per transaction, so that none holds up the intake

log = structlog.get_logger(__name__)


class Deadlines:
    """Warns of cases that wait for an answer; run by one process at a time."""

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._rules = here.release.content.case_rules
        self._calendar = calendar_of(here.release.content)
        self._clock = here.clock

    async def run_once(self) -> int:
        """Send the warnings due now, in working hours; return how many.

        Raises StorageUnavailable.
        """
        now = self._clock()
        reopened_until = now - timedelta(days=self._rules.reopen_days)
        await self._database.write(lambda tx: changing.close_answered(tx, reopened_until, now))
        if not self._calendar.is_open(now):
            return 0
        sent = count = await self._database.write(lambda tx: self._warn(tx, now))
        while count == AT_A_TIME:
            count = await self._database.write_part(lambda tx: self._warn(tx, now))
            sent += count
        if sent:
            log.info("staff warned of cases", count=sent)
        return sent

    def _warn(self, tx: Transaction, now: datetime) -> int:
        leases.lock_job(tx, "cases")
        today = self._calendar.local_day(now)
        horizon = self._calendar.after(today, self._rules.first_warning_days + 1)
        people = deadlines.people(tx)
        if not people:
            return 0
        substitutes = absences.substitutes(tx, now)
        people = with_substitutes(people, substitutes)
        count = 0
        for case in deadlines.waiting(tx, self._calendar.opening(horizon)):
            step = step_due(case, self._rules, self._calendar, now)
            if step is None:
                continue
            recipients = people_to_tell(people, case.area, step, substitutes)
            deadlines.notify(tx, self._keyring, DueWarning(case, step, recipients), now)
            if step is CaseWarning.OVERDUE:
                changing.notify_of_delay(tx, self._keyring, changing.StaffAction(case.number, now))
            count += 1
            if count == AT_A_TIME:
                break
        return count
