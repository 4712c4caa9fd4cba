"""Finds a desk's code in what people type: "Hola, mi código es J87fHE", "codigo QR: j87-fhe"."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from handlers.content.lexicon.lexicon import DeskWords

LONGEST = 24  # letters of a code
_SHORT = 14  # words; a longer text tells more than where somebody is
_MOST_PARTS = 8  # "J 8 7 f H E" has six


def find_desk_code(folded: str, known: Container[str], lexicon: DeskWords) -> str | None:
    """The code in a folded text that is among ``known`` (in small letters); None without one.

    Beside a word such as "código" or "QR" a code is found however it is spaced or hyphenated; by
    itself, or with a greeting alone, only one with a digit in it: others are ordinary words too.
    """
    words, begun = folded.split(), tuple(lexicon.cues)
    if [word for word in words if word.startswith(begun)]:
        words = [part for word in words for part in _unglued(word, known, lexicon)]
        cues = [place for place, word in enumerate(words) if word in lexicon.cues]
        if cues:
            return _beside(words, cues, known, lexicon)
    if len(words) > _MOST_PARTS + 3:
        return None
    own = [word for word in words if word not in lexicon.round]
    code = "".join(own)
    return code if code in known and _is_odd(code) else None


def _unglued(word: str, known: Container[str], lexicon: DeskWords) -> tuple[str, ...]:
    """A cue and the code that it was written together with: "codigoJ87fHE"."""
    for cue in lexicon.cues:
        if word.startswith(cue) and word.removeprefix(cue) in known:
            return cue, word.removeprefix(cue)
    return (word,)


def _beside(
    words: Sequence[str], cues: Sequence[int], known: Container[str], lexicon: DeskWords
) -> str | None:
    """The code right after a cue; else one with a digit anywhere in a short text."""
    for cue in cues:
        start = cue + 1
        while start < len(words):
            for code in _runs(words, start):
                if code in known:
                    return code
            if words[start] not in lexicon.between:
                break
            start += 1
    for start in range(len(words) if len(words) <= _SHORT else 0):
        for code in _runs(words, start):
            if _is_odd(code) and code in known:
                return code
    return None


def _runs(words: Sequence[str], start: int) -> Iterator[str]:
    """The words from ``start`` on written as one: one of them, two, and so on."""
    code = ""
    for word in words[start : start + _MOST_PARTS]:
        code += word
        if len(code) > LONGEST:
            return
        yield code


def _is_odd(code: str) -> bool:
    """Whether it is no word of the language: it has a digit and a letter."""
    return any(map(str.isdecimal, code)) and any(map(str.isalpha, code))
