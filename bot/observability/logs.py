"""Structured logs: one JSON line an event, or aligned text on a terminal. Ids and codes only."""

from __future__ import annotations

import io
import logging
import sys
import traceback
from contextlib import suppress
from typing import Any, TextIO

import structlog


def configure(*, pretty: bool) -> None:
    """Send this project's events to stderr; libraries speak only from warnings on."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="%(name)s: %(message)s")
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
        if pretty
        else structlog.processors.JSONRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_message,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(_FaultTolerantStream(sys.stderr)),
    )


class _FaultTolerantStream(io.StringIO):
    """Ignores the stream's errors: a full disk must not stop the work that a line tells of."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    def write(self, text: str, /) -> int:
        with suppress(OSError, ValueError):  # full, cut off, or closed
            return self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def _without_message(
    _logger: object, _name: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Log an error's type and place only: its message and variables may hold a citizen's words."""
    found: Any = event.pop("exc_info", None)
    error = sys.exc_info()[1] if found is True else found
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        event["error"] = type(error).__name__
        event["where"] = " < ".join(f"{f.name}:{f.lineno}" for f in reversed(frames[-6:]))
    return event
