"""Lines that somebody types, awaited: a thread in ``input`` would hold up Ctrl+C until Enter."""

from __future__ import annotations

import asyncio
import os
import sys

_MOST = 65_536


class Keyboard:
    """The standard input, line by line."""

    def __init__(self) -> None:
        self._rest = b""

    async def line(self, prompt: str) -> str | None:
        """The next line without its end; None: there is no more."""
        print(prompt, end="", flush=True)
        while b"\n" not in self._rest:
            more = await self._read()
            if not more and not self._rest:
                return None
            self._rest += more or b"\n"
        line, _, self._rest = self._rest.partition(b"\n")
        return line.decode("utf-8", "replace").removesuffix("\r")

    async def _read(self) -> bytes:
        loop, file = asyncio.get_running_loop(), sys.stdin.fileno()
        ready = asyncio.Event()
        try:
            loop.add_reader(file, ready.set)
        except PermissionError:  # a file or /dev/null never blocks
            return os.read(file, _MOST)
        try:
            await ready.wait()
        finally:
            loop.remove_reader(file)
        return os.read(file, _MOST)
