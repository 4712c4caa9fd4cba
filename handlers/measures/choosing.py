"""The indicators on which a measure can be opened: those with a published figure."""

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
    """One indicator, and the series that counts it."""

    judged_by: JudgedBy
    series: Series

    @property
    def key(self) -> str:
        return self.judged_by.key


@dataclass(frozen=True, slots=True)
class PartNames:
    """Names of an area's parts for people. ``channel``: the name of a channel's id."""

    content: Content
    channel: Callable[[str], str]

    def part(self, scope: Scope, area: str, id: str) -> str:
        """The name of a service, desk or channel; the id if the content lacks it."""
        if scope is Scope.CHANNEL:
            return self.channel(id)
        if scope is Scope.SERVICE:
            services = self.content.services_by_area.get(area, ())
            return next((service.short_name for service in services if service.id == id), id)
        desks = self.content.desks
        return next((desk.name for desk in desks if (desk.area, desk.token) == (area, id)), id)

    def reason(self, id: str) -> str:
        """The name of a choice as a reason."""
        asked = (question for form in self.content.newest.values() for question in form.questions)
        for question in asked:
            for choice in question.choices:
                if choice.id == id:
                    return choice.text.get(LANGUAGE, id)
        return id


def choices(
    area: str, valid: Iterable[Indicator], shown: Collection[Series], names: PartNames
) -> list[IndicatorChoice]:
    """The choices for an area, beginning with grades 6 and 7, which can always be chosen.

    ``valid``: the definitions valid now. ``shown``: the series with a published figure.
    """
    definitions = list(valid)
    others = (by for indicator in definitions for by in _others(indicator, area, shown, names))
    return [IndicatorChoice(by, by.series(area)) for by in (_grades(definitions), *others)]


def _grades(definitions: Iterable[Indicator]) -> JudgedBy:
    found = (_judged_by(indicator) for indicator in definitions)
    return next((by for by in found if by.is_default), GRADES)


def _others(
    indicator: Indicator, area: str, shown: Collection[Series], names: PartNames
) -> Iterator[JudgedBy]:
    if indicator.scope in PARTS:
        told = [each for each in shown if (each.scope, each.area) == (indicator.scope, area)]
        known = {each.part: names.part(indicator.scope, area, each.part) for each in told}
        for part in sorted(known, key=lambda part: alphabetical(known[part])):
            yield _judged_by(indicator, part, known[part])
    elif indicator.measured in CHARTED:
        reason = indicator.reason or ""
        by = _judged_by(indicator, reason, names.reason(reason))
        if by.series(area) in shown:
            yield by


def _judged_by(indicator: Indicator, part: str = "", part_name: str = "") -> JudgedBy:
    return JudgedBy(
        indicator.id,
        indicator.version,
        indicator.measured,
        indicator.scope,
        part,
        indicator.name,
        part_name,
        indicator.less_is_better,
    )
