"""A conversation's stored form, and whether it contains the contact's words."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from handlers.state import Conversation, FollowUp

to_bytes = msgspec.msgpack.Encoder().encode
"""The stored form of a conversation."""

from_bytes = msgspec.msgpack.Decoder(Conversation).decode
"""The inverse of ``to_bytes``; fields added later take their defaults."""


def holds_words(conversation: Conversation) -> bool:
    """Whether it contains the contact's own words, so that it must be encrypted."""
    draft, follow_up, ongoing = conversation.draft, conversation.follow_up, conversation.progress
    measure = conversation.measure
    return bool(
        conversation.asked
        or conversation.danger_words
        or (draft is not None and draft.words)
        or conversation.matter is not None
        or (conversation.filing is not None and conversation.filing.words)
        or (follow_up is not None and _holds_words(follow_up))
        or (conversation.proposal is not None and conversation.proposal.words)
        or any(proposal.words for proposal in conversation.next_grades)
        or any(paused.words for paused in conversation.paused)
        or conversation.declined is not None
        or conversation.second_answer is not None
        or (measure is not None and (measure.said or measure.proposed))
        or (ongoing is not None and ongoing.words)
    )


def _holds_words(follow_up: FollowUp) -> bool:
    said = follow_up.messages or follow_up.earlier or follow_up.revision
    return bool(said or follow_up.told)


def without_words(conversation: Conversation) -> Conversation:
    """The conversation without the contact's words; answers of open questionnaires stay."""
    ongoing = conversation.progress
    return replace(
        conversation,
        asked="",
        danger_words="",
        draft=None,
        matter=None,
        filing=None,
        proposal=None,
        next_grades=(),
        follow_up=None,
        declined=None,
        second_answer=None,
        measure=None,
        progress=None if ongoing is None else replace(ongoing, words=""),
        paused=tuple(replace(paused, words="") for paused in conversation.paused),
    )
