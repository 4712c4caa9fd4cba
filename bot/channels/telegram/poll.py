"""Long polling of Telegram: an update is confirmed only once the intake has committed it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from http import HTTPStatus

import msgspec
import structlog
from msgspec import Struct
from stamina import retry_context

from bot.channels.http.responses import HttpResponse
from bot.channels.ports import IntakePort, RetryLater, Stopped, Uncertain, retry_after
from bot.channels.telegram.answers import LONGEST_WAIT_S
from bot.channels.telegram.client import Transport
from bot.channels.telegram.decode import UPDATE_KINDS, decode_update, update_number
from bot.channels.telegram.render import callback_answer_bytes, get_updates_bytes
from handlers.errors import Overloaded, PlatformUnready, StorageUnavailable
from handlers.messages import Channel, Incoming

CALLBACK_ANSWERS_AT_ONCE = 4
MAX_CALLBACK_ANSWERS_WAITING = 200
CALLBACK_ANSWER_TIMEOUT_S = 5.0
CALLBACK_ANSWERABLE_FOR = timedelta(seconds=150)  # how long Telegram accepts the answer to a press
SLOWEST = 10  # the longest pause is this many times Timing.pause_s

log = structlog.get_logger(__name__)


class Timing(Struct, frozen=True):
    """Time limits of a call and of a long poll, and the first pause after a failure."""

    call_s: float = 30.0
    poll_s: int = 25
    pause_s: float = 1.0


class Poller:
    """One run of polling. Button presses are acknowledged in the background, delaying no batch."""

    def __init__(
        self,
        transport: Transport,
        base_url: str,
        account: str,
        now: Callable[[], datetime],
        timing: Timing,
    ) -> None:
        self._transport = transport
        self._base_url = base_url
        self._account = account
        self._now = now
        self._timing = timing
        self._offset = 0
        self._callbacks: asyncio.Queue[tuple[str, datetime]] = asyncio.Queue(
            MAX_CALLBACK_ANSWERS_WAITING
        )

    async def run(self, intake: IntakePort) -> Stopped:
        """Poll until Telegram refuses the token; return its refusal."""
        async with asyncio.TaskGroup() as group:
            answerers = [
                group.create_task(self._answer_callbacks()) for _ in range(CALLBACK_ANSWERS_AT_ONCE)
            ]
            try:
                return await self._poll(intake)
            finally:
                for answerer in answerers:
                    answerer.cancel()

    async def _poll(self, intake: IntakePort) -> Stopped:
        pause_s = self._timing.pause_s
        stopped = None
        while stopped is None:
            async for attempt in retry_context(
                on=retry_after,
                attempts=None,
                timeout=None,
                wait_initial=pause_s,
                wait_max=pause_s * SLOWEST,
                wait_jitter=pause_s,
            ):
                with attempt:
                    stopped = await self._poll_once(intake)
        return stopped

    async def _poll_once(self, intake: IntakePort) -> Stopped | None:
        """Fetch and commit one batch. Raises PlatformUnready to be called again after a pause."""
        found = await self._ask()
        if isinstance(found, Stopped):
            return found
        await self._commit(found, intake)
        return None

    async def _ask(self) -> list[msgspec.Raw] | Stopped:
        """Fetch updates. Raises PlatformUnready if no usable response came."""
        response = await self._transport.post_bytes(
            f"{self._base_url}/getUpdates",
            get_updates_bytes(self._timing.poll_s, UPDATE_KINDS, self._offset),
            self._timing.poll_s + self._timing.call_s,
        )
        match response:
            case HttpResponse(HTTPStatus.OK, body):
                try:
                    return _UPDATES.decode(body).result
                except (ValueError, RecursionError):
                    raise PlatformUnready(Channel.TELEGRAM, "unreadable") from None
            case HttpResponse(HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND as status, body) if (
                _is_telegrams(body)
            ):
                return Stopped(str(int(status)))
            case HttpResponse(status, body):
                raise PlatformUnready(Channel.TELEGRAM, str(status), _wait_s(body))
            case RetryLater(code=code) | Uncertain(code):
                raise PlatformUnready(Channel.TELEGRAM, code)

    async def _commit(self, updates: list[msgspec.Raw], intake: IntakePort) -> None:
        """Submit a batch; the next request confirms it. Raises PlatformUnready if it is not stored.

        The next offset, the highest number + 1, is used for one request only: after a week
        without updates Telegram goes on from a random number, which may be lower.
        """
        incomings: list[Incoming] = []
        presses: list[str] = []
        poisoned: list[tuple[str, bytes]] = []
        confirmed = 0
        for raw in updates:
            try:
                decoded = decode_update(raw, self._account, self._now())
            except (ValueError, RecursionError):
                number = update_number(raw)
                poisoned.append((_event_id(number), bytes(raw)))
            else:
                number = decoded.number
                incomings += decoded.incomings
                if decoded.callback_id:
                    presses.append(decoded.callback_id)
            confirmed = max(confirmed, 0 if number is None else number + 1)
        try:
            if incomings:
                await intake.submit(incomings)
            for event_id, body in poisoned:
                await intake.quarantine(Channel.TELEGRAM, event_id, body, "undecodable")
        except (StorageUnavailable, Overloaded) as problem:
            raise PlatformUnready(Channel.TELEGRAM, type(problem).__name__) from None
        self._offset = confirmed
        self._queue_callback_answers(presses)
        if updates and not confirmed:
            # Nothing can be confirmed, so the same batch comes again: slow down.
            raise PlatformUnready(Channel.TELEGRAM, "unnumbered")

    def _queue_callback_answers(self, callback_ids: list[str]) -> None:
        now = self._now()
        for callback_id in callback_ids:
            if self._callbacks.full():
                return  # it would only stop the button's spinner; the reply is sent anyway
            self._callbacks.put_nowait((callback_id, now))

    async def _answer_callbacks(self) -> None:
        while True:
            callback_id, since = await self._callbacks.get()
            if self._now() - since <= CALLBACK_ANSWERABLE_FOR:
                await self._transport.post_bytes(
                    f"{self._base_url}/answerCallbackQuery",
                    callback_answer_bytes(callback_id),
                    CALLBACK_ANSWER_TIMEOUT_S,
                )


class _Updates(Struct):
    result: list[msgspec.Raw]


class _Parameters(Struct, frozen=True):
    retry_after: int = 0


class _Refused(Struct):
    error_code: int
    parameters: _Parameters = _Parameters()


_UPDATES = msgspec.json.Decoder(_Updates)
_REFUSED = msgspec.json.Decoder(_Refused)


def _is_telegrams(body: bytes) -> bool:
    try:
        _REFUSED.decode(body)
    except (ValueError, RecursionError):
        return False
    return True


def _wait_s(body: bytes) -> int:
    try:
        asked = _REFUSED.decode(body).parameters.retry_after
    except (ValueError, RecursionError):
        return 0
    return min(max(asked, 0), LONGEST_WAIT_S)


def _event_id(number: int | None) -> str:
    return "unnumbered" if number is None else str(number)
