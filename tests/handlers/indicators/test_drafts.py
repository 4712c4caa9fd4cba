"""A draft of an indicator: what may be typed, from when it holds, what it would have said."""

from __future__ import annotations

from datetime import date

import pytest

from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.drafts import TypedDraft, all_versions, draft, newest
from handlers.quality.weeks import IsoWeek

LAST = IsoWeek(2026, 47)
ONE = Indicator(
    id="nota-6-7",
    version=1,
    valid_from=date(2026, 1, 1),
    name="Nota 6 o 7",
    measured=Metric.SATISFIED,
    scope=Scope.AREA,
    period="block",
    chart=True,
)
NET = ONE.model_copy(
    update={"id": "neta", "name": "Notas netas", "measured": Metric.NET, "chart": False}
)
WAITS = ONE.model_copy(update={"valid_from": date(2026, 11, 23)})


def test_a_draft_is_the_next_version_and_holds_from_the_week_after_the_last_published() -> None:
    made = draft(ONE, TypedDraft(" Nota  6 o 7 ", "30", "70"), [ONE, NET], LAST)
    assert made == ONE.model_copy(
        update={"version": 2, "valid_from": date(2026, 11, 23), "least": 30, "target": 70}
    )


@pytest.mark.parametrize(("target", "is_example"), [("70", True), ("75", False), ("", False)])
def test_another_target_than_the_example_is_none(target: str, is_example: bool) -> None:
    shown = ONE.model_copy(update={"target": 70, "target_is_example": True})
    made = draft(shown, TypedDraft("Otro nombre", "10", target), [shown], LAST)
    assert isinstance(made, Indicator)
    assert made.target_is_example is is_example


@pytest.mark.parametrize(
    ("current", "typed", "field", "why"),
    [
        (ONE, TypedDraft("a", "diez", ""), "least", "un número entero"),
        (ONE, TypedDraft("a", "9" * 20, ""), "least", "de 10 a 99999"),
        (ONE, TypedDraft("a" * 101, "10", ""), "name", "más de 100 letras"),
        (ONE, TypedDraft("a", "9", ""), "least", "de 10 a 99999"),
        (ONE, TypedDraft(" ", "10", "70"), "name", "Falta el nombre"),
        (ONE, TypedDraft("notas  Netas", "10", ""), "name", "otro indicador"),
        (ONE, TypedDraft("a", "10", "mucho"), "target", "un número entero"),
        (ONE, TypedDraft("a", "10", "101"), "target", "de 0 a 100"),
        (ONE, TypedDraft("a", "10", "-5"), "target", "de 0 a 100"),
        (NET, TypedDraft("a", "10", "-101"), "target", "de -100 a 100"),
        (ONE, TypedDraft(" ", "9", "-5"), "name least target", "Falta el nombre"),
        (ONE, TypedDraft("Nota 6 o 7", "10", ""), "", "No cambia nada"),
        (WAITS, TypedDraft("a", "10", ""), "", "espere"),
    ],
)
def test_what_cannot_be_published_is_said(
    current: Indicator, typed: TypedDraft, field: str, why: str
) -> None:
    said = draft(current, typed, [ONE, NET], LAST)
    assert isinstance(said, list)
    assert ([one.field for one in said], why in said[0].why) == (field.split(" "), True)


def test_a_published_version_is_never_replaced_by_the_contents() -> None:
    published = ONE.model_copy(update={"version": 2, "target": 70})
    of_content = ONE.model_copy(update={"version": 2, "target": 10})
    known = all_versions([ONE, of_content, NET], [published])
    assert known == (ONE, published, NET)
    assert newest(known) == [published, NET]
