"""Citizens' voices that outlast a service that is killed: they wait, repeat, and know repeats."""

from __future__ import annotations

import asyncio
import json

import aiohttp

from tests.e2e.voices import Shown, TelegramVoice, Voice, WebVoice, WhatsAppVoice, as_shown
from tests.fakes.telegram import citizen as telegram_citizen
from tests.fakes.whatsapp import citizen as whatsapp_citizen

PATIENCE_S = 90.0  # how long a citizen waits for a reply while the service dies and comes back
AGAIN_S = 0.05


class Stuck(AssertionError):
    """A citizen waits for a reply that does not come, or got one out of turn."""


class PatientVoice(Voice):
    """Another voice, of which replies that come twice are heard once.

    Each reply carries its number in its buttons; a contact's numbers grow by one.
    """

    def __init__(self, inner: TelegramVoice | WhatsAppVoice | PatientWebVoice) -> None:
        self._inner = inner
        self.channel = inner.channel
        self.repeated = 0  # replies that came again
        self._last = 0
        self._read = 0
        self._fresh: list[Shown] = []
        self._taken = 0

    async def says(self, text: str) -> None:
        await self._inner.says(text)

    async def opens(self, token: str = "") -> None:
        await self._inner.opens(token)

    async def presses(self, label: str, shown: Shown) -> None:
        await self._inner.presses(label, shown)

    async def sends_sticker(self) -> None:
        await self._inner.sends_sticker()

    async def repeats(self) -> None:
        await self._inner.repeats()

    async def hears(self) -> Shown:
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_S
        while True:
            self._sort()
            if self._taken < len(self._fresh):
                self._taken += 1
                return self._fresh[self._taken - 1]
            if loop.time() > until:
                raise Stuck(f"{self.channel}: no reply {self._last + 1} in {PATIENCE_S:.0f} s")
            await asyncio.sleep(0.01)

    @property
    def received(self) -> int:
        self._sort()
        return len(self._fresh)

    def _sort(self) -> None:
        """Tell repeats from what is new; a number that was left out is a reply that is lost."""
        for number, shown in _everything(self._inner)[self._read :]:
            self._read += 1
            if number <= self._last:
                self.repeated += 1
            elif number == self._last + 1:
                self._last = number
                self._fresh.append(shown)
            else:
                raise Stuck(f"{self.channel}: reply {number} came after {self._last}")


class PatientWebVoice(WebVoice):
    """The chat page's own way: the same message id until it is taken, and a stream that returns."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        super().__init__(session, url)
        self.shown: list[Shown] = self._shown

    async def listens(self) -> None:
        """Follow the stream, from the last reply on whenever it ends."""
        timeout = aiohttp.ClientTimeout(total=None)
        while True:
            last = _web_number(self._shown[-1]) if self._shown else 0
            query = {"token": self._token, "after": str(last)}
            try:
                async with self._session.get(
                    f"{self._url}/chat/events", params=query, timeout=timeout
                ) as response:
                    async for line in response.content:
                        if line.startswith(b'data: {"number"'):
                            self._show(json.loads(line.removeprefix(b"data: ")))
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(AGAIN_S)

    def _show(self, reply: dict[str, object]) -> None:
        """The page itself shows a number once, however often it comes."""
        options = reply["options"]
        assert isinstance(options, list)
        labels = tuple(option["label"] for option in options)
        shown = Shown(str(reply["text"]), labels, reply)
        if _web_number(shown) not in {_web_number(one) for one in self._shown[-20:]}:
            self._shown.append(shown)

    async def _post(self, message: dict[str, object]) -> None:
        while True:
            try:
                async with self._session.post(
                    f"{self._url}/chat/messages",
                    json=message,
                    timeout=aiohttp.ClientTimeout(total=20),
                ) as response:
                    if response.status == 204:
                        return
                    assert response.status in (429, 500, 503), await response.text()
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(AGAIN_S)


def _everything(voice: TelegramVoice | WhatsAppVoice | PatientWebVoice) -> list[tuple[int, Shown]]:
    """All replies so far with their numbers."""
    if isinstance(voice, PatientWebVoice):
        return [(_web_number(shown), shown) for shown in voice.shown]
    return [(number_of(message), as_shown(message)) for message in voice.citizen.received]


def _web_number(shown: Shown) -> int:
    assert isinstance(shown.ref, dict)
    return int(shown.ref["number"])


def number_of(message: telegram_citizen.Message | whatsapp_citizen.Message) -> int:
    """What a message offers names the reply that offers it; 0: it offers nothing.

    All that citizens are told offers something.
    """
    if isinstance(message, telegram_citizen.Message):
        data = message.first_keyboard[0][0][1] if message.first_keyboard else "0"
    else:
        data = message.choices[0][0] if message.choices else "0"
    return int(data.partition(":")[0])
