"""Drafts of an indicator's next version, with a preview over published weeks.

Only the name, the minimum of answers and the target can be changed: a different count is a
different indicator, defined in the content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pydantic import ValidationError

from handlers.content.model import Content
from handlers.content.quality import PARTS, Indicator, Metric, Scope
from handlers.indicators.values import (
    PublishedBlocks,
    TargetStatus,
    Value,
    area_value,
    municipality_value,
    part_values,
    target_status,
)
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from handlers.text.folding import fold

WORST, BEST = 0, 100  # percent; a net score has points from -100
LONGEST_NAME = 100
_WHOLE = re.compile(r"[-+]?\d{1,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TypedDraft:
    """The typed fields. ``target`` empty: none."""

    name: str
    least: str
    target: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a draft is not valid, in words. ``field``: of TypedDraft; empty: the whole draft."""

    why: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class WeekPreview:
    """One week: the municipality's value, or how many areas or parts have which target status."""

    week: IsoWeek
    value: Value | None
    statuses: Counter[TargetStatus]
    figures: int


def all_versions(
    content: Iterable[Indicator], published: Iterable[Indicator]
) -> tuple[Indicator, ...]:
    """The content's versions and those published in the panel, which are never replaced."""
    by_number = {(indicator.id, indicator.version): indicator for indicator in content}
    by_number |= {(indicator.id, indicator.version): indicator for indicator in published}
    return tuple(by_number.values())


def newest(versions: Iterable[Indicator]) -> list[Indicator]:
    """The last version of each indicator, in the order of their first."""
    found: dict[str, Indicator] = {}
    for indicator in versions:
        if indicator.id not in found or found[indicator.id].version < indicator.version:
            found[indicator.id] = indicator
    return list(found.values())


def draft(
    current: Indicator, typed: TypedDraft, known: Iterable[Indicator], published: IsoWeek | None
) -> Indicator | list[Refusal]:
    """The next version, valid from the week after ``published``, or every reason to refuse it.

    ``known``: every version of all indicators.
    """
    if refused := [*_refusals(current, typed, known)]:
        return refused
    least, target = _parse_int(typed.least), _parse_int(_without_sign(typed.target))
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
                "target_is_example": current.target_is_example and target == current.target,
            }
        )
    except ValidationError:  # the other fields are valid by now
        return [Refusal("Falta el nombre, en una línea.", "name")]
    if (made.name, made.least, made.target) == (current.name, current.least, current.target):
        return [Refusal("No cambia nada de la versión vigente.")]
    if made.valid_from <= current.valid_from:
        return [Refusal("Ya hay otra versión desde esa semana; espere a que pase su resumen.")]
    return made


def _refusals(
    current: Indicator, typed: TypedDraft, known: Iterable[Indicator]
) -> Iterator[Refusal]:
    """What is wrong with each field."""
    least, target = _parse_int(typed.least), _parse_int(_without_sign(typed.target))
    names = {fold(indicator.name) for indicator in newest(known) if indicator.id != current.id}
    if not typed.name.strip():
        yield Refusal("Falta el nombre, en una línea.", "name")
    elif fold(typed.name) in names:
        yield Refusal("Ya hay otro indicador con ese nombre.", "name")
    elif len(typed.name.strip()) > LONGEST_NAME:
        yield Refusal(f"El nombre tiene más de {LONGEST_NAME} letras.", "name")
    if least is None or least < THRESHOLD:
        yield Refusal(f"El mínimo es un número entero, de {THRESHOLD} a 99999.", "least")
    lowest = -BEST if current.measured is Metric.NET else WORST
    is_missing = target is None and bool(typed.target.strip())
    if is_missing or (target is not None and not lowest <= target <= BEST):
        yield Refusal(f"La meta es un número entero, de {lowest} a {BEST}.", "target")


def _without_sign(text: str) -> str:
    """ "60 %" as people write a target, without its sign."""
    return text.strip().removesuffix("%").strip()


def _parse_int(text: str) -> int | None:
    return int(text) if _WHOLE.fullmatch(text.strip()) else None


def preview(
    indicator: Indicator, content: Content, history: Sequence[PublishedBlocks]
) -> list[WeekPreview]:
    """The version's values in each published week, newest first, from published figures only."""
    found = []
    for at in history:
        if indicator.scope is Scope.MUNICIPALITY:
            value = municipality_value(indicator, content, at)
            statuses = Counter([target_status(indicator, value)])
            found.append(WeekPreview(at.week, value, statuses, int(value is not None)))
            continue
        values: list[Value | None] = []
        for area in at.digest.areas:
            if indicator.scope in PARTS:
                values += part_values(indicator, area).values()
            else:
                values.append(area_value(indicator, area, at.blocks.get(area.id)))
        statuses = Counter(target_status(indicator, value) for value in values)
        figures = sum(value is not None for value in values)
        found.append(WeekPreview(at.week, None, statuses, figures))
    return found
