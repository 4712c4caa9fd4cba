"""Which numbers of a text may be its grade: those that count, date or name nothing."""

from __future__ import annotations

import re

from handlers.content.lexicon import Lexicon
from handlers.understanding.reading.no_grades import counts
from handlers.understanding.reading.number_words import value_of

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
NAMED = frozenset(
    (
        "ventanilla meson modulo box caja piso oficina calle pasaje avenida av numero num nro casa "
        "depto block sector linea ruta articulo ley decreto opcion pregunta punto paso nivel fono "
        "telefono window counter desk floor hace cada como faltan quedan eran habia los las a"
    ).split()
)
CUES = frozenset(
    (
        "un nota notas pongo pone ponle ponles ponele pongale ponganle poner ponerle doy dar darle "
        "daria pondria era es seria sera merece merecen califico evaluo con solo puro puros a "
        "digo dije queria no quise fue sea mejor talvez creo mi su rotundo grade give rate "
        "nòt not mwen bay ba poneme anota anote deja dejo dejalo que redondo"
    ).split()
)
UNITS = frozenset("punto puntos estrella estrellas point points star stars pwen zetwal".split())
# Before "a 6", which names nothing then.
_GIVING = frozenset(
    (
        "give gives it them is was s gets get deserve deserves tirando llegando llega llegan bajo "
        "baje bajele bajale bajelo bajar bajen bajeme suba subele subale subelo subala subalo "
        "subir suban subame cambie cambielo cambiela cambiar cambialo cambiale cambiele nota"
    ).split()
)
_ENGLISH = frozenset(
    "the i you they was is it them maybe guess please think would give not my me and".split()
)
_ENGLISH_NUMBERS = frozenset("one two three four five six seven".split())
_MONTHS = frozenset(
    (
        "enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre "
        "diciembre la"
    ).split()
)
_JOINERS = frozenset("porque pero por y pq xq because pues pos po nomas pta con ya".split())
_GIVES_A_GRADE = re.compile(
    r"\b(?:pon(?:le|les|go|gan|gale|ganle|ele|erle|dria)|poner|nota|califico|evaluo|"
    r"(?:le|les) (?:doy|daria)|doy (?:un|una)|grade|rate it|give (?:it|them)|"
    r"se (?:merece|merecen|lleva|saca)|merecen? un)\b|^un[ao]? [1-7] (?:a|al|para|pal?)\b"
    r"|^un (?:uno|dos|tres|cuatro|cinco|seis|siete) (?:a|al|para|pal?)\b"
)


def has_cue(folded: str) -> bool:
    """True for "ponles un 1": a grade is given, though nothing asked for one."""
    return bool(_GIVES_A_GRADE.search(folded))


def candidates(
    tokens: list[str], lexicon: Lexicon, *, cued_only: bool = True
) -> list[tuple[int, int]]:
    """Place and value of each number that may be a grade."""
    found = []
    for place, token in enumerate(tokens):
        value = value_of(token, lexicon)
        if value is None:
            continue
        before = tokens[place - 1] if place else ""
        after = tokens[place + 1] if place + 1 < len(tokens) else ""
        if after in _COUNTED or (_is_named(tokens, place) and len(tokens) > 2):
            continue
        if counts(tokens, place, lexicon, cued=before in CUES - NAMED):
            continue
        if after == "de" and tokens[place + 2 : place + 3] and tokens[place + 2] in _MONTHS:
            continue
        is_digit = token[0].isdecimal()
        if value == 1 and not is_digit and not _stands_for_one(tokens, place, before):
            continue
        cued = before in CUES or after in _JOINERS or after in UNITS
        cued = cued or (before == "el" and has_cue(" ".join(tokens)))
        if is_digit or not cued_only or len(tokens) <= 4 or cued or place == 0:
            found.append((place, value))
    return found


def _is_named(tokens: list[str], place: int) -> bool:
    """Whether a number names something ("ventanilla 4"); "give it a 6", "tirando a 5" do not."""
    before, earlier = tokens[place - 1] if place else "", tokens[max(0, place - 2) : place - 1]
    if before != "a":
        return before in NAMED
    in_english = place == 1 or not _ENGLISH.isdisjoint(tokens) or tokens[place] in _ENGLISH_NUMBERS
    return not in_english and _GIVING.isdisjoint(earlier)


def _stands_for_one(tokens: list[str], place: int, before: str) -> bool:
    token = tokens[place]
    if token == "un":
        return False
    if token not in ("uno", "una", "one"):
        return True  # drawn out or made small: "unooo"
    return len(tokens) == 1 or before in _BEFORE_ONE or (token == "one" and before == "a")


_BEFORE_ONE = frozenset("un nota pongo ponle doy no si el a en puro pongale pondria".split())


def without_zeros(spoken: str) -> str:
    return re.sub(r"\b(\d) 0{1,2}\b", r"\1", spoken)
