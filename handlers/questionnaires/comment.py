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
from handlers.understanding.hearing import says_not_ended

MAX_ANSWER = 30  # characters of "no, gracias" and the like


def let_join(
    talk: Talk, question: Question, bubbles: tuple[str, ...], *, add: bool = False
) -> None:
    """What is written in the next minutes belongs to the answer of ``question``.

    ``add``: to the comment that a changed rating has there already.
    """
    run = progress.run_of(talk)
    if not progress.is_rating(talk, run):
        return
    earlier = progress.earlier_comment(talk)
    joining = Joining(
        until=talk.at + JOINING,
        bubbles=bubbles,
        response=run.response,
        question=question.id,
        questionnaire=run.questionnaire,
        subject=run.subject,
        pending=run.pending,
        earlier=earlier,
        added=add and earlier is not None and earlier[0] == question.id,
    )
    talk.update(joining=joining)


def join_words(talk: Talk, joining: Joining, text: str) -> None:
    """Words that follow a comment are part of it; the comment stays one answer."""
    command = talk.command(fold(text)) if len(text) <= MAX_ANSWER else None
    if command == "no":
        end(talk)
        return
    if says_not_ended(text) and not_ended(talk):
        return
    bubbles = (*joining.bubbles, text.strip())
    ways_on = [talk.option("done"), talk.option("not-comment"), talk.option("menu")]
    if command == "yes":  # to "si quiere agregar algo"
        talk.say("thanks-add")
        talk.ask("", ways_on)
        return
    if len("\n".join(_whole(joining, bubbles)[1])) > MAX_WORDS:
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


def not_ended(talk: Talk) -> bool:
    """ "Aún no termina" about the rating that was just given, or that may be changed now."""
    joining, response = talk.state.joining, _given_response(talk)
    if not response:
        return False
    progress.note_pending(talk, response)
    if joining is not None:
        talk.update(joining=replace(joining, pending=True))
    talk.ask("", [talk.option("change"), talk.option("menu")])
    return True


def unjoin_last(talk: Talk, joining: Joining) -> None:
    """Take the last words out of the comment again: they were a question."""
    _replace_comment(talk, joining, joining.bubbles[:-1])
    talk.update(joining=None, prompt=None)


def end(talk: Talk) -> None:
    """LISTO after the thanks."""
    talk.update(joining=None, prompt=None)
    talk.say("words-done")
    asking.resume(talk)


def _given_response(talk: Talk) -> int:
    """The response that the last message is about; 0: none."""
    joining, prompt = talk.state.joining, talk.state.prompt
    if joining is not None:
        return joining.response
    options = prompt.options if prompt is not None else ()
    keys = [option.key.partition(":") for option in options]
    offered = [area for mark, _, area in keys if mark == "change"]
    if not offered:
        return 0
    rated = [one for one in progress.counting(talk) if offered[0] in ("", one.subject.area)]
    return rated[-1].response if rated else 0


def _replace_comment(talk: Talk, joining: Joining, bubbles: tuple[str, ...]) -> None:
    question, words = _whole(joining, bubbles)
    if question != joining.question or not words:
        talk.establish(AnswerWithdrawn(joining.response, joining.question))
    if not words:
        return
    talk.establish(
        AnswerGiven(
            response=joining.response,
            questionnaire=joining.questionnaire,
            question=question,
            kind=QuestionKind.TEXT.value,
            value="\n".join(words),
            subject=joining.subject,
            pending=joining.pending,
        )
    )


def _whole(joining: Joining, bubbles: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The question and the parts of the comment: with, or in place of, the one that was there."""
    if joining.earlier is None:
        return joining.question, bubbles
    question, earlier = joining.earlier
    if joining.added:
        return question, (earlier, *bubbles)
    return (joining.question, bubbles) if bubbles else (question, (earlier,))
