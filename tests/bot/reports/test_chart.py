"""The picture of a chart and its text: one says no more than the other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from random import Random
from xml.etree import ElementTree

import pytest

from bot.reports.quality.charts import chart_words as words
from bot.reports.quality.charts.chart_svg import NARROW, WIDE, chart_svg
from handlers.quality.blocks import Block
from handlers.quality.charts import Rebase
from handlers.quality.series import AreaChart, area_chart
from handlers.quality.weeks import IsoWeek

SVG = "{http://www.w3.org/2000/svg}"
FIRST = IsoWeek(2025, 40)
NOW = datetime(2026, 6, 1, tzinfo=UTC)


def made(number: int) -> AreaChart:
    """One of ten charts: short and long, with falls and rises, gaps, bounds and a new baseline."""
    chance = Random(number)
    weeks = 6 + 5 * number
    blocks = []
    for later in range(weeks):
        if number % 3 == 2 and later in (7, 8):
            continue
        n = chance.randint(50, 90)
        moved = later > 16 and number % 2
        usual = 0.55 if moved and number < 6 else 0.95 if moved else 0.75
        x = sum(chance.random() < usual for _ in range(n))
        week = FIRST.shifted(later)
        blocks.append(Block("obras", week, week, x, n))
    anew = Rebase("obras", str(FIRST.shifted(17)), str(FIRST.shifted(34)), NOW, 1, "horario nuevo")
    return area_chart("obras", blocks, [anew] if number in (7, 8) else [])


CHARTS = [made(number) for number in range(10)]


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_picture_holds_its_text_and_a_shape_for_each_point(chart: AreaChart, width: int) -> None:
    root = ElementTree.fromstring(chart_svg(chart, "Obras", width))
    shown = [point for point in chart.points if point.share is not None]
    signals = [point for point in shown if point.direction is not None]
    assert len(root.findall(f"{SVG}circle")) == len(shown) - len(signals)
    assert len(root.findall(f"{SVG}path")) == len(signals)
    assert root.findtext(f"{SVG}title") == words.title(chart, "Obras")
    assert root.findtext(f"{SVG}desc") == " ".join(words.description(chart, "Obras"))
    texts = [text.text or "" for text in root.findall(f"{SVG}text")]
    assert sum(text.startswith("base nueva") for text in texts) == max(0, len(chart.bases) - 1)
    if signals:
        assert any(text.startswith(("bajó", "subió")) for text in texts)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_of_a_picture_lies_outside_it(width: int) -> None:
    for chart in CHARTS:
        root = ElementTree.fromstring(chart_svg(chart, "Obras", width))
        height = float(root.attrib["height"])
        for one in root.iter():
            for axis, most in (("x", width), ("y", height)):
                for name in (axis, f"{axis}1", f"{axis}2", f"c{axis}"):
                    if name in one.attrib:
                        assert 0 <= float(one.attrib[name]) <= most, ElementTree.tostring(one)


def test_a_picture_has_no_colour_and_no_style() -> None:
    for chart in CHARTS:
        picture = chart_svg(chart, "Obras")
        assert "style" not in picture
        assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture)) <= {"currentColor", "none"}


def test_five_questions_on_each_of_ten_charts_are_answered_from_the_text_alone() -> None:
    right = 0
    for chart in CHARTS:
        text = " ".join(words.description(chart, "Obras"))
        shown = [point for point in chart.points if point.share is not None]
        points = re.findall(r"Semanas? [^.:]+: ([^,]+), (\d+) respuestas", text)
        base = re.search(r"Base de la [^:]+: (\S+ %|no se muestra)", text)
        counted = re.search(r"Señales: (\d+|ninguna)", text)
        lowest = re.search(r"La más baja fue (\d+) %", text)
        answers = (
            points[-1][1] == str(chart.points[-1].n),
            (base[1] if base else None) == _base(chart),
            (0 if not counted or counted[1] == "ninguna" else int(counted[1]))
            == len(chart.signals),
            text.count("Faltan semanas") == sum(point.after_gap for point in chart.points),
            (int(lowest[1]) if lowest else None)
            == min((round(100 * (point.share or 0) + 1e-9) for point in shown), default=None),
        )
        right += sum(answers)
    assert right >= 0.95 * 5 * len(CHARTS)


def test_without_a_point_that_may_be_shown_there_is_no_picture() -> None:
    assert chart_svg(AreaChart("obras"), "Obras") == ""
    assert words.title(AreaChart("obras"), "Obras") == "Obras: aún sin mediciones"


def _base(chart: AreaChart) -> str | None:
    if not chart.bases:
        return None
    share = chart.bases[0].share
    return "no se muestra" if share is None else words.percent_text(share)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_only_a_chart_with_a_base_leaves_room_at_its_right_end(width: int) -> None:
    def room(chart: AreaChart) -> float:
        root = ElementTree.fromstring(chart_svg(chart, "Obras", width))
        return width - max(float(line.get("x2", 0)) for line in root.findall(f"{SVG}line"))

    without, judged = CHARTS[0], CHARTS[3]
    assert not without.bases
    assert judged.bases
    assert room(without) < 20
    assert room(judged) > 80
