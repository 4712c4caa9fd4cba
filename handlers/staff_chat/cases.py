"""What a conversation of staff has of the cases that wait for them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class CaseBrief(Struct, frozen=True):
    """A case that a staff member may answer. ``kind``: handlers.facts.cases.CaseKind.

    ``words``: what its citizen said; empty in a list, and where it was erased.
    """

    number: str
    kind: str
    area: str
    due_at: datetime | None
    urgent: bool = False
    words: str = ""
