"""Tells those who decide data-rights requests of each new one and of its legal deadline."""

from __future__ import annotations

from datetime import datetime

from bot.jobs.reminders import Reminders
from bot.labels.codes import RIGHTS
from bot.reports.words.dates import with_weekday
from handlers.messages import Announcement
from handlers.privacy.due import PrivacyWarning, warning_due
from storage.engine import leases
from storage.engine.database import Transaction
from storage.privacy import warnings
from storage.privacy.deciding import Reminder
from storage.privacy.warnings import WaitingRequest

SAID = {
    PrivacyWarning.NEW: ("Pedido nuevo sobre datos personales", "La ley da plazo hasta el {day}."),
    PrivacyWarning.SOON: (
        "Pronto vence un pedido sobre datos personales",
        "La ley da hasta el {day}.",
    ),
    PrivacyWarning.OVERDUE: (
        "Venció un pedido sobre datos personales",
        "El plazo legal era el {day}.",
    ),
}


class RequestDates(Reminders):
    """Reminds staff of open data-rights requests."""

    what = "data-rights requests"

    def _warn(self, tx: Transaction, now: datetime) -> int:
        leases.lock_job(tx, "requests")
        count = 0
        for request in warnings.waiting(tx):
            step = warning_due(request.right, request.due_at, request.told, self._calendar, now)
            if step is not None:
                reminder = Reminder(step, self._said(request, step))
                warnings.notify(tx, self._keyring, request, reminder, now)
                count += 1
        return count

    def _said(self, request: WaitingRequest, step: PrivacyWarning) -> Announcement:
        title, term = SAID[step]
        day = with_weekday(request.due_at.astimezone(self._calendar.zone))
        panel = self._release.panel
        where = f"{panel}/derechos/{request.number}" if panel else "el panel, en Derechos"
        text = (
            f"{title}: {request.number}. {RIGHTS[request.right]}. {term.format(day=day)}\n"
            f"Se decide en {where}"
        )
        return Announcement(text, f"{title}: {request.number}")
