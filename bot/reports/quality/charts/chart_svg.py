"""A control chart as SVG, which shapes and words make clear without any colour.

Everything is drawn in ``currentColor``, so it follows the page in light, dark and print.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby, pairwise
from math import ceil, floor

from bot.reports.quality.charts import chart_words as words
from bot.reports.quality.charts.chart_marks import ChartMark, marks_text
from handlers.quality.charts import Direction
from handlers.quality.series import AreaChart, ChartBase, ChartPoint
from handlers.quality.weeks import LAST_YEAR, IsoWeek

WIDE, NARROW = 720, 336
"""Widths in pixels, for a wide page and for a phone of 360."""

MARK = 4.0  # radius of a point, in pixels as all lengths
SIGNAL = 8.0  # half the diagonal of a signal's diamond
TEXT = 13
_LEFT, _TOP, _BOTTOM = 38, 28, 40
_RIGHT = {WIDE: 96, NARROW: 86}  # room for the labels of limits and base
_NO_NAMES = 14
_HEIGHT = {WIDE: 340, NARROW: 300}
_LEAST_RANGE = 40  # percentage points; a smaller range would make noise look large
_MARK_ROOM = 30  # least distance between the numbers of two marks
_WEEK_ROOM = 62  # least distance between the names of two weeks
_LABEL_WIDTH = 132  # width of a signal's words


@dataclass(frozen=True, slots=True)
class _Frame:
    """Maps weeks and shares (in percent) to pixels."""

    width: int
    low: int
    high: int
    first: IsoWeek
    weeks: int
    right: int

    @property
    def bottom(self) -> int:
        return _HEIGHT[self.width] - _BOTTOM

    def x(self, week: str, part: float = 0.5) -> float:
        """The position of a moment in a week; ``part`` runs from 0, Monday, to 1, its end."""
        passed = (IsoWeek.parse(week).monday - self.first.monday).days / 7 + part
        return _LEFT + (self.right - _LEFT) * passed / self.weeks

    def y(self, share: float) -> float:
        return self.bottom - (self.bottom - _TOP) * (100 * share - self.low) / (
            self.high - self.low
        )


def chart_svg(
    chart: AreaChart,
    name: str,
    width: int = WIDE,
    marks: Sequence[ChartMark] = (),
    what: words.ChartWording = words.GRADES,
) -> str:
    """The chart; empty if there is nothing to draw. ``width``: WIDE or NARROW."""
    if not any(point.share is not None for point in chart.drawn):
        return ""
    frame = _frame(chart, width)
    height = _HEIGHT[width]
    ident = f"chart-{chart.area}-{width}"
    said = [*words.description(chart, name, what), *marks_text(marks)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        f' height="{height}" role="img" aria-labelledby="{ident}-t {ident}-d"'
        f' font-family="system-ui, sans-serif" font-size="{TEXT}" fill="currentColor">',
        f'<title id="{ident}-t">{escape(words.title(chart, name))}</title>',
        f'<desc id="{ident}-d">{escape(" ".join(said))}</desc>',
        *_axes(frame, what.axis),
        *_baselines(chart, frame),
        *_limits(chart, frame),
        *_events(marks, frame),
        *_lines(chart.drawn, frame),
        *_marks(chart.drawn, frame),
        *_signal_labels(chart.drawn, frame),
        "</svg>",
    ]
    return "\n".join(parts)


def _frame(chart: AreaChart, width: int) -> _Frame:
    shares = [point.share for point in chart.drawn if point.share is not None]
    for point in chart.drawn:
        if point.limits is not None:
            shares += [point.limits.low, point.limits.high]
    room = 0.08 if chart.signals else 0.0  # space for the words of signals
    low = max(0, floor(10 * (min(shares) - room)) * 10)
    high = min(100, ceil(10 * (max(shares) + room)) * 10)
    while high - low < _LEAST_RANGE:
        low, high = max(0, low - 10), min(100, high + 10)
    first = IsoWeek.parse(chart.drawn[0].first_week)
    last = IsoWeek.parse(chart.points[-1].last_week)
    right = width - (_RIGHT[width] if _is_named(chart) else _NO_NAMES)
    return _Frame(width, low, high, first, (last.monday - first.monday).days // 7 + 1, right)


def _is_named(chart: AreaChart) -> bool:
    """Whether limits and base get labels at the right end."""
    return bool(chart.bases) and chart.points[-1].limits is not None


def _axes(frame: _Frame, axis: str) -> Iterator[str]:
    step = 20 if frame.high - frame.low > 50 else 10
    for value in range(ceil(frame.low / step) * step, frame.high + 1, step):
        y = frame.y(value / 100)
        yield _line(_LEFT, y, frame.right, y, 'stroke-opacity="0.15"')
        yield _text(_LEFT - 6, y + 4, f"{value}", anchor="end")
    yield _text(0, _TOP - 17, axis)
    shown = max(1, min(frame.weeks, (frame.right - _LEFT) // _WEEK_ROOM))
    every = ceil(frame.weeks / shown)
    for later in range(0, frame.weeks, every):
        week = frame.first.shifted(later)
        x = frame.x(str(week))
        yield _line(x, frame.bottom, x, frame.bottom + 4, 'stroke-opacity="0.5"')
        yield _text(x, frame.bottom + 18, f"sem. {week.week}", anchor="middle")
        if later == 0 or week.week <= every:
            yield _text(x, frame.bottom + 34, str(week.year), anchor="middle")


def _baselines(chart: AreaChart, frame: _Frame) -> Iterator[str]:
    rose = any(point.direction is Direction.RISE for point in chart.drawn)
    name_y = frame.bottom - 4 if rose else _TOP + TEXT + 1  # clear of the words of signals
    for base in chart.bases:
        left, right = max(_LEFT, frame.x(base.first_week, 0)), frame.x(base.last_week, 1)
        if right <= _LEFT:  # the base lies before the weeks drawn
            continue
        yield (
            f'<rect x="{left:.1f}" y="{_TOP}" width="{right - left:.1f}"'
            f' height="{frame.bottom - _TOP}" fill-opacity="0.06"/>'
        )
        name = "base" if base.rebase is None else "base nueva"
        yield _text(left + 4, name_y, name)
        if base.rebase is not None:
            x = frame.x(base.rebase.decided_week, 1)
            dashes = 'stroke-dasharray="2 4" stroke-opacity="0.8"'
            yield _line(x, _TOP, x, frame.bottom, dashes)


def _limits(chart: AreaChart, frame: _Frame) -> Iterator[str]:
    """The limits as a stepped band, the mean as a line, and their labels at the right."""
    for base, points in _judged_by(chart):
        if base.share is None:
            continue
        edges: list[tuple[float, float, float]] = []
        for point in points:
            if point.limits is None:
                continue
            high, low = frame.y(point.limits.high), frame.y(point.limits.low)
            for week, part in ((point.first_week, 0), (point.last_week, 1)):
                reached = edges[-1][0] if edges else 0.0  # two monthly points may share a week
                edges.append((max(reached, frame.x(week, part)), high, low))
        if not edges:  # its points are older than the chart, or suppressed
            continue
        upper = " ".join(f"{x:.1f},{high:.1f}" for x, high, _ in edges)
        lower = " ".join(f"{x:.1f},{low:.1f}" for x, _, low in reversed(edges))
        yield f'<polygon points="{upper} {lower}" fill-opacity="0.07"/>'
        for edge in (upper, lower):
            yield _path(edge, 'stroke-opacity="0.45" stroke-dasharray="5 4"')
        mean = frame.y(base.share)
        yield _line(edges[0][0], mean, edges[-1][0], mean, 'stroke-opacity="0.7"')
    limits = chart.points[-1].limits
    if _is_named(chart) and limits is not None:
        share = chart.bases[-1].share or 0
        labels = (("límite", limits.high), ("base", share), ("límite", limits.low))
        yield from _right_labels(labels, frame)


def _right_labels(labels: Sequence[tuple[str, float]], frame: _Frame) -> Iterator[str]:
    """Labels at the right end, from the highest down, moved apart where they would overlap."""
    before = 0.0
    for name, share in labels:
        y = max(frame.y(share) + 4, before + TEXT + 2)
        before = y
        yield _text(frame.right + 8, y, f"{name} {words.percent_text(share)}")


def _judged_by(chart: AreaChart) -> Iterator[tuple[ChartBase, list[ChartPoint]]]:
    """Each baseline with the points it judges."""
    starts = [base.rebase.decided_week if base.rebase else "" for base in chart.bases]
    ends = [*starts[1:], str(IsoWeek(LAST_YEAR, 1))]
    for base, start, end in zip(chart.bases, starts, ends, strict=False):
        yield base, [point for point in chart.drawn if start < point.last_week <= end]


def _events(marks: Sequence[ChartMark], frame: _Frame) -> Iterator[str]:
    """A dotted line per mark with its number above; numbers that would touch share a label."""
    labels: list[list[tuple[float, int]]] = []  # groups of marks whose numbers would touch
    for mark in marks:
        x = frame.x(mark.week)
        yield _line(x, _TOP, x, frame.bottom, 'stroke-opacity="0.6" stroke-dasharray="1 4"')
        if labels and x - labels[-1][-1][0] < _MARK_ROOM:
            labels[-1].append((x, mark.number))
        else:
            labels.append([(x, mark.number)])
    for near in labels:
        (left, first), (right, last) = near[0], near[-1]
        text = f"{first}" if first == last else f"{first}–{last}"
        yield _text((left + right) / 2, _TOP - 2, text, anchor="middle", bold=True)


def _lines(points: Sequence[ChartPoint], frame: _Frame) -> Iterator[str]:
    """The line through the points, interrupted at gaps and at suppressed points."""
    for before, after in pairwise(points):
        if before.share is None or after.share is None or after.after_gap:
            continue
        yield _line(
            _middle(before, frame),
            frame.y(before.share),
            _middle(after, frame),
            frame.y(after.share),
            'stroke-width="1.5"',
        )


def _marks(points: Sequence[ChartPoint], frame: _Frame) -> Iterator[str]:
    for point in points:
        if point.share is None:
            continue
        x, y = _middle(point, frame), frame.y(point.share)
        if point.direction is None:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_radius(frame)}"/>'
        else:
            yield (
                f'<path d="M{x:.1f} {y - SIGNAL:.1f}l{SIGNAL} {SIGNAL}l-{SIGNAL} {SIGNAL}'
                f'l-{SIGNAL} -{SIGNAL}z"/>'
            )


def _radius(frame: _Frame) -> float:
    """A point's radius, smaller if many points are close together."""
    room = (frame.right - _LEFT) / frame.weeks
    return round(min(MARK, max(2.0, room / 2.5)), 1)


def _signal_labels(points: Sequence[ChartPoint], frame: _Frame) -> Iterator[str]:
    """Words next to the first of consecutive signals of one kind, as far as there is room.

    The newest come first. The chart's text lists all signals.
    """
    rows = [list(row) for way, row in groupby(points, key=lambda point: point.direction) if way]
    taken: list[tuple[Direction, float]] = []
    for row in reversed(rows):
        point = next((point for point in row if point.share is not None), None)
        if point is None or point.share is None or point.direction is None:
            continue
        x = _middle(point, frame)
        if any(way is point.direction and abs(x - at) < _LABEL_WIDTH for way, at in taken):
            continue
        taken.append((point.direction, x))
        weeks = f"sem. {IsoWeek.parse(point.last_week).week}"
        said = f"{words.SAID[point.direction]}, {'desde ' if len(row) > 1 else ''}{weeks}"
        half = _LABEL_WIDTH / 2
        near = [
            frame.y(shown.share)
            for shown in points
            if shown.share is not None and abs(_middle(shown, frame) - x) <= half + SIGNAL
        ]
        below = point.direction is Direction.FALL
        y = max(near) + SIGNAL + TEXT + 2 if below else min(near) - SIGNAL - 5
        y = min(max(y, _TOP - 2), frame.bottom - 4)
        anchor = "end" if x + half > frame.right else "start" if x - half < _LEFT else "middle"
        yield _text(x, y, said, anchor=anchor, bold=True)


def _middle(point: ChartPoint, frame: _Frame) -> float:
    return (frame.x(point.first_week, 0) + frame.x(point.last_week, 1)) / 2


def _line(x1: float, y1: float, x2: float, y2: float, how: str) -> str:
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
        f' stroke="currentColor" {how}/>'
    )


def _path(points: str, how: str) -> str:
    return f'<polyline points="{points}" fill="none" stroke="currentColor" {how}/>'


def _text(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
