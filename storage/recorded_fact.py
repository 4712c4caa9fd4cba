"""A fact of a turn with its contact: the input of all functions that record facts."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.facts.union import Fact

NO_CONTACT = 0
"""In place of a contact id: staff entered the fact for a citizen without a contact."""


class RecordedFact(Struct, frozen=True):
    """A fact with its contact, channel and time."""

    fact: Fact
    contact_id: int  # may be NO_CONTACT
    channel: str
    at: datetime
    network: bytes = b""  # for a web answer: the network's hash of that week
