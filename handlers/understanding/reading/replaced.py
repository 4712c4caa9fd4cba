"""What was written and what is meant in its place, and the words with it put right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.understanding.reading.number_words import value_of

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]+|\n")  # "O'Higgins" is one word
_SIGN = re.compile(r"[^\w\s]|\n")
_FOLDED_SIGN = re.compile(r" (?= |$)")  # it leaves nothing between two spaces
_SENTENCE = re.compile(r"[^.!?;,\n]+[.!?;,\n]*")
_SHORTEST_STEM = 5  # letters by which "demora" is heard in "demoraron"


class Replacement(NamedTuple):
    """Words that were said, and those that are meant."""

    was: str
    meant: str


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


def replacement_in(text: str, lexicon: Lexicon) -> Replacement | None:
    """ "Decía caballero y era señora": both, as they are written; None where it is not said."""
    folded = map(_folded, _TOKEN.findall(text)) if _SIGN.search(text) else [fold(text)]
    written = _FOLDED_SIGN.sub(" ,", " " + " ".join(folded))
    words = frozenset(written.split())
    for pattern, needed in lexicon.replacing:
        if any(map(words.isdisjoint, needed)):
            continue  # most texts are not even looked through
        found = pattern.search(written)
        if found is None:
            continue
        tokens = _words(text)
        was = _as_written(text, tokens, written, found.span("was"))
        meant = _as_written(text, tokens, written, found.span("is"))
        was = without_rest(was, lexicon) or was  # "not Monday sorry, …"
        meant = without_rest(meant, lexicon) or meant  # "… ponga señorita"
        if lexicon.negators.issuperset(fold(was).split()):
            continue  # "lo que puse no es por el ruido"
        if meant and fold(was) != fold(meant):
            return Replacement(was, meant)
    return None


def put_right(words: str, replaced: Replacement, lexicon: Lexicon) -> str:
    """``words`` with what is meant in the place of what was said; "" where that is not in them."""
    was, meant = _fitted(replaced, lexicon)
    articles = lexicon.number.articles | lexicon.grade.for_area
    right = _put_in(words, Replacement(was, meant), lexicon)
    first, _, others = was.partition(" ")
    counts = value_of(fold(others), lexicon) is not None  # "un 2" is not the 2 of "2 horas"
    if right or not others or counts or fold(first) not in articles:
        return right
    return _put_in(words, Replacement(others, meant), lexicon)  # "no el Coll", of "el parque Coll"


def _put_in(words: str, replaced: Replacement, lexicon: Lexicon) -> str:
    was, meant = replaced
    articles = lexicon.number.articles | lexicon.grade.for_area
    told, sought = _words(words), [word.folded for word in _words(was)]
    left = words
    for at in range(len(told) - len(sought), -1, -1):  # from the end, so that places stay
        here = [word.folded for word in told[at : at + len(sought)]]
        if not sought or not all(_is_same(*two, lexicon) for two in zip(here, sought, strict=True)):
            continue
        first, instead = at - _said_before(told[:at], meant), meant
        if first < at:
            pass  # "near the lighthouse", and "near the casino" is meant
        elif fold(meant.split()[0]) in articles and sought[0] not in articles:
            if at and told[at - 1].folded in articles:
                first = at - 1  # "un caballero": "una señora" brings its own
            else:
                instead = meant.partition(" ")[2] or meant
        end = told[at + len(sought) - 1].end
        left = left[: told[first].start] + instead + left[end:]
    return left if left != words else ""


def _said_before(told: Sequence[_Word], meant: str) -> int:
    """How many words that what is meant begins with already stand before it."""
    words = [word.folded for word in _words(meant)]
    before = [word.folded for word in told]
    most = min(len(words) - 1, len(before))
    return next((n for n in range(most, 0, -1) if before[-n:] == words[:n]), 0)


def _is_same(word: str, other: str, lexicon: Lexicon) -> bool:
    """Whether both are one word, or one number in digits and in words."""
    if word == other:
        return True
    value = value_of(word, lexicon)
    return value is not None and value == value_of(other, lexicon)


def without_part(words: str, named: Sequence[str]) -> str:
    """``words`` without the parts that speak of what is ``named``; as they are where none does.

    A part ends with any sign: "todo bien, se demoraron" without "demora" is "todo bien".
    """
    stems = tuple(word[:_SHORTEST_STEM] for word in named if len(word) >= _SHORTEST_STEM - 1)
    parts = _SENTENCE.findall(words)
    kept = [part for part in parts if not any(w.startswith(stems) for w in fold(part).split())]
    return "".join(kept).strip(" ,;\n") if stems and len(kept) < len(parts) else words


def _fitted(replaced: Replacement, lexicon: Lexicon) -> Replacement:
    """The same without an article that only the first has, or a noun that is not said again.

    "Puse 15 minutos, eran 50" leaves the minutes as they are.
    """
    articles = lexicon.number.articles | lexicon.grade.for_area
    was, meant = replaced.was.split(), replaced.meant.split()
    if len(was) > 1 and fold(was[0]) in articles and fold(meant[0]) not in articles:
        was = was[1:]
    counts = [value_of(fold(words[0]), lexicon) is not None for words in (was, meant)]
    if all(counts) and 1 in (len(was), len(meant)):
        was, meant = was[:1], meant[:1]
    return Replacement(" ".join(was), " ".join(meant))


def _words(text: str) -> list[_Word]:
    found = ((_folded(token[0]) or ",", *token.span()) for token in _TOKEN.finditer(text))
    return [_Word(*token) for token in found]


def _folded(token: str) -> str:
    """One word, where folding would make two of it: "O'Higgins"."""
    return fold(token).replace(" ", "")


def _as_written(text: str, tokens: Sequence[_Word], written: str, span: tuple[int, int]) -> str:
    first = written[: span[0]].count(" ") - 1
    last = first + written[span[0] : span[1]].count(" ")
    return text[tokens[first].start : tokens[last].end]


def without_rest(text: str, lexicon: Lexicon) -> str:
    """ "Señora, porfa", "señora se puede arreglar": what stands behind it is none of it."""
    words = text.split()
    while words and fold(words[-1]) in lexicon.behind_meant:
        words.pop()
    return " ".join(words)
