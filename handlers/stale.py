"""Removes stale parts of a conversation: expired words, and what the content has dropped."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from handlers.facts.responses import ResponseClosed, ResponseOutcome
from handlers.release import Release
from handlers.state import Awaits, Conversation, Draft, Progress
from handlers.turn import TurnBuilder
from handlers.understanding.context import RECENT

_TOLD_LATELY = timedelta(hours=24)  # how long words of a case need not be told again


def without_stale(conversation: Conversation, release: Release, at: datetime) -> Conversation:
    """The conversation without its stale parts; usually unchanged."""
    current = conversation
    if (follow_up := current.follow_up) is not None and at > follow_up.until:
        current = replace(current, follow_up=None)
    if (draft := current.draft) is not None and at - draft.at > RECENT:
        current = current if _is_asked_about(current, draft) else replace(current, draft=None)
    if (matter := current.matter) is not None and at - matter.at > RECENT:
        current = replace(current, matter=None)
    if (filing := current.filing) is not None and at - filing.at > _TOLD_LATELY:
        current = replace(current, filing=None)
    if current.next_grades and not _rates(current):
        current = replace(current, next_grades=())
    if current.progress is not None and not _exists(current.progress, release):
        current = replace(current, progress=None, prompt=None)
    if current.paused:
        paused = tuple(progress for progress in current.paused if _exists(progress, release))
        if len(paused) < len(current.paused):
            current = replace(current, paused=paused)
    return current


def without_rating(conversation: Conversation) -> Conversation:
    """The conversation while ratings are suspended: one in progress waits."""
    ongoing = conversation.progress
    if ongoing is None:
        return conversation
    return replace(
        conversation,
        progress=None,
        prompt=None,
        proposal=None,
        next_grades=(),
        paused=(*conversation.paused, ongoing),
    )


def drop_stale(turn: TurnBuilder, current: Conversation) -> None:
    """Adopt ``current``, closing questionnaires that the content has dropped."""
    before = turn.state
    turn.state = current
    kept = (*current.paused, current.progress)
    gone = [progress for progress in (*before.paused, before.progress) if progress not in kept]
    for progress in gone:
        if progress is not None and progress.opened:
            outcome = ResponseClosed(progress.response, ResponseOutcome.CANCELLED, progress.pending)
            turn.record(outcome)
    if gone:
        turn.say("questionnaire-gone")


def _is_asked_about(conversation: Conversation, draft: Draft) -> bool:
    """Whether the open question says that these words go with its answer."""
    prompt = conversation.prompt
    if prompt is None:
        return False
    of_case = bool(draft.case) and prompt.offers(f"unsolved:{draft.case}")
    return of_case or (draft.wrong_data and prompt.awaits is Awaits.RECTIFY)


def _rates(conversation: Conversation) -> bool:
    """Whether a grade is proposed, waits for its area, or is being asked for."""
    waits = conversation.proposal is not None or conversation.open_draft is not None
    waits = waits or conversation.progress is not None or bool(conversation.paused)
    follow_up = conversation.follow_up  # a grade also waits while a case is told
    return waits or conversation.filing is not None or bool(follow_up and follow_up.case)


def _exists(progress: Progress, release: Release) -> bool:
    area = progress.subject.area
    known = progress.questionnaire in release.newest_outlines
    return known and (not area or area in release.content.area_by_id)
