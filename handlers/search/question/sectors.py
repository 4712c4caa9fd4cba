"""Leaves the sector that a question is about, or its asker lives in, out of the question."""

from __future__ import annotations

import re

from handlers.search.words import Sectors
from handlers.text.patterns import as_written


class SectorNames:
    """Knows the sectors of the town by their names and the words before them."""

    def __init__(self, words: Sectors) -> None:
        names, before = as_written(words.names), as_written(words.before)
        self._named = re.compile(rf"\b(?:{before})\s+(?:{names})\b", re.IGNORECASE)

    def left_out(self, text: str) -> str:
        """The text without "en La Antena", "vivo en La Florida"; "" where none is named."""
        rest, count = self._named.subn(" ", text)
        return rest.strip(" ,.;") if count else ""
