"""The picture of a chart and its text: one says no more than the other."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from random import Random
from xml.etree import ElementTree

import pytest

from bot.reports.quality.charts import chart_words as words
from bot.reports.quality.charts.chart_svg import NARROW, TEXT, WIDE, chart_svg
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


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("later", [10, 49])
def test_a_signal_soon_after_the_base_is_not_written_over_its_name(width: int, later: int) -> None:
    counts = [*[33, 36] * 6, *[later] * 4]
    weeks = [FIRST.shifted(number) for number in range(len(counts))]
    blocks = [Block("obras", one, one, x, 60) for one, x in zip(weeks, counts, strict=True)]
    root = ElementTree.fromstring(chart_svg(area_chart("obras", blocks), "Obras", width))
    placed = {one.text: float(one.attrib["y"]) for one in root.findall(f"{SVG}text")}
    (signal,) = [y for text, y in placed.items() if text and text.startswith(("bajó", "subió"))]
    assert abs(placed["base"] - signal) > TEXT


def test_a_picture_has_no_colour_and_no_style() -> None:
    for chart in CHARTS:
        picture = chart_svg(chart, "Obras")
        assert "style" not in picture
        assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', picture)) <= {"currentColor", "none"}


def test_weeks_of_two_years_name_both() -> None:
    assert words.weeks_of_year("2025-W51", "2026-W03") == "semanas 51 de 2025 a 3 de 2026"
    assert words.weeks_of_year("2026-W02", "2026-W03") == "semanas 2 y 3 de 2026"
    assert words.weeks_of_year("2026-W02", "2026-W02") == "semana 2 de 2026"


def test_a_gap_names_the_weeks_that_are_missing() -> None:
    shown = [week(number) for number in (1, 3, 7)]
    chart = area_chart("obras", [Block("obras", one, one, 45, 60) for one in shown])
    assert [words.gap_before(chart, point) for point in chart.points] == [
        "",
        "falta la semana 2 de 2026",
        "faltan las semanas 4 a 6 de 2026",
    ]
    assert "Faltan las semanas 4 a 6 de 2026. Semana 7" in " ".join(words.description(chart, "O"))


@pytest.mark.parametrize("hidden", [(2,), (2, 11, 14)])
@pytest.mark.parametrize(("measured", "said"), [(11, "aún sin base"), (14, "sin señal")])
def test_only_a_chart_without_base_says_so_of_a_point(
    measured: int, said: str, hidden: tuple[int, ...]
) -> None:
    weeks = {number: week(number) for number in range(1, measured + 1)}
    blocks = [
        Block("obras", one, one, 55 if number in hidden else 45, 60)
        for number, one in weeks.items()
    ]
    chart = area_chart("obras", blocks)
    assert not any(point.limits for point in chart.points)
    assert words.standing(chart, chart.points[-1]) == said


@pytest.mark.parametrize(
    ("counts", "rebased", "said"),
    [
        ([45] * 5, False, "La base y los límites aparecen con 12 mediciones; hay 5."),
        (
            [45] * 13,
            False,
            "La base, la zona sombreada, es 75 %; los límites, las líneas cortadas.",
        ),
        ([55, *[45] * 12], False, "1 medición no muestra su porcentaje, porque revelaría menos de"),
        (
            [55, *[45] * 12],
            False,
            "Por lo mismo no se muestran la base ni sus límites, que igual juzgan cada medición.",
        ),
        ([55, *[45] * 13], True, "La base nueva, la zona sombreada, es 75 %; los límites,"),
        ([45] * 70, False, "La base, anterior a lo que se dibuja, es 75 %; los límites,"),
    ],
)
def test_a_chart_says_where_base_and_limits_are_or_why_not(
    counts: list[int], rebased: bool, said: str
) -> None:
    weeks = [FIRST.shifted(number) for number in range(len(counts))]
    blocks = [Block("obras", one, one, x, 60) for one, x in zip(weeks, counts, strict=True)]
    anew = Rebase("obras", str(weeks[1]), str(weeks[-1]), NOW, 1, "horario nuevo")
    chart = area_chart("obras", blocks, [anew] if rebased else [])
    assert said in words.caption(chart)


@pytest.mark.parametrize(
    ("fallen", "since"),
    [(1, "en la semana 52"), (2, "desde la semana 52"), (4, "desde la semana 52")],
)
def test_the_title_and_the_words_beside_the_signals_say_since_when(fallen: int, since: str) -> None:
    shares = [45] * 12 + [20] * fallen
    weeks = [FIRST.shifted(later) for later in range(len(shares))]
    blocks = [Block("obras", at, at, x, 60) for at, x in zip(weeks, shares, strict=True)]
    chart = area_chart("obras", blocks, [])
    assert words.title(chart, "Obras") == f"Obras bajó más de lo esperable {since}"
    beside = since.replace("en la semana", "sem.").replace("la semana", "sem.")
    assert f">bajó, {beside}<" in chart_svg(chart, "Obras", WIDE)


def week(number: int) -> IsoWeek:
    return IsoWeek(2026, number)


def test_without_a_point_that_may_be_shown_there_is_no_picture() -> None:
    assert chart_svg(AreaChart("obras"), "Obras") == ""
    assert words.title(AreaChart("obras"), "Obras") == "Obras: aún sin mediciones"


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


def test_a_figure_that_no_measurement_holds_yet_is_told_beside_the_chart() -> None:
    chart = CHARTS[1]
    last = IsoWeek.parse(chart.points[-1].last_week)
    assert "espera juntar 50 respuestas" in words.undrawn(chart, str(last.shifted(1)))
    for told, week in ((chart, str(last)), (chart, ""), (AreaChart("obras"), str(last))):
        assert words.undrawn(told, week) == ""
