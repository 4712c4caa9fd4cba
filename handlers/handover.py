"""Handovers, conversations with a person: their state, and who answers."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from handlers.messages import SentFile


class HandoverStatus(StrEnum):
    """The status of a handover."""

    WAITING = "waiting"  # for somebody to take it
    TAKEN = "taken"
    UNANSWERED = "unanswered"  # can no longer be taken: the citizen's next turn makes it a case
    ENDED = "ended"


class Handover(Struct, frozen=True):
    """A person answers in this chat or is waited for, and the assistant is silent."""

    id: int
    area: str
    at: datetime
    taken: bool = False
    files: tuple[SentFile, ...] = ()


class People(Struct, frozen=True):
    """Whether anybody answers in the chat for an area, and whether anybody does now."""

    any: bool
    now: bool


class Holder(Struct, frozen=True):
    """Who has a handover, and since when. ``own``: the person who asks has it."""

    name: str
    since: datetime
    own: bool
    words: str = ""  # the citizen's unanswered messages
