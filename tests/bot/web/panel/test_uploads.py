"""How a form with a file is read: never more into memory than it may be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import cast

import pytest
from aiohttp import BodyPartReader, web
from yarl import URL

from bot.web.panel.security import MAX_FORM_BYTES
from bot.web.panel.uploads import MULTIPART, read_form
from tests.bot.web.panel.served_panel import ServedPanel

CHUNK = bytes(8_192)


class Endless(BodyPartReader):
    """A part of a form that never ends, and counts what is read of it."""

    def __init__(self, name: str) -> None:
        self.called, self.read_so_far = name, 0

    @property
    def name(self) -> str:
        return self.called

    async def read_chunk(self, *_: int) -> bytes:
        self.read_so_far += len(CHUNK)
        assert self.read_so_far < 100 * MAX_FORM_BYTES, "it is read for ever"
        return CHUNK


class Sent:
    """A request with that one part."""

    def __init__(self, part: Endless) -> None:
        self._part = part

    async def multipart(self) -> AsyncIterator[Endless]:
        async def parts() -> AsyncIterator[Endless]:
            yield self._part

        return parts()


@pytest.mark.parametrize("most", [0, 10_000_000])
async def test_words_that_are_too_long_are_not_read_to_their_end(most: int) -> None:
    part = Endless("answer")
    assert await read_form(cast(web.Request, Sent(part)), most, MAX_FORM_BYTES) is None
    assert part.read_so_far <= MAX_FORM_BYTES + len(CHUNK)


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", f"{MULTIPART}; boundary=x"])
async def test_a_form_that_trickles_in_is_given_up(
    panel: ServedPanel, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("bot.web.panel.routes.BODY_S", 0.2)
    address = URL(panel.url)
    reader, writer = await asyncio.open_connection(address.host, address.port)
    path = "/panel/entrar" if "urlencoded" in kind else "/panel/conversaciones/1/respuesta"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n"
        f"Content-Type: {kind}\r\nContent-Length: 900\r\n\r\n"
    )
    writer.write(head.encode() + b"--x\r\n")
    async with asyncio.timeout(10):
        status = await reader.readline()
    writer.close()
    assert b" 408 " in status
