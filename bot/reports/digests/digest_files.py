"""The file sent with a digest: in chats a control chart, in mails a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.reports.quality.charts import chart_words
from handlers.messages import File
from handlers.quality.charts import Direction
from handlers.quality.figures import AreaDigest, Digest
from handlers.quality.series import AreaChart
from handlers.quality.weeks import IsoWeek

KIND, SHEET = "chart", "digest"
LEAST_POINTS = 2  # a chart of one point shows nothing


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart's file, and what it shows in a sentence for people who cannot see it."""

    file: File
    words: str


def picture_of(digest: Digest, charts: Mapping[str, AreaChart]) -> Picture | None:
    """The most urgent area's chart; None if no chart can be drawn.

    A fall is more urgent than a rise, a signal than none, then the area with more answers.
    ``charts``: by area id, as of the digest's week.
    """
    urgent = sorted(digest.areas, key=_urgency)
    area = next((area for area in urgent if _can_be_drawn(charts.get(area.id))), None)
    if area is None:
        return None
    words = chart_words.in_short(charts[area.id], area.short_name)
    return Picture(chart_file(IsoWeek.parse(digest.week), area.id), words)


def most_urgent(areas: Sequence[AreaDigest]) -> AreaDigest:
    """The area whose chart matters most; of equals, the first in alphabetical order."""
    return min(areas, key=_urgency)


def chart_file(week: IsoWeek, area: str) -> File:
    """The reference to an area's chart as of a week, which is drawn only when it is sent."""
    return File(f"grafico-{area}-{week}.png", ref=f"{KIND}:{week}:{area}", spare=True)


def sheet_file(digest: Digest) -> File:
    """The reference to a digest's spreadsheet, which is written only when it is sent."""
    scope = digest.scope or ""
    name = "-".join(filter(None, ("resumen", scope, digest.week)))
    return File(f"{name}.xlsx", ref=f"{SHEET}:{digest.week}:{scope}", spare=True)


def _can_be_drawn(chart: AreaChart | None) -> bool:
    if chart is None:
        return False
    return sum(point.share is not None for point in chart.points) >= LEAST_POINTS


def _urgency(area: AreaDigest) -> tuple[int, int]:
    direction = area.verdict.direction if area.verdict else None
    first = (Direction.FALL, Direction.RISE, None).index(direction)
    return first, -(area.satisfied.n if area.satisfied else 0)
