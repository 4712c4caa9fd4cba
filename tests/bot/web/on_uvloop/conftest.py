"""Runs this folder's tests on uvloop."""

from __future__ import annotations

from asyncio import AbstractEventLoop
from collections.abc import Callable, Mapping

import uvloop


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], AbstractEventLoop]]:
    """Asked by pytest-asyncio."""
    return {"uvloop": uvloop.new_event_loop}
