"""Words with several meanings: whoever writes only one chooses among its cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from handlers.content.model import Meaning
from handlers.search.matching.lexical import AskedWord
from handlers.text.folding import fold
from handlers.text.patterns import either_of

Stems = frozenset[str]


class _Word(NamedTuple):
    cards: tuple[str, ...]  # ids, best first
    unless: re.Pattern[str]  # with it the word means something else ("a qué hora")


class Meanings:
    """Finds words with several meanings by their stems."""

    def __init__(self, meanings: Iterable[Meaning], stems: Callable[[str], Stems]) -> None:
        self._words = {
            stems(one.word): _Word(
                one.cards, re.compile(rf"\b(?:{either_of(set(map(fold, one.unless)))})\b")
            )
            for one in meanings
        }

    def of(self, asked: Sequence[AskedWord], query: str) -> tuple[str, ...]:
        """The cards of the word that is all of ``asked``; none unless it has several meanings."""
        word = self._words.get(frozenset([one.stem for one in asked]))
        return word.cards if word and not word.unless.search(fold(query)) else ()
