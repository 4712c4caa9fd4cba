"""Ends long waits in the chat: what is not taken becomes a case, what is left is returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.installation import Installation
from handlers.cases.deadlines import calendar_of
from handlers.content.rules import CaseRules
from storage.engine.database import Transaction
from storage.handovers import changing, reading
from storage.handovers.recording import notify_of_waiting

INTERVAL_S = 5.0


@dataclass(frozen=True, slots=True)
class Looked:
    """The conversations that something became of, by their ids."""

    returned: list[int]
    given_up: list[int]
    idle: list[int]

    def __int__(self) -> int:
        """How many conversations somebody is to be told of."""
        return len(self.returned) + len(self.given_up) + len(self.idle)

    def __bool__(self) -> bool:
        return int(self) > 0


class Handovers:
    """Watches over the conversations with a person; run by one process at a time."""

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._release = here.release
        self._rules: CaseRules = here.release.content.case_rules
        self._clock = here.clock

    async def run_once(self) -> Looked:
        """Do what is due now. Raises StorageUnavailable."""
        if not await self._database.read(reading.any_going_on):
            return Looked([], [], [])
        return await self._database.write(self._look)

    def _look(self, tx: Transaction) -> Looked:
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
            notify_of_waiting(tx, keyring, handover, self._release.is_sensitive, now, text=words)
        return Looked(returned, given_up, idle)

    def _is_open(self, area: str, now: datetime) -> bool:
        """Whether anybody else could answer for this area now."""
        return calendar_of(self._release.content, area).is_open(now)
