"""Folds text, so that search, emergencies and names compare it in the same way."""

from __future__ import annotations

import re
import unicodedata

from handlers.text.turn_cache import turn_cached

# Accents, and characters that take no room inside a word (soft hyphen, joiners, emoji variants).
INVISIBLE = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe0e\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{INVISIBLE}]+")
_SEPARATORS = re.compile(r"[\W_]+")
REPEATED = re.compile(r"(.)\1+")


@turn_cached(256)  # a message is folded by everything that reads in it
def fold(text: str) -> str:
    """``text`` in lower case, without accents, words separated by single spaces.

    "¿Dónde está el BAÑO?" becomes "donde esta el bano". Punctuation and emojis become spaces, so a
    text of nothing else becomes "". Digits of any script or shape become 0 to 9: "❶" is "1".
    Idempotent.
    """
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKD", text).casefold())
        if not text.isascii():
            text = _plain_digits(text)
    return _SEPARATORS.sub(" ", text.lower()).strip()


def undoubled(text: str) -> str:
    """The text without repetitions of a character: "siii" becomes "si"."""
    return REPEATED.sub(r"\1", text)


def _plain_digits(text: str) -> str:
    digits = {character for character in text if character.isdigit() and not character.isascii()}
    for digit in digits:
        text = text.replace(digit, str(unicodedata.digit(digit)))
    return text
