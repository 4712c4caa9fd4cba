"""What WhatsApp tells a webhook: signed, one after the other, each until it is answered 200."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Self

import aiohttp


class Webhooks:
    """``async with`` delivers what happens to ``webhook_url``, once that is set."""

    def __init__(self, now: Callable[[], datetime], retry_s: float) -> None:
        self.now = now
        self.phone_number_id = "106540352242922"
        self.display_number = "56510000000"
        self.app_secret = "0123456789abcdef0123456789abcdef"
        self.verify_token = "opina-verifica"
        self.webhook_url = ""
        self.answers: list[int] = []  # what the webhook answered, try by try
        self._retry_s = retry_s
        self._together: list[dict[str, Any]] | None = None
        self._queue: asyncio.Queue[bytes] = asyncio.Queue()
        self._undelivered = 0
        self._changed = asyncio.Condition()

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        self._sender = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *exc: object) -> None:
        self._sender.cancel()
        await asyncio.gather(self._sender, return_exceptions=True)
        await self._session.close()

    async def verify(self, token: str | None = None) -> tuple[int, str]:
        """Ask the webhook whether it is ours, as the app panel does."""
        query = {
            "hub.mode": "subscribe",
            "hub.verify_token": self.verify_token if token is None else token,
            "hub.challenge": "1158201444",
        }
        async with self._session.get(self.webhook_url, params=query) as response:
            return response.status, await response.text()

    async def happens(self, value: dict[str, Any]) -> None:
        """A change of this value comes about (metadata is added)."""
        if self._together is None:
            await self.sends_webhook(self.envelope([value]))
        else:
            self._together.append(value)

    @asynccontextmanager
    async def together(self) -> AsyncIterator[None]:
        """What happens inside is sent as one webhook of several entries and changes."""
        self._together = []
        try:
            yield
        finally:
            values, self._together = self._together, None
        await self.sends_webhook(self.envelope(values))

    async def reports(self, ref: str, status: str, code: int = 0) -> None:
        """What became of a message that was sent: sent, delivered, read or failed."""
        report: dict[str, Any] = {
            "id": ref,
            "status": status,
            "timestamp": str(int(self.now().timestamp())),
            "recipient_id": "56900000000",
        }
        if code:
            report["errors"] = [{"code": code, "title": "failed"}]
        await self.happens({"statuses": [report]})

    async def sends_webhook(self, envelope: dict[str, Any]) -> None:
        """Queue one webhook of exactly this content."""
        self._undelivered += 1
        # Meta escapes everything beyond ASCII, and signs just these bytes.
        await self._queue.put(json.dumps(envelope).encode())

    def envelope(self, values: list[dict[str, Any]]) -> dict[str, Any]:
        """Two changes an entry, so that several of both occur."""
        changes = [
            {"field": "messages", "value": {**self._metadata(), **value}} for value in values
        ]
        entries = [changes[i : i + 2] for i in range(0, len(changes), 2)]
        return {
            "object": "whatsapp_business_account",
            "entry": [{"id": "102290129340398", "changes": pair} for pair in entries],
        }

    def signature(self, body: bytes) -> str:
        return "sha256=" + hmac.new(self.app_secret.encode(), body, hashlib.sha256).hexdigest()

    async def until(self, reached: Callable[[], object], timeout_s: float = 10.0) -> None:
        """Wait until something is so; a test fails when it never is."""
        async with asyncio.timeout(timeout_s), self._changed:
            await self._changed.wait_for(lambda: bool(reached()))

    async def all_taken(self, timeout_s: float = 10.0) -> None:
        """Wait until every webhook is acknowledged."""
        await self.until(lambda: self._undelivered == 0, timeout_s)

    async def notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _deliver(self) -> None:
        while True:
            body = await self._queue.get()
            while True:
                if await self._push(body) == 200:
                    break
                await asyncio.sleep(self._retry_s)
            self._undelivered -= 1
            await self.notify()

    async def _push(self, body: bytes) -> int:
        headers = {
            "Content-Type": "application/json",
            "X-Hub-Signature-256": self.signature(body),
        }
        try:
            async with self._session.post(self.webhook_url, data=body, headers=headers) as response:
                await response.read()
                self.answers.append(response.status)
        except aiohttp.ClientError:
            self.answers.append(599)
        return self.answers[-1]

    def _metadata(self) -> dict[str, Any]:
        return {
            "messaging_product": "whatsapp",
            "metadata": {
                "display_phone_number": self.display_number,
                "phone_number_id": self.phone_number_id,
            },
        }
