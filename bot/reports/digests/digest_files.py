"""Which file goes with a digest: in a chat a control chart, also in words; in a mail its sheet."""

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
LEAST_POINTS = 2  # one point is no picture


@dataclass(frozen=True, slots=True)
class Picture:
    """The file of a chart, and the same in a sentence for those who cannot see it."""

    file: File
    words: str


def picture_of(digest: Digest, charts: Mapping[str, AreaChart]) -> Picture | None:
    """The chart of the one thing that matters; None: there is nothing to draw.

    A fall goes before a rise, a signal before none, then the area with most answers: what most of
    those who answered told. ``charts``: by area, as they were in the digest's week.
    """
    urgent = sorted(digest.areas, key=_urgency)  # charts take long: no more of them than needed
    area = next((area for area in urgent if _can_be_drawn(charts.get(area.id))), None)
    if area is None:
        return None
    words = chart_words.in_short(charts[area.id], area.short_name)
    return Picture(chart_file(IsoWeek.parse(digest.week), area.id), words)


def most_urgent(areas: Sequence[AreaDigest]) -> AreaDigest:
    """The area whose chart matters most; ties go to the first in the alphabet."""
    return min(areas, key=_urgency)


def chart_file(week: IsoWeek, area: str) -> File:
    """What names an area's chart of a week; it is drawn when it is sent."""
    return File(f"grafico-{area}-{week}.png", ref=f"{KIND}:{week}:{area}", spare=True)


def sheet_file(digest: Digest) -> File:
    """What names a digest's spreadsheet; it is written when it is sent."""
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
