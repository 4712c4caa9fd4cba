"""`opina run`: the service."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path

from bot.channels.registry import unusable
from bot.content.collector_pause import without_collecting
from bot.installation import Installation, announce_new_database
from bot.interrupts import interruptible
from bot.observability.logs import configure
from bot.settings import read_settings
from bot.web.listening import check_free
from handlers.errors import OperatorError
from storage.engine.opening import missing_file


def run(config: Path | None) -> None:
    """Run the service until it is told to stop. Raises OperatorError."""
    settings = read_settings(config)
    configure(pretty=sys.stderr.isatty())
    # A start takes seconds, on a busy machine many.
    print("Opina: leo el contenido y abro la base de datos …", flush=True)
    if problems := unusable(settings):
        raise OperatorError("\n".join(problems))
    if missing_file(settings.database.url):  # of one that is there, who works on it says more
        check_free(settings.web)
    installation = Installation(settings)
    # Imported after the content is read, into the memory that frees: the process is 12 MB smaller.
    _ = installation.release
    announce_new_database(settings, sys.stdout)  # a mistyped path would begin a new one
    serve = _imported()
    with interruptible(), asyncio.Runner(loop_factory=_fast_loop()) as runner:
        runner.run(serve(installation))


@without_collecting
def _imported() -> Callable[..., Coroutine[None, None, None]]:
    """Everything is imported here, so that --help stays quick."""
    from bot.service import serve

    return serve


def _fast_loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:  # it is not there on every system
        return None
    return uvloop.new_event_loop
