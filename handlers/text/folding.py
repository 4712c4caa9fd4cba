"""Folding of what people write, so that search, emergencies and names compare alike."""

from __future__ import annotations

import re
import unicodedata

# Accents, and characters that take no room inside a word (soft hyphen, joiners, emoji variants).
INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_SEPARATORS = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, words parted by single spaces.

    "¿Dónde está el BAÑO?" becomes "donde esta el bano". Digits stay, punctuation and emojis
    become a space; what held nothing else becomes "". Folding twice changes nothing.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text).casefold())
    return _SEPARATORS.sub(" ", text.lower()).strip()
