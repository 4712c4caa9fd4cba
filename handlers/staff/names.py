"""Validates the names of staff, which appear in lists, mails, logs and chats."""

from __future__ import annotations

from handlers.text.display import as_typed, one_line

LONGEST = 80


def person_name(typed: str) -> str:
    """A typed name on one line, with single spaces."""
    return " ".join(one_line(as_typed(typed)).split())


def fault(name: str) -> str:
    """What is wrong with a name, to follow "nombre: "; "" if nothing."""
    if not name:
        return "falta; escríbalo"
    return f"tiene {len(name)} letras y caben {LONGEST}; acórtelo" if len(name) > LONGEST else ""
