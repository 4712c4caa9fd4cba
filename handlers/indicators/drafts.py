"""A draft of an indicator's next version, and what it would have said over published weeks.

Only the name, the least number of answers and the target can be drafted: another count is another
indicator, and comes with the content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pydantic import ValidationError

from handlers.content.model import Content
from handlers.content.quality import PARTS, Indicator, Measured, Scope
from handlers.indicators.values import (
    Published,
    Standing,
    Value,
    of_area,
    of_municipality,
    of_parts,
    standing,
)
from handlers.quality.weeks import IsoWeek

WORST, BEST = 0, 100  # percent; a net score has points from -100
LONGEST_NAME = 100
_WHOLE = re.compile(r"[-+]?\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed. ``target`` empty: none."""

    name: str
    least: str
    target: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Why it cannot be published, in words. ``field``: of Typed; empty: the draft as a whole."""

    why: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A week: the municipality's value, or how many areas or parts of them stand how."""

    week: IsoWeek
    value: Value | None
    standings: Counter[Standing]


def every_version(
    content: Iterable[Indicator], published: Iterable[Indicator]
) -> tuple[Indicator, ...]:
    """Those of the content and those published in the panel; a published one is never replaced."""
    by_number = {(one.id, one.version): one for one in content}
    by_number |= {(one.id, one.version): one for one in published}
    return tuple(by_number.values())


def newest(versions: Iterable[Indicator]) -> list[Indicator]:
    """The last version of each, in the order of the first."""
    found: dict[str, Indicator] = {}
    for one in versions:
        if one.id not in found or found[one.id].version < one.version:
            found[one.id] = one
    return list(found.values())


def draft(current: Indicator, typed: Typed, published: IsoWeek | None) -> Indicator | Refused:
    """The next version, valid from the week after ``published``; or what is wrong."""
    least, target = _whole(typed.least), _whole(typed.target)
    if len(typed.name.strip()) > LONGEST_NAME:
        return Refused(f"El nombre tiene más de {LONGEST_NAME} letras.", "name")
    if least is None:
        return Refused("El mínimo es un número entero, de hasta cinco cifras.", "least")
    if target is None and typed.target.strip():
        return Refused("La meta es un número entero.", "target")
    lowest = -BEST if current.measured is Measured.NET else WORST
    if target is not None and not lowest <= target <= BEST:
        return Refused(f"La meta va de {lowest} a {BEST}.", "target")
    begins = current.valid_from + timedelta(days=1)
    if published is not None:
        begins = published.shifted(1).monday
    try:
        made = Indicator.model_validate(
            {
                **current.model_dump(),
                "version": current.version + 1,
                "valid_from": begins,
                "name": " ".join(typed.name.split()),
                "least": least,
                "target": target,
            }
        )
    except ValidationError as error:
        return _refused(error)
    if (made.name, made.least, made.target) == (current.name, current.least, current.target):
        return Refused("No cambia nada de la versión vigente.")
    if made.valid_from <= current.valid_from:
        return Refused("Ya hay otra versión desde esa semana; espere a que pase su resumen.")
    return made


def _refused(error: ValidationError) -> Refused:
    """What the definition's own rules refuse of what was typed."""
    wrong = {str(one["loc"][0]) for one in error.errors()}
    if "name" in wrong:
        return Refused("Falta el nombre, en una línea.", "name")
    return Refused("El mínimo es 10 o más.", "least")


def _whole(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text.strip()) else None


def outlook(one: Indicator, content: Content, history: Sequence[Published]) -> list[Outlook]:
    """What a version would have said of each week, the newest first; nothing new of people."""
    found = []
    for at in history:
        if one.scope is Scope.MUNICIPALITY:
            value = of_municipality(one, content, at)
            found.append(Outlook(at.week, value, Counter([standing(one, value)])))
            continue
        values: list[Value | None] = []
        for area in at.digest.areas:
            if one.scope in PARTS:
                values += of_parts(one, area).values()
            else:
                values.append(of_area(one, area, at.blocks.get(area.id)))
        found.append(Outlook(at.week, None, Counter(standing(one, value) for value in values)))
    return found
