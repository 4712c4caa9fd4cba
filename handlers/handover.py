"""A conversation that was handed over to a person: what is known of it, and who answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from handlers.messages import SentFile


class HandoverStatus(StrEnum):
    """How a conversation with a person stands."""

    WAITING = "waiting"  # for somebody to take it over
    TAKEN = "taken"
    UNANSWERED = "unanswered"  # nobody may take it any more: it becomes a case
    ENDED = "ended"


class Handover(Struct, frozen=True):
    """A person answers in this chat, or is waited for; the assistant is quiet."""

    id: int
    area: str
    at: datetime
    taken: bool = False
    files: tuple[SentFile, ...] = ()


class People(Struct, frozen=True):
    """Who answers in the chat for an area: whether anybody at all, and anybody now."""

    any: bool
    now: bool


class Holder(Struct, frozen=True):
    """Who answers in a conversation, and since when. ``own``: it is the person who asks."""

    name: str
    since: datetime
    own: bool
    words: str = ""  # of the citizen, that have no answer yet
