"""What people did is drawn on a chart in the week of it, and said in its text."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.reports.quality.charts.chart_marks import chart_marks, measure_events, note_events
from bot.reports.quality.charts.chart_svg import NARROW, WIDE, chart_svg
from handlers.measures.measures import measure_of
from handlers.measures.steps import Deadline, MeasureStep, Opened, Origin
from handlers.quality.series import AreaChart, ChartPoint
from handlers.quality.weeks import IsoWeek
from storage.quality.notes import FigureNote

ZONE = ZoneInfo("America/Santiago")
CHART = AreaChart(
    "a", tuple(ChartPoint(f"2026-W{week}", f"2026-W{week}", 60, 0.7) for week in range(30, 46))
)
OPENED = measure_of(
    "M-2026-001",
    [
        MeasureStep(
            datetime(2026, 9, 16, 12, tzinfo=UTC),
            0,
            Opened(
                "a",
                Origin.PLAN,
                "2026-W38",
                "2026-W38",
                Deadline(datetime(2026, 9, 30, 12, tzinfo=UTC), "10"),
            ),
        )
    ],
    ZONE,
)


def noted(week: int, text: str) -> FigureNote:
    return FigureNote("a", IsoWeek(2026, week), datetime(2026, 11, 1, tzinfo=UTC), 1, text)


def test_a_week_has_one_mark_in_the_order_of_time() -> None:
    notes = [noted(44, "b."), noted(38, "a"), noted(10, "antes de que hubiera gráfico")]
    marks = chart_marks(CHART, [*note_events(notes), *measure_events([OPENED], "a", ZONE)])
    assert [(one.number, one.text) for one in marks] == [
        (
            1,
            "Semana 38 de 2026, nota del área: a;"
            " se abrió la medida M-2026-001 por plan de mejora.",
        ),
        (2, "Semana 44 de 2026, nota del área: b."),
    ]
    assert list(measure_events([OPENED], "b", ZONE)) == []


def test_numbers_that_would_touch_are_one_label_and_the_text_says_each() -> None:
    marks = chart_marks(CHART, note_events([noted(41, "b"), noted(40, "a")]))
    wide, narrow = (chart_svg(CHART, "A", width, marks) for width in (WIDE, NARROW))
    assert ">1</text>" in wide
    assert ">2</text>" in wide
    assert ">1–2</text>" in narrow
    lines = [
        float(x) for x in re.findall(r'<line x1="([\d.]+)"[^>]* stroke-dasharray="1 4"', narrow)
    ]
    label = re.search(r'<text x="([\d.]+)"[^>]*>1–2<', narrow)
    assert label
    assert lines[0] < float(label[1]) < lines[1]
    for picture in (wide, narrow):
        assert "Marcas: 1: Semana 40 de 2026, nota del área: a. 2: Semana 41" in picture
    assert "Marcas" not in chart_svg(CHART, "A", WIDE)
