"""The packaged content, read once for all the tests of a process."""

from __future__ import annotations

from functools import cache

from bot.content.release import load_release
from handlers.release import Release


@cache
def packaged() -> Release:
    """As the service answers from it. Where Hypothesis gives the arguments, a fixture cannot."""
    return load_release()
