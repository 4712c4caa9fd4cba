"""What is told of the answers of staff, and that nothing under ten follows from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.assessments.rounds import Round, RoundQuestion, StaffFigure, figure, figures
from handlers.content.questionnaires.definition import QuestionKind
from handlers.quality.figures import Bound

OPENED = datetime(2026, 11, 2, 12, tzinfo=UTC)
CLOSED = OPENED + timedelta(days=12)
METAS = RoundQuestion("metas", QuestionKind.YES_NO, "¿Conoce las metas?")
NOTA = RoundQuestion("nota", QuestionKind.GRADE, "¿Qué nota le pone?")
FALTA = RoundQuestion(
    "falta", QuestionKind.CHOICE, "¿Qué falta?", (("a", "Tiempo"), ("b", "Gente"), ("c", "Nada"))
)


def closed(number: str = "C-2026-001", at: datetime = CLOSED) -> Round:
    return Round(number, "personal", 1, "Su área", (METAS, NOTA, FALTA), OPENED, at)


def told(yes: int, no: int) -> StaffFigure:
    return figure(closed(), METAS, {("metas", "yes"): yes, ("metas", "no"): no})


def test_a_share_has_ten_on_both_sides() -> None:
    found = told(18, 12)
    assert found.share is not None
    assert (found.n, found.share.n, found.share.percent) == (30, 30, 60)
    assert found.bound is None


@pytest.mark.parametrize(
    ("yes", "no", "bound"),
    [
        (20, 0, Bound(20, 55, at_least=True)),
        (11, 9, Bound(20, 55, at_least=True)),
        (3, 27, Bound(30, 30, at_least=False)),
    ],
)
def test_with_fewer_than_ten_on_a_side_only_a_bound_is_told(
    yes: int, no: int, bound: Bound
) -> None:
    found = told(yes, no)
    assert (found.share, found.bound) == (None, bound)


@pytest.mark.parametrize(("yes", "no"), [(0, 0), (9, 0), (10, 0), (9, 9), (10, 9), (19, 0)])
def test_under_twenty_answers_nothing_is_told_not_even_how_many(yes: int, no: int) -> None:
    assert told(yes, no) == told(0, 0)
    assert not told(yes, no).is_told


def test_what_looks_the_same_leaves_ten_numbers_for_each_side_that_is_hidden() -> None:
    alike: dict[StaffFigure, set[int]] = {}
    for n in range(20, 60):
        for yes in range(n + 1):
            alike.setdefault(told(yes, n - yes), set()).add(min(yes, n - yes))
    for found, sides in alike.items():
        assert found.share is not None or sides == set(range(10))


def test_choices_are_told_where_none_that_is_hidden_follows() -> None:
    def parts(*counts: int) -> tuple[tuple[str, int], ...]:
        given = {("falta", value): n for value, n in zip("abc", counts, strict=True)}
        return figure(closed(), FALTA, given).parts

    assert parts(12, 15, 10) == (("Tiempo", 12), ("Gente", 15), ("Nada", 10))
    assert parts(12, 25, 9) == (("Gente", 25),)
    assert parts(12, 25, 0) == (("Gente", 25),)
    assert parts(20, 0, 0) == ()


def test_the_newest_round_of_the_period_is_told_and_an_older_one_is_not() -> None:
    counts = {
        name: {("metas", "yes"): yes, ("metas", "no"): 10}
        for name, yes in (("C-2026-001", 10), ("C-2026-002", 30))
    }
    rounds = [closed("C-2026-002", CLOSED + timedelta(days=30)), closed()]
    (found,) = figures(rounds, ["personal.metas"], OPENED, counts)
    assert (found.round, found.n) == ("C-2026-002", 40)
    later = CLOSED + timedelta(days=31)
    assert figures(rounds, ["personal.metas"], later, counts) == ()
    assert figures(rounds, ["personal.otra", "otro.metas"], OPENED, counts) == ()


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"metas": "yes", "nota": "6"},
        {"metas": "yes", "nota": "8", "falta": "a"},
        {"metas": "quizás", "nota": "6", "falta": "a"},
        {"metas": "yes", "nota": "6", "falta": "z"},
    ],
)
def test_answers_that_are_not_whole_count_nowhere(answers: dict[str, str]) -> None:
    assert closed().counted(answers) is None


def test_what_is_not_asked_is_not_counted() -> None:
    answers = {"metas": "yes", "nota": "6", "falta": "a", "form_token": "x"}
    assert closed().counted(answers) == (("metas", "yes"), ("nota", "6"), ("falta", "a"))
