"""Corrections of what was said before, in a comment, a case or a rating, asked in one tap."""

from __future__ import annotations

from typing import assert_never

from msgspec.structs import replace

from handlers import navigation
from handlers.cases import adding
from handlers.cases.telling import drafts
from handlers.information import lookups
from handlers.privacy.masking import PLACEHOLDERS, mask
from handlers.questionnaires import flow, follow_up, proposals
from handlers.state import Proposal
from handlers.turn import TurnBuilder
from handlers.understanding.intents.answers import AddToComment, ReviseWords, SettleWords
from handlers.understanding.intents.information import LookUp
from handlers.understanding.intents.rating import AskWhatToChange, ProposeCorrection
from handlers.understanding.reading.replaced import Replacement, put_right


def revise_comment(turn: TurnBuilder, meant: ReviseWords | AddToComment | SettleWords) -> None:
    """Change a comment's words or the names in it, after asking."""
    match meant:
        case SettleWords(how):
            _settle(turn, how)
        case AddToComment(words, grade):
            follow_up.add_to_closed(turn, words)
            proposals.ask_again_after_words(turn)
            _propose_next(turn, grade)
        case ReviseWords():
            turn.update(proposal=None)
            _ask_to_revise(turn, meant)
            _keep_for_next(turn, meant.grade)
        case _:
            assert_never(meant)


def _propose_next(turn: TurnBuilder, grade: int) -> None:
    """Ask about the other grade of the same message, if there was one."""
    if grade:
        proposals.propose_correction(turn, ProposeCorrection(grade, ""))


def _keep_for_next(turn: TurnBuilder, grade: int) -> None:
    """The same, once it is settled what becomes of the words; where there are none, at once."""
    if grade and turn.offers("keep-words"):
        area = turn.state.rated[-1].subject.area
        turn.update(proposal=Proposal(grade, area, corrects=True))
        turn.say("two-changes")
    else:
        _propose_next(turn, grade)


def _settle(turn: TurnBuilder, how: str) -> None:
    words, told, added_to = turn.state.doubtful, turn.state.filing, turn.state.follow_up
    if told is not None and told.doubtful:
        drafts.settle(turn, how)
    elif added_to is not None and added_to.case:
        adding.settle(turn, added_to, how)
    elif words:
        proposals.settle_words(turn, words, how)
    else:
        follow_up.settle_revision(turn, how)
        if (proposal := turn.state.proposal) is not None and proposal.corrects:
            _propose_next(turn, proposal.grade)


def answer_words(turn: TurnBuilder, question: str, words: str) -> None:
    """Take a comment's words; if a change of the rating is proposed, ask about it again."""
    proposal = turn.state.proposal
    if proposal is not None and proposal.corrects and not proposal.grade:
        proposals.ask_what_to_change(turn, AskWhatToChange(words))
        return
    flow.answer_words(turn, question, words)
    proposals.ask_again_after_words(turn)


def add_words(turn: TurnBuilder, words: str) -> None:
    """As ``answer_words``, for words that follow a case or a comment."""
    proposal = turn.state.proposal
    if proposal is not None and proposal.corrects and not proposal.grade:
        proposals.ask_what_to_change(turn, AskWhatToChange(words))
        return
    navigation.add_words(turn, words)
    proposals.ask_again_after_words(turn)


def ask_what_to_change(turn: TurnBuilder, meant: AskWhatToChange) -> None:
    """Ask what to do with words about what was said before, in a case or a rating."""
    if turn.state.filing is not None and turn.state.filing.words:
        drafts.ask_what_to_do(turn, meant.words)
    else:
        proposals.ask_what_to_change(turn, meant)


def forget_words(turn: TurnBuilder, asked: str) -> None:
    """Remove the last words, or the question in them, from the comment or the case."""
    told, added_to = turn.state.filing, turn.state.follow_up
    if told is not None and told.doubtful:
        turn.update(filing=replace(told, doubtful=""))
    elif added_to is not None and added_to.case:
        turn.update(follow_up=replace(added_to, revision=""))
    elif turn.state.doubtful:
        turn.update(proposal=None, prompt=None)
    else:
        follow_up.remove_last(turn, asked)


def _ask_to_revise(turn: TurnBuilder, meant: ReviseWords) -> None:
    if meant.unless_absent and not follow_up.has_comment(turn):
        _look_up_instead(turn)
        return
    begins = bool(meant.words) and not meant.was
    opened = follow_up.open_comment(turn, without_comment=begins)
    added_to = turn.state.follow_up if opened else None
    if added_to is None:
        return
    if meant.was:
        told = "\n".join(added_to.messages)
        replaced = Replacement(meant.was, meant.words)
        if meant.unless_absent and not put_right(told, replaced, turn.release.lexicon):
            _look_up_instead(turn)
            return
        follow_up.ask_to_revise_part(turn, meant.was, meant.words)
        return
    if not meant.without_names:
        follow_up.ask_to_revise(turn, meant.words)
        return
    words = "\n".join(added_to.messages)
    masked = mask(words, turn.release.lexicon.names)
    named = masked != words or PLACEHOLDERS["name"] in words
    if meant.own_name and not named:
        follow_up.say_unnamed(turn, added_to)
        return
    if named:
        turn.update(follow_up=replace(added_to, messages=(words,)))
    follow_up.ask_to_revise(turn, masked if named else "")


def _look_up_instead(turn: TurnBuilder) -> None:
    """Look up words that do not occur in the comment: they are a question."""
    turn.update(follow_up=turn.was.follow_up)
    ranking = turn.release.index.rank(turn.text_in)
    if ranking.is_found:
        lookups.look_up(turn, LookUp(turn.text_in, ranking))
    else:
        proposals.ask_what_to_change(turn, AskWhatToChange(turn.text_in.strip()))
