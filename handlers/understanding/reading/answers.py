"""Reading an answer by the kind of its question: a stored value, or what to say instead."""

from __future__ import annotations

import re
from datetime import date, timedelta

from handlers.content.lexicon.lexicon import Lexicon
from handlers.content.questionnaires.definition import Choice, Question
from handlers.text.folding import fold
from handlers.understanding.intents.answers import AnswerMisread
from handlers.understanding.reading.grades.read import read_only_number
from handlers.understanding.reading.number_words import read_numbers

MAX_WORDS = 4096


def read_choice(question: Question, text: str, lexicon: Lexicon) -> Choice | None:
    """The choice that ``text`` names by number or by label, in any language."""
    number = read_only_number(text, lexicon)
    if number is not None and 1 <= number <= len(question.choices):
        return question.choices[number - 1]
    return question.choice_by_name.get(fold(text))


_LED = re.compile(
    r"\s*([^\s,.:;()–—-][^,.:;()\n–—-]{0,23}?)\s*(?:[).:,;–—-]+|\n)\s*(\S.*)", re.DOTALL
)


def split_choice(question: Question, text: str, lexicon: Lexicon) -> tuple[Choice | None, str]:
    """The choice that a text names or begins with, and its words: "1) esperé dos horas"."""
    choice = read_choice(question, text, lexicon)
    led = _LED.fullmatch(text)
    if choice is None and led is not None and not _is_marked(led[1], lexicon):
        choice = read_choice(question, led[1], lexicon)
        return (choice, led[2].strip() if choice else "")
    return (choice, "")


def _is_marked(text: str, lexicon: Lexicon) -> bool:
    """ "Un 2 puse": said as a grade, and no option."""
    return not lexicon.number.articles.isdisjoint(fold(text).split()[:-1])


def read_choices(question: Question, text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Ids of the choices named in ``text`` ("1 y 3", "Plazas, Comercio"); empty if unclear."""
    numbers = read_numbers(text, lexicon)
    if numbers:
        if all(1 <= number <= len(question.choices) for number in numbers):
            return tuple(dict.fromkeys(question.choices[n - 1].id for n in numbers))
        return ()
    parts = [part for part in lexicon.choices_apart.split(text) if part.strip()]
    chosen = [read_choice(question, part, lexicon) for part in parts]
    if not chosen or None in chosen:
        return ()
    return tuple(dict.fromkeys(choice.id for choice in chosen if choice))


def read_number(question: Question, text: str, lexicon: Lexicon) -> str | AnswerMisread:
    """A decimal as a string without needless zeros."""
    match = re.fullmatch(r"\D{0,12}?(-?\d{1,9}(?:[.,]\d{1,6})?)\D{0,24}", text.strip())
    spoken = read_only_number(text, lexicon)
    if match:
        value = float(match[1].replace(",", "."))
    elif spoken is not None:
        value = float(spoken)
    else:
        return AnswerMisread("number-misread")
    low, high = question.minimum, question.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        shown: dict[str, str | int] = {"minimum": _shown(low, "−∞"), "maximum": _shown(high, "∞")}
        return AnswerMisread("number-out-of-range", shown)
    return f"{value:g}" if abs(value) < 1e6 else f"{value:.0f}"


def _shown(bound: float | None, unbounded: str) -> str:
    return unbounded if bound is None else f"{bound:g}"


def read_date(question: Question, text: str, today: date, lexicon: Lexicon) -> str | AnswerMisread:
    """An ISO date from "16-11-2026", "16/11/2026", "2026-11-16", "16 de noviembre", "ayer".

    Without a year it is this year's; where nothing of the future is asked for, the last one.
    """
    latest = today if question.not_future else date.max
    found = _date(fold(text), text, today, lexicon, latest)
    if found is None:
        return AnswerMisread("date-misread")
    too_early = question.earliest is not None and found < question.earliest
    too_late = question.latest is not None and found > question.latest
    if too_early or too_late or (question.not_future and found > today):
        return AnswerMisread("date-out-of-range")
    return found.isoformat()


def _date(folded: str, text: str, today: date, lexicon: Lexicon, latest: date) -> date | None:
    if folded in lexicon.days_ago:
        return today - timedelta(days=lexicon.days_ago[folded])
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        pass
    match = lexicon.date.fullmatch(folded) or lexicon.date.fullmatch(text.strip().lower())
    if match is None:
        return None
    day, month = int(match[1]), _month(match[2], lexicon)
    if match[3]:
        return _existing(int(match[3]), month, day)
    this, last = (_existing(today.year - ago, month, day) for ago in (0, 1))
    return last if last is not None and (this is None or this > latest) else this


def _existing(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(word: str, lexicon: Lexicon) -> int:
    if word.isdecimal():
        return int(word)
    return next((i for i, names in enumerate(lexicon.months, 1) if word[:3] in names), 0)


def read_text(question: Question, text: str) -> str | AnswerMisread:
    """The words themselves, within the question's bounds (characters)."""
    words = text.strip()
    longest = int(question.maximum or MAX_WORDS)
    if len(words) > longest:
        return AnswerMisread("text-too-long", {"maximum": longest})
    if question.minimum and len(words) < question.minimum:
        return AnswerMisread("text-too-short", {"minimum": int(question.minimum)})
    return words
