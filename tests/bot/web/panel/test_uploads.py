"""How a form with a file is read: never more into memory than it may be."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest
from aiohttp import BodyPartReader, web

from bot.web.panel.security import MAX_FORM_BYTES
from bot.web.panel.uploads import read_form

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
