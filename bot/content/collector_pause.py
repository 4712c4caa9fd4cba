"""Pauses Python's garbage collector while something large and lasting is built."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def without_collecting(build: Callable[P, T]) -> Callable[P, T]:
    """Collecting what a release builds, again and again, took a third of its load time."""

    @wraps(build)
    def built(*args: P.args, **kwargs: P.kwargs) -> T:
        was_on = gc.isenabled()
        gc.disable()
        try:
            return build(*args, **kwargs)
        finally:
            if was_on:
                gc.enable()

    return built
