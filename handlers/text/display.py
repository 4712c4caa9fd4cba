"""Makes others' text fit to be shown: on one line, short, without direction characters.

Unicode's bidirectional controls act on everything after them: one U+202E in a comment mirrors the
rest of a digest. Readers lose nothing without them.
"""

from __future__ import annotations

import re
import unicodedata

# ALM, LRM, RLM, the embeddings and overrides with their end, the isolates with theirs: UAX #9.
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Line breaks of all kinds, and control characters that a terminal obeys.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Zs")  # Unicode's general categories
# Of other categories, and yet without a shape: Unicode's Default_Ignorable_Code_Point (fillers of
# Hangul, selectors of variation), and the Braille pattern without dots.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")  # what TOML takes as a key without quotation marks
_INNER = str.maketrans("«»", "“”")
_MOST_QUOTED = 60


def undirected(text: str) -> str:
    """``text`` without direction characters."""
    return text if text.isascii() else _DIRECTIONS.sub("", text)


def escaped_directions(text: str) -> str:
    """JSON ``text`` with direction characters as escapes: the same value, but harmless."""
    return _DIRECTIONS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def for_terminal(text: str) -> str:
    """``text`` without control sequences and direction characters; line breaks stay."""
    return _OBEYED.sub("", undirected(text))


def as_typed(text: str) -> str:
    """Typed text to be stored: without characters that nobody types; "" if nothing is visible.

    Invisible are format characters (zero-width ones, joiners), spaces, controls and fillers. The
    chat's page does the same with what it shows and sends.
    """
    kept = for_terminal(text)
    if kept.isascii():
        return kept
    shapes = _BLANK.sub("", kept)
    return kept if any(unicodedata.category(one) not in _UNSEEN for one in shapes) else ""


def one_line(text: str) -> str:
    """``text`` on a single line."""
    return _CONTROLS.sub(" ", undirected(text)).strip()


def quoted(value: object) -> str:
    """A value as an operator wrote it, on one line and short: «obra»."""
    try:
        text = str(value)
    except (ValueError, RecursionError):  # a number of thousands of digits, or deep nesting
        return "un valor enorme"
    text = one_line(text[: 2 * _MOST_QUOTED]).translate(_INNER)
    return f"«{text[: _MOST_QUOTED - 1]}…»" if len(text) > _MOST_QUOTED else f"«{text}»"


def as_key(name: str) -> str:
    """An id or key in a path: bare if TOML allows it, else quoted."""
    return name if _BARE.fullmatch(name) else quoted(name)
