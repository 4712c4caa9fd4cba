"""The grade question: reading a grade out of words, checking it against them, noting it."""

from __future__ import annotations

from enum import Enum, auto

from msgspec.structs import replace

from handlers.content.model import Question
from handlers.content.outline import Plan
from handlers.questionnaires import asking, progress
from handlers.search.ranking import Verdict
from handlers.turn import Talk
from handlers.understanding.folding import fold
from handlers.understanding.hearing import (
    asks,
    hear_grade,
    mood,
    tells_an_experience,
    without_not_ended,
)

LOW, HIGH = 3, 6  # a grade up to LOW contradicts praise; from HIGH on it contradicts blame
MAX_GRADE = 6  # characters of a bare grade: "cuatro"


class Taken(Enum):
    """What became of words at the grade question."""

    NOTED = auto()  # the grade is on record: the next question may be asked
    ASKED = auto()  # the question was asked once more
    ELSEWHERE = auto()  # they are about something else, and the question stays open


def take_words(talk: Talk, plan: Plan, question: Question, text: str) -> Taken:
    """Read the answer to a grade question."""
    run = progress.run_of(talk)
    rates_area = plan.rates_area
    left = without_not_ended(text) if rates_area and len(text) > MAX_GRADE else None
    if left is not None:
        mark_pending(talk)
        if not fold(left):
            asking.ask_again(talk)
            return Taken.ASKED
        text = left
    if run.checking and (command := talk.command(fold(text))) in ("yes", "no"):
        if command == "yes":
            return take_value(talk, plan, question, run.checking, insisted=True)
        talk.update(run=replace(run, checking=0))
        asking.ask_again(talk)
        return Taken.ASKED
    heard = hear_grade(text)
    if heard is not None and heard.value:
        if heard.words and rates_area:
            _add_words(talk, heard.words)
        return take_value(talk, plan, question, heard.value, insisted=not heard.words)
    if heard is None and rates_area and _tells(text):
        _add_words(talk, text)
        talk.say("words-before-grade")
        asking.ask_again(talk, briefly=True)
        return Taken.ASKED
    if heard is None and _is_about_something_else(talk, text):
        return Taken.ELSEWHERE
    _say_misread(talk)
    return Taken.ASKED


def take_value(talk: Talk, plan: Plan, question: Question, grade: int, *, insisted: bool) -> Taken:
    """Note a grade, unless it contradicts the words: then it is checked first."""
    run = progress.run_of(talk)
    feeling = mood(run.words) if run.words else 0
    contradicts = (feeling > 0 and grade <= LOW) or (feeling < 0 and grade >= HIGH)
    if contradicts and not (insisted and run.checking):
        talk.update(run=replace(run, checking=grade))
        talk.say("grade-check-low" if feeling > 0 else "grade-check-high", grade=grade)
        asking.ask_grade_in_letters(talk)
        return Taken.ASKED
    progress.give(talk, question, str(grade), grade)
    if plan.rates_area:
        progress.remember(talk, grade)
    return Taken.NOTED


def mark_pending(talk: Talk) -> None:
    """ "Aún no termina": the response counts apart; what is open is still asked."""
    run = progress.opened(talk, progress.run_of(talk), "lookup")
    if not run.pending:
        talk.update(run=replace(run, pending=True))
        progress.note_pending(talk, run.response)


def _add_words(talk: Talk, words: str) -> None:
    run = progress.run_of(talk)
    said = "\n".join(part for part in (run.words, words.strip()) if part)
    talk.update(run=replace(run, words=said))


def _tells(text: str) -> bool:
    """Words about the visit before its grade: they begin its comment."""
    if asks(text) or _seems_a_grade(text):
        return False
    return tells_an_experience(text) or (mood(text) != 0 and len(fold(text).split()) >= 3)


_SEEMS = frozenset(
    (
        "bien bueno buena mal malo mala regular masomenos mas o menos excelente pesimo pesima "
        "nose no se normal ahi nomas mas menos muy super good bad so"
    ).split()
)


def _seems_a_grade(text: str) -> bool:
    """Meant as a grade, though it is none: "más o menos", "muy buena", "ahí nomás", emojis."""
    tokens = fold(text).split()
    return len(tokens) <= 4 and all(token in _SEEMS or token.isdecimal() for token in tokens)


def _is_about_something_else(talk: Talk, text: str) -> bool:
    """A question, or what the search knows something about."""
    if _seems_a_grade(text):
        return False
    return asks(text) or talk.ranking(text).verdict not in (Verdict.NOTHING, Verdict.SMALL_TALK)


def _say_misread(talk: Talk) -> None:
    run = progress.run_of(talk)
    talk.update(run=replace(run, misread=run.misread + 1))
    talk.say("grade-misread-again" if run.misread else "grade-misread")
    asking.ask_again(talk, briefly=True)
