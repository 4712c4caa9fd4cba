"""Finds and masks what identifies a person in citizens' texts, before they are stored or read.

Masking is a safety net, not anonymisation: because it misses some, comments are also withheld
under 10 answers and in sensitive areas. tests/handlers measures the recall of each kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum.cl import rut

from handlers.privacy.dictated import dictated
from handlers.privacy.patterns import DetailPatterns, patterns
from handlers.text.folding import fold
from handlers.text.personal import NameWords


class PersonalSpan(NamedTuple):
    """A span of text that identifies a person. ``kind``: a key of ``PLACEHOLDERS``."""

    start: int
    end: int
    kind: str


PLACEHOLDERS = {
    "rut": "[RUT]",
    "phone": "[teléfono]",
    "email": "[correo]",
    "plate": "[patente]",
    "name": "[nombre]",
    "address": "[dirección]",
    "number": "[número]",
    "health": "[salud]",
}

_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_DIGIT = re.compile(r"\d")
_LONG_NUMBER = re.compile(r"(?<![\w$.,])\d{8,}(?!\w|[.,]\d)")

_SEPARATOR = r"[-·.•]?"
_PLATE = re.compile(
    rf"(?<!\w)(?:[A-Z]{{2}}{_SEPARATOR}[A-Z]{{2}}{_SEPARATOR}\d{{2}}"  # BBBB12, BB·BB·12
    rf"|[A-Z]{{2}}{_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{2}}"  # AA1234, AA-12-34
    rf"|[A-Z]{{3}}{_SEPARATOR}0?\d{{2}}|[A-Z]{{5}}{_SEPARATOR}\d"  # motorcycles BBB12; BBBBB1
    r"|[B-DF-HJ-NP-TV-Z]{4}\s\d{2}|[B-DF-HJ-NP-TV-Z]{2}\s(?:[B-DF-HJ-NP-TV-Z]{2}\s\d{2}|\d{4})"
    r"|[b-df-hj-np-tv-z]{4}[-·]?\d{2})(?!\w)"
)
_LONGEST_INITIAL = 3  # characters of "p." and "ma."
_SHORTEST_UNKNOWN = 4  # letters of a name that no list has
_SMALL_PAIR = re.compile(r"\b[^\W\d_]{3,}(?:\s+[^\W\d_]{3,})+")
_LONGEST_TITLED = 25  # characters that name what a title in quotes is of
_LONGEST_PLACE = 40  # characters that the pattern of one may need


def mask(text: str, names: NameWords) -> str:
    """Replace every personal detail in ``text`` by a placeholder. Idempotent."""
    parts: list[str] = []
    position = 0
    for span in personal_spans(text, names):
        parts += [text[position : span.start], PLACEHOLDERS[span.kind]]
        position = span.end
    return "".join([*parts, text[position:]])


def personal_spans(text: str, names: NameWords) -> list[PersonalSpan]:
    """The personal details in a text, in order and without overlaps; earlier kinds win."""
    if _INVISIBLE.isdisjoint(text):
        return _visible_spans(text, names)
    seen = [place for place, letter in enumerate(text) if letter not in _INVISIBLE]
    spans = _visible_spans("".join(text[place] for place in seen), names)
    return [PersonalSpan(seen[start], seen[end - 1] + 1, kind) for start, end, kind in spans]


def _visible_spans(text: str, names: NameWords) -> list[PersonalSpan]:
    taken: list[PersonalSpan] = []
    for span in _candidates(text, names):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    return sorted(taken)


def _candidates(text: str, names: NameWords) -> list[PersonalSpan]:
    known = patterns(names)
    found = [PersonalSpan(*match.span(), "email") for match in _EMAIL.finditer(text)]
    for start, end, kind in dictated(text, names, known):
        found.append(PersonalSpan(start, end, kind))
    relates = known.relation.search(text) is not None
    if _DIGIT.search(text):
        found += _numbered(text, known)
    for pattern in (known.titled, known.introduced) if relates else (known.introduced,):
        found += [PersonalSpan(*match.span("name"), "name") for match in pattern.finditer(text)]
    for pattern in (known.polite, known.called):
        found += _leading_names(text, pattern, names)
    related = _related_names(text, names, known, relates=relates)
    found += _diagnoses(text, known)
    return [*found, *related, *_known_names(text, names, known)]


def _numbered(text: str, known: DetailPatterns) -> Iterator[PersonalSpan]:
    """Details with digits."""
    # Each pattern, the group that is the detail, and its kind. Earlier ones win.
    details: tuple[tuple[re.Pattern[str], int | str, str], ...] = (
        (known.address, 0, "address"),
        (known.lives, "address", "address"),
        (known.plot, "address", "address"),
        (known.rut, 0, "rut"),
        (known.phone, 0, "phone"),
        (_LONG_NUMBER, 0, "number"),
        (known.named_plate, "plate", "plate"),
        (_PLATE, 0, "plate"),
    )
    for pattern, group, kind in details:
        for match in pattern.finditer(text):
            is_rut = pattern is _LONG_NUMBER and rut.is_valid(match[0])
            yield PersonalSpan(*match.span(group), "rut" if is_rut else kind)


def _diagnoses(text: str, known: DetailPatterns) -> Iterator[PersonalSpan]:
    """Diagnoses of somebody: «la paciente tiene sífilis»."""
    for quoted in known.quoted.finditer(text):
        before = text[max(0, quoted.start() - _LONGEST_TITLED) : quoted.start()]
        if known.diagnosis.search(quoted["said"]) and not known.work.search(before):
            yield PersonalSpan(*quoted.span("said"), "health")


def _related_names(
    text: str, names: NameWords, known: DetailPatterns, *, relates: bool
) -> Iterator[PersonalSpan]:
    """Names, in any case, after a relation or thanks; after a relation, unknown names too."""
    ends = known.no_name_ends
    thanked = (known.thanked, False)
    for pattern, unknown in ((known.related, True), thanked) if relates else (thanked,):
        for found in pattern.finditer(text):
            start = end = found.start("name")
            if found["article"] and not _is_given(found["name"].split()[0], names):
                continue  # "mi vecina la Marisol", not "mi hija la llevó"
            for word in re.finditer(r"\S+", found["name"]):
                follows = end > start
                if follows and fold(word[0]) in known.of:
                    continue  # "Anaís del Valle"
                if not _may_be_name(word[0], names, ends, unknown=unknown, follows=follows):
                    break
                end = start + word.end()
            if end > start and fold(text[start:end]) not in known.of:
                yield PersonalSpan(start, end, "name")


def _may_be_name(
    word: str, names: NameWords, ends: re.Pattern[str], *, unknown: bool, follows: bool
) -> bool:
    """Whether a word may be a name. ``ends``: endings of words that are not, unless known."""
    parts = _parts(word)
    if not parts or any(part in names.not_names for part in parts):
        return False
    if len(word) <= _LONGEST_INITIAL and word.endswith("."):
        return True  # "p. muñoz", "ma. eugenia"
    if any(
        _is_known_name(part, names) and (follows or part not in names.everyday) for part in parts
    ):
        return True
    longest = max(map(len, parts))
    if not (unknown or follows) or longest < _SHORTEST_UNKNOWN or word[-1] in "áéíóú":
        return False
    return not any(part in names.words or ends.search(part) for part in parts)


def _is_given(word: str, names: NameWords) -> bool:
    parts = _parts(word)
    return any(part in names.given and part not in names.everyday for part in parts)


def _parts(word: str) -> list[str]:
    """The parts of a double name: "Pierre-Louis", "O'Higgins"."""
    return re.split(r"[\s'’-]+", fold(word.strip(".,")))


def _leading_names(text: str, pattern: re.Pattern[str], names: NameWords) -> Iterator[PersonalSpan]:
    """The words after a title, in any case, up to the first that cannot be a name."""
    for found in pattern.finditer(text):
        start = end = found.start("name")
        for word in re.finditer(r"\S+", found["name"]):
            first = word.start() == 0
            if fold(word[0]) in names.not_names or not (first or _is_name(word[0], names)):
                break
            end = start + word.end()
        if end > start:
            yield PersonalSpan(start, end, "name")


def _known_names(text: str, names: NameWords, known: DetailPatterns) -> Iterator[PersonalSpan]:
    """Capitalised runs from a known given name on; lower-case pairs of given name and surname."""
    for run in known.run.finditer(text):
        words = list(re.finditer(r"\S+", run[0]))
        given = next((word for word in words if fold(word[0]) in names.given), None)
        if given is not None and not _after_place(text, run.start() + given.start(), known):
            yield PersonalSpan(run.start() + given.start(), run.end(), "name")
    for run in _SMALL_PAIR.finditer(text):
        words = list(re.finditer(r"\S+", run[0]))
        for index, word in enumerate(words[:-1]):
            start = run.start() + word.start()
            if fold(word[0]) not in names.given or _after_place(text, start, known):
                continue
            after = [fold(other[0]) for other in words[index + 1 : index + 4]]
            are_known = [_is_known_name(other, names) for other in after]
            length = are_known.index(False) if False in are_known else len(are_known)
            if any(other in names.surnames for other in after[:length]):
                yield PersonalSpan(start, run.start() + words[index + length].end(), "name")


def _after_place(text: str, start: int, known: DetailPatterns) -> bool:
    """Whether the name at ``start`` is part of a place's: "CESFAM Pedro Aguirre Cerda"."""
    return known.place_before.search(text[max(0, start - _LONGEST_PLACE) : start]) is not None


def _is_name(word: str, names: NameWords) -> bool:
    return word[0].isupper() or all(_is_known_name(part, names) for part in _parts(word))


def _is_known_name(folded: str, names: NameWords) -> bool:
    return folded in names.given or folded in names.surnames
