"""Files come from platforms and go to them: each answer has its one meaning."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr

from bot.channels.http.client import HttpClient
from bot.channels.ports import (
    Blocked,
    Document,
    Failed,
    Fetched,
    Held,
    Outgoing,
    RetryLater,
    Sent,
)
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.channels.whatsapp.media import media_found
from bot.config import TelegramSettings, WhatsAppSettings
from handlers.messages import File, Reply, Waits
from tests.fakes.faults import CUTS, Fault, refusal
from tests.fakes.telegram.bot_api import LARGEST_FILE, FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.files import document, photo

MOST = 10_000_000
TEXT = Document("mis-datos.txt", "text/plain", "Año: sí\n".encode())
JSON = Document("mis-datos.json", "application/json", b"{}")
PDF = Document("comprobante.pdf", "application/pdf", document())
PHOTO = Document("LS-1-1.jpg", "image/jpeg", photo())
AUDIO = Document("LS-1-2.ogg", "audio/ogg", b"OggS")
CHART = Document("grafico.png", "image/png", photo((1080, 1400), "PNG"), shown=True)


def now() -> datetime:
    return datetime.now(UTC)


def outgoing(address: str, sent: Document, caption: str = "Sus datos") -> Outgoing:
    return Outgoing(address, Reply(1, caption, file=File(sent.name)), document=sent)


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as running:
        yield running


@pytest.fixture
async def whatsapp() -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp() as running:
        yield running


@pytest.fixture
def on_telegram(telegram: FakeTelegram, client: HttpClient) -> TelegramChannel:
    settings = TelegramSettings(token=SecretStr(telegram.token), api_url=telegram.url)
    return TelegramChannel(settings, client, now)


@pytest.fixture
def on_whatsapp(whatsapp: FakeWhatsApp, client: HttpClient) -> WhatsAppChannel:
    settings = WhatsAppSettings(
        token=SecretStr(whatsapp.token),
        phone_number_id=whatsapp.phone_number_id,
        app_secret=SecretStr(whatsapp.app_secret),
        verify_token=SecretStr(whatsapp.verify_token),
        api_url=whatsapp.url,
    )
    return WhatsAppChannel(settings, client, now)


async def test_a_file_is_fetched_from_telegram(
    telegram: FakeTelegram, on_telegram: TelegramChannel
) -> None:
    telegram.files["a"] = photo()
    assert await on_telegram.fetch("a", MOST) == Fetched(telegram.files["a"])
    assert await on_telegram.fetch("a", 100) == Failed("large")
    assert await on_telegram.fetch("b", MOST) == Failed("gone")
    telegram.files["c"] = bytes(LARGEST_FILE + 1)
    assert await on_telegram.fetch("c", MOST) == Failed("large")


@pytest.mark.parametrize("fault", [refusal(500, "Internal Server Error"), CUTS, Fault(body=b"<")])
@pytest.mark.parametrize("call", ["getFile", "file"])
async def test_what_telegram_does_not_give_now_is_asked_for_again(
    telegram: FakeTelegram, on_telegram: TelegramChannel, fault: Fault, call: str
) -> None:
    telegram.files["a"] = photo()
    telegram.faults.next(fault, method=call)
    assert isinstance(await on_telegram.fetch("a", MOST), RetryLater)
    assert isinstance(await on_telegram.fetch("a", MOST), Fetched)


async def test_a_file_is_fetched_from_whatsapp_with_the_token(
    whatsapp: FakeWhatsApp, on_whatsapp: WhatsAppChannel
) -> None:
    whatsapp.media["101"] = photo()
    assert await on_whatsapp.fetch("101", MOST) == Fetched(whatsapp.media["101"])
    assert await on_whatsapp.fetch("101", 100) == Failed("large")
    assert await on_whatsapp.fetch("102", MOST) == Failed("gone")
    whatsapp.faults.next(Fault(status=404), method="file")  # the address is over after 5 minutes
    assert isinstance(await on_whatsapp.fetch("101", MOST), RetryLater)
    whatsapp.revoked = True
    assert isinstance(await on_whatsapp.fetch("102", MOST), RetryLater)


@pytest.mark.parametrize(
    ("url", "ours"),
    [
        ("https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1", True),
        ("http://lookaside.fbsbx.com/a", False),
        ("https://malo.example/a", False),
        ("https://fbsbx.com.malo.example/a", False),
        ("https://lookaside.fbsbx.com@malo.example/a", False),
        ("https://x@lookaside.fbsbx.com/a", False),
        ("file:///etc/passwd", False),
        ("http://127.0.0.1:8080/a", False),
        ("https://[", False),
        ("", False),
    ],
)
async def test_the_token_goes_to_meta_only(url: str, ours: bool) -> None:
    from bot.channels.http.responses import HttpResponse

    body = f'{{"url": "{url}", "file_size": "10"}}'.encode()
    found = media_found(HttpResponse(200, body), "https://graph.facebook.com/v23.0", MOST)
    assert (found == url) == ours
    assert urlsplit("https://graph.facebook.com").hostname == "graph.facebook.com"


@pytest.mark.parametrize("sent", [TEXT, JSON, PDF, PHOTO, AUDIO])
async def test_a_file_reaches_telegram_as_a_document(
    telegram: FakeTelegram, on_telegram: TelegramChannel, sent: Document
) -> None:
    citizen = telegram.citizen()
    await citizen.starts()
    result = await on_telegram.send(outgoing(str(citizen.chat.id), sent))
    assert isinstance(result, Sent)
    (message,) = citizen.received
    assert message.text == "Sus datos"
    assert message.document is not None
    assert message.document.content == sent.content
    assert (message.document.name, message.document.media_type) == (sent.name, sent.media_type)
    await citizen.blocks()
    assert isinstance(await on_telegram.send(outgoing(str(citizen.chat.id), sent)), Blocked)


async def test_a_picture_reaches_telegram_as_one(
    telegram: FakeTelegram, on_telegram: TelegramChannel
) -> None:
    citizen = telegram.citizen()
    await citizen.starts()
    chat = str(citizen.chat.id)
    assert isinstance(await on_telegram.send(outgoing(chat, CHART)), Sent), telegram.refused
    (message,) = citizen.received
    assert (message.text, message.document) == ("Sus datos", None)
    assert message.photo is not None
    assert message.photo.content == CHART.content
    narrow = Document("a.png", "image/png", photo((10, 400), "PNG"), shown=True)
    assert await on_telegram.send(outgoing(chat, narrow)) == Failed("photo-invalid-dimensions")


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (TEXT, "document"),
        (JSON, "document"),
        (PDF, "document"),
        (PHOTO, "image"),
        (CHART, "image"),
        (AUDIO, "audio"),
    ],
)
async def test_a_file_reaches_whatsapp_as_what_it_shows(
    whatsapp: FakeWhatsApp, on_whatsapp: WhatsAppChannel, sent: Document, kind: str
) -> None:
    citizen = whatsapp.citizen()
    citizen.wrote_at = now()
    result = await on_whatsapp.send(outgoing(citizen.number, sent))
    assert isinstance(result, Sent), whatsapp.refused
    (message,) = citizen.received
    assert (message.kind, message.document) == (kind, sent.content)
    assert message.filename == (sent.name if kind == "document" else "")


async def test_an_upload_that_fails_is_made_again_and_nothing_is_sent(
    whatsapp: FakeWhatsApp, on_whatsapp: WhatsAppChannel
) -> None:
    citizen = whatsapp.citizen()
    citizen.wrote_at = now()
    for fault in (CUTS, Fault(status=500, code=131000)):
        whatsapp.faults.next(fault, method="upload")
        assert isinstance(await on_whatsapp.send(outgoing(citizen.number, PDF)), RetryLater)
    assert citizen.received == []


async def test_a_file_waits_with_the_words_that_announce_both(
    whatsapp: FakeWhatsApp, on_whatsapp: WhatsAppChannel
) -> None:
    citizen = whatsapp.citizen()
    reply = Reply(1, "a", waits=Waits.QUIETLY)
    late = Outgoing(citizen.number, reply, within_window=False, document=PDF)
    assert await on_whatsapp.send(late) == Held()
    assert whatsapp.uploads == {}


async def test_a_name_cannot_break_out_of_the_form(
    telegram: FakeTelegram, on_telegram: TelegramChannel
) -> None:
    citizen = telegram.citizen()
    await citizen.starts()
    odd = Document('a"\r\nX-Header: 1\r\n\r\n.txt', "text/plain", b"--x\r\n")
    assert isinstance(await on_telegram.send(outgoing(str(citizen.chat.id), odd)), Sent)
    assert citizen.received[0].document is not None
    assert citizen.received[0].document.content == b"--x\r\n"
