"""Answers of staff in Spanish: each question's figure or what is missing, never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.reports.words.dates import in_words
from bot.reports.words.figure_words import bound_text, share_text
from handlers.assessments.assessments import Assessment
from handlers.assessments.rounds import ENOUGH, StaffFigure
from handlers.assessments.steps import Criterion
from handlers.content.questionnaires.definition import QuestionKind

TITLE = "Personal que respondió"
TOO_FEW = "sin respuestas suficientes"
NOT_ASKED = "Aún no se le ha preguntado al personal en este período."
RULE = (
    f"Se dice desde {ENOUGH} respuestas de un área, y ningún grupo de menos de 10. Las cifras salen"
    " cuando el cuestionario cierra."
)
_GOOD = {QuestionKind.GRADE: "puso nota 6 o 7", QuestionKind.YES_NO: "respondió que sí"}


@dataclass(frozen=True, slots=True)
class StaffStatement:
    """The answers of staff to one question of one questionnaire."""

    question: str
    value: str
    source: str


def told_statements(figures: Iterable[StaffFigure], zone: ZoneInfo) -> tuple[StaffStatement, ...]:
    """The statements that have a figure to show."""
    return tuple(
        StaffStatement(figure.question, value_text(figure), source_text(figure, zone))
        for figure in figures
        if figure.is_told
    )


def figure_text(figure: StaffFigure) -> str:
    """``¿Conoce las metas? 63 % respondió que sí (entre 45 % y 78 %; 30 respuestas)``."""
    return f"{figure.question} {value_text(figure)}"


def value_text(figure: StaffFigure) -> str:
    """The figure only, or that too few answered."""
    if not figure.is_told:
        return f"{TOO_FEW[:1].upper()}{TOO_FEW[1:]}."
    if figure.parts:
        listed = "; ".join(f"{label}: {n}" for label, n in figure.parts)
        return f"{listed} (de {figure.n} respuestas)."
    if figure.share is not None:
        said = share_text(figure.share)
    else:
        said = bound_text(figure.bound) if figure.bound is not None else ""
    percent, _, rest = said.partition(" (")
    return f"{percent} {_GOOD[figure.kind]} ({rest}."


def source_text(figure: StaffFigure, zone: ZoneInfo) -> str:
    """``Cuestionario C-2026-001, cerrado el 15 de noviembre de 2026``."""
    closed_on = figure.closed_at.astimezone(zone).date()
    return f"Cuestionario {figure.round}, cerrado el {in_words(closed_on)}"


def missing(assessment: Assessment, criterion: Criterion) -> str:
    """The gap of a criterion that needs a figure of staff and has none; else empty."""
    if not criterion.asks:
        return ""
    found = assessment.staff_figures(criterion)
    if not found:
        return NOT_ASKED
    return "" if any(figure.is_told for figure in found) else f"Personal: {TOO_FEW}."


def evidence(assessment: Assessment, criterion: Criterion) -> str:
    """The evidence of a criterion: the written text with its source, and staff's answers."""
    answer = assessment.answer(criterion)
    said = f"{answer.evidence} ({answer.source})" if answer.source else answer.evidence
    figures = [
        figure_text(figure) for figure in assessment.staff_figures(criterion) if figure.is_told
    ]
    return "\n".join(filter(None, [said, *figures]))
