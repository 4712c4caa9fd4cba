"""Has a file made harmless by a separate process: if that fails or hangs, the service goes on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.cleaning.refusals import Reason

TIMEOUT_S = 60.0
_REFUSED = 3
_KEPT_OF_ENVIRONMENT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")  # nothing secret

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A harmless file."""

    media_type: str
    content: bytes


async def clean(data: bytes, *, voice: bool, most: int) -> Cleaned | Reason:
    """The rewritten file, at most ``most`` bytes; or why it is not kept.

    One that ends its process or keeps it busy for too long cannot be read. Raises OSError where no
    process can be started.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "bot.cleaning", str(most), "voice" if voice else "picture"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,  # a traceback may quote the file
        env=_environment(),
    )
    try:
        async with asyncio.timeout(TIMEOUT_S):
            out, _ = await process.communicate(data)
    except TimeoutError:
        log.warning("file cleaning timed out", seconds=TIMEOUT_S)
        return Reason.UNREADABLE
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode == _REFUSED:
        return Reason(out.decode())
    if process.returncode:
        log.warning("file cleaning crashed", code=process.returncode)
        return Reason.UNREADABLE
    media_type, _, content = out.partition(b"\n")
    return Cleaned(media_type.decode(), content)


def _environment() -> dict[str, str]:
    """Where this package lies, so that it is found from any folder; no setting of ours."""
    kept = {name: os.environ[name] for name in _KEPT_OF_ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONPATH": str(Path(__file__).parents[2])}
