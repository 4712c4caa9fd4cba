"""The digest as HTML mail: one column of tables that survive Outlook, and fit for printing."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from bot.reports import digest_words as words
from handlers.quality.figures import Digest
from handlers.text.display import undirected

ACCENT = "#0b4f75"
"""Deep sea blue: 8.6:1 on white."""

_TEMPLATES = Environment(
    loader=PackageLoader("bot.reports"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters["figures"] = words.unbroken


def html_mail(
    digest: Digest, link: str | None = None, *, accent: str = ACCENT, audit: str = ""
) -> str:
    """The whole digest; nothing in it is loaded from elsewhere. ``audit``: the log's head."""
    small = [area for area in digest.areas if not area.satisfied]
    page: str = _TEMPLATES.get_template("digest.html.j2").render(
        digest=digest,
        words=words,
        subject=words.subject(digest),
        shown=[area for area in digest.areas if area.satisfied],
        detailed=[area for area in small if words.small_area_text(area)],
        silent=[area for area in small if not words.small_area_text(area)],
        link=link,
        audit=audit,
        accent=accent,
    )
    return undirected(page)
