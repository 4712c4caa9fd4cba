"""What an open page of the web chat reads, when its citizen has everything erased."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.web.chat.replies import StoredReplies
from bot.web.chat.requests import ACCOUNT
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from tests.bot.one_process import FakeChannel, OneProcess, opened

TOKEN = "AbCdEfGhIjKlMnOpQrStUv-_"


@pytest.fixture
async def process(
    database: Database, keyring: Keyring, release: Release
) -> AsyncIterator[OneProcess]:
    async with opened(database, keyring, release, [FakeChannel(Channel.WEB)]) as process:
        yield process


async def writes(process: OneProcess, *texts: str) -> None:
    sender = Sender(Channel.WEB, ACCOUNT, TOKEN)
    for text in texts:
        event = Incoming(f"{text}-{process.clock()}", sender, Text(text), process.clock())
        await process.intake.submit([event])
        process.clock.goes_on(seconds=5)


async def test_who_has_all_erased_reads_that_it_was_done_on_the_page_that_is_open(
    process: OneProcess,
) -> None:
    after = StoredReplies(process.database, process.keyring).of(TOKEN)
    await writes(process, "borrar")
    asked = (await after(0))[-1]
    await writes(process, "sí")
    (done,) = await after(asked.number)
    assert "LS-D-" in done.text
    assert await after(done.number) == []


async def test_who_writes_again_reads_the_end_of_the_erased_conversation_then_the_new_one(
    process: OneProcess,
) -> None:
    after = StoredReplies(process.database, process.keyring).of(TOKEN)
    await writes(process, "borrar")
    asked = (await after(0))[-1]
    await writes(process, "sí", "hola")
    (done,) = await after(asked.number)
    assert "LS-D-" in done.text
    assert await after(done.number) == []
    (greeting,) = await after(0)
    assert greeting.number == 1


async def test_nothing_leads_a_page_that_is_opened_later_to_what_was_erased(
    process: OneProcess,
) -> None:
    replies = StoredReplies(process.database, process.keyring)
    before = replies.of(TOKEN)
    await writes(process, "borrar")
    await before(0)
    await writes(process, "sí")
    assert await replies.of(TOKEN)(0) is None


async def test_who_is_not_known_is_told_apart_from_who_has_nothing_new(
    process: OneProcess,
) -> None:
    replies = StoredReplies(process.database, process.keyring)
    assert await replies.of(TOKEN)(0) is None
    await writes(process, "hola")
    assert await replies.of(TOKEN)(99) == []
