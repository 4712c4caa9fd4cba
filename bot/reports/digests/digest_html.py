"""The digest as HTML for mail, page and print: one column of tables, which Outlook keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bot.reports.digests.digest_text import (
    CARDS_PATH,
    NOT_NOTED,
    Heads,
    cards_link,
    has_figure,
    in_detail,
    praises,
)
from bot.reports.quality import measure_words
from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_svg import NARROW, chart_svg
from bot.reports.words import area_words, figure_words
from bot.reports.words import digest_words as words
from handlers.quality.figures import AreaDigest, Digest
from handlers.quality.series import AreaChart
from handlers.text.display import undirected

ACCENT = "#0b4f75"
"""Deep sea blue, with a contrast of 8.6:1 on white."""

MAIL_AREAS = 80
"""The most areas in a mail, which Gmail cuts at 102 kB; the page has all."""

_TEMPLATES = Environment(
    loader=PackageLoader("bot.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["figures"] = figure_words.unbroken


def html_mail(
    digest: Digest,
    link: str | None = None,
    pages: Mapping[str, str] | None = None,
    *,
    heads: Heads = NOT_NOTED,
    charts: Mapping[str, AreaChart] | None = None,
) -> str:
    """A few areas with all their figures, or a summary of many, without external resources.

    ``link``: in a mail, the page of the same digest, which has room for every measure. ``pages``:
    each area's page, by its id. ``heads``: codes for the reader to keep. ``charts``: by area id;
    drawn in a page, in words in a mail, because mail readers remove inline SVG.
    """
    detailed = digest.areas if in_detail(digest) else ()
    page: str = _TEMPLATES.get_template("digest.html.j2").render(
        digest=digest,
        words=words,
        area_words=area_words,
        figure_words=figure_words,
        subject=words.subject(digest),
        detailed=detailed,
        **_summed(digest, MAIL_AREAS if link else None),
        praises=praises(digest),
        measures=(measure_words.mail_lines if link else measure_words.digest_lines)(digest),
        measures_title=measure_words.TITLE,
        link=link,
        pages=pages or {},
        heads=heads,
        cards=cards_link(link) if link else CARDS_PATH if pages else "",
        accent=ACCENT,
        charts={
            area.id: (_drawn(chart, area), chart_words.caption(chart))
            for area in detailed
            if (chart := (charts or {}).get(area.id))
        },
    )
    return undirected(page)


def _summed(digest: Digest, most: int | None) -> dict[str, Sequence[AreaDigest] | int]:
    """The summary's areas, at most ``most``: with a figure, an earlier one, none; and the rest."""
    shown = [area for area in digest.areas if has_figure(area)]
    earlier = [area for area in digest.areas if area.latest]
    silent = [area for area in digest.areas if not has_figure(area) and not area.latest]
    told = [*shown, *earlier, *silent][:most]
    end = len(shown) + len(earlier)
    return {
        "shown": told[: len(shown)],
        "earlier": told[len(shown) : end],
        "silent": told[end:],
        "untold": end + len(silent) - len(told),
    }


def _drawn(chart: AreaChart, area: AreaDigest) -> Markup:
    """Mark as safe: the markup is ours, with every text escaped."""
    return Markup(chart_svg(chart, area.short_name, NARROW))
