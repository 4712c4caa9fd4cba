"""The parts of a message, each of which may be a question of its own."""

from __future__ import annotations

import re

from handlers.search.words import SearchWords
from handlers.text.folding import fold
from handlers.text.patterns import as_written


class Parts:
    """Splits a message into its parts, and leaves out those that ask nothing."""

    def __init__(self, words: SearchWords) -> None:
        adding = as_written(words.adding)
        self._adding = re.compile(rf"\b(?:{adding})\b", re.IGNORECASE)
        self._between = re.compile(
            rf"[.;:,?!\n/+&]+|\b(?:{adding}|{as_written(words.joining)})\b", re.IGNORECASE
        )
        self._courtesies = frozenset(
            word for text in words.courtesies for word in fold(text).split()
        )
        self._aside = re.compile(rf"\W*(?:{as_written(words.aside)})\b", re.IGNORECASE)

    def of(self, text: str) -> list[str]:
        """All parts that have any words."""
        return [part for part in self._between.split(text) if part.strip()]

    def asking(self, text: str) -> list[str]:
        """Those that do not only tell who asks, or give examples."""
        return [part for part in self.of(text) if not self._aside.match(part)]

    def without_asides(self, text: str) -> str:
        """The parts that ask as one text; "" where all of them do, or none."""
        every, asking = self.of(text), self.asking(text)
        return ", ".join(asking) if len(asking) < len(every) else ""

    def without_courtesy(self, text: str) -> str:
        """The text without its initial greeting, if anything is left."""
        words = text.split()
        for place, word in enumerate(words):
            folded = fold(word)
            if folded and folded not in self._courtesies:
                return " ".join(words[place:])
        return text

    def adds(self, text: str) -> bool:
        """Whether the text says that another matter begins."""
        return self._adding.search(text) is not None
