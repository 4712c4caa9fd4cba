"""Facts about lookups."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class LookupResult(StrEnum):
    """The result of a lookup."""

    CARD = "card"
    SUGGESTED = "suggested"
    EXTERNAL = "external"
    NOTHING = "nothing"


class LookupMade(Struct, frozen=True, tag="lookup-made"):
    """A citizen looked something up. Stored without the contact; ``query`` is masked."""

    query: str
    found: LookupResult
    card: str = ""  # id of the first card, institution or area; empty if nothing was found
    area: str = ""
