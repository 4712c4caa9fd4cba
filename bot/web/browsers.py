"""What browsers get beyond the pages: compressed texts, and a page where there is none."""

from __future__ import annotations

from mimetypes import guess_type
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "application/javascript"})
PLAIN = "No existe una página en esta dirección.\n"
MISSING = (Path(__file__).parent / "chat" / "templates" / "missing.html").read_text("utf-8")
# With these headers a file may be answered in part, or by a status alone.
PARTIAL = ("Range", "If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since")
POLICY = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
# A downloaded file can do nothing, even in a browser that shows it after all.
FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@web.middleware
async def compress(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Pages, styles and scripts, where the browser takes it; a stream must pass at once."""
    response = await handler(request)
    if not response.prepared and _content_type(request, response) in COMPRESSED:
        response.headers["Vary"] = "Accept-Encoding"
        if response.status == 200 and _goes_out_whole(request, response):
            response.enable_compression()
    return response


def _content_type(request: web.Request, response: web.StreamResponse) -> str | None:
    if isinstance(response, web.FileResponse):  # it finds out only when it is sent
        return guess_type(request.path)[0]
    return response.content_type


def _goes_out_whole(request: web.Request, response: web.StreamResponse) -> bool:
    """aiohttp would end a file that was compressed with a few bytes, even where none may come."""
    if not isinstance(response, web.FileResponse):
        return True
    return request.method == "GET" and not any(name in request.headers for name in PARTIAL)


def _takes_pages(request: web.Request) -> bool:
    """Whether a browser asks, or whatever takes anything, such as a person at a command line."""
    taken = request.headers.get("Accept", "*/*")
    return "text/html" in taken or taken.strip() == "*/*"


@web.middleware
async def tell_what_is_missing(request: web.Request, handler: Handler) -> web.StreamResponse:
    """A person is told in words and led on; programs get one plain line."""
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
        return web.Response(text=MISSING, content_type="text/html", status=404, headers=headers)
