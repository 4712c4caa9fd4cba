"""The grade question: reading a grade out of words, checking it against them, noting it."""

from __future__ import annotations

from enum import Enum, auto

from msgspec.structs import replace

from handlers.content.model import Question
from handlers.content.outline import Outline
from handlers.questionnaires import asking, progress
from handlers.search.ranking import Verdict
from handlers.text.folding import fold
from handlers.turn import TurnBuilder
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


def take_words(turn: TurnBuilder, outline: Outline, question: Question, text: str) -> Taken:
    """Read the answer to a grade question."""
    ongoing = progress.in_progress(turn)
    rates_area = outline.rates_area
    left = without_not_ended(text) if rates_area and len(text) > MAX_GRADE else None
    if left is not None:
        mark_pending(turn)
        if not fold(left):
            asking.ask_again(turn)
            return Taken.ASKED
        text = left
    if ongoing.checking and (command := turn.command(fold(text))) in ("yes", "no"):
        if command == "yes":
            return take_value(turn, outline, question, ongoing.checking, insisted=True)
        turn.update(progress=replace(ongoing, checking=0))
        asking.ask_again(turn)
        return Taken.ASKED
    heard = hear_grade(text)
    if heard is not None and heard.value:
        if heard.words and rates_area:
            _add_words(turn, heard.words)
        return take_value(turn, outline, question, heard.value, insisted=not heard.words)
    if heard is None and rates_area and _tells(text):
        _add_words(turn, text)
        turn.say("words-before-grade")
        asking.ask_again(turn, briefly=True)
        return Taken.ASKED
    if heard is None and _is_about_something_else(turn, text):
        return Taken.ELSEWHERE
    _say_misread(turn)
    return Taken.ASKED


def take_value(
    turn: TurnBuilder, outline: Outline, question: Question, grade: int, *, insisted: bool
) -> Taken:
    """Note a grade, unless it contradicts the words: then it is checked first."""
    ongoing = progress.in_progress(turn)
    feeling = mood(ongoing.words) if ongoing.words else 0
    contradicts = (feeling > 0 and grade <= LOW) or (feeling < 0 and grade >= HIGH)
    if contradicts and not (insisted and ongoing.checking):
        turn.update(progress=replace(ongoing, checking=grade))
        turn.say("grade-check-low" if feeling > 0 else "grade-check-high", grade=grade)
        asking.ask_grade_in_letters(turn)
        return Taken.ASKED
    progress.record_answer(turn, question, str(grade), grade)
    if outline.rates_area:
        progress.remember_rating(turn, grade)
    return Taken.NOTED


def mark_pending(turn: TurnBuilder) -> None:
    """ "Aún no termina": the response counts apart; the grade is still asked."""
    ongoing = progress.in_progress(turn)
    if not ongoing.pending:
        turn.update(progress=replace(ongoing, pending=True))
        turn.say("pending-noted")


def _add_words(turn: TurnBuilder, words: str) -> None:
    ongoing = progress.in_progress(turn)
    said = "\n".join(part for part in (ongoing.words, words.strip()) if part)
    turn.update(progress=replace(ongoing, words=said))


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
    return len(tokens) <= 4 and all(token in _SEEMS or token.isdigit() for token in tokens)


def _is_about_something_else(turn: TurnBuilder, text: str) -> bool:
    """A question, or what the search knows something about."""
    if _seems_a_grade(text):
        return False
    return asks(text) or turn.ranking(text).verdict not in (Verdict.NOTHING, Verdict.SMALL_TALK)


def _say_misread(turn: TurnBuilder) -> None:
    ongoing = progress.in_progress(turn)
    turn.update(progress=replace(ongoing, misread=ongoing.misread + 1))
    turn.say("grade-misread-again" if ongoing.misread else "grade-misread")
    asking.ask_again(turn, briefly=True)
