"""Hours of duty in Spanish, for the panel and the command line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import time

from bot.reports.words.dates import WEEKDAYS
from handlers.staff.shifts import Shift

_WEEK = len(WEEKDAYS)
_FEWEST_OF_RANGE = 3


def when(shift: Shift) -> str:
    """``lunes a viernes, de 08:30 a 17:30``."""
    return f"{days_in_words(shift.weekdays)}, {_hours(shift.begins, shift.ends)}"


def days_in_words(weekdays: Collection[int]) -> str:
    """Consecutive days as a range, ``lunes a miércoles y viernes``. Days are ISO: 1 is Monday."""
    if len(weekdays) == _WEEK:
        return "todos los días"
    starts = [day for day in sorted(weekdays) if (day - 2) % _WEEK + 1 not in weekdays]
    parts = [part for start in starts for part in _range_from(start, weekdays)]
    return " y ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _range_from(start: int, weekdays: Collection[int]) -> list[str]:
    length = next(
        step for step in range(_WEEK + 1) if (start + step - 1) % _WEEK + 1 not in weekdays
    )
    names = [WEEKDAYS[(start + step - 1) % _WEEK] for step in range(length)]
    return names if length < _FEWEST_OF_RANGE else [f"{names[0]} a {names[-1]}"]


def _hours(begins: time, ends: time) -> str:
    if begins == ends:
        return f"todo el día desde las {begins:%H:%M}" if begins != time() else "todo el día"
    next_day = "" if ends > begins else " del otro día"
    return f"de {begins:%H:%M} a {ends:%H:%M}{next_day}"
