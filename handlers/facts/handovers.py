"""Facts about handovers, conversations with a person."""

from __future__ import annotations

from msgspec import Struct


class HandoverOpened(Struct, frozen=True, tag="handover-opened"):
    """A citizen waits for a person in the chat; staff on duty are notified."""

    id: int
    area: str
    text: str
    urgent: bool = False


class HandoverSaid(Struct, frozen=True, tag="handover-said"):
    """A citizen's message to the person. ``thanks``: mere thanks, which need no answer."""

    id: int
    text: str
    urgent: bool = False
    thanks: bool = False
    file: bool = False  # the text only says that a file came, which the panel shows


class HandoverLeft(Struct, frozen=True, tag="handover-left"):
    """The citizen went back to the assistant."""

    id: int


class HandoverFiled(Struct, frozen=True, tag="handover-filed"):
    """Nobody answered in time, so the handover became a case."""

    id: int
    case: str


class HandoverAnswered(Struct, frozen=True, tag="handover-answered"):
    """The member of staff who has the handover writes to the citizen."""

    id: int
    staff: int
    text: str


class HandoverEnded(Struct, frozen=True, tag="handover-ended"):
    """The member of staff who has the handover ends it."""

    id: int
    staff: int
