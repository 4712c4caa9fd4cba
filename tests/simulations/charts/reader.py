"""A plain reader of a chart's text: it knows its sentences, and nothing of the chart."""

from __future__ import annotations

import re
from dataclasses import dataclass

SILENT = "no lo dice"

_SPAN = r"semanas? (\d+)(?: de (\d{4}))?(?: (?:y|a) (\d+))? de (\d{4})"
_POINT = re.compile(rf"S{_SPAN[1:]}: ([^,]+), ([\d.]+) \w+(?:, límites ([^;]+))?; ([^.]+)\.")
_BASE = re.compile(r"Base de la [^:]+: ([^,]+), ([\d.]+) \w+ en")
_ANEW = re.compile(r"La fijó una persona y rige después de la ([^.]+)\. Motivo: ([^.]+)\.")
_SIGNALS = re.compile(r"Señales: (\w+)(?: de| en) (\d+) mediciones? juzgadas?")
_MISSING = re.compile(rf"Faltan? las? {_SPAN}\.")
_LOWEST = re.compile(rf"La más baja fue (\d+ %) en las? {_SPAN}")
_LACKING = re.compile(r"aún faltan mediciones \((\d+) de (\d+)\)")
_HIDDEN = re.compile(r"(\d+) medici(?:ón no muestra|ones no muestran) su porcentaje")
_OPENED = re.compile(r"Semana (\d+ de \d{4}), (?:[^.]*; )?se abrió la medida")
_DONE = re.compile(r"Semana (\d+ de \d{4}), (?:[^.]*; )?se hizo la medida [^:]+: ([^.;]+)")
_NOTED = re.compile(r"Semana (\d+ de \d{4}), (?:[^.]*; )?nota del área: ([^.;]+)")


@dataclass(frozen=True, slots=True)
class _Point:
    """What a sentence says of a measurement."""

    first: str
    last: str
    share: str
    n: str
    limits: str
    standing: str


def value(text: str, week: str) -> str:
    """Share and answers of the measurement that ends in ``week``."""
    point = _ending(text, week)
    return f"{point.share}, {point.n}" if point else SILENT


def limits(text: str, week: str) -> str:
    """Its limits."""
    point = _ending(text, week)
    return point.limits or "ninguno" if point else SILENT


def weeks(text: str, week: str) -> str:
    """From which to which week it goes."""
    point = _ending(text, week)
    return f"{point.first} a {point.last}" if point else SILENT


def standing(text: str, week: str) -> str:
    """What is said about it."""
    point = _ending(text, week)
    return point.standing.split(":")[0] if point else SILENT


def against(text: str) -> str:
    """The newest one beside the newest base."""
    points, bases = _points(text), _BASE.findall(text)
    if not bases:
        return "aún sin base"
    there, usual = (re.fullmatch(r"(\d+) %", one) for one in (points[-1].share, bases[-1][0]))
    if there is None or usual is None:
        return "no se sabe"
    by = int(there[1]) - int(usual[1])
    return "sobre" if by > 0 else "bajo" if by < 0 else "igual"


def signal(text: str) -> str:
    """Way, week and rule of the newest signal."""
    points = [point for point in _points(text) if point.standing.startswith("señal")]
    if not points:
        return "ninguna"
    way = re.match(r"señal: (\w+), (?:la|su) (\w+)", points[-1].standing)
    return f"{way[1]}, {points[-1].last}, {way[2]}" if way else SILENT


def signals(text: str) -> str:
    """How many of how many."""
    found = _SIGNALS.search(text)
    if found is None:
        return SILENT
    return f"{0 if found[1] == 'ninguna' else found[1]} de {found[2]}"


def began(text: str) -> str:
    """The week of the first signal."""
    found = [point.last for point in _points(text) if point.standing.startswith("señal")]
    return found[0] if found else "nunca"


def missing(text: str) -> str:
    """The weeks of the gaps."""
    found = [" a ".join(_span(*one.groups())) for one in _MISSING.finditer(text)]
    return "; ".join(found) or "ninguna"


def base(text: str) -> str:
    """Share and answers of the newest base."""
    found = _BASE.findall(text)
    return f"{found[-1][0]}, {found[-1][1].replace('.', '')}" if found else "aún ninguna"


def lacking(text: str) -> str:
    """How many measurements the base waits for."""
    found = _LACKING.search(text)
    return str(int(found[2]) - int(found[1])) if found else "0"


def anew(text: str) -> str:
    """After which week a new base holds, and why."""
    found = _ANEW.search(text)
    return f"{found[1]}: {found[2]}" if found else "no"


def hidden(text: str) -> str:
    """How many measurements do not show their share."""
    found = _HIDDEN.search(text)
    return found[1] if found else "0"


def lowest(text: str) -> str:
    """The lowest share and its weeks."""
    found = _LOWEST.search(text)
    if found is None:
        return SILENT
    share, *span = found.groups()
    return f"{share}, {' a '.join(_span(*span))}"


def opened(text: str) -> str:
    """The week in which a measure was opened."""
    found = _OPENED.search(text)
    return f"semana {found[1]}" if found else "nunca"


def done(text: str) -> str:
    """The week in which it was done, and what."""
    found = _DONE.search(text)
    return f"semana {found[1]}: {found[2]}" if found else "nunca"


def noted(text: str) -> str:
    """The week of the area's note, and its words."""
    found = _NOTED.search(text)
    return f"semana {found[1]}: {found[2]}" if found else "no"


def _points(text: str) -> list[_Point]:
    found = (one.groups() for one in _POINT.finditer(text))
    return [
        _Point(*_span(*span), share, n.replace(".", ""), limits or "", standing)
        for *span, share, n, limits, standing in found
    ]


def _ending(text: str, week: str) -> _Point | None:
    return next((point for point in _points(text) if point.last == week), None)


def _span(first: str, year: str | None, last: str | None, last_year: str) -> tuple[str, str]:
    begun = f"semana {first} de {year or last_year}"
    return begun, f"semana {last or first} de {last_year}"
