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


async def add_headers(_: web.Request, response: web.StreamResponse) -> None:
    """A signal rather than a middleware, so that streams and errors have them too."""
    response.headers["Server"] = NAME
    response.headers.setdefault("Cache-Control", NOT_KEPT)
    for name, value in DEFAULTS.items():
        response.headers.setdefault(name, value)
