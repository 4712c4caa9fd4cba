"""Text as a PDF's own fonts can show it."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """Bring ``text`` within Latin-1, which is what a PDF's own fonts have."""
    dashes = text.translate({0x2013: "-", 0x2014: "-", 0x2018: "'", 0x2019: "'", 0x2026: "..."})
    quotes = dashes.translate({0x201C: '"', 0x201D: '"'})
    return (
        "".join(
            letter if ord(letter) < 256 else unicodedata.normalize("NFKD", letter)[0]
            for letter in quotes
        )
        .encode("latin-1", "replace")
        .decode("latin-1")
    )
