"""What a turn records of a conversation with a person."""

from __future__ import annotations

from msgspec import Struct


class HandoverOpened(Struct, frozen=True, tag="handover-opened"):
    """A person is to answer in the chat; staff on duty are notified."""

    id: int
    area: str
    text: str
    urgent: bool = False


class HandoverSaid(Struct, frozen=True, tag="handover-said"):
    """What the citizen wrote to the person. ``thanks``: it only thanks, so that no
    answer is due."""

    id: int
    text: str
    urgent: bool = False
    thanks: bool = False
    file: bool = False  # the text only says that a file came, which the panel shows


class HandoverLeft(Struct, frozen=True, tag="handover-left"):
    """The citizen went back to the assistant."""

    id: int


class HandoverFiled(Struct, frozen=True, tag="handover-filed"):
    """Nobody answered in time: it became a case."""

    id: int
    case: str


class HandoverAnswered(Struct, frozen=True, tag="handover-answered"):
    """A member of staff who has taken it over writes to the citizen."""

    id: int
    staff: int
    text: str


class HandoverEnded(Struct, frozen=True, tag="handover-ended"):
    """A member of staff who has taken it over ends it."""

    id: int
    staff: int
