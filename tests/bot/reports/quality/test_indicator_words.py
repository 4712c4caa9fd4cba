"""What is told of an indicator's target, and that an example is one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reports.quality.indicator_words import definition_text, mark, standing_text
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.values import TargetStatus

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
    assert mark(one, TargetStatus.MET).words == f"cumple la meta: 70 % o más{also}"
    assert standing_text(one, TargetStatus.MISSED) == f"no cumple la meta{also}"
    assert f"Meta: 70 % o más{also}." in definition_text(one)
