"""Python's search for garbage, put off while something large is built that stays."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def without_collecting(build: Callable[P, T]) -> Callable[P, T]:
    """Of a release's load, a third was looking for garbage again and again among what it builds."""

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
