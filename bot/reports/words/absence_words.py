"""Notices to the substitute of an absent member of staff."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.words.dates import whole_days
from handlers.messages import Announcement
from handlers.staff.absences import Absence


def stands_in(absence: Absence, name: str, now: datetime, zone: ZoneInfo) -> Announcement:
    """The notice to the substitute of ``name``: from when until when, and what it means."""
    days = whole_days(absence.begins, absence.ends, now, zone)
    text = (
        f"{days} usted reemplaza a {name} en Opina. Recibe sus avisos y puede lo mismo,"
        " como responder en sus áreas.\n"
        "Si usted tampoco estará, anote su ausencia en el panel, en Turnos y ausencias."
    )
    return Announcement(text, f"Usted reemplaza a {name}")


def stands_in_no_more(absence: Absence, name: str, now: datetime, zone: ZoneInfo) -> Announcement:
    """The notice that the absence of ``name`` was cancelled."""
    days = whole_days(absence.begins, absence.ends, now, zone)
    text = f"Se quitó la ausencia de {name}: {days[:1].lower()}{days[1:]} usted ya no reemplaza."
    return Announcement(text, f"Usted ya no reemplaza a {name}")
