"""Somebody is under or inside something and cannot get out, wherever a text says so."""

from __future__ import annotations

from collections.abc import Sequence

from handlers.release import Release
from handlers.text.kinds import PhraseKind
from handlers.understanding.reading.clauses import clauses
from handlers.understanding.reading.said import Said

RESCUE = "rescate"  # the emergency's id
_NEAR = 4  # words before a phrase that may deny it


def is_trapped(text: str, release: Release) -> bool:
    """ "Cayó un árbol sobre un auto … y hay un señor adentro", "una persona atrapada".

    What fell or turned over and who is inside may stand far from each other, in any order.
    "Atrapada en trámites" is no such thing, nor is what nobody is inside of.
    """
    lexicon, left = release.lexicon, release.content.emergency_phrases.without_ordinary(text)
    said = [Said(clause, lexicon) for clause in clauses(text, lexicon)]
    kinds = set().union(*(one.kinds for one in said))
    animal = PhraseKind.NAMES_ANIMAL in kinds and PhraseKind.NAMES_PERSON not in kinds
    if animal or PhraseKind.LAUGHS in kinds:
        return False
    if _tells(said, PhraseKind.CONFINES) and _tells(said, PhraseKind.SOMEBODY_INSIDE):
        return True
    meant = PhraseKind.TRAPPED in Said(left, lexicon).kinds
    return meant and _tells(said, PhraseKind.TRAPPED)


def _tells(parts: Sequence[Said], kind: PhraseKind) -> bool:
    """Whether such a phrase stands there, and nothing before it in its clause denies it."""
    return any(
        said.lexicon.negators.isdisjoint(said.words[max(0, start - _NEAR) : start])
        for said in parts
        for start, _ in said.spans(kind)
    )
