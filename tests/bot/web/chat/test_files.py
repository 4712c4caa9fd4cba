"""Files over the web chat: taken within bounds, given to their own page only."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.ports import Document
from bot.observability.metrics import Metrics
from bot.web.chat.files import AT_ONCE, BURST, ChatFiles
from bot.web.server import build_app
from handlers.errors import StorageUnavailable
from handlers.messages import Channel, Media, MediaFile, MediaKind, Sender
from storage.engine.keyring import Keyring
from tests.fakes.intake import FakeIntake
from tests.fakes.webhook import Ready
from tests.files import document, photo

TOKEN = "AbCdEfGhIjKlMnOpQrStUv-_"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MOST = 100_000
RECEIPT = Document("comprobante-LS-2026-000001.pdf", "application/pdf", b"%PDF-")


@asynccontextmanager
async def serving(keyring: Keyring, chat: FakeIntake) -> AsyncIterator[TestClient]:
    async def read(token: str, number: int) -> Document | None:
        if number == 9:
            raise StorageUnavailable
        return RECEIPT if (token, number) == (TOKEN, 7) else None

    files = ChatFiles(keyring.encrypt_bytes, read, lambda: NOW, MOST)
    app = build_app(Ready(), Metrics(), files.routes(chat))
    async with TestClient(TestServer(app)) as client:
        yield client
        files.close()


def sent(content: bytes, **changes: object) -> dict[str, object]:
    encoded = base64.b64encode(content).decode()
    message = {"type": "file", "token": TOKEN, "id": "event-0123456789-0123456789"}
    return {**message, "content": encoded, "text": "el hoyo"} | changes


@pytest.mark.parametrize(
    ("content", "kind"), [(photo(), MediaKind.PHOTO), (document(), MediaKind.DOCUMENT)]
)
async def test_a_file_reaches_the_intake_encrypted_before_it_is_acknowledged(
    keyring: Keyring, content: bytes, kind: MediaKind
) -> None:
    chat = FakeIntake()
    async with serving(keyring, chat) as client:
        response = await client.post("/chat/files", json=sent(content))
        assert response.status == 204
    (incoming,) = chat.stored
    assert incoming.sender == Sender(Channel.WEB, "web", TOKEN)
    assert isinstance(incoming.body, Media)
    assert (incoming.body.kind, incoming.body.caption) == (kind, "el hoyo")
    file = incoming.body.file
    assert isinstance(file, MediaFile)
    assert content not in file.encrypted
    assert keyring.decrypt_bytes(file.encrypted) == content
    assert file.size == len(content)


async def test_uploads_that_trickle_in_keep_nobody_elses_out(keyring: Keyring) -> None:
    async with serving(keyring, FakeIntake()) as client, asyncio.timeout(10):
        slow = []
        for _ in range(AT_ONCE):
            _, writer = await asyncio.open_connection(client.host, client.port)
            writer.write(b"POST /chat/files HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
            slow.append(writer)
        await client.post("/chat/file", json={})  # those before have been begun
        response = await client.post("/chat/files", json=sent(photo()))
        assert response.status == 204
        for writer in slow:
            writer.close()


@pytest.mark.parametrize(
    ("message", "status"),
    [
        (sent(bytes(MOST + 1)), 413),
        (sent(bytes(MOST * 2)), 413),
        ({**sent(b"x"), "content": "no es base64!"}, 400),
        (sent(b"x", token="corto"), 400),
        (sent(b"x", id="../../keys.toml"), 400),
        (sent(b"x", name="../../keys.toml"), 400),
        (sent(b"x", text="\x00"), 400),
        (sent(b"x", type="text"), 400),
        ({}, 400),
    ],
)
async def test_what_is_not_taken(keyring: Keyring, message: dict[str, object], status: int) -> None:
    chat = FakeIntake()
    async with serving(keyring, chat) as client:
        assert (await client.post("/chat/files", json=message)).status == status
    assert chat.stored == []


async def test_a_page_sends_and_fetches_so_many_files_and_no_more(keyring: Keyring) -> None:
    chat = FakeIntake()
    async with serving(keyring, chat) as client:
        statuses = [
            (await client.post("/chat/files", json=sent(b"x", id=f"event-{n:030}"))).status
            for n in range(BURST + 1)
        ]
    assert statuses == [204] * BURST + [429]


async def test_a_file_is_given_to_its_own_page_to_be_saved(keyring: Keyring) -> None:
    async with serving(keyring, FakeIntake()) as client:
        response = await client.post("/chat/file", json={"token": TOKEN, "number": 7})
        assert (response.status, await response.read()) == (200, RECEIPT.content)
        assert response.headers["Content-Type"] == "application/pdf"
        assert response.headers["Content-Disposition"].startswith("attachment; filename=")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert "sandbox" in response.headers["Content-Security-Policy"]
        others = [
            {"token": TOKEN.swapcase(), "number": 7},
            {"token": TOKEN, "number": 8},
            {"token": TOKEN, "number": 0},
            {"token": TOKEN, "number": 9},
        ]
        statuses = [(await client.post("/chat/file", json=other)).status for other in others]
        assert statuses == [404, 404, 400, 503]
        assert (await client.get(f"/chat/file?token={TOKEN}&number=7")).status == 405
