"""Checks of indicators: versions in order, and nothing that the measured figure cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from handlers.content.model import Content
from handlers.content.quality import PARTS, Indicator, Metric, Scope
from handlers.text.display import quoted
from handlers.text.nearest import did_you_mean

ALLOWED: dict[Metric, tuple[tuple[Scope, ...], str]] = {
    Metric.SATISFIED: ((Scope.AREA, Scope.MUNICIPALITY, *PARTS), "block"),
    Metric.NET: ((Scope.AREA,), "block"),
    Metric.REASON: ((Scope.AREA,), "block"),
    Metric.COMPLETION: ((Scope.MUNICIPALITY,), "week"),
    Metric.FOUND: ((Scope.MUNICIPALITY,), "week"),
    Metric.USEFUL: ((Scope.AREA,), "week"),
    Metric.COVERAGE: ((Scope.MUNICIPALITY,), "now"),
    Metric.CASES_IN_TIME: ((Scope.MUNICIPALITY,), "month"),
    Metric.VISITS_SPARED: ((Scope.MUNICIPALITY,), "week"),
    Metric.READING: ((Scope.AREA, Scope.MUNICIPALITY), "week"),
}
"""The scopes that each figure is published for, and its period."""

IndicatorMistake = tuple[str, str, str, str]
"""Id, key, what to do, and the value that is wrong."""


def indicator_mistakes(content: Content, *, reasons: bool = True) -> Iterator[IndicatorMistake]:
    """Every mistake of the content's indicators; not ``reasons``: those that no choice has pass."""
    choices = {
        choice.id
        for questionnaire in content.questionnaires
        for question in questionnaire.questions
        for choice in question.choices
    }
    for indicator in content.indicators:
        for key, text, written in _mistakes(indicator, choices if reasons else None):
            yield indicator.id, key, text, written
    yield from _versions(content)


def published_mistakes(
    content: Content, published: Iterable[Indicator]
) -> Iterator[IndicatorMistake]:
    """What is wrong once the versions that were published in the panel are added.

    Those are never changed, so each says what is to be done in the file.
    """
    written = {(indicator.id, indicator.version): indicator for indicator in content.indicators}
    for indicator in published:
        other = written.get((indicator.id, indicator.version))
        if other is not None and other != indicator:
            text = (
                "ya se publicó en el panel, y es esa la que rige; quite la del archivo o dele"
                " el número siguiente"
            )
            yield indicator.id, "version", text, str(indicator.version)
        written[indicator.id, indicator.version] = indicator
    fields = {name: getattr(content, name) for name in Content.model_fields}
    merged = Content.model_construct(**fields | {"indicators": tuple(written.values())})
    known = set(indicator_mistakes(content))
    yield from (mistake for mistake in indicator_mistakes(merged) if mistake not in known)


def _mistakes(indicator: Indicator, choices: set[str] | None) -> Iterator[tuple[str, str, str]]:
    scopes, period = ALLOWED[indicator.measured]
    if indicator.scope not in scopes:
        allowed = " o ".join(scopes)
        yield (
            "scope",
            f"{indicator.measured} se publica por {allowed}; escriba eso",
            quoted(indicator.scope),
        )
    if indicator.period != period:
        yield (
            "period",
            f'{indicator.measured} tiene el período "{period}"; escriba eso',
            quoted(indicator.period),
        )
    if indicator.chart and (indicator.measured, indicator.scope) != (Metric.SATISFIED, Scope.AREA):
        yield "chart", "sólo satisfied por area tiene gráfico de control; quítela", ""
    if (indicator.reason is None) == (indicator.measured is Metric.REASON):
        yield "reason", "va con measured = reason, y sólo ahí; agréguela o quítela", ""
    elif indicator.reason is not None and choices is not None and indicator.reason not in choices:
        near = did_you_mean(indicator.reason, choices)
        yield "reason", f"ningún cuestionario tiene ese motivo{near}", quoted(indicator.reason)
    if (
        indicator.target is not None
        and indicator.target < 0
        and indicator.measured is not Metric.NET
    ):
        yield "target", "un porcentaje va de 0 a 100; corríjala", str(indicator.target)


def _versions(content: Content) -> Iterator[IndicatorMistake]:
    """Versions count from 1, each valid from a later day: the old one keeps its weeks."""
    ordered = sorted(content.indicators, key=lambda indicator: (indicator.id, indicator.version))
    for name, group in groupby(ordered, key=lambda indicator: indicator.id):
        versions = list(group)
        if [indicator.version for indicator in versions] != list(range(1, len(versions) + 1)):
            text = (
                "las versiones van de 1 en adelante, sin saltos ni repetidas; deje las anteriores"
            )
            yield name, "version", text, ""
        for before, after in pairwise(versions):
            if after.valid_from <= before.valid_from:
                text = "debe regir desde después que la versión anterior; cambie la fecha"
                yield name, "valid_from", text, str(after.valid_from)
            if (after.measured, after.scope, after.reason) != (
                before.measured,
                before.scope,
                before.reason,
            ):
                text = "otra cuenta es otro indicador; dele otro id en vez de otra versión"
                yield name, "measured", text, quoted(after.measured)
