"""Dates and weeks as staff read them, in Spanish."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.quality.weeks import IsoWeek

MONTHS = (
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
)
WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def week_label(week: IsoWeek) -> str:
    """``Semana 47 (16 al 22 de noviembre de 2026)``."""
    first, last = week.monday, week.sunday
    start = str(first.day)
    if first.month != last.month:
        start += f" de {MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" de {first.year}"
    return f"Semana {week.week} ({start} al {in_words(last)})"


def in_words(day: date) -> str:
    """``16 de noviembre de 2026``."""
    return f"{_day_and_month(day)} de {day.year}"


def with_weekday(day: date, *, year: bool = True) -> str:
    """``lunes 16 de noviembre de 2026``, as people name a near date."""
    return f"{WEEKDAYS[day.weekday()]} {in_words(day) if year else _day_and_month(day)}"


def whole_days(begins: datetime, ends: datetime, now: datetime, zone: ZoneInfo) -> str:
    """``Del lunes 30 de noviembre al martes 1 de diciembre``; ``ends`` is exclusive.

    The year is included if it is not the current one.
    """
    year = now.astimezone(zone).year
    first, last = (
        with_weekday(day, year=day.year != year)
        for day in (begins.astimezone(zone), (ends - timedelta(microseconds=1)).astimezone(zone))
    )
    return f"El {first}" if first == last else f"Del {first} al {last}"


def _day_and_month(day: date) -> str:
    return f"{day.day} de {MONTHS[day.month - 1]}"
