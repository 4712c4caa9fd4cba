"""Contacts whose data may not be used, by the right to blocking (Ley 19.628, art. 8 ter)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists

from handlers.facts.own_data import Right
from storage.tables.privacy import privacy_requests

STANDS = ("open", "granted")
"""Statuses of a request under which its data is blocked: also while it is undecided."""


def is_blocked(contact_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether this contact's data is blocked."""
    return exists().where(
        privacy_requests.c.contact_id == contact_id,
        privacy_requests.c.kind == Right.BLOCK.value,
        privacy_requests.c.status.in_(STANDS),
    )


def not_blocked(response_id: str) -> str:
    """A SQL condition: the contact of the response is not blocked."""
    states = ", ".join(f"'{state}'" for state in STANDS)
    return (
        "NOT EXISTS (SELECT 1 FROM privacy_requests q JOIN responses o "
        f"ON o.contact_id = q.contact_id WHERE o.id = {response_id} "
        f"AND q.kind = '{Right.BLOCK.value}' AND q.status IN ({states}))"
    )
