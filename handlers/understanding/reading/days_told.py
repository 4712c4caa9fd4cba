"""How many days ago something was, as people tell it: "ayer", "el lunes", "la semana pasada"."""

from __future__ import annotations

from datetime import date

from handlers.content.lexicon.lexicon import Lexicon

_WEEK, _YEAR = 7, 366  # days


def days_ago_told(folded: str, lexicon: Lexicon, today: date) -> range | None:
    """The days ago that a folded text tells; None where it tells none.

    A weekday is of the last two weeks; a date without its year is of the last twelve months.
    """
    padded = f" {folded} "
    told = {**{name: (days, days) for name, days in lexicon.days_ago.items()}, **lexicon.periods}
    found = [name for name in told if f" {name} " in padded]
    if found:
        nearest, furthest = told[max(found, key=len)]
        return range(nearest, furthest + 1)
    weekdays = [lexicon.weekdays[word] for word in folded.split() if word in lexicon.weekdays]
    if weekdays:
        ago = (today.weekday() - weekdays[0]) % _WEEK
        return range(ago, ago + _WEEK + 1, _WEEK)
    return _dated(folded, lexicon, today)


def _dated(folded: str, lexicon: Lexicon, today: date) -> range | None:
    """ "El 16 de noviembre"; "el 16 de la feria" is no date."""
    for found in lexicon.date.finditer(folded):
        months = [at for at, names in enumerate(lexicon.months, 1) if found[2][:3] in names]
        try:
            day = date(today.year, months[0], int(found[1])) if months else None
        except ValueError:
            continue
        if day is not None:
            ago = (today - day).days % _YEAR
            return range(ago, ago + 2)
    return None
