"""Webhooks once more, over uvloop's transports."""

from __future__ import annotations

import asyncio

from tests.bot.web.test_webhooks import *  # noqa: F403  # the same tests again
from tests.bot.web.test_webhooks_strangers import *  # noqa: F403  # and these


async def test_this_is_uvloop() -> None:
    assert type(asyncio.get_running_loop()).__module__ == "uvloop"
