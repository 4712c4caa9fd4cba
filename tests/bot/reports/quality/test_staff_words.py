"""What staff answered, in words."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.reports.quality.staff_words import source_text
from handlers.assessments.rounds import StaffFigure
from handlers.content.questionnaires.definition import QuestionKind


def test_a_questionnaire_closed_in_the_evening_was_closed_on_that_day():
    closed_at = datetime(2026, 11, 28, 0, 55, tzinfo=UTC)  # 21:55 of the 27th in Chile
    figure = StaffFigure("C-2026-001", closed_at, "¿Conoce las metas?", QuestionKind.YES_NO)
    told = source_text(figure, ZoneInfo("America/Santiago"))
    assert told == "Cuestionario C-2026-001, cerrado el 27 de noviembre de 2026"
