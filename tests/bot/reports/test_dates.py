"""Dates and weeks as staff read them."""

from datetime import date

import pytest

from bot.reports.words.dates import in_words, week_label, with_weekday
from bot.reports.words.shift_words import days_in_words
from handlers.quality.weeks import IsoWeek


@pytest.mark.parametrize(
    ("week", "label"),
    [
        ("2026-W47", "Semana 47 (16 al 22 de noviembre de 2026)"),
        ("2026-W49", "Semana 49 (30 de noviembre al 6 de diciembre de 2026)"),
        ("2026-W53", "Semana 53 (28 de diciembre de 2026 al 3 de enero de 2027)"),
    ],
)
def test_a_week_is_said_with_its_dates(week: str, label: str) -> None:
    assert week_label(IsoWeek.parse(week)) == label


def test_a_date_is_said_as_people_say_it() -> None:
    assert in_words(date(2026, 12, 1)) == "1 de diciembre de 2026"
    assert with_weekday(date(2026, 11, 23)) == "lunes 23 de noviembre de 2026"
    assert with_weekday(date(2026, 11, 23), year=False) == "lunes 23 de noviembre"


@pytest.mark.parametrize(
    ("weekdays", "said"),
    [
        ({1, 2, 3, 4, 5}, "lunes a viernes"),
        ({6, 7}, "sábado y domingo"),
        ({3}, "miércoles"),
        ({1, 2, 3, 5}, "lunes a miércoles y viernes"),
        ({1, 3, 5}, "lunes, miércoles y viernes"),
        ({1, 2, 4, 5, 6}, "lunes, martes y jueves a sábado"),
        ({6, 7, 1}, "sábado a lunes"),
        (set(range(1, 8)), "todos los días"),
    ],
)
def test_days_that_follow_one_another_are_said_as_a_range(weekdays: set[int], said: str) -> None:
    assert days_in_words(weekdays) == said
