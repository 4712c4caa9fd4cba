"""A fact of a turn with its contact, as everything that records facts is given it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.facts.union import Fact

NO_CONTACT = 0
"""In place of a contact: staff entered it for a citizen who has none."""


class RecordedFact(Struct, frozen=True):
    """A fact with where and when it was established."""

    fact: Fact
    contact_id: int  # or NO_CONTACT
    channel: str
    at: datetime
    network: bytes = b""  # of a web answer: the hash of the week
