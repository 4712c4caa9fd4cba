"""Ctrl+C ends a command at once and silently, except where something has to be cleaned up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


def restore_default_interrupt() -> None:
    """Let the system end the process on Ctrl+C, as it does most programs.

    KeyboardInterrupt may be raised anywhere, even where a library turns it into another error or
    drops it with a message of its own: while a class is being created, for example.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def interruptible() -> Iterator[None]:
    """Within it Ctrl+C raises KeyboardInterrupt (asyncio: cancels), so that clean-up code runs.

    Nested, or where other code handles the signal already, it changes nothing.
    """
    before = signal.getsignal(signal.SIGINT)
    if before is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
