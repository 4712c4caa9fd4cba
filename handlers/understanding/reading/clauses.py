"""The clauses of what is told: which of them name something, and which are said to the assistant.

Only whole clauses are left out of a text, so that what stays can be read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from handlers.content.lexicon.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.kinds import PhraseKind
from handlers.text.turn_cache import turn_cached
from handlers.understanding.reading.no_grades import PARTS
from handlers.understanding.reading.said import Said

_ENDS = re.compile(r"[.,;:!?\n()]+\s*")
_JOINED = re.compile(r"\s+(?=(\w+)\s+(\S.*))", re.DOTALL)
_TEXTS_KEPT = 16
_AROUND = " ,;:\n"
_SHORTEST_NAMING = 4  # letters of a word that names what a clause is about
_MUCH_BESIDES = 5  # words of a clause that tells more than what is named in it
_MOST_LEADING = 2  # words before "ya le dije que"


@turn_cached(_TEXTS_KEPT)
def clauses(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The clauses of a text with what ends them; they are the text again when joined."""
    found, begins = list[str](), 0
    for end in (*(found.end() for found in _ENDS.finditer(text)), len(text)):
        found += _apart(text[begins:end], lexicon)
        begins = end
    return tuple(filter(None, found))


def _apart(text: str, lexicon: Lexicon) -> list[str]:
    """ "Está enfermo y no hay horas" in two; "se cayó y no responde" stays one."""
    begins, found = 0, list[str]()
    for join in _JOINED.finditer(text):
        if fold(join[1]) not in lexicon.grade.joins:
            continue
        if Said(join[2], lexicon).begins(PhraseKind.BEGINS_CLAUSE):
            found.append(text[begins : join.end()])
            begins = join.end()
    return [*found, text[begins:]]


def naming(words: Sequence[str], lexicon: Lexicon) -> set[str]:
    """The words that say which clause is meant, in the singular: "lo de la perrita"."""
    telling = (word for word in words if word not in lexicon.place_fillers)
    return {word.removesuffix("s") for word in telling if len(word) >= _SHORTEST_NAMING}


def without_named(
    told: Sequence[str], named: Collection[str], lexicon: Lexicon
) -> tuple[str, ...] | None:
    """The messages without the one clause that names it; None where it is not sure which that is.

    It names all of the words, or it is the only one that names any.
    """
    parts = [list(clauses(message, lexicon)) for message in told]
    said = {
        (at, place): set(naming(Said(clause, lexicon).words, lexicon))
        for at, message in enumerate(parts)
        for place, clause in enumerate(message)
    }
    every = [where for where, words in said.items() if words.issuperset(named)]
    some = [where for where, words in said.items() if not words.isdisjoint(named)]
    found = every if len(every) == 1 else some
    if not named or len(found) != 1:
        return None
    at, place = found[0]
    rest = _without_words(parts[at][place], named, lexicon)
    if rest is None:
        return None
    parts[at][place : place + 1] = [rest] if rest else []
    left = (_joined(message, lexicon) for message in parts)
    return tuple(message for message in left if message)


def _without_words(clause: str, named: Collection[str], lexicon: Lexicon) -> str | None:
    """The clause without what is named, where it tells much besides; "" if it goes whole.

    "El semáforo está malo hace 5 días y casi hay un choque ayer" without the crash; None where
    nothing of it can go alone.
    """
    joins = [found for found in _JOINED.finditer(clause) if fold(found[1]) in lexicon.grade.joins]
    ends = [*(found.start() for found in joins), len(clause)]
    for begin, end in reversed(list(pairwise(ends))):
        part = clause[begin:end]
        if set(named) <= naming(Said(part, lexicon).words, lexicon):
            return clause[:begin] + clause[end:]
    said = Said(clause, lexicon)
    if len(naming(said.words, lexicon) - set(named)) < _MUCH_BESIDES:
        return ""
    written = list(re.finditer(r"\d+|[^\W\d_]+", clause))
    at = [n for n, word in enumerate(said.words) if word.removesuffix("s") in named]
    together = len(at) > 1 and at[-1] - at[0] == len(at) - 1 and len(written) == len(said.words)
    if not together:
        return None
    return clause[: written[at[0]].start()].rstrip() + clause[written[at[-1]].end() :]


@turn_cached(_TEXTS_KEPT)
def without_asides(text: str, lexicon: Lexicon) -> str:
    """The text without what is said to the assistant: "ya le dije", "no pregunté la dirección"."""
    kept = [_without_aside(clause, lexicon) for clause in clauses(text, lexicon)]
    if all(kept) and "".join(kept) == text:
        return text
    return _joined(list(filter(None, kept)), lexicon)


def without_join(text: str, lexicon: Lexicon) -> str:
    """The text without a comma or an "and" at either end."""
    text = text.strip(_AROUND)
    words = text.split()
    while words and fold(words[0]) in lexicon.grade.joins:
        text = text[len(words.pop(0)) :].strip(_AROUND)
    while words and fold(words[-1]) in lexicon.grade.joins:
        text = text[: -len(words.pop())].strip(_AROUND)
    return text


def _without_aside(clause: str, lexicon: Lexicon) -> str:
    said = Said(clause, lexicon)
    if any(start <= _MOST_LEADING for start, _ in said.spans(PhraseKind.REPROACHES)):
        return ""
    if said.is_only(PhraseKind.SAID_ALREADY):
        return ""
    ends = [end for start, end in said.spans(PhraseKind.SAID_ALREADY) if start <= _MOST_LEADING]
    written = list(re.finditer(r"\d+|[^\W\d_]+", clause))
    if not ends or len(written) != len(said.words) or max(ends) >= len(written):
        return clause
    return clause[written[max(ends)].start() :]


def _joined(parts: Sequence[str], lexicon: Lexicon) -> str:
    return without_join("".join(parts), lexicon)


def without_just(text: str, lexicon: Lexicon) -> list[str]:
    """The words of a text, folded, without a "no más" that says "just": "ya, borre no más".

    "No más", "ya no más" and what stands behind a comma deny.
    """
    return [word for part in PARTS.split(text) for word in _without_just(part, lexicon)]


def _without_just(part: str, lexicon: Lexicon) -> list[str]:
    words, kept = fold(part).split(), list[str]()
    while words:
        denies = not kept or kept[-1] in lexicon.just_not_after
        if not denies and tuple(words[:2]) in lexicon.just:
            words = words[2:]
        else:
            kept.append(words.pop(0))
    return kept
