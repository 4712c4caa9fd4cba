"""What browsers get beyond the pages: compressed texts, and a page where they get none."""

from __future__ import annotations

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.web.refusals import refusal
from handlers.errors import StorageUnavailable

COMPRESSED = frozenset({"text/html", "text/css", "text/javascript", "application/javascript"})
RETRY_AFTER_S = "60"
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


def refusals_in_spanish(municipality: str) -> Middleware:
    """A page of ours for every refusal: the library's own texts are English, without a way on."""

    @web.middleware
    async def say(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except StorageUnavailable:
            busy = refusal(request, 503, municipality)
            busy.headers["Retry-After"] = RETRY_AFTER_S
            return busy
        except web.HTTPException as refused:
            if refused.status < 400:
                raise
            return _with_headers_of(refusal(request, refused.status, municipality), refused)

    return say


def _with_headers_of(told: web.Response, refused: web.HTTPException) -> web.Response:
    """Add the headers of the library's own refusal, such as Allow."""
    for name, value in refused.headers.items():
        if name != "Content-Length":  # of its own text
            told.headers.setdefault(name, value)
    if refused.keep_alive is False:
        told.force_close()
    return told
