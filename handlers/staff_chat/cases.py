"""Waiting cases as a staff conversation sees them."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class CaseBrief(Struct, frozen=True):
    """A case that a staff member may answer. ``kind``: handlers.facts.cases.CaseKind.

    ``words``: the citizen's; empty in a list, and if erased.
    """

    number: str
    kind: str
    area: str
    due_at: datetime | None
    urgent: bool = False
    words: str = ""
