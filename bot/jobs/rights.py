"""No request about own data is forgotten: whoever decides is told of it and of its legal date."""

from __future__ import annotations

from datetime import datetime

import structlog

from bot.installation import Installation
from bot.labels.codes import RIGHTS
from bot.reports.words.dates import with_weekday
from handlers.cases.deadlines import calendar_of
from handlers.messages import Announcement
from handlers.privacy.due import Warning, warning_due
from storage.engine import leases
from storage.engine.database import Transaction
from storage.privacy import warnings
from storage.privacy.warnings import Waiting

SAID = {
    Warning.NEW: ("Pedido nuevo sobre datos personales", "La ley da plazo hasta el {day}."),
    Warning.SOON: ("Pronto vence un pedido sobre datos personales", "La ley da hasta el {day}."),
    Warning.OVERDUE: ("Venció un pedido sobre datos personales", "El plazo legal era el {day}."),
}

log = structlog.get_logger(__name__)


class RequestDates:
    """Tells staff of requests that wait; looked at with the deadlines of cases."""

    def __init__(self, here: Installation) -> None:
        self._database = here.database
        self._keyring = here.keyring
        self._panel = here.release.panel
        self._calendar = calendar_of(here.release.content)
        self._clock = here.clock

    async def look(self) -> int:
        """Send what is due now, in working hours; returns how many. Raises StorageUnavailable."""
        now = self._clock()
        if not self._calendar.is_open(now):
            return 0
        sent = await self._database.write(lambda tx: self._warn(tx, now))
        if sent:
            log.info("staff told of requests about own data", count=sent)
        return sent

    def _warn(self, tx: Transaction, now: datetime) -> int:
        leases.work_alone(tx, "requests")
        count = 0
        for request in warnings.waiting(tx):
            step = warning_due(request.right, request.due_at, request.told, self._calendar, now)
            if step is not None:
                warnings.tell(tx, self._keyring, request, step, self._said(request, step), now)
                count += 1
        return count

    def _said(self, request: Waiting, step: Warning) -> Announcement:
        title, term = SAID[step]
        day = with_weekday(request.due_at.astimezone(self._calendar.zone))
        where = (
            f"{self._panel}/derechos/{request.number}" if self._panel else "el panel, en Derechos"
        )
        text = (
            f"{title}: {request.number}. {RIGHTS[request.right]}. {term.format(day=day)}\n"
            f"Se decide en {where}. También con: opina rights done {request.number}"
        )
        return Announcement(text, f"{title}: {request.number}")
