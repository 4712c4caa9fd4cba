"""Suggests the name that somebody meant who wrote one that does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

_ALIKE = 0.6  # "trasito" and "transito" have 0.88, "wbe" and "web" 0.67, "aseo" and "area" 0.5
_SHORTEST_START = 3  # letters of a prefix that is specific enough: "pers" for "personas-mayores"
_LONGEST = 80  # characters; anything longer is not a mistyped name


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The name in ``known`` most similar to ``written``; None if none is similar enough.

    Case does not matter; a letter too many, too few or wrong counts like two exchanged ones.
    """
    wanted = written.strip().lower()
    if not wanted or len(wanted) > _LONGEST:
        return None
    by_low: dict[str, str] = {}
    for name in sorted(known):
        by_low.setdefault(name.lower(), name)
    found = process.extractOne(
        wanted, sorted(by_low), scorer=OSA.normalized_similarity, score_cutoff=_ALIKE
    )
    if found is not None:
        return by_low[str(found[0])]
    begun = [name for low, name in by_low.items() if low.startswith(wanted)]
    return begun[0] if len(begun) == 1 and len(wanted) >= _SHORTEST_START else None


def did_you_mean(written: str, known: Iterable[str]) -> str:
    """``; ¿quiso decir transito?``, or "" if no name is similar."""
    meant = nearest(written, known)
    return f"; ¿quiso decir {meant}?" if meant else ""


def did_you_mean_one_of(written: str, ids: Mapping[str, str]) -> str:
    """As ``did_you_mean``, suggesting the id of the similar name. ``ids``: by name."""
    meant = nearest(written, ids)
    return f"; ¿quiso decir {ids[meant]}?" if meant else ""
