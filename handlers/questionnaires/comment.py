"""Words that follow a rating: bubbles sent one after the other are one comment."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.model import Question, QuestionKind
from handlers.facts import AnswerGiven, AnswerWithdrawn
from handlers.questionnaires import asking, progress
from handlers.questionnaires.reading import MAX_WORDS
from handlers.state import Joining
from handlers.turn import JOINING, Talk
from handlers.understanding.folding import fold

MAX_ANSWER = 30  # characters of "no, gracias" and the like


def let_join(talk: Talk, question: Question, bubbles: tuple[str, ...]) -> None:
    """What is written in the next minutes belongs to the answer of ``question``."""
    run = progress.run_of(talk)
    if not progress.is_rating(talk, run):
        return
    joining = Joining(
        until=talk.at + JOINING,
        bubbles=bubbles,
        response=run.response,
        question=question.id,
        questionnaire=run.questionnaire,
        subject=run.subject,
        pending=run.pending,
    )
    talk.update(joining=joining)


def join_words(talk: Talk, joining: Joining, text: str) -> None:
    """Words that follow a comment are part of it; the comment stays one answer."""
    command = talk.command(fold(text)) if len(text) <= MAX_ANSWER else None
    if command == "no":
        end(talk)
        return
    bubbles = (*joining.bubbles, text.strip())
    ways_on = [talk.option("done"), talk.option("not-comment"), talk.option("menu")]
    if command == "yes":  # to "si quiere agregar algo"
        talk.say("thanks-add")
        talk.ask("", ways_on)
        return
    if len("\n".join(bubbles)) > MAX_WORDS:
        talk.say("words-full")
        talk.ask("", ways_on)
        return
    _replace_comment(talk, joining, bubbles)
    talk.update(joining=replace(joining, bubbles=bubbles, until=talk.at + JOINING))
    if talk.offers("not-comment"):  # all that can be done was said with the first one
        talk.say("words-joined-again")
    else:
        talk.say("words-joined", area=talk.release.area_name(joining.subject.area))
    talk.ask("", ways_on)


def unjoin_last(talk: Talk, joining: Joining) -> None:
    """Take the last words out of the comment again: they were a question."""
    _replace_comment(talk, joining, joining.bubbles[:-1])
    talk.update(joining=None, prompt=None)


def end(talk: Talk) -> None:
    """LISTO after the thanks."""
    talk.update(joining=None, prompt=None)
    talk.say("words-done")
    asking.resume(talk)


def _replace_comment(talk: Talk, joining: Joining, bubbles: tuple[str, ...]) -> None:
    if not bubbles:
        talk.establish(AnswerWithdrawn(joining.response, joining.question))
        return
    talk.establish(
        AnswerGiven(
            response=joining.response,
            questionnaire=joining.questionnaire,
            question=joining.question,
            kind=QuestionKind.TEXT.value,
            value="\n".join(bubbles),
            subject=joining.subject,
            pending=joining.pending,
        )
    )
