"""One connection of the web server: bad requests are answered and logged in one line."""

from __future__ import annotations

from typing import Any

import structlog
from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError, LineTooLong

from bot.web.refusals import refusal

NAME = "opina"  # in place of aiohttp's header ``Server``, which tells versions
# An address may hold what somebody typed in a search, of which an accented letter takes six bytes;
# the page itself says what is too long.
MAX_LINE_BYTES = 32 * 1024

log = structlog.get_logger(__name__)


class Connection(web.RequestHandler):
    """aiohttp's, without the sender's bytes in its logs and answers."""

    __slots__ = ("_municipality",)

    def __init__(
        self,
        manager: web.Server,
        *,
        municipality: str,
        **options: Any,
    ) -> None:
        """``municipality`` is named on error pages; ``options`` are aiohttp's."""
        super().__init__(manager, **options)
        self._municipality = municipality

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  # aiohttp's; quotes the request
    ) -> web.StreamResponse:
        """Answer what raised. No HTTP is the sender's fault, anything else ours."""
        if isinstance(exc, ConnectionError):  # the sender has gone
            log.debug("connection lost", error=type(exc).__name__)
        elif status < 500 or isinstance(exc, HttpProcessingError):
            log.warning("bad request", error=type(exc).__name__)
        else:
            log.error("request failed", exc_info=exc)
        if request.writer.output_size > 0:
            raise ConnectionError("the response has begun")
        response = refusal(request, _status(status, exc), self._municipality)
        response.headers["Server"] = NAME
        response.force_close()
        return response

    def log_exception(self, *args: Any, **kw: Any) -> None:  # noqa: ARG002  # they may quote
        log.error("connection failed", exc_info=kw.get("exc_info"))


def _status(status: int, error: BaseException | None) -> int:
    """A first line that is too long is an address, in which a person may have typed a search."""
    is_address = isinstance(error, LineTooLong) and error.args[1] == MAX_LINE_BYTES
    return 414 if is_address else status
