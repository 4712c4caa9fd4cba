"""Conditions and constraints: whether a question applies, and what a set of answers breaks."""

from __future__ import annotations

from datetime import date
from itertools import repeat

from handlers.content.questionnaires.definition import (
    Condition,
    Constraint,
    Question,
    Questionnaire,
)


def applies(question: Question, answers: dict[str, str]) -> bool:
    """Whether every condition of ``question`` holds for the answers given so far."""
    return all(map(_met, question.when, repeat(answers)))


def broken_constraint(
    questionnaire: Questionnaire, answers: dict[str, str], question: str
) -> Constraint | None:
    """The first relation that the answer to ``question`` breaks with another answer."""
    for constraint in questionnaire.constraints:
        if question not in (constraint.left, constraint.right):
            continue
        if constraint.left in answers and constraint.right in answers:
            left, right = _comparable(answers[constraint.left], answers[constraint.right])
            if not _compare(left, constraint.op, right):
                return constraint
    return None


def _met(condition: Condition, answers: dict[str, str]) -> bool:
    value = answers.get(condition.question)
    if condition.one_of is not None and value not in condition.one_of:
        return False
    if condition.answered is not None and condition.answered != (value is not None):
        return False
    least, most = condition.at_least, condition.at_most
    if least is None and most is None:
        return True
    if value is None:
        return False
    return (least is None or float(value) >= least) and (most is None or float(value) <= most)


def _comparable(left: str, right: str) -> tuple[float, float]:
    try:
        return float(left), float(right)
    except ValueError:
        return (
            float(date.fromisoformat(left).toordinal()),
            float(date.fromisoformat(right).toordinal()),
        )


def _compare(left: float, op: str, right: float) -> bool:
    match op:
        case "<=":
            return left <= right
        case "<":
            return left < right
        case ">=":
            return left >= right
        case ">":
            return left > right
        case _:
            return left == right
