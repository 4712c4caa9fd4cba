"""Grades as people write them: in digits or words, with whatever stands around them."""

from __future__ import annotations

import re

from msgspec import Struct
from rapidfuzz.distance import OSA

from handlers.content.lexicon import Lexicon
from handlers.text.folding import fold
from handlers.text.phrases import sound
from handlers.understanding.reading.numbers import number_of, read_numbers

MOST_WORDS = 60  # of a text in which a grade is looked for
MOST_PLAIN = 8  # words from which on two numbers are hardly all that is said
_NONE = 0

# What is no grade although it has digits: decimals, other scales, times, amounts, dates, ids.
_OTHER_SCALE = re.compile(r"\b(\d{1,3})\s*(?:/|de|sobre|out of)\s*(\d{1,3})\b", re.IGNORECASE)
_SCALE = re.compile(
    r"\b(?:en (?:una )?)?(?:escala )?(?:de |del |from )?(?:1|uno|one) (?:a|al|to) "
    r"(?:el )?(?:7|siete|seven)\b",
    re.IGNORECASE,
)
_AND_A_HALF = re.compile(
    r"\b[0-9a-z]+ (?:y|i) (?:medio|media)\b|\bedmi\b"
    r"|\b[0-9a-z]+ (?:y|i|coma|punto) (?:algo|pico|tanto|fraccion)\b"
)
_POINTS = frozenset(["coma", "punto", "point"])
_DECIMAL = re.compile(r"(?<![\d.,])(\d)[.,](\d{1,2})(?![\d.,]*\d)")
_NEGATIVE = re.compile(r"(?<![\w.])[-−–]\s?\d")
_LONG_NUMBER = re.compile(
    r"\d{3,}|\d[.,]\d{3}\b|\d{1,2}[:/-]\d{1,2}|[$#º°]\s*\d+|\bn[º°]\s*\d+", re.IGNORECASE
)
# Nouns that a number counts or names: "3 horas", "ventanilla 4".
_COUNTED = frozenset(
    (
        "hora horas minuto minutos dia dias semana semanas mes meses ano anos vez veces persona "
        "personas papel papeles peso pesos lucas mil millones metro metros cuadra cuadras hijo "
        "hijos nino ninos perro perros funcionario funcionarios funcionaria funcionarias "
        "ventanillas cajas intentos llamadas correos tramites documentos am pm hrs hr min "
        "hours days weeks months years times people o'clock numeros vueltas viajes senoras "
        "senores cosas opciones oficinas jor mwa fwa ane edtan"
    ).split()
)
_NAMED = frozenset(
    (
        "ventanilla meson modulo box caja piso oficina calle pasaje avenida av numero num nro casa "
        "depto block sector linea ruta articulo ley decreto opcion pregunta punto paso nivel fono "
        "telefono window counter floor hace cada como faltan quedan eran habia los las a"
    ).split()
)
_CUES = frozenset(
    (
        "un nota notas pongo pone ponle ponles ponele pongale ponganle poner ponerle doy dar darle "
        "daria pondria era es seria sera merece merecen califico evaluo con solo puro puros a "
        "digo dije queria no quise fue sea mejor talvez creo mi su rotundo grade give rate "
        "nòt not mwen bay ba poneme anota anote deja dejo dejalo que redondo"
    ).split()
)
_UNITS = frozenset("punto puntos estrella estrellas point points star stars pwen zetwal".split())
_GIVING = frozenset("give gives it them is was s gets get deserve deserves".split())  # "… a 6"
_CONTRAST = frozenset("pero mejor sino aunque but".split())
_MONTHS = frozenset(
    (
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre "
        "diciembre la"
    ).split()
)
_HEDGES = frozenset("casi quizas quiza talvez capaz entre maybe almost petet apenas".split())
_JOINERS = frozenset("porque pero por y pq xq because pues pos po nomas pta con ya".split())
# Words that say nothing beside a grade, so that they are not kept as its reason.
_COURTESY = frozenset(
    (
        "a al ay ahi ah bueno buenas buenos tardes dias noches hola ola wenas creo cuenta de del "
        "digo disculpe doy el era es ese este eso favor final fue nomas no mas gracias muchas la "
        "le les lo los las me mejor merece merecen mi nota ok oka perdon pero pone ponele pongale "
        "pongan pongo ponle ponles poner ponerle por porfa puse punto puntos que quise quiero "
        "seria si sip solo su sus un una uno yo ya po pos pues estrella estrellas redondo rotundo "
        "claro saludos chao con todo respeto diria pondria daria the i give it out would say "
        "sorry please grade my mark hello thanks escala sobre puro un de puntaje calificacion "
        "evaluacion tremendo te se y en para atencion mm mmm eh em entonces asi"
    ).split()
)


class Grade(Struct, frozen=True):
    """A grade that was read out of a text. ``value`` 0: a number that is no grade from 1 to 7."""

    value: int
    words: str = ""  # what was said beside it
    number: int | None = None  # the whole number that was read, grade or not
    doubtful: bool = False  # "casi un 7": to be confirmed


_ALONE = {str(grade): Grade(grade, "", grade) for grade in range(1, 8)}


def read_grade(text: str, lexicon: Lexicon) -> Grade | None:
    """The grade that ``text`` gives, or None when it gives none.

    Understood: "6", "seis", "un 6", "6,0", "6 de 7", "hola 7", "un 7 po", "no no siete, disculpe",
    "7 muy bien", "sieteeee". "6,5", "6 y medio", "0", "8" and "-1" are no grade (value 0). What
    counts or names something else ("3 horas", "ventanilla 4") is no number of its own.
    """
    if text in _ALONE:
        return _ALONE[text]
    tokens = fold(text).split()
    if not tokens or len(tokens) > MOST_WORDS:
        return None
    if _NEGATIVE.search(text) and len(tokens) <= 3:
        return Grade(_NONE)
    written = _SCALE.sub(" ", text)
    spoken = fold(written)
    if _is_half(written, spoken, lexicon):
        return Grade(_NONE)
    scale = _OTHER_SCALE.search(written)
    if scale is not None:
        return _on_scale(text, int(scale[1]), int(scale[2]), scale[0], lexicon)
    if _LONG_NUMBER.search(written) and len(tokens) > 1:
        return None
    found = _candidates(_without_zeros(spoken).split(), lexicon)
    values = {value for _, value in found}
    if not values:
        return None
    if len(values) > 1:
        return _last_of_several(text, tokens, found)
    value = values.pop()
    if not 1 <= value <= 7:
        return Grade(_NONE, "", value) if len(tokens) <= 8 else None
    doubtful = bool(_HEDGES & set(tokens))
    return Grade(value, _beside(text, tokens, lexicon), value, doubtful)


def read_number(text: str, lexicon: Lexicon) -> int | None:
    """The one number that the text consists of: "1", "siete", "6.0", "un 6". None otherwise."""
    return number_alone(text, read_grade(text, lexicon), lexicon)


def number_alone(text: str, grade: Grade | None, lexicon: Lexicon) -> int | None:
    """As ``read_number``, of a text whose grade was read already."""
    if grade is not None and not grade.words:
        return grade.number
    numbers = read_numbers(text, lexicon)
    return numbers[0] if len(numbers) == 1 else None


def read_misspelt(text: str, lexicon: Lexicon) -> Grade | None:
    """ "sies", "un cuartro po": a slip of the finger in a grade that stands alone."""
    tokens = fold(text).split()
    courtesy = lexicon.around_grade | _COURTESY
    left = [token for token in tokens if token not in courtesy]
    if len(left) != 1 or len(left[0]) < _SHORTEST_MISSPELT or len(tokens) > _FEW:
        return None
    near = [value for word, value in _GRADE_WORDS if OSA.distance(left[0], word) == 1]
    return Grade(near[0], "", near[0], doubtful=True) if len(near) == 1 else None


_LISTED = re.compile(
    r"(?:la |el |opcion |option |numero |la numero |el numero )?([1-9]|[a-d])"
    r"(?: (?:pero|por favor|porfa|gracias|please|but)\b.*)?"
)


def lettered_option(folded: str) -> int | None:
    """Which option of a list is meant: "b", "la 2 por favor", "a pero no repito todo"."""
    match = _LISTED.fullmatch(folded)
    if match is None:
        return None
    return int(match[1]) if match[1].isdecimal() else "abcd".index(match[1]) + 1


_GIVES_A_GRADE = re.compile(
    r"\b(?:pon(?:le|les|go|gan|gale|ganle|ele|erle|dria)|poner|nota|califico|evaluo|"
    r"(?:le|les) (?:doy|daria)|doy (?:un|una)|grade|rate it|give (?:it|them)|"
    r"se (?:merece|merecen|lleva|saca)|merecen? un)\b|^un[ao]? [1-7] (?:a|al|para|pal?)\b"
    r"|^un (?:uno|dos|tres|cuatro|cinco|seis|siete) (?:a|al|para|pal?)\b"
)


def has_cue(folded: str) -> bool:
    """True for "ponles un 1": a grade is given, though nothing asked for one."""
    return bool(_GIVES_A_GRADE.search(folded))


def _is_half(written: str, spoken: str, lexicon: Lexicon) -> bool:
    """ "6,5", "6 y medio", "seis coma cinco"; "6,0" is a whole grade."""
    if _AND_A_HALF.search(spoken) or "½" in written:
        return True
    tokens = spoken.split()
    point = next((place for place, token in enumerate(tokens) if token in _POINTS), 0)
    if point and point + 1 < len(tokens):
        before, after = _value(tokens[point - 1], lexicon), _value(tokens[point + 1], lexicon)
        if before is not None and after is not None:
            return True
    decimal = _DECIMAL.search(written)
    return bool(decimal and decimal[2].strip("0"))


def _without_zeros(spoken: str) -> str:
    return re.sub(r"\b(\d) 0{1,2}\b", r"\1", spoken)


def _on_scale(text: str, value: int, most: int, written: str, lexicon: Lexicon) -> Grade | None:
    if most != 7:
        return Grade(_NONE) if most in (5, 10, 20, 100) else None
    if not 1 <= value <= 7:
        return Grade(_NONE, "", value)
    rest = text.replace(written, " ", 1)
    return Grade(value, _beside(rest, fold(rest).split(), lexicon, whole=rest), value)


def _candidates(tokens: list[str], lexicon: Lexicon) -> list[tuple[int, int]]:
    """Place and value of each number that may be a grade."""
    found = []
    for place, token in enumerate(tokens):
        value = _value(token, lexicon)
        if value is None:
            continue
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if after in _COUNTED or (_is_named(tokens, place) and len(tokens) > 2):
            continue
        if after == "de" and tokens[place + 2 : place + 3] and tokens[place + 2] in _MONTHS:
            continue
        is_digit = token[0].isdecimal()
        if token in ("uno", "una", "un") and not _stands_for_one(tokens, place, before):
            continue
        cued = before in _CUES or after in _JOINERS or after in _UNITS
        if is_digit or len(tokens) <= 4 or cued or place == 0:
            found.append((place, value))
    return found


def _is_named(tokens: list[str], place: int) -> bool:
    """Whether a number names something ("ventanilla 4"); "give it a 6" does not."""
    before, earlier = tokens[place - 1] if place else "", tokens[max(0, place - 2) : place - 1]
    return before in _NAMED and not (before == "a" and not _GIVING.isdisjoint(earlier))


def _stands_for_one(tokens: list[str], place: int, before: str) -> bool:
    if tokens[place] == "un":
        return False
    return len(tokens) == 1 or before in ("un", "nota", "pongo", "ponle", "doy", "no", "si", "el")


def _value(token: str, lexicon: Lexicon) -> int | None:
    if token.isdecimal():
        return int(token) if len(token) <= 2 else None
    value = number_of(token, lexicon)
    if value is not None:
        return value
    plain = re.sub(r"(.)\1{2,}", r"\1", token)
    heard = sound(plain)
    return _BY_SOUND.get(heard[0]) if len(heard) == 1 else None


_GRADE_WORDS = (("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7))
_SHORTEST_MISSPELT, _FEW = 4, 4  # letters, words
_BY_SOUND = {
    sound(word)[0]: value
    for word, value in (
        *_GRADE_WORDS,
        ("dos", 2),
        ("twa", 3),
        ("kat", 4),
        ("senk", 5),
        ("sis", 6),
        ("sèt", 7),
    )
}


def _last_of_several(text: str, tokens: list[str], found: list[tuple[int, int]]) -> Grade | None:
    """Two numbers: "no un 6, un 7" and "era un 3, no un 7" say which; else it is not known.

    "No alcanza a un 7, pero un 6 sí" and "iba a poner un 4, mejor un 5" say so less plainly.
    """
    denied = {value for place, value in found if "no" in tokens[max(0, place - 2) : place]}
    left = {value for _, value in found} - denied
    if denied and len(left) == 1:
        value = left.pop()
        return Grade(value, "", value) if 1 <= value <= 7 else Grade(_NONE)
    (first, _), *_, (last, value) = found
    turns = not _CONTRAST.isdisjoint(tokens[first + 1 : last])
    if turns and "no" not in tokens[max(0, last - 2) : last] and 1 <= value <= 7:
        return Grade(value, text.strip() if len(tokens) > MOST_PLAIN else "", value, doubtful=True)
    return Grade(_NONE) if len(tokens) <= 6 else None


def _beside(text: str, tokens: list[str], lexicon: Lexicon, whole: str = "") -> str:
    """What was said beside the grade; "" where it is only courtesy."""
    courtesy = lexicon.around_grade | _COURTESY | _HEDGES
    others = [word for word in tokens if _value(word, lexicon) is None and word not in courtesy]
    if not others:
        return ""
    if whole:
        return whole.strip(" ,.;:-!\n")
    return _AT_ENDS.sub("", text).strip(" ,.;:-–—!\n") or text.strip()


_NUMBER = r"(?:[1-7]|uno|dos|tres|cuatro|cinco|seis|siete)"
_AT_ENDS = re.compile(
    r"^\s*(?:(?:hola|buenas(?: tardes| noches)?|buenos d[ií]as)[,. ]+)?"
    r"(?:nota\s+|un[a]?\s+|les? pongo un[a]?\s+)?"
    rf"{_NUMBER}\s*(?:[,.;:)\-–—]+\s*|\s+(?:porque|por que|pero|ya que|because|pq)\s+|\s+)"
    rf"|[,.;:\s]+(?:les? pongo un[a]?|un[a]?|nota)?\s*{_NUMBER}\s*[.!]*$",
    re.IGNORECASE,
)
