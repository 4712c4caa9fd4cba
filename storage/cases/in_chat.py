"""Cases for the chat of staff: those that wait, and one with its text."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection

from handlers.staff_chat.cases import CaseBrief
from storage.cases.lists.browsing import CaseFilter, CaseLine, lines, most_pressing
from storage.cases.reading import find_case
from storage.engine.keyring import Keyring

MOST = 200
"""The most cases that a chat counts; the panel shows all."""


def open_cases(tx: Connection, areas: Collection[str]) -> tuple[CaseBrief, ...]:
    """The open cases of these areas, most urgent first."""
    return tuple(map(_brief, most_pressing(tx, CaseFilter(areas, "open"), MOST)))


def case_words(
    tx: Connection, keyring: Keyring, number: str, areas: Collection[str]
) -> CaseBrief | None:
    """A case, not closed, with all that its citizen wrote; None if not in these areas."""
    found = next(iter(lines(tx, [number])), None)
    case = find_case(tx, keyring, number)
    if found is None or case is None or found.area not in areas or found.status == "closed":
        return None
    said = [found.first_words(keyring) or ""]
    said += [note.text or "" for note in case.notes if note.author == "citizen"]
    return _brief(found, "\n".join(filter(None, said)))


def _brief(case: CaseLine, words: str = "") -> CaseBrief:
    return CaseBrief(case.number, case.kind, case.area, case.due_at, case.urgent, words)
