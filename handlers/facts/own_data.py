"""What a turn records of a citizen's own data: rights, consent, and whether they can be reached."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Right(StrEnum):
    """What a citizen may ask about their own data (Ley 19.628, articles 4 to 11)."""

    ACCESS = "access"
    RECTIFY = "rectify"
    ERASE = "erase"
    OBJECT = "object"
    BLOCK = "block"
    PORT = "port"


class DataErased(Struct, frozen=True, tag="data-erased"):
    """The contact asked for erasure: identity and words go, grades stay without a person."""


class RightUsed(Struct, frozen=True, tag="right-used"):
    """A request about own data. ``done``: it was met at once; else a person decides by ``due``."""

    number: str
    right: Right
    due: datetime
    done: bool
    text: str = ""


class RightLifted(Struct, frozen=True, tag="right-lifted"):
    """A request for blocking, or an objection to invitations, is taken back."""

    right: Right


class ConsentGiven(Struct, frozen=True, tag="consent-given"):
    """Wants to be told what was done. ``version`` is that of the text that was agreed to."""

    version: str


class ConsentWithdrawn(Struct, frozen=True, tag="consent-withdrawn"):
    """Does not want to be told any longer."""


class ContactDeparted(Struct, frozen=True, tag="contact-departed"):
    """The contact cannot be reached until it writes again."""
