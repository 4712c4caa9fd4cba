"""What is told of an indicator's target, and that an example is one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reports.quality.indicator_words import (
    definition_text,
    mark,
    standing_text,
    value_text,
)
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.values import Others, TargetStatus, Value

AIMED = Indicator(
    id="nota",
    version=1,
    valid_from=date(2026, 1, 5),
    name="Nota 6 o 7",
    measured=Metric.SATISFIED,
    scope=Scope.AREA,
    period="block",
    target=70,
)


@pytest.mark.parametrize(("is_example", "also"), [(False, ""), (True, " (ejemplo)")])
def test_a_target_that_nobody_decided_is_told_to_be_an_example(is_example: bool, also: str) -> None:
    one = AIMED.model_copy(update={"target_is_example": is_example})
    assert mark(one, Value(90, 80, 95, 60)).words == f"cumple la meta: 70 % o más{also}"
    assert standing_text(one, TargetStatus.MISSED) == f"no cumple la meta{also}"
    assert f"Meta: 70 % o más{also}." in definition_text(one)


@pytest.mark.parametrize(
    ("others", "without", "judged"),
    [
        (None, "", ""),
        (Others(1, 60, 75), ", sin 1 área que solo muestra un límite", ", contando esa área"),
        (
            Others(3, 60, 75),
            ", sin 3 áreas que solo muestran un límite",
            ", contando esas áreas",
        ),
    ],
)
def test_a_total_says_which_areas_it_leaves_out_and_that_its_target_counts_them(
    others: Others | None, without: str, judged: str
) -> None:
    value = Value(63, 59, 71, 410, others=others)
    assert value_text(AIMED, value) == f"63 % (entre 59 % y 71 %; 410 respuestas{without})"
    assert mark(AIMED, value).words == f"no se distingue de la meta: 70 % o más{judged}"


def test_a_bound_beyond_its_target_says_that_its_margin_reaches_it() -> None:
    one = AIMED.model_copy(update={"target": 80})
    said = mark(one, Value(84, 73, 100, 59, is_bound=True)).words
    expected = "no se distingue de la meta: 80 % o más, por el margen de tan pocas respuestas"
    assert said == expected
    assert mark(AIMED, Value(84, 73, 100, 59, is_bound=True)).words == "cumple la meta: 70 % o más"
