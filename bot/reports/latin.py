"""Text as a PDF's own fonts can show it."""

from __future__ import annotations

import re
import unicodedata

# Pictures with what joins and colours them: a question mark in their place would ask something.
_EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]*"
)
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


def printable(text: str) -> str:
    """Bring ``text`` within Latin-1, which is what a PDF's own fonts have."""
    text = _UNSEEN.sub("", _EMOJI.sub("[emoji]", text))
    dashes = text.translate({0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x2026: "..."})
    quotes = dashes.translate({0x201C: '"', 0x201D: '"', 0x2022: "\xb7", 0x20AC: "EUR"})
    letters = (letter if ord(letter) < 256 else _plain(letter) for letter in quotes)
    return "".join(letters).encode("latin-1", "replace").decode("latin-1")


def _plain(letter: str) -> str:
    """Without its marks, and a ligature as its letters."""
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
