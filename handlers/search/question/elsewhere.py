"""Recognises questions about other municipalities: "la muni de Ovalle"."""

from __future__ import annotations

import re

from handlers.search.words import Elsewhere
from handlers.text.folding import fold
from handlers.text.patterns import begun_by, either_of


class OtherMunicipalities:
    """Recognises questions about other municipalities by their names and the words before them."""

    def __init__(self, words: Elsewhere, own_name: str) -> None:
        """``own_name``: of this municipality, which never counts as another one."""
        own = fold(own_name)
        names = {name for name in map(fold, words.names) if name and name != own}
        before = either_of(set(map(fold, words.before)))
        here = "|".join((begun_by(words.here), either_of({own} - {""})))
        self.institution = words.institution
        self._arrivals = frozenset(words.arrivals)
        after = either_of(set(map(fold, words.not_followed_by)))
        self._named = re.compile(
            rf"\b(?:{before}) (?:{either_of(names)})\b(?! (?:\d|(?:{after})\b))"
        )
        self._here = re.compile(rf"\b(?:{here})\b")

    def asked_for(self, query: str, card: str) -> bool:
        """Whether another municipality is asked about.

        ``card``: the sure answer, if any; a card for newcomers is always this municipality's.
        """
        folded = fold(query)
        return (
            bool(self.institution)
            and card not in self._arrivals
            and self._named.search(folded) is not None
            and self._here.search(folded) is None
        )
