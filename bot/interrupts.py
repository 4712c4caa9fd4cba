"""Ctrl+C: ends a command at once and without a word, but where there is something to take away."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


def end_at_once() -> None:
    """Have the system end the process, as it does most programs.

    An exception instead may be raised anywhere, also where a library turns it into another error
    or drops it with a word of its own: while classes are made, say.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@contextmanager
def tidied_up() -> Iterator[None]:
    """Where Ctrl+C raises KeyboardInterrupt (asyncio: cancels), so that what is begun is undone.

    Within another one, or where other code handles it, nothing changes.
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
