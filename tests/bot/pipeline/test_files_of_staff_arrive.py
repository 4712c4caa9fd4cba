"""A file beside an answer arrives on each channel, or staff are told that it did not."""

from __future__ import annotations

import pytest

from bot.channels.ports import Failed
from handlers.facts.cases import CaseAnswered, FileOfStaff
from handlers.messages import Channel
from handlers.release import Release
from storage.cases.answers import answering, arrivals
from storage.cases.answers.arrivals import Arrival, Way
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from tests.bot.one_process import FakeChannel, opened

NUMBER = "LS-2026-000001"
FILES = [("image/jpeg", "jpg"), ("application/pdf", "pdf")]


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WHATSAPP, Channel.WEB])
@pytest.mark.parametrize(("media_type", "ending"), FILES)
@pytest.mark.parametrize("refused", [False, True])
async def test_a_file_arrives_before_its_answer_or_is_said_not_to(
    database: Database,
    keyring: Keyring,
    release: Release,
    channel: Channel,
    media_type: str,
    ending: str,
    *,
    refused: bool,
) -> None:
    platform = FakeChannel(channel)
    async with opened(database, keyring, release, [platform]) as process:
        await process.hears(
            "reclamo: ayer no pasó el camión en Brasil 20, pido que pase",
            "sí",
            channel=channel,
        )
        await process.until_states("sent", "sent")
        if refused:
            platform.outcomes.append(Failed("400"))

        def write(tx: Transaction) -> int | None:
            file = FileOfStaff(media_type, keyring.encrypt_bytes(b"contenido"), 9)
            fact = CaseAnswered(NUMBER, 0, "Va el plano", file)
            return answering.answer(tx, keyring, fact, process.clock())

        note = await database.write(write)
        assert note is not None
        process.clock.goes_on(seconds=21)
        process.intake.nudge()
        await process.until_states("sent", "sent", "held" if refused else "sent", "sent")
        file, words = platform.tried[-2:]
        assert file.reply.file is not None
        assert file.reply.file.name == f"respuesta-{NUMBER}.{ending}"
        if channel is not Channel.WEB:  # the page asks for it
            assert file.document is not None
            assert (file.document.content, file.document.media_type) == (b"contenido", media_type)
        assert "Va el plano" in words.reply.text
        found = await database.read(lambda tx: arrivals.of_case(tx, NUMBER))
        expected = Arrival(Way.REFUSED, "400") if refused else Arrival(Way.SENT)
        assert found == {note: [expected]}
