"""An area's grade: compared with its words, explained, or asked for again."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.questionnaires import asking, progress
from handlers.state import Awaits
from handlers.turn import TurnBuilder
from handlers.understanding.reading.grades.read import numbers_given
from handlers.understanding.reading.said import Said
from handlers.understanding.reading.suggested import LOW, contradicts

_NEAR = 2  # points between a proposed grade and another that was no slip of the scale
_MISREAD = ("grade-misread", "grade-misread-again", "grade-unread")  # in turn, never twice in a row


def contradicted(turn: TurnBuilder, grade: int) -> str:
    """The wording key that asks to confirm a grade which the words contradict; "" if none."""
    lexicon, words = turn.release.lexicon, progress.in_progress(turn).words
    if not lexicon.contrast.isdisjoint(Said(turn.text_in, lexicon).words):
        return ""  # "un 6, pero el sistema es un desastre" weighs both sides
    if not contradicts(grade, Said(words, lexicon)) or _is_second_thought(turn, grade):
        return ""
    return "grade-check-low" if grade <= LOW else "grade-check-high"


def _is_second_thought(turn: TurnBuilder, grade: int) -> bool:
    """ "No, un 6, porque …" or "sí, un 6" to "¿Le pongo un 7?": no slip of the scale."""
    proposed = turn.was.proposal
    given = grade in numbers_given(turn.text_in, turn.release.lexicon)
    return proposed is not None and given and abs(proposed.grade - grade) <= _NEAR


def check(turn: TurnBuilder, grade: int, sentence: str) -> None:
    """Ask to confirm the grade before it is recorded."""
    turn.update(progress=replace(progress.in_progress(turn), checking=grade))
    turn.say(sentence, grade=grade)
    asking.ask_grade_in_letters(turn)


def reject(turn: TurnBuilder) -> None:
    """No: ask for the grade again."""
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
    """Keep words about the visit, told before its grade, as the beginning of the comment."""
    progress.add_words(turn, words)
    turn.say("words-before-grade")
    asking.ask_again(turn, briefly=True)


def explain_scale(turn: TurnBuilder) -> None:
    """Explain what the grades mean; the question stays open."""
    turn.say("grade-scale")
    if turn.state.progress is None:
        asking.ask_open(turn)
    else:
        asking.ask_again(turn, briefly=True)


def ask_whole(turn: TurnBuilder) -> None:
    """Ask for a whole grade from 1 to 7 after another number, which is not looked up."""
    if progress.ongoing_rating(turn) is None:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    turn.say("grade-whole")
    asking.ask_again(turn, briefly=True)


def misread(turn: TurnBuilder) -> None:
    """Ask again after an invalid grade: plainly, then with an example, then with other ways."""
    ongoing = progress.in_progress(turn)
    turn.update(progress=replace(ongoing, misread=ongoing.misread + 1))
    sentence = _MISREAD[ongoing.misread % len(_MISREAD)]
    turn.say(sentence)
    if sentence == "grade-unread":
        ways = [turn.option("complaint"), turn.option("person"), turn.option("cancel")]
        turn.ask("", ways, Awaits.ANSWER)
    else:
        asking.ask_again(turn, briefly=True)
