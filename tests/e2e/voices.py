"""One citizen on any channel: says, presses and opens the same way, and hears what comes back."""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.channels.whatsapp import DRAFT
from tests.fakes.labels import unnumbered
from tests.fakes.telegram import citizen as telegram_citizen
from tests.fakes.whatsapp import citizen as whatsapp_citizen

HEARS_S = 30.0  # two hundred write at once


_STARS = re.compile(r"\*([^*\n]+)\*")  # WhatsApp shows what they surround in bold


def _names(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(unnumbered(label) for label in labels)


@dataclass(frozen=True)
class Shown:
    """A message of the assistant as the citizen sees it. ``ref`` lets the channel press it."""

    text: str
    labels: tuple[str, ...]
    ref: object


def as_shown(message: telegram_citizen.Message | whatsapp_citizen.Message) -> Shown:
    """A message on a telephone: its bold words, and its options without their numbers."""
    return Shown(_STARS.sub(r"\1", message.text), _names(message.labels), message)


class Voice(ABC):
    """A citizen on one channel."""

    channel: str

    @abstractmethod
    async def says(self, text: str) -> None:
        """Type a message."""

    @abstractmethod
    async def opens(self, token: str = "") -> None:
        """Open the chat, perhaps by a desk's link."""

    @abstractmethod
    async def presses(self, label: str, shown: Shown) -> None:
        """Press what ``shown`` offers."""

    @abstractmethod
    async def sends_sticker(self) -> None:
        """Send what nobody can read; where there are no stickers, an emoji."""

    @abstractmethod
    async def repeats(self) -> None:
        """The platform delivers the last event once more."""

    @abstractmethod
    async def hears(self) -> Shown:
        """The next message that was not yet heard."""

    @property
    @abstractmethod
    def received(self) -> int:
        """How many messages there were so far, heard or not."""


class _PhoneVoice(Voice):
    """On a fake platform, through a citizen of that fake's."""

    citizen: telegram_citizen.Citizen | whatsapp_citizen.Citizen

    async def says(self, text: str) -> None:
        await self.citizen.says(text)

    async def sends_sticker(self) -> None:
        await self.citizen.sends("sticker")

    async def repeats(self) -> None:
        await self.citizen.sends_again()

    async def hears(self) -> Shown:
        return as_shown(await self.citizen.hears(HEARS_S))

    @property
    def received(self) -> int:
        return len(self.citizen.received)


class TelegramVoice(_PhoneVoice):
    """On the fake Telegram."""

    channel = "telegram"

    def __init__(self, citizen: telegram_citizen.Citizen) -> None:
        self.citizen: telegram_citizen.Citizen = citizen

    async def opens(self, token: str = "") -> None:
        await self.citizen.starts(token)

    async def presses(self, label: str, shown: Shown) -> None:
        assert isinstance(shown.ref, telegram_citizen.Message)
        await self.citizen.presses(label, under=shown.ref)


class WhatsAppVoice(_PhoneVoice):
    """On the fake WhatsApp, where a chat is opened by a message: a greeting, or a desk's draft."""

    channel = "whatsapp"

    def __init__(self, citizen: whatsapp_citizen.Citizen) -> None:
        self.citizen: whatsapp_citizen.Citizen = citizen

    async def opens(self, token: str = "") -> None:
        await self.citizen.says(DRAFT.format(token=token) if token else "Hola")

    async def presses(self, label: str, shown: Shown) -> None:
        assert isinstance(shown.ref, whatsapp_citizen.Message)
        await self.citizen.presses(label, under=shown.ref)


class WebVoice(Voice):
    """On the chat page's own addresses: messages by POST, replies by server-sent events."""

    channel = "web"

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self._token = secrets.token_urlsafe(24)
        self._last: dict[str, object] = {}
        self._shown: list[Shown] = []
        self._heard = 0
        self._news = asyncio.Event()

    async def says(self, text: str) -> None:
        await self._sends(type="text", text=text)

    async def opens(self, token: str = "") -> None:
        await self._sends(type="start", desk=token)

    async def presses(self, label: str, shown: Shown) -> None:
        assert isinstance(shown.ref, dict)
        key = next(option["key"] for option in shown.ref["options"] if option["label"] == label)
        await self._sends(type="press", key=key, prompt=shown.ref["number"])

    async def sends_sticker(self) -> None:
        await self.says("🙂")

    async def repeats(self) -> None:
        await self._post(self._last)

    async def hears(self) -> Shown:
        async with asyncio.timeout(HEARS_S):
            while len(self._shown) == self._heard:
                self._news.clear()
                await self._news.wait()
        self._heard += 1
        return self._shown[self._heard - 1]

    @property
    def received(self) -> int:
        return len(self._shown)

    async def listens(self) -> None:
        """Follow the stream of replies until cancelled."""
        query = {"token": self._token, "after": "0"}
        timeout = aiohttp.ClientTimeout(total=None)
        events = f"{self._url}/chat/events"
        async with self._session.get(events, params=query, timeout=timeout) as response:
            assert response.status == 200
            async for line in response.content:
                if line.startswith(b'data: {"number"'):
                    reply = json.loads(line.removeprefix(b"data: "))
                    labels = tuple(option["label"] for option in reply["options"])
                    self._shown.append(Shown(reply["text"], labels, reply))
                    self._news.set()

    async def _sends(self, **message: object) -> None:
        self._last = {"token": self._token, "id": secrets.token_urlsafe(24), **message}
        await self._post(self._last)

    async def _post(self, message: dict[str, object]) -> None:
        """As the page does: what is refused as too fast is sent again when it may be."""
        while True:
            async with self._session.post(f"{self._url}/chat/messages", json=message) as response:
                if response.status == 429:
                    await asyncio.sleep(float(response.headers["Retry-After"]))
                    continue
                assert response.status == 204, await response.text()
                return


@asynccontextmanager
async def web_voices(url: str, count: int) -> AsyncIterator[list[WebVoice]]:
    """Citizens with the chat page open."""
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        voices = [WebVoice(session, url) for _ in range(count)]
        listening = [asyncio.create_task(voice.listens()) for voice in voices]
        try:
            yield voices
        finally:
            for task in listening:
                task.cancel()
            await asyncio.gather(*listening, return_exceptions=True)
