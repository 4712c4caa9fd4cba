"""Facts about a citizen's own data: rights, consent, and whether they can be reached."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct


class Right(StrEnum):
    """A citizen's rights over their own data (Ley 19.628, articles 4 to 11)."""

    ACCESS = "access"
    RECTIFY = "rectify"
    ERASE = "erase"
    OBJECT = "object"
    BLOCK = "block"
    PORT = "port"


class DataErased(Struct, frozen=True, tag="data-erased"):
    """The contact is to be erased: identity and words go, grades stay without a person."""


class RightUsed(Struct, frozen=True, tag="right-used"):
    """A data-rights request. ``done``: met at once; otherwise a person decides by ``due``."""

    number: str
    right: Right
    due: datetime
    done: bool
    text: str = ""


class RightLifted(Struct, frozen=True, tag="right-lifted"):
    """The citizen lifted their blocking, or their objection to invitations."""

    right: Right


class ConsentGiven(Struct, frozen=True, tag="consent-given"):
    """The citizen agreed to be told what was done. ``version``: of the text agreed to."""

    version: str


class ConsentWithdrawn(Struct, frozen=True, tag="consent-withdrawn"):
    """The citizen withdrew their consent to be told."""


class ContactDeparted(Struct, frozen=True, tag="contact-departed"):
    """The contact cannot be reached until they write again."""
