"""Fixtures of the tests that drive a real browser: one browser a file, in the file's own loop."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio
from playwright.async_api import Browser

from tests.browser import open_browser


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """A Chromium for one test file; its tests need ``asyncio(loop_scope="module")``."""
    async with open_browser() as opened:
        yield opened
