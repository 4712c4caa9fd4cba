"""The indicators of every area that the person may see: what changed, and what was measured."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.jobs.quality.indicators import AreaIndicator, load_indicators
from bot.reports.digests import digest_words
from bot.web.panel.visit import Visit
from handlers.quality.charts import Direction
from handlers.quality.parts import alphabetical
from handlers.staff.permissions import Action

SIGNS = {
    Direction.FALL: ("▼", "bajó", "fell"),
    Direction.RISE: ("▲", "subió", "rose"),
    None: ("●", "sin cambio", "same"),
}
NO_BASE = ("○", "aún sin base", "none")


@dataclass(frozen=True, slots=True)
class Row:
    """One area: sign, word and class of its variation, and its newest figure."""

    area: str
    name: str
    sign: str
    word: str
    kind: str
    percent: str
    rest: str


async def page(visit: Visit) -> web.Response:
    """GET /panel/indicadores."""
    found = await load_indicators(visit.panel.database, visit.panel.release)
    seen = visit.areas(Action.READ_INDICATORS)
    week = str(found.week) if found.week else ""
    rows = [row(one, week) for one in found.areas if one.area.id in seen]
    rows.sort(key=lambda one: alphabetical(one.name))
    return visit.page("indicators.html.j2", rows=rows if found.week else [], week=found.week)


def row(one: AreaIndicator, week: str) -> Row:
    """What the table says of an area."""
    sign, word, kind = variation(one)
    percent, rest = figure(one, week)
    return Row(one.area.id, one.area.short_name, sign, word, kind, percent, rest)


def variation(one: AreaIndicator) -> tuple[str, str, str]:
    """Sign, word and class of the last judged point."""
    judged = one.chart.judged
    return SIGNS[judged[-1].direction] if judged else NO_BASE


def figure(one: AreaIndicator, week: str) -> tuple[str, str]:
    """The newest percentage, and what stands beside it."""
    if one.digest is None:
        return "", digest_words.NO_FIGURE.lower()
    said = one.digest.latest or one.digest
    last = one.digest.latest.last_week if one.digest.latest else week
    return digest_words.headline_percent(said), digest_words.headline_rest(said, last)
