"""Many weeks of several areas as they are published, with figures of every kind."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.reports.quality.open_figures import PublishedWeek, published_weeks
from handlers.facts.lookups import LookupResult
from handlers.indicators.places import digest_with_places
from handlers.indicators.work import Work, with_work
from handlers.quality.blocks import Block
from handlers.quality.charts import Rebase
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Digest, Grades, WeekFigures
from handlers.quality.parts import share_of
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from tests.bot.published import FIRST, grades

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
CALM = (45, 44, 46, 45, 43, 47, 45, 44, 46, 45, 45, 44)
SERIES = {
    "transito": (*CALM, 25, 44, 39, 38, 37, 36, 45, 45, 44, 46, 43, 47, 45, 44, 46, 45, 30),
    "aseo": (45, 28, 50, 30, 47, 29, 50, 31, 48, 30, 45, 28, 40, 50, 22),  # Laney's spread
    "cementerios": (*CALM, 45, 52, 44, 45, 30),  # a bound after the baseline
    "deportes": (*CALM[:5], 52, *CALM[6:], 45, 20),  # a bound within it
    "turismo": (52, 53, 8),  # bounds alone
}
SET_ANEW = Rebase("transito", str(FIRST.shifted(12)), str(FIRST.shifted(26)), NOW, 7, "Otro mesón")
CELLS = {
    ("licencia-renovacion", "", "web"): (10, 10),
    ("permiso-circulacion", "", "web"): (15, 25),
}
"""Where they were whose block has 25 of 60."""


def weeks_of_every_kind(release: Release) -> list[PublishedWeek]:
    """What would have been published of these areas."""
    kept: dict[str, list[Block]] = {area: [] for area in SERIES}
    digests: list[Digest] = []
    for later in range(max(map(len, SERIES.values()))):
        week = FIRST.shifted(later)
        counted = tuple(_counted(area, later, week, tuple(kept[area])) for area in SERIES)
        raw = WeekFigures(
            week,
            counted,
            lookups_without_area={LookupResult.NOTHING: 30, LookupResult.EXTERNAL: 15},
        )
        digest = build_digest(raw, release.content, release.lexicon.names, NOW)
        read = {"transito": (18, 22), "aseo": (12, 30), "turismo": (4, 9)}
        work = Work(f"{week.sunday:%Y-%m}", 30, 42, read)
        digest = with_work(digest, work, share_of(15, 40), digests[-1] if digests else None)
        closed = closed_blocks(raw, release.content)
        digests.append(digest_with_places(digest, closed, {"transito": CELLS}, release.content))
        for block in closed:
            kept[block.area].append(block)
    return published_weeks(digests, kept)


def _counts(x: int, week: int) -> dict[str, Grades]:
    if x == 25:
        return {"web": (0, 0, 0, 35 - 12, 12, 0, x)}
    if week % 3:
        return {"web": grades(x)}
    return {"web": grades(x - 12, 30), "telegram": grades(12, 30)}


def _counted(area: str, later: int, week: IsoWeek, blocks: tuple[Block, ...]) -> AreaWeek:
    if later >= len(SERIES[area]):
        return AreaWeek(area, since=week, blocks=blocks)
    x = SERIES[area][later]
    return AreaWeek(
        area,
        since=week,
        grades=_counts(x, later),
        reasons={"espera": 20, "trato": 14} if x < 26 else {},
        lookups=45,
        useful=18,
        not_useful=12,
        started=60,
        graded=45,
        completed=30,
        apart=14 if area == "transito" else 0,
        blocks=blocks,
    )
