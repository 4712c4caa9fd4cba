"""`opina run`: the service."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

from bot.config import read_settings
from bot.observability.logs import configure


def run(config: Path | None, *, made_up: bool = False) -> None:
    """Run the service until it is told to stop. Raises OperatorError."""
    from bot.service import serve  # everything is imported here, so that --help stays quick

    settings = read_settings(config)
    configure(pretty=sys.stderr.isatty())
    with asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(serve(settings, made_up=made_up))


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # it is not there on every system
        return None
    return uvloop.new_event_loop
