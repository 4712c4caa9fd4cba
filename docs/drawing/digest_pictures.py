"""Draws the digest as a chat gets it, and a control chart, from made-up answers of twenty weeks."""

from __future__ import annotations

import base64
import html
from datetime import UTC, datetime, timedelta

from card_pictures import drawn
from playwright.sync_api import Browser

from bot.content.release import load_release
from bot.jobs.quality.digest import announcement
from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_picture import chart_png
from bot.reports.quality.charts.chart_svg import WIDE, chart_svg
from bot.reports.words.digest_words import MADE_UP
from handlers.quality.blocks import Block
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Digest, Grades, Verbatim, WeekFigures
from handlers.quality.series import AreaChart, area_chart
from handlers.quality.weeks import IsoWeek
from handlers.release import Release

AREA, LAST = "transito", IsoWeek(2026, 47)
SATISFIED = (
    45,
    44,
    46,
    47,
    42,
    45,
    43,
    48,
    44,
    45,
    46,
    45,
    44,
    43,
    47,
    45,
    46,
    44,
    45,
    27,
)  # of 60
ELSEWHERE = {"aseo": 41, "cultura": 49, "patentes": 38}  # each week; all of 60
PRAISE = "La señora del mesón me explicó todo con mucha paciencia"
_CHAT = """<!doctype html><html lang="es-CL"><style>
* {{ box-sizing: border-box; margin: 0; }}
body {{ padding: 12px; background: #d6e4ec;
  font: 16px/1.4 system-ui, "Liberation Sans", sans-serif; }}
h1 {{ padding-block: 4px 12px; font-size: 14px; font-weight: 600; text-align: center;
  color: #445; }}
div {{ overflow: hidden; border-radius: 12px; background: #fff; overflow-wrap: anywhere; }}
img {{ display: block; width: 100%; }}
p {{ padding: 8px 12px; white-space: pre-wrap; }}
</style><h1>Telegram · ejemplo</h1>
<div><img alt="" src="data:image/png;base64,{picture}"><p>{text}</p></div></html>"""
LINK = "https://opina.municipalidad.example/resumen/2026-W47"


def digest_in_a_chat(browser: Browser) -> bytes:
    """Picture, words and nothing else: one screen."""
    release = load_release()
    digest, chart = made_up(release)
    sent = announcement(digest, LINK, {AREA: chart})
    picture = chart_png(chart, release.area_name(AREA), made_up=True)
    shown = base64.b64encode(picture).decode()
    text = html.escape(sent.text)
    return drawn(browser, _CHAT.format(picture=shown, text=text), "light")


def control_chart(browser: Browser) -> bytes:
    """As the panel and the public page draw it."""
    release = load_release()
    _, chart = made_up(release)
    name = release.area_name(AREA)
    page = (
        '<!doctype html><html lang="es-CL"><style>body { margin: 24px; width: 720px;'
        ' font: 16px/1.5 system-ui, "Liberation Sans", sans-serif } h1 { font-size: 22px }</style>'
        f"<p>{MADE_UP}</p><h1>{html.escape(chart_words.title(chart, name))}</h1>"
        f"{chart_svg(chart, name, WIDE)}<p>{html.escape(chart_words.caption(chart))}</p></html>"
    )
    return drawn(browser, page, "light", WIDE + 48)


def made_up(release: Release) -> tuple[Digest, AreaChart]:
    """The digest of the last week, and the chart of the area that fell."""
    blocks: dict[str, list[Block]] = {}
    first = LAST.shifted(1 - len(SATISFIED))
    for later, satisfied in enumerate(SATISFIED):
        week = first.shifted(later)
        counts = {AREA: satisfied, **ELSEWHERE}
        raw = WeekFigures(
            week,
            tuple(
                AreaWeek(
                    area,
                    since=week,
                    grades={"whatsapp": grades(x)},
                    comments=(Verbatim(PRAISE, 7),) if area == "cultura" else (),
                    blocks=tuple(blocks.get(area, ())),
                )
                for area, x in counts.items()
            ),
        )
        made_at = datetime(2026, 11, 23, 11, tzinfo=UTC) + timedelta(weeks=later - 19)
        names, content = release.lexicon.names, release.content
        digest = build_digest(raw, content, names, made_at, made_up=True)
        for block in closed_blocks(raw, content):
            blocks.setdefault(block.area, []).append(block)
    return digest, area_chart(AREA, blocks[AREA])


def grades(satisfied: int, n: int = 60) -> Grades:
    """This many sevens; the others gave a 4."""
    return 0, 0, 0, n - satisfied, 0, 0, satisfied
