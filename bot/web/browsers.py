"""What browsers get beyond the pages: compressed texts, and a page where there is none."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.templates import templates

COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "application/javascript"})
PLAIN = "No existe una página en esta dirección.\n"
FOLDER = Path(__file__).parent / "chat" / "templates"
POLICY = "default-src 'none'; style-src 'self'; img-src data:; frame-ancestors 'none'"
# A downloaded file can do nothing, even in a browser that shows it after all.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@web.middleware
async def compress(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pages, styles and scripts, where the browser takes it; a stream must pass at once."""
    response = await handler(request)
    if not response.prepared and response.content_type in COMPRESSED:
        response.headers["Vary"] = "Accept-Encoding"
        if response.status == 200:
            response.enable_compression()
    return response


def _takes_pages(request: web.Request) -> bool:
    """Whether a browser asks, or whatever takes anything, such as a person at a command line."""
    taken = request.headers.get("Accept", "*/*")
    return "text/html" in taken or taken.strip() == "*/*"


def telling_what_is_missing(municipality: str) -> Middleware:
    """A person is told in words and led on; programs get one plain line. Empty: unnamed."""
    page = templates(FOLDER).get_template("missing.html.j2").render(municipality=municipality)

    @web.middleware
    async def tell(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPNotFound as missing:
            if request.method not in ("GET", "HEAD") or not _takes_pages(request):
                missing.text = PLAIN
                raise
            headers = missing.headers.copy()
            for name in ("Content-Type", "Content-Length"):
                headers.pop(name, None)
            headers["Content-Security-Policy"] = POLICY
            return web.Response(text=page, content_type="text/html", status=404, headers=headers)

    return tell
