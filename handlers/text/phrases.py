"""Phrases: patterns of words that recognise a meaning in any spelling.

A phrase is ordinary words, compared by sound ("hay un insendio" meets "hay un incendio") or as they
are spelt. In a phrase, ``word*`` stands for any ending, ``one|two`` for either word, ``one|two?``
for either or none, ``#`` for a number in digits, ``...`` for up to three words in between, ``*``
alone for any number of words, ``<group>`` for any word of a named group. ``=`` at the beginning
says that nothing may come before or after, at the end that nothing may come after.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean
from handlers.text.turn_cache import turn_cached

_GAPS = {"...": 3, "*": 10_000}  # how many words may be in between
_NUMBER = "#"
_OPTIONAL = "?"
_BOUND = "="
_MOST_OPTIONAL = 4  # optional places of a phrase, each of which doubles the variants
_GROUP = re.compile(r"<([^<>\s]*)>")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?;\n]+")
_SHORTEST_STEM = 3  # characters of the shortest ``word*``
SHORTEST_WITH_SLIP = 6  # letters; one slip makes another word of a shorter one
_HIDDEN = ""  # replaces the words of an ordinary phrase; no phrase matches it or reaches across

# Letters that sound alike in Chilean Spanish, in the order of replacement.
_PAIRS = (
    ("ch", "ç"),
    ("qu", "k"),
    ("ce", "se"),
    ("ci", "si"),
    ("ge", "je"),
    ("gi", "ji"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("ll", "y"),
    ("mb", "nb"),
    ("mp", "np"),
)
_LETTERS = str.maketrans(
    {"c": "k", "q": "k", "z": "s", "x": "s", "v": "b", "y": "i", "w": "gu", "h": None}
)
_DOUBLES = tuple((letter * 2, letter) for letter in "aeiousrnltfkbdgjmpñç")


@turn_cached(256)  # as ``fold``: a message is heard by everything that reads in it
def sound(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded, with letters that sound alike made equal."""
    return tuple(sound_of(fold(text)))


@turn_cached(256)
def _sound_keeping_perro(text: str) -> tuple[str, ...]:
    """As ``sound``, but keeping "rr", so that "pero mi marido me pegó" has no "perro"."""
    folded = fold(text)
    if _PERRO not in folded:
        return sound(text)
    return tuple(" ".join(map(_word_keeping_perro, folded.split())).split())


_PERRO = "perr"


def _word_keeping_perro(word: str) -> str:
    rest = word.removeprefix(_PERRO)
    return sound_of_word(word) if rest == word else _PERRO + sound_of_word(rest)


def sound_of(written: str) -> list[str]:
    """As ``sound``, for a folded text; a word without a sound, such as "h", is left out."""
    return " ".join(map(sound_of_word, written.split())).split()


@lru_cache(maxsize=4_096)  # most words repeat, and each message is read several times
def sound_of_word(word: str) -> str:
    """As ``sound``, for one word; "" if it has no sound."""
    for letters, spoken in _PAIRS:
        word = word.replace(letters, spoken)
    word = word.translate(_LETTERS)
    for double, single in _DOUBLES:
        while double in word:
            word = word.replace(double, single)
    return word


@turn_cached(256)
def spelling(text: str) -> tuple[str, ...]:
    """The words of ``text``, folded, with digits as separate words: "3meses" is two."""
    return tuple(_WORDS.findall(fold(text)))


Split = Callable[[str], Sequence[str]]  # splits a text into words for comparison
Span = tuple[int, int]  # of words: begin, and end (exclusive)


@dataclass(frozen=True, slots=True)
class Token:
    """One place of a phrase: the words that fit, and how many words may come before."""

    words: frozenset[str]
    stems: tuple[str, ...]
    number: bool = False  # any number in digits fits
    gap: int = 0

    @property
    def shortest(self) -> int:
        """The length of the shortest word that fits; 0 if any number does."""
        return 0 if self.number else min(map(len, (*self.words, *self.stems)))


@dataclass(frozen=True, slots=True)
class Phrase:
    """The places of a phrase, and whether the text must begin or end with it."""

    tokens: tuple[Token, ...]
    begins: bool
    ends: bool
    needed: frozenset[str]  # words that a text must contain
    choices: tuple[frozenset[str], ...]  # a text must contain one word of each

    @property
    def rarest(self) -> Token:
        """The place that the fewest texts fill, by its shortest word, as short ones are common."""
        return max(self.tokens, key=lambda token: token.shortest)

    def spans(self, words: Sequence[str]) -> list[Span]:
        """The spans of all matches of the phrase in ``words``."""
        found = []
        first = self.tokens[0]
        whole, stems, number = first.words, first.stems, first.number
        for start, word in enumerate(words):
            if word in whole or (stems and word.startswith(stems)) or (number and word.isdecimal()):
                end = start + 1
                if len(self.tokens) > 1:
                    end = _end(self.tokens, 1, words, end)
                if end and not (self.ends and end < len(words)):
                    found.append((start, end))
            if self.begins:
                break
        return found


def read_phrase(written: str, groups: Mapping[str, str]) -> Phrase:
    """Parse ``written`` as a phrase with all its optional places.

    ``groups``: the words of each group, separated by spaces. Raises ValueError with an explanation.
    """
    return read_phrases(written, groups)[0]


def read_phrases(written: str, groups: Mapping[str, str], split: Split = sound) -> list[Phrase]:
    """Parse ``written`` into one phrase per combination of its optional places."""
    begins = written.startswith(_BOUND)
    ends = begins or written.endswith(_BOUND)
    parts = _GROUP.sub(lambda match: _members(match[1], groups), written.strip(_BOUND)).split()
    ways: list[list[str]] = [[]]
    for part in parts:
        taken = [[*way, part.removesuffix(_OPTIONAL)] for way in ways]
        ways = [*taken, *ways] if part.endswith(_OPTIONAL) else taken
    if len(ways) > 2**_MOST_OPTIONAL:
        raise ValueError(f"a lo más {_MOST_OPTIONAL} palabras opcionales; escriba dos frases")
    return [_phrase(_tokens(way, split), begins, ends) for way in ways]


def _phrase(tokens: tuple[Token, ...], begins: bool, ends: bool) -> Phrase:
    closed = [token.words for token in tokens if not token.stems and not token.number]
    needed = frozenset().union(*[words for words in closed if len(words) == 1])
    choices = {words for words in closed if len(words) > 1 and needed.isdisjoint(words)}
    return Phrase(tokens, begins, ends, needed, tuple(choices))


def _tokens(parts: Sequence[str], split: Split) -> tuple[Token, ...]:
    if not parts or parts[0] in _GAPS or parts[-1] in _GAPS:
        raise ValueError("no se entiende; la frase empieza y termina con una palabra")
    tokens, gap = [], 0
    for part in parts:
        if part in _GAPS:
            gap = _GAPS[part]
        else:
            tokens.append(_token(part, gap, split))
            gap = 0
    if not any(token.shortest for token in tokens):
        raise ValueError("no se entiende; la frase necesita una palabra además de números")
    return tuple(tokens)


def forget_tokens() -> None:
    """Clear the cache of parsed tokens, once a release has parsed all its phrases."""
    _token.cache_clear()


class PhraseIndex:
    """Many phrases, each with a rank; only those whose words all occur are matched."""

    def __init__(
        self,
        phrases: Iterable[tuple[int, str]] = (),
        groups: Mapping[str, str] = MappingProxyType({}),
        split: Split = sound,
    ) -> None:
        self._by_word: dict[str, list[tuple[int, Phrase]]] = {}  # by each phrase's rarest word
        self._by_stem: dict[str, list[tuple[str, int, Phrase]]] = {}
        self.add(phrases, groups, split)

    def add(
        self, phrases: Iterable[tuple[int, str]], groups: Mapping[str, str], split: Split = sound
    ) -> None:
        """Add phrases, with groups of their own."""
        read = [
            (rank, phrase) for rank, text in phrases for phrase in read_phrases(text, groups, split)
        ]
        for rank, phrase in read:
            rarest = phrase.rarest
            for word in rarest.words:
                self._by_word.setdefault(word, []).append((rank, phrase))
            for stem in rarest.stems:
                beginning = stem[:_SHORTEST_STEM]
                self._by_stem.setdefault(beginning, []).append((stem, rank, phrase))

    @property
    def long_words(self) -> frozenset[str]:
        """The words of its phrases in which a slip still leaves one recognisable word."""
        found = (phrase for listed in self._by_word.values() for _, phrase in listed)
        words = (word for phrase in found for token in phrase.tokens for word in token.words)
        return frozenset(word for word in words if len(word) >= SHORTEST_WITH_SLIP)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """(rank, begin, end) of every match in ``words``; some may be repeated."""
        by_word, by_stem = self._by_word, self._by_stem
        candidates: list[tuple[int, Phrase]] = []
        for word in dict.fromkeys(words):  # each distinct word once
            if word in by_word:
                candidates += by_word[word]
            if (beginning := word[:_SHORTEST_STEM]) in by_stem:
                for stem, rank, phrase in by_stem[beginning]:
                    if word.startswith(stem):
                        candidates.append((rank, phrase))
        found, present = [], set(words)
        for rank, phrase in candidates:
            if phrase.needed <= present:
                for choice in phrase.choices:
                    if choice.isdisjoint(present):
                        break
                else:
                    for start, end in phrase.spans(words):
                        found.append((rank, start, end))
        return found

    def spans(self, words: Sequence[str]) -> list[Span]:
        """The spans of all matches of any phrase in ``words``."""
        return [(start, end) for _, start, end in self.find(words)]


class PhraseClassifier:
    """Meanings in order of precedence, each with wanted phrases and ordinary, similar ones."""

    def __init__(
        self,
        meanings: Sequence[tuple[Iterable[str], Iterable[str]]],
        groups: Mapping[str, str],
    ) -> None:
        self._wanted = PhraseIndex(
            ((rank, phrase) for rank, (wanted, _) in enumerate(meanings) for phrase in wanted),
            groups,
            _sound_keeping_perro,
        )
        self._ordinary = PhraseIndex(
            ((rank, phrase) for rank, (_, ordinary) in enumerate(meanings) for phrase in ordinary),
            groups,
            _sound_keeping_perro,
        )

    def is_ordinary(self, text: str) -> bool:
        """Whether the text contains an ordinary phrase of any meaning."""
        return bool(self._only_ordinary(text))

    def without_ordinary(self, text: str) -> str:
        """The words of the text, folded, without its ordinary phrases."""
        words, written = _sound_keeping_perro(text), tuple(fold(text).split())
        if len(words) != len(written):  # one of them has no sound
            written = words
        out = {at for start, end in self._only_ordinary(text) for at in range(start, end)}
        return " ".join(word for at, word in enumerate(written) if at not in out)

    def _only_ordinary(self, text: str) -> list[Span]:
        """The spans of ordinary phrases, except those within a wanted phrase of another meaning.

        "Mi papá me pega" is ordinary for violence against a child, but still violence.
        """
        words = _sound_keeping_perro(text)
        ordinary = self._ordinary.spans(words)
        if not ordinary or not (told := set(self.every(text))):
            return ordinary
        wanted = [(start, end) for rank, start, end in self._wanted.find(words) if rank in told]
        return [
            (start, end)
            for start, end in ordinary
            if not any(first < end and start < last for first, last in wanted)
        ]

    def first(self, text: str) -> int | None:
        """The rank of the first meaning that matches with its ordinary phrases hidden."""
        return next(self.every(text), None)

    def every(self, text: str) -> Iterator[int]:
        """The ranks of all meanings that match, in order of precedence."""
        words = _sound_keeping_perro(text)
        found = self._wanted.find(words)
        if not found:
            return
        sentences = [_sound_keeping_perro(sentence) for sentence in _SENTENCE_END.split(text)]
        for rank in sorted({rank for rank, _, _ in found}):
            # Sentence by sentence: an ordinary phrase in one must not affect another.
            left = tuple(word for sentence in sentences for word in self._without(sentence, rank))
            if left == words or any(other == rank for other, _, _ in self._wanted.find(left)):
                yield rank

    def _without(self, words: Sequence[str], rank: int) -> list[str]:
        """The words, with this meaning's ordinary phrases hidden."""
        left = list(words)
        for other, start, end in self._ordinary.find(words):
            if other == rank:
                left[start:end] = [_HIDDEN] * (end - start)
        return left


def _end(tokens: Sequence[Token], index: int, words: Sequence[str], at: int) -> int:
    """Where ``tokens`` from ``index`` on end if they match at ``at``; 0 if they do not."""
    token = tokens[index]
    for place in range(at, min(at + token.gap + 1, len(words))):
        word = words[place]
        if (
            word in token.words
            or word.startswith(token.stems)
            or (token.number and word.isdecimal())
        ):
            if index + 1 == len(tokens):
                return place + 1
            if end := _end(tokens, index + 1, words, place + 1):
                return end
        if word == _HIDDEN:
            break
    return 0


def _members(group: str, groups: Mapping[str, str]) -> str:
    if not groups.get(group, "").strip():
        near = did_you_mean(group, groups) or "; agréguelo en [words]"
        raise ValueError(f"nombra un grupo de palabras que no existe, <{group}>{near}")
    return "|".join(groups[group].split())


@lru_cache(maxsize=8192)  # the packaged languages have 5,000, parsed by checks and by the index
def _token(part: str, gap: int, split: Split) -> Token:
    words, stems = set[str](), list[str]()
    for written in part.split("|"):
        stem = written.removesuffix("*")
        compared = _compared(stem, split)
        if written == _NUMBER:
            continue
        if not compared:
            raise ValueError(f"no se entiende; «{written}» no es una palabra{_remedy(written)}")
        if stem == written:
            words.add(compared)
        elif len(compared) < _SHORTEST_STEM:
            raise ValueError(f"no se entiende; «{written}» es muy corto antes del *")
        else:
            stems.append(compared)
    return Token(frozenset(words), tuple(stems), _NUMBER in part.split("|"), gap)


def _remedy(written: str) -> str:
    """How to mend a token that is not a word, such as "re-bueno" or "=un"."""
    if _BOUND in written:
        return f"; el {_BOUND} va solo al comienzo o al final de la frase"
    words = " ".join(_WORDS.findall(written))
    return f"; escriba «{words}», sin guiones ni otros signos" if words else ""


def _compared(written: str, split: Split) -> str:
    compared = split(written)
    return compared[0] if len(compared) == 1 and written.isalnum() else ""
