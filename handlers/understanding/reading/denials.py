""" "Borre no más": where a negator denies nothing."""

from __future__ import annotations

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.no_grades import PARTS


def without_just(text: str, lexicon: Lexicon) -> list[str]:
    """The words of a text, folded, without a "no más" that says "just": "ya, borre no más".

    "No más", "ya no más" and what stands behind a comma deny.
    """
    return [word for part in PARTS.split(text) for word in _part_without(part, lexicon)]


def _part_without(part: str, lexicon: Lexicon) -> list[str]:
    words, kept = fold(part).split(), list[str]()
    while words:
        denies = not kept or kept[-1] in lexicon.just_not_after
        if not denies and tuple(words[:2]) in lexicon.just:
            words = words[2:]
        else:
            kept.append(words.pop(0))
    return kept
