"""What every response carries: headers that keep browsers from doing what no page here needs."""

from __future__ import annotations

from aiohttp import web

from bot.web.connection import NAME

# Set by the page itself where it needs something else.
DEFAULTS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
NOT_KEPT = "no-store"
# Files are asked for by a name that changes with their content, but for those that other sites
# name, such as the widget.
FILES_KEPT = "public, max-age=3600"


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """A signal rather than a middleware, so that streams and errors have them too."""
    response.headers["Server"] = NAME
    if isinstance(response, web.FileResponse):
        _add_to_file(response)
    response.headers.setdefault("Cache-Control", NOT_KEPT)
    for name, value in DEFAULTS.items():
        response.headers.setdefault(name, value)


def _add_to_file(response: web.FileResponse) -> None:
    response.headers.setdefault("Cache-Control", FILES_KEPT)
    if response.content_type.endswith(("css", "javascript")):
        response.charset = "utf-8"  # else a script takes the encoding of the page that includes it
