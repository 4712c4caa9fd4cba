"""Finds and hides what identifies a person in what citizens write, before it is stored or read.

Masking is a safety net, not anonymity: what it misses is why comments are also withheld under 10
answers and in sensitive areas. Recall by kind is measured in tests/handlers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum.cl import rut

from handlers.content.lexicon import NameWords
from handlers.privacy.dictated import dictated
from handlers.text.folding import fold


class Span(NamedTuple):
    """A stretch of text that identifies a person; ``kind`` is a key of ``PLACEHOLDERS``."""

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
}

_DASH = r"[-‐-―−]"
_BETWEEN = r"[\s.·]?(?:[-‐-―−][\s]?)?"  # what people write between groups of digits
_UPPER = "A-ZÁÉÍÓÚÜÑ"
_CAPITAL = rf"[{_UPPER}][\w'’]+"
_INVISIBLE = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f")
_PROPER = rf"[{_UPPER}][^\W\d_{_UPPER}][\w'’]*"  # Paola, but not OMIL
_AREA_CODES = r"(?:2|3[2-5]|4[1-5]|5[1-8]|6[1-57]|7[1-35])"

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)+")
_RUT = re.compile(
    # 12.345.678-9, 12345678-9, 12 345 678 9
    rf"(?<![\w$.,])\d{{1,2}}[.\s]?\d{{3}}[.\s]?\d{{3}}(?:\s?{_DASH}\s?|\s)[\dkK](?!\w)"
    r"|(?<![\w$.,])\d{1,2}\.\d{3}\.\d{3}[\dkK]?(?!\w|[.,]\d|\s?(?:pesos|UF|UTM))"  # 12.345.678
    r"|(?<![\w$.,])\d{7,8}[kK](?!\w)"
)
_COUNTRY = rf"(?<![\w$.,])(?:\(?\+?\s?56\)?{_BETWEEN})?"
_PHONE = re.compile(
    rf"{_COUNTRY}\(?0?9\)?(?:{_BETWEEN}\d){{8}}(?!\w)"  # mobile
    rf"|{_COUNTRY}\(?0?{_AREA_CODES}\)?{_BETWEEN}2(?:{_BETWEEN}\d){{6}}(?!\w)"  # by area
    rf"|\+\s?\d(?:{_BETWEEN}\d){{7,13}}(?!\w)"  # abroad
    r"|(?i:(?<=fono )|(?<=cel )|(?<=celular )|(?<=fono: )|(?<=numero )|(?<=número ))"
    rf"\d(?:{_BETWEEN}\d){{6,10}}(?!\w)"
)
_LONG_NUMBER = re.compile(r"(?<![\w$.,])\d{8,}(?!\w|[.,]\d)")

_SEPARATOR = r"[-·.•]?"
_PLATE = re.compile(
    rf"(?<!\w)(?:[A-Z]{{2}}{_SEPARATOR}[A-Z]{{2}}{_SEPARATOR}\d{{2}}"  # BBBB12, BB·BB·12
    rf"|[A-Z]{{2}}{_SEPARATOR}\d{{2}}{_SEPARATOR}\d{{2}}"  # AA1234, AA-12-34
    rf"|[A-Z]{{3}}{_SEPARATOR}0?\d{{2}}|[A-Z]{{5}}{_SEPARATOR}\d"  # motorcycles BBB12; BBBBB1
    r"|[B-DF-HJ-NP-TV-Z]{4}\s\d{2}|[B-DF-HJ-NP-TV-Z]{2}\s(?:[B-DF-HJ-NP-TV-Z]{2}\s\d{2}|\d{4})"
    r"|[b-df-hj-np-tv-z]{4}[-·]?\d{2})(?!\w)"
)
_NAMED_PLATE = re.compile(
    r"(?i:\b(?:patente|placa(?:\s+patente)?|ppu)\s*(?:es\b|n[°º]|:)?\s*(?:la\s+)?)"
    r"(?P<plate>(?!(?i:de|del|el|la|al|en|por|un|con)\b)"
    r"[A-Za-z]{2,5}[-·.\s]?(?:[A-Za-z]{2}[-·.\s]?)?\d{1,2}[-·.\s]?\d{0,2})(?!\w)"
)

_STREET = (
    r"(?:calle|avenida|avda|av|pasaje|psje|pje|camino|ruta|villa|poblaci[oó]n|pobl|condominio"
    r"|edificio|block|parcela|loteo|cerro|diagonal|paseo)"
)
_UNITS = (
    r"(?:a[ñn]os?|mes(?:es)?|d[ií]as?|semanas?|horas?|hrs|minutos?|veces|personas|vecin"
    r"|metros|cuadras|pesos|%)"
)
_UNIT = (
    r"(?:depto|dpto|departamento|casa|block|torre|of|oficina|sitio|lote|manzana|mz|interior|int"
    r"|piso)"
)
_MORE = (
    rf"(?:\s*,?\s*(?i:{_UNIT})\.?\s*"
    r"(?:n[°º]\s*)?(?:\d+\s?-?[A-Za-z]?|[A-Z])\b)*"
)
_ADDRESS = re.compile(
    rf"\b(?i:{_STREET})\b\.?\s+"
    r"(?:"
    # A capitalised name, or a number that is marked as one: any number is the house's.
    rf"(?:(?i:de|del|la|las|los|el)\s+)*{_CAPITAL}(?:\s+[\w'’.]+){{0,5}}?\s*,?\s*"
    rf"(?:#\s*|(?i:n[°ºo]\.?|n[uú]mero|casa|sitio|parcela|lote)\s*)?\d{{1,5}}\b(?!\s*{_UNITS})"
    r"|(?:[^\W\d_]+\s+){1,5}?(?:#\s*|(?i:n[°º]|n[uú]mero|casa|sitio)\s*)\d{1,5}\b"
    # All in small letters: a number of three digits or more that is no year and counts nothing.
    r"|(?:[^\W\d_]+\s+){1,4}?(?<!\bdesde )(?<!\ben )(?<!\bde )(?<!\bel )"
    rf"\d{{3,5}}\b(?!\s*{_UNITS})"
    rf"){_MORE}"
)

# A street without a word for it, after what says that an address follows.
_LIVES = re.compile(
    r"\b(?i:viv[oe]|vivimos|viven|vivir|estoy|estamos|casa(?=\s+(?:es|queda|est[aá])\b)|direcci[oó]n"
    r"|domicilio|resido|queda)\s+"
    r"(?:(?i:es|est[aá]|queda)\s+)?(?:(?i:en)\s+)?"
    r"(?P<address>(?:[^\W\d_][\w'’]*\.?\s+){1,6}?"
    rf"(?:(?<!\bel )(?<!\bde )(?<!\bdesde )\d{{3,5}}\b"
    rf"|,?\s*(?i:n[°ºo]\.?|\#|{_UNIT})\s*\d{{1,5}}\b)(?!\s*{_UNITS}){_MORE})"
)
_PLOT = re.compile(
    r"\b(?i:parcela|sitio|lote)\s+(?P<address>\d{1,4}\s+(?i:de|del)\s+"
    r"(?:(?i:la|las|los|el)\s+)?[^\W\d_]+)"
)

_RELATION = (
    r"(?:se[ñn]or(?:a|ita)?|sr|sra|srta|do[ñn]a?|doctora?|dra?|t[ií][ao]|jef[ea]|profesora?|profe"
    r"|enfermer[ao]|matr[oó]na?|psic[oó]log[ao]|directora?|abogad[ao]|inspectora?|delegad[ao]"
    r"|concejala?|alcalde(?:sa)?|funcionari[ao]|secretari[ao]|asistente(?:\s+social)?"
    r"|ejecutiv[ao]|cajer[ao]|joven|polol[ao]|pareja|cu[ñn]ad[ao]|yerno|nuera|amig[ao]|dirigent[ea]|tal"
    r"|compañer[ao]|t[ií]ita|padrino|madrina|presidenta?|seremi|kinesi[oó]log[ao]|dentista"
    r"|vecin[ao]|herman[ao]|hij[ao]|abuel[ao]|abuelit[ao]|mam[aá]"
    r"|pap[aá]|padre|madre|espos[ao]|marido|suegr[ao]|niet[ao]|ni[ñn][ao]|sobrin[ao]|prim[ao]"
    r"|jueza?|arquitect[ao]|ingenier[ao]|t[eé]cnic[ao]|encargad[ao]|guardia|chofer|coordinadora?)"
)
_LETTERS = r"[^\W\d_][^\W\d_'’-]*(?:['’-][^\W\d_]+)*"  # jean-baptiste, o'higgins
_ANY_NAME = rf"(?:[^\W\d_]\.\s*)?{_LETTERS}(?:\s+(?:del?\s+)?{_LETTERS}){{0,3}}(?:\s+[A-Z]\.)?"
_NO_NAME_ENDS = re.compile(
    r"(?:aba|aron|ieron|ando|iendo|ado|ada|ido|ida|mente|cion|amos|emos|imos|oso|osa|able|ible|ar|er|ir"
    r"|aban|an|en|as|os|es)$"
)
_PARTICLES = r"(?:de\s+la|de\s+los|del|de)"
_INITIAL = rf"(?:\s+[{_UPPER}]\.)?"
_CAPITALS = rf"{_CAPITAL}(?:\s+(?:{_PARTICLES}\s+)?{_CAPITAL}){{0,5}}{_INITIAL}"
_NAME = rf"{_PROPER}(?:\s+(?:{_PARTICLES}\s+)?{_CAPITAL}){{0,5}}{_INITIAL}"
_RELATED = re.compile(rf"\b(?i:{_RELATION})\b\.?\s+(?=(?P<name>{_ANY_NAME}))")
_THANKED = re.compile(
    r"\b(?i:atendi[oó]|atiende|gracias\s+a|saludos\s+a|habl[eé]\s+con|pregunten?\s+por|firmado|firma"
    r"|atte|atentamente|y\s+a|con)\b[.,:]?\s+(?=(?P<name>"
    rf"{_ANY_NAME}))"
)
_TITLED = re.compile(rf"\b(?i:{_RELATION})\b\.?\s+(?P<name>{_NAME})")
_POLITE = re.compile(
    r"\b(?i:don|do[ñn]a|sra?|srta|dra?)\b\.?\s+(?P<name>[^\W\d_]{3,}(?:\s+[^\W\d_]{3,}){0,2})"
)
_INTRODUCED = re.compile(
    r"\b(?i:soy|es|me\s+llamo|se\s+llama|atentamente|atte|firma|a\s+nombre\s+de|saluda)\b[.,:]?\s+"
    rf"(?P<name>{_NAME})"
)
_CALLED = re.compile(
    r"\b(?i:(?:me|se|le)\s+(?:llamo|llama|llaman|dicen)|(?:mi|su)\s+nombre\s+es|de\s+nombre)\b:?\s+"
    rf"(?P<name>{_LETTERS}(?:\s+{_LETTERS}){{0,3}})"
)
_SHORTEST_UNKNOWN = 4  # letters of a name that no list has
_RUN = re.compile(_CAPITALS)
_SMALL_PAIR = re.compile(r"\b[^\W\d_]{3,}(?:\s+[^\W\d_]{3,})+")
_LONGEST_PLACE = 40  # characters that the pattern below may need
_PLACE_BEFORE = re.compile(
    r"(?:\b(?:cesfam|cecosf|posta|sapu|sar|escuela|liceo|colegio|jard[ií]n|hospital|cl[ií]nica"
    r"|plaza|parque|estadio|biblioteca|museo|gimnasio|corporaci[oó]n(?:\s+municipal)?|sector"
    r"|sede|poblaci[oó]n|villa|calle|avenida|avda|av|pasaje|paseo|ruta|san|santa|santo|junta|club"
    r"|centro|feria|playa|puente|universidad|instituto|condominio|barrio|ley)\b\.?\s+"
    r"(?:municipal\s+)?(?:de\s+|del\s+|la\s+|el\s+)?)$",
    re.IGNORECASE,
)


# What a pattern finds by itself: the group of it, and its kind. Earlier ones win.
_DETAILS: tuple[tuple[re.Pattern[str], int | str, str], ...] = (
    (_ADDRESS, 0, "address"),
    (_LIVES, "address", "address"),
    (_PLOT, "address", "address"),
    (_RUT, 0, "rut"),
    (_PHONE, 0, "phone"),
)
_PLATES_AND_NAMES: tuple[tuple[re.Pattern[str], int | str, str], ...] = (
    (_NAMED_PLATE, "plate", "plate"),
    (_PLATE, 0, "plate"),
    (_TITLED, "name", "name"),
    (_INTRODUCED, "name", "name"),
)


def mask(text: str, names: NameWords) -> str:
    """``text`` with every personal detail replaced by a placeholder; masking twice adds nothing."""
    parts: list[str] = []
    position = 0
    for span in personal_spans(text, names):
        parts += [text[position : span.start], PLACEHOLDERS[span.kind]]
        position = span.end
    return "".join([*parts, text[position:]])


def personal_spans(text: str, names: NameWords) -> list[Span]:
    """What identifies a person, in order and without overlaps; earlier kinds win."""
    seen = [place for place, letter in enumerate(text) if letter not in _INVISIBLE]
    if len(seen) == len(text):
        return _visible_spans(text, names)
    spans = _visible_spans("".join(text[place] for place in seen), names)
    return [Span(seen[start], seen[end - 1] + 1, kind) for start, end, kind in spans]


def _visible_spans(text: str, names: NameWords) -> list[Span]:
    taken: list[Span] = []
    for span in _candidates(text, names):
        if not any(span.start < other.end and other.start < span.end for other in taken):
            taken.append(span)
    return sorted(taken)


def _candidates(text: str, names: NameWords) -> list[Span]:
    found = [Span(*one.span(), "email") for one in _EMAIL.finditer(text)]
    for start, end, kind in dictated(text, names):
        found.append(Span(start, end, kind))
    for pattern, group, kind in _DETAILS:
        for one in pattern.finditer(text):
            found.append(Span(*one.span(group), kind))
    for one in _LONG_NUMBER.finditer(text):
        found.append(Span(*one.span(), "rut" if rut.is_valid(one[0]) else "number"))
    for pattern, group, kind in _PLATES_AND_NAMES:
        for one in pattern.finditer(text):
            found.append(Span(*one.span(group), kind))
    for pattern in (_POLITE, _CALLED):
        found += _leading_names(text, pattern, names)
    return [*found, *_related_names(text, names), *_known_names(text, names)]


def _related_names(text: str, names: NameWords) -> Iterator[Span]:
    """Names in any letters after a relation or a word of thanks; unknown ones after a relation."""
    for pattern, unknown in ((_RELATED, True), (_THANKED, False)):
        for found in pattern.finditer(text):
            start = end = found.start("name")
            for word in re.finditer(r"\S+", found["name"]):
                if not _may_be_name(word[0], names, unknown=unknown, follows=end > start):
                    break
                end = start + word.end()
            if end > start and fold(text[start:end]) not in ("de", "del"):
                yield Span(start, end, "name")


def _may_be_name(word: str, names: NameWords, *, unknown: bool, follows: bool) -> bool:
    parts = _parts(word)
    if not parts or any(part in names.not_names for part in parts):
        return False
    if len(word) == 2 and word.endswith("."):
        return True  # "p. muñoz"
    if any(_known(part, names) and (follows or part not in names.everyday) for part in parts):
        return True
    if follows and parts == ["del"]:
        return False
    longest = max(map(len, parts))
    if not (unknown or follows) or longest < _SHORTEST_UNKNOWN or word[-1] in "áéíóú":
        return False
    return not any(part in names.words or _NO_NAME_ENDS.search(part) for part in parts)


def _parts(word: str) -> list[str]:
    """Of a double name: "Pierre-Louis", "O'Higgins"."""
    return re.split(r"[\s'’-]+", fold(word.strip(".,")))


def _leading_names(text: str, pattern: re.Pattern[str], names: NameWords) -> Iterator[Span]:
    """The words after a title, up to the first that cannot be a name; small letters count."""
    for found in pattern.finditer(text):
        start = end = found.start("name")
        for word in re.finditer(r"\S+", found["name"]):
            first = word.start() == 0
            if fold(word[0]) in names.not_names or not (first or _is_name(word[0], names)):
                break
            end = start + word.end()
        if end > start:
            yield Span(start, end, "name")


def _known_names(text: str, names: NameWords) -> Iterator[Span]:
    """Capitalised runs from the first given name on; given name and surname in small letters."""
    for run in _RUN.finditer(text):
        words = list(re.finditer(r"\S+", run[0]))
        given = next((word for word in words if fold(word[0]) in names.given), None)
        if given is not None and not _after_place(text, run.start() + given.start()):
            yield Span(run.start() + given.start(), run.end(), "name")
    for run in _SMALL_PAIR.finditer(text):
        words = list(re.finditer(r"\S+", run[0]))
        for index, word in enumerate(words[:-1]):
            start = run.start() + word.start()
            after = [fold(other[0]) for other in words[index + 1 : index + 4]]
            known = [_known(other, names) for other in after]
            length = known.index(False) if False in known else len(known)
            if fold(word[0]) not in names.given or _after_place(text, start):
                continue
            if any(other in names.surnames for other in after[:length]):
                yield Span(start, run.start() + words[index + length].end(), "name")


def _after_place(text: str, start: int) -> bool:
    """Whether the name at ``start`` is a place's: "CESFAM Pedro Aguirre Cerda"."""
    return _PLACE_BEFORE.search(text[max(0, start - _LONGEST_PLACE) : start]) is not None


def _is_name(word: str, names: NameWords) -> bool:
    return word[0].isupper() or all(_known(part, names) for part in _parts(word))


def _known(folded: str, names: NameWords) -> bool:
    return folded in names.given or folded in names.surnames
