"""What a turn records of a question about how something works."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class LookupResult(StrEnum):
    """What a lookup came to."""

    CARD = "card"
    SUGGESTED = "suggested"
    EXTERNAL = "external"
    NOTHING = "nothing"


class LookupMade(Struct, frozen=True, tag="lookup-made"):
    """A citizen asked how something works. Stored without the contact; ``query`` is masked."""

    query: str
    found: LookupResult
    card: str = ""  # id of the first card, institution or area; empty when nothing was found
    area: str = ""
