"""Connections that are open when a test's loop ends, which no test means to leave behind."""

from __future__ import annotations

import asyncio

_close = asyncio.SelectorEventLoop.close


def end_with_their_loop() -> None:
    """Let each event loop end its connections as it closes.

    A browser, or a client with threads of its own, may connect or hang up in the very moment in
    which a test's server stops. Such a socket was found by the garbage collector hundreds of tests
    later, as a warning, and an error of the test that ran then: one in 10,757, on a busy machine.
    """
    asyncio.SelectorEventLoop.close = _close_with_connections  # type: ignore[method-assign]


def _close_with_connections(loop: asyncio.SelectorEventLoop) -> None:
    if not loop.is_closed():
        # asyncio has no public list of them.
        open_ones = list(loop._transports.values())  # type: ignore[attr-defined]
        for transport in open_ones:
            transport.abort()
        if open_ones:
            loop.run_until_complete(asyncio.sleep(0))  # what abort() puts on the loop
    _close(loop)
