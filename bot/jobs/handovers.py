"""Ends waits in handovers: untaken ones become cases, abandoned ones return to the queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.installation import Installation
from handlers.cases.deadlines import calendar_of
from handlers.content.rules import CaseRules
from storage.engine.database import Transaction
from storage.handovers import changing, reading
from storage.handovers.recording import WaitingCitizen, notify_of_waiting

INTERVAL_S = 5.0


@dataclass(frozen=True, slots=True)
class HandoverChanges:
    """What one run changed, as ids of handovers."""

    returned: list[int]  # to the queue, because the member of staff fell silent
    given_up: list[int]  # to a case, because nobody took them
    idle: list[int]  # to the assistant, because nobody wrote

    def __int__(self) -> int:
        """How many handovers changed; each one notifies somebody."""
        return len(self.returned) + len(self.given_up) + len(self.idle)

    def __bool__(self) -> bool:
        return int(self) > 0


class Handovers:
    """Watches the handovers to a person; run by one process at a time."""

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._release = here.release
        self._rules: CaseRules = here.release.content.case_rules
        self._clock = here.clock

    async def run_once(self) -> HandoverChanges:
        """Change what is due now. Raises StorageUnavailable."""
        if not await self._database.read(reading.any_going_on):
            return HandoverChanges([], [], [])
        return await self._database.write(self._change)

    def _change(self, tx: Transaction) -> HandoverChanges:
        now, keyring, rules = self._clock(), self._keyring, self._rules

        def before(minutes: int) -> datetime:
            return now - timedelta(minutes=minutes)

        given_up = changing.give_up(tx, keyring, before(rules.person_minutes), now)
        silent_since = before(rules.silent_minutes)
        areas = changing.areas_of_silent(tx, silent_since)
        if closed := [area for area in areas if not self._is_open(area, now)]:
            given_up += changing.give_up_silent(tx, keyring, silent_since, closed, now)
        returned = changing.requeue_silent(tx, keyring, silent_since, now)
        idle = changing.end_idle(tx, keyring, before(rules.idle_minutes), now)
        for handover in returned:
            words = "\n".join(reading.citizens_words(tx, keyring, handover))
            citizen = WaitingCitizen(handover, words)
            notify_of_waiting(tx, keyring, citizen, self._release.is_sensitive, now)
        return HandoverChanges(returned, given_up, idle)

    def _is_open(self, area: str, now: datetime) -> bool:
        """Whether the area's hours are open, so that another member of staff could take over."""
        return calendar_of(self._release.content, area).is_open(now)
