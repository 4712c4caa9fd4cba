"""The weekly digest in a chat: one screen of words with one control chart, or the words alone."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import Connection

from bot.channels.ports import Failed, Outgoing, RetryLater
from bot.jobs.quality.digest import Sending, send_digest
from bot.pipeline import documents
from bot.reports.digests.digest_text import CHAT_LIMIT
from bot.reports.quality.charts import chart_picture
from bot.reports.words.figure_words import unbroken
from handlers.messages import Channel, Sender
from handlers.quality.charts import MIN_POINTS
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.contacts.contacts import find_contacts
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.staff.staff_contacts import link_staff
from tests.bot.one_process import FakeChannel, OneProcess, opened, until
from tests.bot.published import LOW, USUAL, publish_weeks
from tests.hired import hired

CHATS = (Channel.TELEGRAM, Channel.WHATSAPP)
SAYS = unbroken(
    "Gráfico de Tránsito: 42 % en la semana 42; su base es 75 % y lo esperable, 57 % a 90 %."
)
LATER = RetryLater(timedelta(seconds=30), code="500")


class Scene:
    def __init__(
        self, process: OneProcess, channels: dict[Channel, FakeChannel], last: IsoWeek
    ) -> None:
        self.process = process
        self.channels = channels
        self.last = last

    async def sends(self, release: Release, *chats: Channel, area: str = "") -> None:
        """Somebody with these chats is sent the digest."""
        process = self.process

        def hire(tx: Connection) -> None:
            member = hired(tx, process.keyring, "Ana", "ana@example.cl", area, process.clock())
            for chat in chats:
                sender = Sender(chat, "municipality", "1")
                contact = find_contacts(tx, process.keyring, [sender], process.clock())[0]
                link_staff(tx, contact.id, member.id)

        await process.database.write(hire)
        sending = Sending(self.last, process.clock(), "https://opina.example.cl")
        await send_digest(process.database, process.keyring, release, sending)
        process.intake.nudge()

    async def tried(self, channel: Channel, times: int = 1) -> list[Outgoing]:
        """What was handed to a channel, once it was."""
        await until(lambda: len(self.channels[channel].tried) >= times)
        return self.channels[channel].tried


@pytest.fixture
async def scene(sqlite_url: str, keyring: Keyring, release: Release) -> AsyncIterator[Scene]:
    database = await open_database(sqlite_url)
    last = await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    channels = {name: FakeChannel(name) for name in CHATS}
    async with opened(database, keyring, release, channels.values()) as process:
        yield Scene(process, channels, last)
    await database.close()


@pytest.mark.parametrize("area", ["", "transito"])
async def test_the_chat_gets_one_screen_with_the_chart_and_its_words(
    scene: Scene, release: Release, area: str
) -> None:
    await scene.sends(release, *CHATS, area=area)
    for channel in CHATS:
        (sent,) = await scene.tried(channel)
        assert sent.document is not None
        assert sent.document.shown
        picture = Image.open(BytesIO(sent.document.content))
        assert (picture.format, picture.width) == ("PNG", 1080)
        assert len(sent.reply.text) <= CHAT_LIMIT
        assert SAYS in sent.reply.text, sent.reply.text
        assert "/resumen/2026-W42/" in sent.reply.text


async def test_a_picture_that_is_refused_leaves_its_words(scene: Scene, release: Release) -> None:
    scene.channels[Channel.TELEGRAM].outcomes.append(Failed("image-process-failed"))
    await scene.sends(release, Channel.TELEGRAM)
    first, second = await scene.tried(Channel.TELEGRAM, 2)
    assert first.document is not None
    assert second.document is None
    assert first.reply == second.reply
    await scene.process.until_states_in_any_order("due", "sent")


async def test_after_ten_minutes_the_words_go_alone(scene: Scene, release: Release) -> None:
    scene.channels[Channel.TELEGRAM].outcomes += [LATER, LATER]
    await scene.sends(release, Channel.TELEGRAM)
    await scene.tried(Channel.TELEGRAM)
    for seconds, times in ((60, 2), (600, 3)):
        await scene.process.until_states_in_any_order("due", "retry")
        await scene.process.waits(seconds=seconds)
        await scene.tried(Channel.TELEGRAM, times)
    assert [one.document is None for one in await scene.tried(Channel.TELEGRAM)] == [
        False,
        False,
        True,
    ]
    await scene.process.until_states_in_any_order("due", "sent")


async def test_a_picture_that_cannot_be_drawn_leaves_its_words(
    scene: Scene, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chart_picture, "picture_svg", lambda *_, **__: "<svg")
    chart_picture.chart_png.cache_clear()
    await scene.sends(release, Channel.TELEGRAM)
    (sent,) = await scene.tried(Channel.TELEGRAM)
    assert sent.document is None
    assert SAYS in sent.reply.text
    assert documents.PNG == "image/png"
