"""The grade of an area: checked against the words that came with it, noted, or asked for again."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.questionnaires import asking, progress
from handlers.state import Awaits
from handlers.turn import TurnBuilder
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import LOW, contradicts

_MISREAD = ("grade-misread", "grade-misread-again", "grade-unread")  # in turn, never twice in a row


def contradicted(turn: TurnBuilder, grade: int) -> str:
    """The sentence that asks whether a grade is meant that the words contradict, or ""."""
    lexicon, words = turn.release.lexicon, progress.in_progress(turn).words
    if not lexicon.contrast.isdisjoint(Said(turn.text_in, lexicon).words):
        return ""  # "un 6, pero el sistema es un desastre" weighs both sides
    if not contradicts(grade, Said(words, lexicon)):
        return ""
    return "grade-check-low" if grade <= LOW else "grade-check-high"


def check(turn: TurnBuilder, grade: int, sentence: str) -> None:
    """Ask whether the grade is meant, before it is noted."""
    turn.update(progress=replace(progress.in_progress(turn), checking=grade))
    turn.say(sentence, grade=grade)
    asking.ask_grade_in_letters(turn)


def reject(turn: TurnBuilder) -> None:
    """No to the check: the grade is asked for again."""
    turn.update(progress=replace(progress.in_progress(turn), checking=0))
    asking.ask_again(turn)


def mark_pending(turn: TurnBuilder, *, ask: bool) -> None:
    """ "Aún no termina": the response counts apart; what is open is still asked."""
    ongoing = progress.open_response(turn, progress.in_progress(turn), "lookup")
    if not ongoing.pending:
        turn.update(progress=replace(ongoing, pending=True))
        progress.note_pending(turn, ongoing.response)
    if ask:
        asking.ask_again(turn)


def begin_comment(turn: TurnBuilder, words: str) -> None:
    """Words about the visit before its grade: they begin its comment."""
    progress.add_words(turn, words)
    turn.say("words-before-grade")
    asking.ask_again(turn, briefly=True)


def explain_scale(turn: TurnBuilder) -> None:
    """What the grades mean; the question stays open."""
    turn.say("grade-scale")
    if turn.state.progress is None:
        asking.ask_open(turn)
    else:
        asking.ask_again(turn, briefly=True)


def ask_whole(turn: TurnBuilder) -> None:
    """A number that is no whole grade from 1 to 7: the question stays open, nothing is searched."""
    if progress.ongoing_rating(turn) is None:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    turn.say("grade-whole")
    asking.ask_again(turn, briefly=True)


def misread(turn: TurnBuilder) -> None:
    """Meant as a grade, but none: asked once more, then with an example, then with other ways."""
    ongoing = progress.in_progress(turn)
    turn.update(progress=replace(ongoing, misread=ongoing.misread + 1))
    sentence = _MISREAD[ongoing.misread % len(_MISREAD)]
    turn.say(sentence)
    if sentence == "grade-unread":
        ways = [turn.option("complaint"), turn.option("person"), turn.option("cancel")]
        turn.ask("", ways, Awaits.ANSWER)
    else:
        asking.ask_again(turn, briefly=True)
