"""How many days ago something was, as people tell it: "ayer", "el lunes", "la semana pasada"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.replaced import Replacement

_WEEK, _YEAR = 7, 366  # days
_NEAR = 3  # words between a no and the day that it denies: "no era el lunes"
_WORD = re.compile(r"[^\W\d_]+")


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


def day_replaced(text: str, told: Iterable[str], lexicon: Lexicon) -> Replacement | None:
    """ "It was Tuesday", where Monday was told: both, as they are written.

    None where another number of days than one, or that which was told beside it, is named.
    """
    told = tuple(told)
    before = {fold(day): day for words in told for day in _days(words, lexicon)}
    named = {fold(day): day for day in _days(text, lexicon)}
    meant = [day for folded, day in named.items() if folded not in before]
    if len(named) > 1:
        before = {folded: day for folded, day in before.items() if folded in named}
    if len(meant) != 1 or len(before) != 1 or _is_denied(text, meant[0], lexicon):
        return None
    was, instead = *before.values(), meant[0]
    if (fold(was) in lexicon.weekdays) != (fold(instead) in lexicon.weekdays):
        where = next(words for words in told if was in words)
        was, instead = _with_article(where, was, lexicon), _with_article(text, instead, lexicon)
    return Replacement(was, instead)


def _is_denied(text: str, day: str, lexicon: Lexicon) -> bool:
    """The Monday of "put Tuesday, not Monday"."""
    words = fold(text).split()
    for word in reversed(words[: words.index(fold(day))][-_NEAR:]):
        if word in lexicon.weekdays or word in lexicon.days_ago:
            return False
        if word in lexicon.negators:
            return True
    return False


def _days(text: str, lexicon: Lexicon) -> list[str]:
    """The words that name a day, as they are written."""
    names = {*lexicon.weekdays, *lexicon.days_ago}
    return [word for word in _WORD.findall(text) if fold(word) in names]


def _with_article(text: str, day: str, lexicon: Lexicon) -> str:
    before = "".join(text[: text.index(day)].split()[-1:])
    articles = lexicon.number.articles | lexicon.number.before_option
    return f"{before} {day}" if fold(before) in articles else day
