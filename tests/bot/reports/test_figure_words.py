"""Figures in words: plural forms, and what stays on one line."""

from __future__ import annotations

import pytest

from bot.reports.words import figure_words as words


@pytest.mark.parametrize(
    ("points", "said"), [(-1, "−1 punto"), (0, "0 puntos"), (1, "+1 punto"), (14, "+14 puntos")]
)
def test_one_point_is_singular(points: int, said: str) -> None:
    assert words.in_points(points) == said


@pytest.mark.parametrize(
    "text",
    [
        "mediciones (5_de_12)",
        "menos de_10 de_53_respuestas pusieron 1 a_5_· semanas_41 a_44",
        "entre 27_% y 65_%_· 22_respuestas",
    ],
)
def test_a_number_stays_with_its_unit(text: str) -> None:
    assert words.unbroken(text.replace("_", " ")) == text.replace("_", "\u00a0")
