"""The names of staff, which stand in lists, mail, the audit log and what citizens are told."""

from __future__ import annotations

from handlers.text.display import as_typed, one_line

LONGEST = 80


def person_name(typed: str) -> str:
    """A name as somebody typed it, on one line and with single spaces."""
    return " ".join(one_line(as_typed(typed)).split())


def fault(name: str) -> str:
    """What is wrong with a name, in words that follow "nombre: "; "" where nothing is."""
    if not name:
        return "falta; escríbalo"
    return f"tiene {len(name)} letras y caben {LONGEST}; acórtelo" if len(name) > LONGEST else ""
