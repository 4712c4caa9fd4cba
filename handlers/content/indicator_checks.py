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
    for one in content.indicators:
        for key, text, written in _mistakes(one, choices if reasons else None):
            yield one.id, key, text, written
    yield from _versions(content)


def published_mistakes(
    content: Content, published: Iterable[Indicator]
) -> Iterator[IndicatorMistake]:
    """What is wrong once the versions that were published in the panel are added.

    Those are never changed, so each says what is to be done in the file.
    """
    written = {(one.id, one.version): one for one in content.indicators}
    for one in published:
        other = written.get((one.id, one.version))
        if other is not None and other != one:
            text = (
                "ya se publicó en el panel, y es esa la que rige; quite la del archivo o dele"
                " el número siguiente"
            )
            yield one.id, "version", text, str(one.version)
        written[one.id, one.version] = one
    fields = {name: getattr(content, name) for name in Content.model_fields}
    merged = Content.model_construct(**fields | {"indicators": tuple(written.values())})
    known = set(indicator_mistakes(content))
    yield from (one for one in indicator_mistakes(merged) if one not in known)


def _mistakes(one: Indicator, choices: set[str] | None) -> Iterator[tuple[str, str, str]]:
    scopes, period = ALLOWED[one.measured]
    if one.scope not in scopes:
        allowed = " o ".join(scopes)
        yield "scope", f"{one.measured} se publica por {allowed}; escriba eso", quoted(one.scope)
    if one.period != period:
        yield (
            "period",
            f'{one.measured} tiene el período "{period}"; escriba eso',
            quoted(one.period),
        )
    if one.chart and (one.measured, one.scope) != (Metric.SATISFIED, Scope.AREA):
        yield "chart", "sólo satisfied por area tiene gráfico de control; quítela", ""
    if (one.reason is None) == (one.measured is Metric.REASON):
        yield "reason", "va con measured = reason, y sólo ahí; agréguela o quítela", ""
    elif one.reason is not None and choices is not None and one.reason not in choices:
        near = did_you_mean(one.reason, choices)
        yield "reason", f"ningún cuestionario tiene ese motivo{near}", quoted(one.reason)
    if one.target is not None and one.target < 0 and one.measured is not Metric.NET:
        yield "target", "un porcentaje va de 0 a 100; corríjala", str(one.target)


def _versions(content: Content) -> Iterator[IndicatorMistake]:
    """Versions count from 1, each valid from a later day: the old one keeps its weeks."""
    ordered = sorted(content.indicators, key=lambda one: (one.id, one.version))
    for name, group in groupby(ordered, key=lambda one: one.id):
        versions = list(group)
        if [one.version for one in versions] != list(range(1, len(versions) + 1)):
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
