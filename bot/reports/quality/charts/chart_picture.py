"""A control chart as a PNG for a chat: the finding, the chart, and what it counts.

Drawn for the width of a phone, with a bundled font, so that every machine draws the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from importlib.resources import files

import resvg_py
from PIL import ImageFont

from bot.reports.quality.charts import chart_words as words
from bot.reports.quality.charts.chart_svg import NARROW, chart_svg
from bot.reports.words.digest_words import MADE_UP
from handlers.quality.series import AreaChart

MARGIN = 12
WIDTH = NARROW + 2 * MARGIN
ZOOM = 3  # 1080 pixels wide: sharp on a phone, and below the width that Telegram reduces
FAMILY = "Lato"

_FONTS = files("font_lato") / "files"
_REGULAR, _BOLD = (str(_FONTS / f"Lato-{style}.ttf") for style in ("Regular", "Bold"))
_TITLE, _NOTE = 20, 13  # type sizes in CSS pixels
_LINE = 1.35


@lru_cache(maxsize=32)  # on Mondays many readers get the same chart
def chart_png(chart: AreaChart, name: str, *, made_up: bool = False) -> bytes:
    """The chart as PNG; empty if there is nothing to draw. ``name``: of the area."""
    drawn = picture_svg(chart, name, made_up=made_up)
    if not drawn:
        return b""
    return resvg_py.svg_to_bytes(
        svg_string=drawn,
        background="#ffffff",
        zoom=ZOOM,
        skip_system_fonts=True,
        font_files=[_REGULAR, _BOLD],
        font_family=FAMILY,
        sans_serif_family=FAMILY,
    )


def picture_svg(chart: AreaChart, name: str, *, made_up: bool) -> str:
    """The picture, still as SVG."""
    inner = chart_svg(chart, name, NARROW)
    if not inner:
        return ""
    # Without clipping to the frame, which would take a third of the time.
    inner = inner.replace("<svg ", '<svg overflow="visible" ', 1)
    top = float(MARGIN)
    parts = []
    notice = [(MADE_UP.upper(), _NOTE)] if made_up else []
    for text, size in (*notice, (words.title(chart, name), _TITLE)):
        lines, top = _text_lines(text, size, top)
        parts += lines
    parts.append(f'<g transform="translate({MARGIN} {top:.1f})">{inner}</g>')
    lines, bottom = _text_lines(words.caption(chart), _NOTE, top + _height(inner))
    parts += lines
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{bottom + MARGIN:.0f}"'
        f' font-family="{FAMILY}">{"".join(parts)}</svg>'
    )


def _height(inner: str) -> float:
    return float(inner.partition(' height="')[2].partition('"')[0])


def _text_lines(text: str, size: int, top: float) -> tuple[list[str], float]:
    """The lines of a text from ``top`` down as SVG, and the position below them."""
    how = f'font-size="{size}"' + (' font-weight="700"' if size == _TITLE else "")
    lines, step = list(_lines(text, size)), size * _LINE
    return [
        f'<text x="{MARGIN}" y="{top + size + place * step:.1f}" {how}>{escape(line)}</text>'
        for place, line in enumerate(lines)
    ], top + len(lines) * step + MARGIN / 2


def _lines(text: str, size: int) -> Iterator[str]:
    """The text broken into lines that fit the width in the bundled font."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if line and _font(size).getlength(longer) > NARROW:
            yield line
            longer = word
        line = longer
    if line:
        yield line


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_BOLD if size == _TITLE else _REGULAR, size)
