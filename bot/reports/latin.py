"""Reduces text to what a PDF's built-in fonts can show."""

from __future__ import annotations

import re
import unicodedata

# Emoji with their joiners and modifiers. They are dropped: a "?" would read as a question.
_EMOJI = re.compile(
    "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    "[\u200d\ufe0f\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]*"
)
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Letters and signs that Unicode does not decompose into plain ones.
_ALIKE = str.maketrans(
    {"\u0142": "l", "\u0141": "L", "\u0111": "d", "\u0110": "D", "\u0131": "i", "\u0153": "oe"}
    | {"\u2190": "<-", "\u2192": "->", "\u2264": "<=", "\u2265": ">=", "\u2212": "-"}
)
# A "?" in their place would read as a question.
_ABROAD = re.compile(r"[^\x00-\xff]+(?:\s+[^\x00-\xff]+)*")


def printable(text: str) -> str:
    """``text`` reduced to Latin-1, all that a PDF's built-in fonts have."""
    text = _LINE_END.sub("\n", unicodedata.normalize("NFC", text))
    text = _UNSEEN.sub("", _EMOJI.sub("[emoji]", text)).translate(_ALIKE)
    dashes = text.translate({0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x2026: "..."})
    quotes = dashes.translate({0x201C: '"', 0x201D: '"', 0x2022: "\xb7", 0x20AC: "EUR"})
    letters = "".join(letter if ord(letter) < 256 else _plain(letter) for letter in quotes)
    return _ABROAD.sub("[otras letras]", letters)


def _plain(letter: str) -> str:
    """The character without marks, or a ligature's letters."""
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if unicodedata.category(part)[0] != "M")
