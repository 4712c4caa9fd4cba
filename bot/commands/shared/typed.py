"""What an operator types: words for a citizen, fit to be sent, a day, and the number of a case."""

from __future__ import annotations

from datetime import date

from handlers.errors import OperatorError
from handlers.text.days import Near, day_of
from handlers.text.display import as_typed


def typed_words(text: str, what: str, longest: int, empty: str = "") -> str:
    """The words, fit to be sent. Raises OperatorError.

    ``what``: they are, with its article: "el motivo". ``longest``: in letters. ``empty``: what is
    said where there are none, instead of "el motivo está vacío".
    """
    words = as_typed(text).strip()
    if not words:
        ending = "a" if what.startswith("la ") else "o"
        raise OperatorError(empty or f"{what} está vací{ending}")
    if len(words) > longest:
        raise OperatorError(f"{what} tiene {len(words)} letras; caben {longest}")
    return words


def typed_day(option: str, text: str, today: date, near: Near = Near.EITHER) -> date:
    """The day of an option, as ``20-12-2026`` or "20 de diciembre". Raises OperatorError."""
    try:
        return day_of(text, today, near)
    except ValueError as wrong:
        why = str(wrong) or "falta la fecha; escríbala como 20-12-2026"
        raise OperatorError(f"{option}: {why}") from None


def typed_number(number: str) -> str:
    """The number of a case, a request, a measure or a breach, as it is stored."""
    return number.strip().upper()
