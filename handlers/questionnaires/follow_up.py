"""Words that follow a rating: messages sent in a row are one comment."""

from __future__ import annotations

from msgspec.structs import replace

from handlers.content.questionnaires.conditions import applies
from handlers.content.questionnaires.definition import Question, QuestionKind
from handlers.facts.responses import AnswerGiven, AnswerWithdrawn
from handlers.questionnaires import asking, progress
from handlers.state import FollowUp
from handlers.text.folding import fold
from handlers.turn import FOLLOW_UP_TIME, TurnBuilder
from handlers.understanding.reading.answers import MAX_WORDS
from handlers.understanding.reading.replaced import Replacement, put_right, without_part


def expect(
    turn: TurnBuilder, question: Question, messages: tuple[str, ...], *, add: bool = False
) -> None:
    """Add the words of the next minutes to the answer of ``question``.

    ``add``: after the comment that a changed rating has there already.
    """
    ongoing = progress.in_progress(turn)
    if not progress.is_rating(turn, ongoing):
        return
    earlier = progress.earlier_comment(turn)
    follow_up = FollowUp(
        until=turn.at + FOLLOW_UP_TIME,
        messages=messages,
        response=ongoing.response,
        question=question.id,
        questionnaire=ongoing.questionnaire,
        subject=ongoing.subject,
        pending=ongoing.pending,
        earlier=earlier,
        added=add and earlier is not None and earlier[0] == question.id,
    )
    turn.update(follow_up=follow_up)


def add(turn: TurnBuilder, follow_up: FollowUp, text: str) -> None:
    """Add words to the comment, which stays one answer."""
    if follow_up.rewritten:
        turn.update(follow_up=replace(follow_up, revision=text.strip()))
        settle_revision(turn, "rewrite")
        return
    if follow_up.revision:  # the question about these was not answered, so the words continue
        ask_to_revise(turn, f"{follow_up.revision}\n{text.strip()}")
        return
    messages = (*follow_up.messages, text.strip())
    if len("\n".join(_combined_comment(follow_up, messages)[1])) > MAX_WORDS:
        turn.say("words-full")
        _offer_ways_on(turn)
        return
    _replace_comment(turn, follow_up, messages)
    turn.update(follow_up=replace(follow_up, messages=messages, until=turn.at + FOLLOW_UP_TIME))
    if turn.offers("not-comment"):  # what can be done was said with the first message
        turn.say("words-joined-again")
    else:
        turn.say("words-joined", area=turn.release.area_name(follow_up.subject.area))
    _offer_ways_on(turn)


def add_to_closed(turn: TurnBuilder, words: str) -> None:
    """Add words to a closed rating's comment, or begin one; "": ask for them."""
    if not _reopen(turn, without_comment=True):
        return
    added_to = turn.state.follow_up
    assert added_to is not None, "it was just opened again"
    if not words:
        invite(turn)
    else:
        add(turn, added_to, words)


def tell_rating(turn: TurnBuilder, area: str) -> None:
    """Tell the grade and the comment on record, and change neither. Raises Needed."""
    rated = progress.rated(turn, area)
    if rated is None:
        turn.say("rating-not-noted")
        asking.ask_open(turn)
        return
    stored = progress.on_record(turn, rated.response)
    texts = turn.release.outline(progress.RATING, rated.version).texts
    words = "\n".join(stored[question.id] for question in texts if question.id in stored)
    key = "rating-noted-words" if words else "rating-noted"
    name = turn.release.area_name(rated.subject.area)
    turn.say(key, grade=rated.grade, area=name, words=words)
    leave_as_is(turn)
    if turn.state.prompt is None and turn.state.progress is None:
        turn.ask("", turn.options_named("change", "menu"))
    else:
        asking.ask_open(turn)


def has_comment(turn: TurnBuilder) -> bool:
    """Whether the latest rating has a comment, open or not."""
    counting = progress.counting(turn)
    if turn.state.follow_up is not None or not counting:
        return turn.state.follow_up is not None
    outline = turn.release.outline(progress.RATING, counting[-1].version)
    stored = progress.on_record(turn, counting[-1].response)
    return any(question.id in stored for question in outline.texts)


def open_comment(turn: TurnBuilder, *, without_comment: bool = False) -> bool:
    """Make sure that a comment is open, reopening the latest rating's if necessary.

    Returns False, having said so, if there is none. ``without_comment``: one may be begun.
    """
    return turn.state.follow_up is not None or _reopen(turn, without_comment=without_comment)


def _reopen(turn: TurnBuilder, *, without_comment: bool = False) -> bool:
    """Reopen the comment of the latest rating; ``without_comment``: or begin one."""
    counting = progress.counting(turn)
    if not counting:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return False
    rated = counting[-1]
    outline = turn.release.outline(progress.RATING, rated.version)
    stored = progress.on_record(turn, rated.response)
    given = [question.id for question in outline.texts if question.id in stored]
    if not given and without_comment:
        answers = {outline.first.id: str(rated.grade), **stored}
        given = [question.id for question in outline.texts if applies(question, answers)][-1:]
    if not given:
        turn.say("no-comment", area=turn.release.area_name(rated.subject.area))
        turn.ask("", turn.options_named("change", "menu"))
        return False
    progress.pause(turn)
    reopened = FollowUp(
        until=turn.at + FOLLOW_UP_TIME,
        messages=(stored[given[-1]],) if given[-1] in stored else (),
        response=rated.response,
        question=given[-1],
        questionnaire=progress.RATING,
        subject=rated.subject,
        pending=rated.pending,
    )
    turn.update(follow_up=reopened)
    return True


def ask_to_rewrite(turn: TurnBuilder) -> None:
    """Ask for words that replace the whole comment."""
    if not open_comment(turn):
        return
    follow_up = turn.state.follow_up
    assert follow_up is not None, "it is spoken of"
    turn.update(follow_up=replace(follow_up, rewritten=True, until=turn.at + FOLLOW_UP_TIME))
    area = turn.release.area_name(follow_up.subject.area)
    options = [turn.option("erase-words", "drop-words"), turn.option("leave-words", "keep-words")]
    turn.ask(turn.text("rewrite-words", area=area), options)


def ask_to_revise_part(turn: TurnBuilder, was: str, meant: str) -> None:
    """Whether ``meant`` stands where the comment said ``was``; "": whether that part goes."""
    follow_up = turn.state.follow_up
    assert follow_up is not None, "it is spoken of"
    lexicon, words = turn.release.lexicon, "\n".join(follow_up.messages)
    if meant:
        left = put_right(words, Replacement(was, meant), lexicon)
    else:
        left = without_part(words, fold(was).split())
    if meant and not left:
        turn.say("part-not-found", was=was)
        ask_to_rewrite(turn)
        return
    if left in ("", words):
        ask_to_revise(turn, "")
        return
    turn.update(follow_up=replace(follow_up, messages=(words,)))
    ask_to_revise(turn, left)
    if meant:
        area = turn.release.area_name(follow_up.subject.area)
        turn.question = turn.text("revise-part", was=was, words=meant, area=area)


def ask_to_revise(turn: TurnBuilder, words: str) -> None:
    """Ask whether ``words`` replace the last ones, or, if "", whether to remove those.

    Without a comment yet, ask whether they are to be it.
    """
    follow_up = turn.state.follow_up
    assert follow_up is not None, "only understood while words may be added"
    turn.update(follow_up=replace(follow_up, revision=words, until=turn.at + FOLLOW_UP_TIME))
    area = turn.release.area_name(follow_up.subject.area)
    if words and not follow_up.messages:
        options = [turn.option("add-words", "replace-words"), turn.option("keep-words")]
        turn.ask(turn.text("begin-words", area=area, words=words), options)
    elif words:
        as_said = words == turn.text_in.strip() or words.startswith(f"{follow_up.revision}\n")
        sentence = turn.text(
            "revise-words" if as_said else "revise-words-as", area=area, words=words
        )
        keys = ("replace-words", "join-words" if as_said else "keep-words", "change")
        turn.ask(sentence, turn.options_named(*keys))
    else:
        options = turn.options_named("drop-words", "keep-words")
        erase = turn.option("erase-rating", "undo")
        turn.ask(turn.text("drop-words", area=area), [*options, erase])


def replace_last_words(turn: TurnBuilder, words: str) -> None:
    """Replace the comment's last words without asking."""
    if not open_comment(turn):
        return
    added_to = turn.state.follow_up
    assert added_to is not None, "it is spoken of"
    turn.update(follow_up=replace(added_to, revision=words))
    settle_revision(turn, "replace")


def settle_revision(turn: TurnBuilder, how: str) -> None:
    """Take the answer: the last words are replaced, added to, removed or kept."""
    follow_up = turn.state.follow_up
    if follow_up is None:
        turn.say("nothing-to-change")
        asking.ask_open(turn)
        return
    settled = replace(follow_up, revision="", rewritten=False, until=turn.at + FOLLOW_UP_TIME)
    turn.update(follow_up=settled)
    if how == "join":
        add(turn, settled, follow_up.revision)
        return
    if how != "keep":
        said = () if how == "drop" else (follow_up.revision,)
        kept = () if follow_up.rewritten else follow_up.messages[:-1]
        messages = (*kept, *said)
        _replace_comment(turn, follow_up, messages)
        turn.update(follow_up=replace(settled, messages=messages))
    settled_as = _SETTLED if follow_up.messages or follow_up.rewritten else _BEGUN
    turn.say(settled_as[how], area=turn.release.area_name(follow_up.subject.area))
    _offer_ways_on(turn)


_SETTLED = {
    "replace": "words-replace",
    "rewrite": "words-replace",
    "drop": "words-drop",
    "keep": "words-keep",
}
_BEGUN = {**_SETTLED, "replace": "words-joined", "keep": "no-comment"}  # without a comment before


def invite(turn: TurnBuilder) -> None:
    """Yes to "si quiere agregar algo": invite the words."""
    turn.say("thanks-add")
    offer_to_end(turn)


def leave_as_is(turn: TurnBuilder) -> None:
    """The last message was answered, so the words before it are no longer a question."""
    prompt, added_to = turn.state.prompt, turn.state.follow_up
    if prompt is None or added_to is None or added_to.case:
        return
    options = tuple(option for option in prompt.options if option.key != "not-comment")
    turn.update(prompt=replace(prompt, options=options))


def say_unnamed(turn: TurnBuilder, follow_up: FollowUp) -> None:
    """Say that no name is shown with the comment, which stays as it is."""
    turn.update(follow_up=replace(follow_up, revision="", until=turn.at + FOLLOW_UP_TIME))
    turn.say("words-unnamed", area=turn.release.area_name(follow_up.subject.area))
    _offer_ways_on(turn)


def mark_pending(turn: TurnBuilder, response: int) -> None:
    """ "Aún no termina" about the rating that was just given, or that may be changed now."""
    progress.note_pending(turn, response)
    if turn.state.follow_up is not None:
        turn.update(follow_up=replace(turn.state.follow_up, pending=True))
    turn.ask("", turn.options_named("change", "menu"))


def remove_last(turn: TurnBuilder, asked: str) -> None:
    """Remove what was ``asked`` from the comment's last words, or all of those."""
    follow_up = turn.state.follow_up
    assert follow_up is not None, "only understood while words may be added"
    *kept, last = follow_up.messages
    rest = last.replace(asked, "").strip()
    _replace_comment(turn, follow_up, (*kept, rest) if rest not in ("", last) else (*kept,))
    turn.update(follow_up=None, prompt=None)


def end(turn: TurnBuilder) -> None:
    """LISTO after the thanks: end the comment."""
    turn.update(follow_up=None, prompt=None)
    turn.say("words-done")
    asking.resume_last(turn)


def offer_to_end(turn: TurnBuilder) -> None:
    """Only to end the comment: the last message was none of its words."""
    turn.ask("", turn.options_named("done", "menu"))


def _offer_ways_on(turn: TurnBuilder) -> None:
    turn.ask("", turn.options_named("done", "not-comment", "menu"))


def _replace_comment(turn: TurnBuilder, follow_up: FollowUp, messages: tuple[str, ...]) -> None:
    question, words = _combined_comment(follow_up, messages)
    if question != follow_up.question or not words:
        turn.record(AnswerWithdrawn(follow_up.response, follow_up.question))
    if not words:
        return
    turn.record(
        AnswerGiven(
            response=follow_up.response,
            questionnaire=follow_up.questionnaire,
            question=question,
            kind=QuestionKind.TEXT.value,
            value="\n".join(words),
            subject=follow_up.subject,
            pending=follow_up.pending,
        )
    )


def _combined_comment(
    follow_up: FollowUp, messages: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """The comment's question and parts, following or replacing the earlier comment."""
    if follow_up.earlier is None:
        return follow_up.question, messages
    question, earlier = follow_up.earlier
    if follow_up.added:
        return question, (earlier, *messages)
    return (follow_up.question, messages) if messages else (question, (earlier,))
