"""The indicators on which a measure of an area can be opened: those of which a figure was told."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from handlers.content.model import Content
from handlers.content.quality import PARTS, Indicator, Scope
from handlers.indicators.counts import CHARTED, Series
from handlers.measures.steps import GRADES, JudgedBy
from handlers.quality.parts import LANGUAGE, alphabetical


@dataclass(frozen=True, slots=True)
class IndicatorChoice:
    """One of them, and what is counted of it."""

    judged_by: JudgedBy
    series: Series

    @property
    def key(self) -> str:
        return self.judged_by.key


@dataclass(frozen=True, slots=True)
class PartNames:
    """What people call the parts of an area. ``channel``: by the channel's id."""

    content: Content
    channel: Callable[[str], str]

    def part(self, scope: Scope, area: str, id: str) -> str:
        """Of a service, desk or channel; what the content has dropped keeps its id."""
        if scope is Scope.CHANNEL:
            return self.channel(id)
        if scope is Scope.SERVICE:
            services = self.content.services_by_area.get(area, ())
            return next((one.short_name for one in services if one.id == id), id)
        desks = self.content.desks
        return next((one.name for one in desks if (one.area, one.token) == (area, id)), id)

    def reason(self, id: str) -> str:
        """What a choice is called where people name it as a reason."""
        asked = (one for form in self.content.newest.values() for one in form.questions)
        for question in asked:
            for choice in question.choices:
                if choice.id == id:
                    return choice.text.get(LANGUAGE, id)
        return id


def choices(
    area: str, valid: Iterable[Indicator], shown: Collection[Series], names: PartNames
) -> list[IndicatorChoice]:
    """Of an area, grades 6 and 7 first: they can always be chosen.

    ``valid``: the versions that are valid now. ``shown``: the series of which a figure was told.
    """
    definitions = list(valid)
    others = (by for one in definitions for by in _others(one, area, shown, names))
    return [IndicatorChoice(by, by.series(area)) for by in (_grades(definitions), *others)]


def _grades(definitions: Iterable[Indicator]) -> JudgedBy:
    found = (_judged_by(one) for one in definitions)
    return next((by for by in found if by.is_default), GRADES)


def _others(
    one: Indicator, area: str, shown: Collection[Series], names: PartNames
) -> Iterator[JudgedBy]:
    if one.scope in PARTS:
        told = [each for each in shown if (each.scope, each.area) == (one.scope, area)]
        known = {each.part: names.part(one.scope, area, each.part) for each in told}
        for part in sorted(known, key=lambda part: alphabetical(known[part])):
            yield _judged_by(one, part, known[part])
    elif one.measured in CHARTED:
        reason = one.reason or ""
        by = _judged_by(one, reason, names.reason(reason))
        if by.series(area) in shown:
            yield by


def _judged_by(one: Indicator, part: str = "", part_name: str = "") -> JudgedBy:
    return JudgedBy(
        one.id, one.version, one.measured, one.scope, part, one.name, part_name, one.less_is_better
    )
