"""What browsers get beyond the pages: compressed texts, and a page where there is none."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "application/javascript"})
MISSING = (Path(__file__).parent / "chat" / "page" / "missing.html").read_text(encoding="utf-8")
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"


@web.middleware
async def compress(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pages, styles and scripts, where the browser takes it; a stream must pass at once."""
    response = await handler(request)
    if not response.prepared and response.content_type in COMPRESSED:
        response.headers["Vary"] = "Accept-Encoding"
        if response.status == 200:
            response.enable_compression()
    return response


@web.middleware
async def tell_what_is_missing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A person is told in words and led on; programs keep the plain answer."""
    try:
        return await handler(request)
    except web.HTTPNotFound as missing:
        if request.method not in ("GET", "HEAD") or "text/html" not in request.headers.get(
            "Accept", ""
        ):
            raise
        headers = {
            **{name: missing.headers[name] for name in missing.headers if name != "Content-Type"},
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
        }
        headers.pop("Content-Length", None)
        return web.Response(text=MISSING, content_type="text/html", status=404, headers=headers)
