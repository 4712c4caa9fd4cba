"""Ten areas of a simulated town, each with a control chart that shows something else, and two
charts of other indicators.

Weekly answers are published week after week as the service does it: an open block, the block that
closes, the chart of the closed ones. So pooled weeks, gaps and hidden shares come about by
themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from xml.etree import ElementTree

from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_kinds import counted
from bot.reports.quality.charts.chart_marks import chart_marks, measure_events, note_events
from bot.reports.quality.charts.chart_svg import WIDE, chart_svg
from bot.reports.quality.charts.chart_words import GRADES, ChartWording
from handlers.content.model import Content
from handlers.content.quality import Metric
from handlers.measures.measures import Measure, measure_of
from handlers.measures.steps import Deadline, Decided, Done, MeasureStep, Opened, Origin
from handlers.quality.blocks import Block, open_since
from handlers.quality.charts import Period, Rebase
from handlers.quality.digest import closed_blocks
from handlers.quality.figures import AreaWeek, WeekFigures
from handlers.quality.series import AreaChart, area_chart, share_chart
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from storage.quality.notes import FigureNote

FIRST = IsoWeek(2025, 22)
REBASED, NOTED, DONE = 30, 25, 27
"""In which week, counted from the first, somebody did that in the area of which it is told."""

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True, slots=True)
class Course:
    """How an area fares. ``share``: of satisfied ones in the long run, by week and chance."""

    shows: str
    area: str
    n: int  # answers a week, give or take a fifth
    share: Callable[[int, Random], float]
    weeks: int = 46
    silent: range = range(0)  # weeks without answers


def _falls(week: int, _: Random) -> float:
    return 0.60 if week >= 43 else 0.80


def _rises(week: int, _: Random) -> float:
    return 0.88 if week >= 38 else 0.68


def _drops(week: int, _: Random) -> float:
    return 0.72 if week >= 16 else 0.88


def _recovers(week: int, _: Random) -> float:
    return 0.58 if 20 <= week < DONE else 0.78


def _steady(share: float) -> Callable[[int, Random], float]:
    return lambda *_: share


COURSES = (
    Course("quiet", "transito", 80, _steady(0.75), 64),
    Course("signal up", "aseo", 70, _rises),
    Course("signal down", "obras", 120, _falls),
    Course("gap weeks", "cultura", 75, _steady(0.72), 68, range(24, 57)),
    Course("pooled weeks", "patentes", 30, _steady(0.70), 64, range(40, 43)),
    Course("no baseline yet", "deportes", 65, _steady(0.70), 9),
    Course("re-based", "turismo", 180, _drops),
    Course("measure and note", "finanzas", 85, _recovers),
    Course("overdispersed", "mascotas", 90, lambda _, chance: chance.uniform(0.5, 0.9)),
    Course("few answers", "cementerios", 8, _steady(0.82), 104),
)


@dataclass(frozen=True, slots=True)
class ChartedArea:
    """An area's chart and what was done about it."""

    shows: str
    name: str
    chart: AreaChart
    measures: tuple[Measure, ...] = ()
    notes: tuple[FigureNote, ...] = ()
    what: ChartWording = GRADES


def charted_areas(content: Content, seed: int) -> Iterator[ChartedArea]:
    """The twelve, each lived through anew from the seed."""
    for course in COURSES:
        blocks = _published(course, content, Random(f"{seed} {course.area}"))
        name = content.area_by_id[course.area].short_name
        rebases = [_rebase(course.area)] if course.shows == "re-based" else []
        chart = area_chart(course.area, blocks, rebases)
        if course.shows == "measure and note":
            measures = (_measure(chart, content),)
            yield ChartedArea(course.shows, name, chart, measures, (_note(course.area),))
        else:
            yield ChartedArea(course.shows, name, chart)
    waits, in_time = Random(f"{seed} waits"), Random(f"{seed} in time")
    chart = share_chart("transito-motivo-espera", list(_named_weeks(waits)))
    name = "«Motivo de notas 1 a 5: Espera» en Tránsito"
    yield ChartedArea("a reason", name, chart, what=counted(Metric.REASON))
    chart = share_chart("municipio-casos-en-plazo", list(_months(in_time)))
    name = "«Casos respondidos dentro de su plazo» en todo el municipio"
    yield ChartedArea("cases by month", name, chart, what=counted(Metric.CASES_IN_TIME))


def _named_weeks(chance: Random) -> Iterator[Period]:
    """How many of a week's critics named a long wait: from some week on, fewer do."""
    for number in range(90):
        n = round(44 * chance.uniform(0.8, 1.2))
        x = sum(chance.random() < (0.55 if number < 78 else 0.32) for _ in range(n))
        if min(x, n - x) >= THRESHOLD:
            week = FIRST.shifted(number)
            yield Period(week, week, x, n)


def _months(chance: Random) -> Iterator[Period]:
    """Cases of two years, by month; in the last two, fewer are answered in time."""
    for number in range(24):
        first = date(2024 + number // 12, number % 12 + 1, 1)
        last = date(2024 + (number + 1) // 12, (number + 1) % 12 + 1, 1) - timedelta(days=1)
        n = round(80 * chance.uniform(0.8, 1.2))
        x = sum(chance.random() < (0.8 if number < 22 else 0.5) for _ in range(n))
        yield Period(IsoWeek.of_day(first), IsoWeek.of_day(last), x, n)


def text_of(one: ChartedArea, content: Content) -> str:
    """What a page's reader gets in place of the picture: its title and its description."""
    area = one.chart.area
    events = [*note_events(one.notes), *measure_events(one.measures, area, content.zone)]
    picture = chart_svg(one.chart, one.name, WIDE, chart_marks(one.chart, events), one.what)
    if not picture:
        title = chart_words.title(one.chart, one.name)
        return f"{title}. {chart_words.caption(one.chart, one.what)}"
    root = ElementTree.fromstring(picture)
    parts = {part.get("id"): part.text or "" for part in root}
    return " ".join(parts[ident] for ident in root.attrib["aria-labelledby"].split())


def _published(course: Course, content: Content, chance: Random) -> list[Block]:
    """The blocks that were closed, week by week."""
    blocks: list[Block] = []
    answered: dict[IsoWeek, tuple[int, int]] = {}
    for number in range(course.weeks):
        week = FIRST.shifted(number)
        share = course.share(number, chance)
        n = 0 if number in course.silent else round(course.n * chance.uniform(0.8, 1.2))
        satisfied = sum(chance.random() < share for _ in range(n))
        answered[week] = satisfied, n - satisfied
        since = open_since(blocks[-1].last if blocks else None, FIRST, week)
        inside = [counts for when, counts in answered.items() if when >= since]
        top, rest = map(sum, zip(*inside, strict=True))
        open_ = AreaWeek(course.area, since, {"web": (rest, 0, 0, 0, 0, 0, top)})
        blocks += closed_blocks(WeekFigures(week, (open_,)), content)
    return blocks


def _rebase(area: str) -> Rebase:
    decided = FIRST.shifted(REBASED)
    first = str(FIRST.shifted(REBASED - 13))
    reason = "desde octubre se atiende sin reserva de hora"
    return Rebase(area, first, str(decided), _monday_after(decided), 1, reason)


def _note(area: str) -> FigureNote:
    week = FIRST.shifted(NOTED)
    text = "dos de las cuatro cajas estuvieron cerradas por obras"
    return FigureNote(area, week, _monday_after(week), 1, text)


def _measure(chart: AreaChart, content: Content) -> Measure:
    """Opened by the first signal of a fall, decided and done."""
    signal = IsoWeek.parse(chart.signals[0].last_week)
    opened, done = _monday_after(signal), FIRST.shifted(DONE)
    term = Deadline(opened + timedelta(days=14), "10")
    origin = Opened(chart.area, Origin.SIGNAL, str(signal), str(signal), term)
    decision = Decided("faltaban cajas", "se abrieron dos cajas más", 1, date(2026, 1, 30))
    steps = (
        MeasureStep(opened, 0, origin),
        MeasureStep(opened + timedelta(days=2), 1, decision),
        MeasureStep(_monday_after(done), 1, Done(str(done))),
    )
    return measure_of("M-2025-004", steps, content.zone)


def _monday_after(week: IsoWeek) -> datetime:
    return datetime.combine(week.shifted(1).monday, time(15), UTC)
