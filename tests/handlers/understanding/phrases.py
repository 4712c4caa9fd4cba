"""Phrases by which recognisers are tried: what each takes, and what it leaves to others."""

from __future__ import annotations

from types import ModuleType

from handlers.release import Release
from handlers.understanding.conditions import conditions_of
from handlers.understanding.intents.union import Intent
from handlers.understanding.recognisers import RECOGNISERS, Recogniser
from tests.handlers.understanding.situations import at, context

Phrases = dict[Recogniser, list[tuple[str, str, Intent | None]]]
"""Situation, text, and what the recogniser takes it for; None: it leaves it to others."""


def cases(phrases: Phrases) -> list[tuple[Recogniser, str, str, Intent | None]]:
    """Each phrase with its recogniser."""
    return [(recognise, *row) for recognise, rows in phrases.items() for row in rows]


def taken(release: Release, recognise: Recogniser, situation: str, text: str) -> Intent | None:
    """What the recogniser takes it for, if it is asked there at all."""
    asked = context(at(release, situation), text)
    row = next(row for row in RECOGNISERS if row.recognise is recognise)
    return recognise(asked) if row.when in conditions_of(asked) else None


def recognisers_of(*rooms: ModuleType) -> set[Recogniser]:
    """Those that stand in the list and are written there."""
    names = {room.__name__ for room in rooms}
    return {row.recognise for row in RECOGNISERS if row.recognise.__module__ in names}


def one_sided(phrases: Phrases) -> list[str]:
    """Recognisers that take all of their phrases, or none."""
    return [
        recognise.__name__
        for recognise, rows in phrases.items()
        if {meant is None for _, _, meant in rows} != {True, False}
    ]
