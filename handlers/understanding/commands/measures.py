"""Measures in the chat of staff: which is named, by its number or in short, and what is wanted."""

from __future__ import annotations

import re
from typing import NamedTuple

from handlers.state import Awaits
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.understanding.areas import area_by_name
from handlers.understanding.context import Context
from handlers.understanding.intents.staff import (
    EndMeasure,
    ListMeasures,
    NoteMeasure,
    ProposeNote,
    ShowMeasure,
    TellMeasure,
)
from handlers.understanding.intents.union import Intent
from handlers.understanding.options import meaning_of
from handlers.understanding.said_before.case.more import agrees

_FEW_TO_END = 8  # words of which some say that a measure ends
_SHOWN_MEASURES = ("measure", "measure-note", "measure-write", "measure-write-in")
_FEWEST_OF_NOTE = 2  # words
_NOTED = "measure-write:"  # the option that words which wait are a note of the measure
_NOTED_IN = "measure-write-in:"  # the same, of several
_MEASURE = re.compile(r"\bM-\d{4}-\d{3,4}\b", re.IGNORECASE)
_DEEDS = (
    *("measure-take-words", "measure-note-words", "measure-done-words", "measure-end-words"),
    "measure-show-words",
)


class _Named(NamedTuple):
    """A measure that is named in short, ``4``, and what else is said, around that."""

    number: str
    before: str
    after: str

    @property
    def rest(self) -> str:
        return f"{self.before} {self.after}".strip()


def measure_named(context: Context) -> Intent | None:
    """A measure's number: the note that follows it, or else the measure with what can be done."""
    named = _MEASURE.search(context.text)
    if named is None:
        return _named_in_short(context)
    number, words = named[0].upper(), context.text[named.end() :].strip(" :,.;-–\n")
    begins = not context.text[: named.start()].strip()
    if begins and not words and context.offers(f"{_NOTED_IN}{number}"):
        return meaning_of(context, f"{_NOTED_IN}{number}")
    if not begins and _ends_measure(context, context.text):
        return EndMeasure(number)
    return note_of(context, number, words) if begins else ShowMeasure(number)


def _named_in_short(context: Context) -> Intent | None:
    """ "Medida 4", "lista la 12", "¿cómo va la 3?": it is shown with what can be done with it.

    Where more is said, whether that is a note is asked.
    """
    named, prompt = _find_short(context), context.state.prompt
    answers = prompt is not None and prompt.awaits is Awaits.MEASURE
    if named is None or (answers and named.rest):
        return None
    spoken_of = next(iter(context.phrases("measure-called-words")), "")
    spelled_out = f"{named.before} {spoken_of} {named.after}".strip()
    if _ends_measure(context, named.rest) or _ends_measure(context, spelled_out):
        return EndMeasure(named.number)
    if any(word.isdecimal() for word in named.rest.split()):
        return ListMeasures()  # "la 4 y la 12"
    is_note = len(named.rest.split()) >= _FEWEST_OF_NOTE and not _says_deeds(context, named.rest)
    if context.said.asks or not is_note:
        return ShowMeasure(named.number)
    return ProposeNote(context.text, (named.number,))


def _find_short(context: Context) -> _Named | None:
    """A measure by the end of its number: "medida 4"; "la 4" after measures were shown, or beside
    what is done with one."""
    called, shown = context.phrases("measure-called-words"), _numbers_shown(context)
    briefly = context.phrases("measure-briefly-words")
    ways = "|".join(sorted(map(re.escape, called + briefly), key=len, reverse=True))
    found = re.search(rf"\b({ways}) ?0*([1-9]\d{{0,3}})\b(?! \d)", context.folded)
    if found is None:
        return None
    before, after = context.folded[: found.start()], context.folded[found.end() :]
    whole = {int(number.rpartition("-")[2]): number for number in shown}
    named = _Named(whole.get(int(found[2]), found[2]), before.strip(), after.strip())
    is_surely = found[1] in called or shown or (named.rest and _says_deeds(context, named.rest))
    return named if is_surely else None


def _says_deeds(context: Context, words: str) -> bool:
    """Whether they say nothing but what is done with a measure."""
    told = (phrase.split() for key in _DEEDS for phrase in context.phrases(key))
    return {word for phrase in told for word in phrase}.issuperset(words.split())


def note_of(context: Context, number: str, words: str) -> Intent:
    """A note cannot be erased, and "hecha" is none: one word shows what can be done."""
    if _ends_measure(context, words):
        return EndMeasure(number)
    is_note = len(words.split()) >= _FEWEST_OF_NOTE
    return NoteMeasure(number, words) if is_note else ShowMeasure(number)


def measure_told(context: Context) -> Intent | None:
    """The answer to what is asked of a measure that is being opened, or noted in one."""
    prompt, form = context.state.prompt, context.state.measure
    if prompt is None or prompt.awaits is not Awaits.MEASURE or form is None:
        return None
    if form.noted:
        return _note_asked_for(context, form.noted)
    named = None if form.area else area_by_name(context, context.text)
    return TellMeasure(context.text, named.id if named is not None else "")


def _note_asked_for(context: Context, number: str) -> Intent:
    if _ends_measure(context, context.text):
        return EndMeasure(number)
    return NoteMeasure(number, context.text)


def measure_spoken_of(context: Context) -> Intent | None:
    """Words after measures were shown that ask nothing: a note, or which of them is meant."""
    numbers = _numbers_shown(context)
    if (yes := _option_of(context, _NOTED)) and agrees(context, context.text):
        return meaning_of(context, yes)
    if not numbers or _wants_something_else(context):
        return None
    if _ends_measure(context, context.text):
        return EndMeasure(numbers[0] if len(set(numbers)) == 1 else "")
    if _names_deed(context):
        return ShowMeasure(numbers[0]) if len(set(numbers)) == 1 else ListMeasures()
    if len(context.said.words) < _FEWEST_OF_NOTE:
        return None
    return ProposeNote(context.text, numbers)


def _numbers_shown(context: Context) -> tuple[str, ...]:
    """Of the measures that the open question offers something for."""
    prompt = context.state.prompt
    if prompt is None or not context.prompt_is_recent:
        return ()
    marks = [option.key.partition(":") for option in prompt.options]
    return tuple(number for mark, _, number in marks if mark in _SHOWN_MEASURES and number)


def _option_of(context: Context, mark: str) -> str:
    """The key of the first option that begins so; or ""."""
    options = context.state.prompt.options if context.state.prompt else ()
    return next((option.key for option in options if option.key.startswith(mark)), "")


def _wants_something_else(context: Context) -> bool:
    """A question, a courtesy, a complaint or a person."""
    wants_person = PhraseKind.WANTS_PERSON in context.said.kinds
    return bool(context.said.asks or context.is_courtesy or context.labelled or wants_person)


def _names_deed(context: Context) -> bool:
    """ "Hecha", "la tomo": what is done with a measure, and not with which."""
    deeds = (context.phrases(f"measure-{deed}-words") for deed in ("take", "note", "done"))
    return any(context.folded in phrases for phrases in deeds)


def _ends_measure(context: Context, words: str) -> bool:
    """ "Cerrar la medida", "no hay medida": few words that hold such a phrase, or one such word."""
    said = fold(words)
    return len(said.split()) <= _FEW_TO_END and any(
        said == phrase or (" " in phrase and f" {phrase} " in f" {said} ")
        for phrase in context.phrases("measure-end-words")
    )
