"""A conversation with a person, from the citizen's side and from the staff's."""

from __future__ import annotations

from msgspec import Struct


class AskForPerson(Struct, frozen=True):
    """A person is wanted, perhaps of an area, and with a first message for them."""

    words: str = ""
    area: str = ""


class TellPerson(Struct, frozen=True):
    """Words for the person who answers in the chat, or is waited for; ``thanks``: or "ok"."""

    words: str
    urgent: bool = False
    thanks: bool = False


class TakeOver(Struct, frozen=True):
    """A staff member wants to answer in a conversation."""

    handover: int


class AnswerInChat(Struct, frozen=True):
    """A staff member's words that quote a conversation: they go to the citizen."""

    handover: int
    words: str


class EndInChat(Struct, frozen=True):
    """A staff member is done with a conversation."""

    handover: int


Person = AskForPerson | TellPerson | TakeOver | AnswerInChat | EndInChat
