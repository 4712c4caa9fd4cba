"""Makes Ctrl+C end a command at once and silently, except where it has to clean up."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


def restore_default_interrupt() -> None:
    """Let the operating system end the process on Ctrl+C.

    Python may raise KeyboardInterrupt anywhere, also where a library turns it into another error
    or drops it with a message of its own: while a class is being created, for example.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def interruptible() -> Iterator[None]:
    """Inside the block Ctrl+C raises KeyboardInterrupt (asyncio: cancels), so clean-up code runs.

    Changes nothing if nested, or if other code handles the signal already.
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
