"""Marks for a chart: notes about its area and steps of its measures, by week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.reports.quality.charts.chart_words import week_of_year
from bot.reports.quality.measure_words import ORIGINS
from handlers.measures.measures import Measure
from handlers.measures.steps import Origin
from handlers.quality.series import AreaChart
from handlers.quality.weeks import IsoWeek
from storage.quality.notes import FigureNote


@dataclass(frozen=True, slots=True)
class ChartMark:
    """All events of one week in words; the chart shows ``number``."""

    number: int
    week: str
    text: str


def note_events(notes: Iterable[FigureNote]) -> Iterator[tuple[IsoWeek, str]]:
    """Notes on the area's figures, with the week of each figure."""
    for note in reversed(list(notes)):
        yield note.week, f"nota del área: {note.text}"


def measure_events(
    measures: Iterable[Measure], area: str, zone: ZoneInfo
) -> Iterator[tuple[IsoWeek, str]]:
    """When each measure was opened and done, with its week."""
    for measure in measures:
        if measure.area != area:
            continue
        opened = IsoWeek.of(measure.opened_at, zone)
        signal = measure.opened.origin is Origin.SIGNAL
        why = "por la señal" if signal else f"por {ORIGINS[measure.opened.origin]}"
        yield opened, f"se abrió la medida {measure.number} {why}"
        if measure.done_week is not None:
            action = f": {measure.decision.action}" if measure.decision else ""
            yield measure.done_week, f"se hizo la medida {measure.number}{action}"


def chart_marks(chart: AreaChart, events: Iterable[tuple[IsoWeek, str]]) -> tuple[ChartMark, ...]:
    """One mark for each week with events that the chart covers, oldest first."""
    if not chart.points:
        return ()
    first, last = chart.drawn[0].first_week, chart.drawn[-1].last_week
    by_week: dict[str, list[str]] = {}
    for week, text in sorted(events, key=lambda event: event[0]):
        if IsoWeek.parse(first) <= week <= IsoWeek.parse(last):
            by_week.setdefault(str(week), []).append(text.rstrip("."))
    return tuple(
        ChartMark(number, week, f"{week_of_year(week).capitalize()}, {'; '.join(texts)}.")
        for number, (week, texts) in enumerate(by_week.items(), start=1)
    )


def marks_text(marks: Sequence[ChartMark]) -> list[str]:
    """All marks in a sentence, for people who cannot see the picture; empty without any."""
    said = " ".join(f"{mark.number}: {mark.text}" for mark in marks)
    return [f"Marcas: {said}"] if said else []
