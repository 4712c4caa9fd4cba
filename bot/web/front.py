"""The listening socket: answers the channels' webhooks itself, hands all else to the web server.

A webhook needs a bounded body, a header and a short answer; a general server does far more for it,
and decision 0012 says what that costs. Each connection begins here. The first request that is no
plain POST to a hook takes it to the web server, where it stays; so every hook is a route there too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from typing import cast

import structlog

from bot.channels import webhooks
from bot.channels.ports import Hook, HookAnswer
from bot.web.hook_bytes import Entrance, Request, answer_bytes, read_head

HEAD_BYTES = 16 * 1024
IDLE_S = 75.0  # longer than the proxies before us keep theirs (nginx: 60)
LINGER_S = 10.0  # so long is read, and dropped, what a refused sender goes on sending

log = structlog.get_logger(__name__)


class Front:
    """Every connection that the web server has not been given."""

    def __init__(
        self, hooks: Iterable[Hook], others: Callable[[], asyncio.Protocol], room: webhooks.Room
    ) -> None:
        """``others``: makes the protocol to which a connection is handed over."""
        self.others = others
        self.loop = asyncio.get_running_loop()
        self.connections: set[_Connection] = set()
        self.busy: set[_Connection] = set()  # their event is being stored; the sender may be gone
        self.closing = False
        self.room = room
        self._entrances = [Entrance(hook) for hook in hooks]

    def accept(self) -> asyncio.Protocol:
        """The protocol of a new connection."""
        return _Connection(self)

    async def close(self, within_s: float) -> None:
        """Close what is idle; what is being stored is acknowledged if it is done ``within_s``."""
        self.closing = True
        for connection in self.connections - self.busy:
            connection.close()
        tasks = [connection.task for connection in self.busy if connection.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=within_s)
        for connection in self.connections & self.busy:
            connection.abort()

    def entrance(self, data: bytes) -> Entrance | None:
        """The hook to which a request that begins with ``data`` goes."""
        for entrance in self._entrances:
            if entrance.fits(data):
                return entrance
        return None

    def may_be_ours(self, data: bytes) -> bool:
        """Whether a request of which so little has come could yet go to a hook."""
        return any(entrance.may_fit(data) for entrance in self._entrances)


class _Connection(asyncio.Protocol):
    """Reads one request at a time; the next is read when this one's answer is written."""

    __slots__ = (
        "_body",
        "_choked",
        "_due",
        "_front",
        "_lacking",
        "_partial",
        "_paused",
        "_refused",
        "_request",
        "_rest",
        "_timer",
        "_transport",
        "task",
    )

    def __init__(self, front: Front) -> None:
        self.task: asyncio.Task[None] | None = None  # while an event is being stored
        self._front = front
        self._transport: asyncio.Transport
        self._request: Request  # whose body is being read, or whose event stored
        self._timer: asyncio.TimerHandle | None = None
        self._due = 0.0  # when something has to have come; the timer may ring earlier
        self._rest = b""  # came, and was not looked at yet or is not a whole head
        self._body = bytearray()
        self._lacking = 0  # bytes of the body
        self._partial = False  # a request has begun to come and is not whole
        self._refused = False
        self._paused = False
        self._choked = False  # the peer does not read its answers

    def close(self) -> None:
        """Send what is written, then end."""
        self._transport.close()

    def abort(self) -> None:
        """End now."""
        self._transport.abort()

    # What asyncio calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's has another base
        self._set_timer(IDLE_S)
        self._front.connections.add(self)
        if self._front.closing:
            self.close()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            return
        if self.task is not None or self._choked:
            self._rest += data
            self._paused = True
            self._transport.pause_reading()
        elif self._lacking:
            self._go_on(data)
        else:
            self._begin(self._rest + data if self._rest else data)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002  # asyncio's
        self._leave()

    def pause_writing(self) -> None:
        self._choked = True

    def resume_writing(self) -> None:
        self._choked = False
        if self.task is None and not self._refused:
            self._look_further()

    # Reading

    def _begin(self, data: bytes) -> None:
        """``data`` begins with a request."""
        entrance = self._front.entrance(data)
        if entrance is None:
            if self._front.may_be_ours(data):
                self._wait(data)
            else:
                self._hand_over(data)
            return
        end = data.find(b"\r\n\r\n") + 4
        if (len(data) if end < 4 else end) > HEAD_BYTES:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif end < 4:
            self._wait(data)
        else:
            read = read_head(entrance, data[:end])
            if isinstance(read, Request):
                self._request = read
                self._read_body(data, end)
            elif read is None:
                self._hand_over(data)
            else:
                self._refuse(read)

    def _read_body(self, data: bytes, start: int) -> None:
        end = start + self._request.length
        if end > len(data):
            if not self._front.room.take(self._request.length):
                self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
                return
            self._body += data[start:]
            self._lacking = end - len(data)
            self._wait(b"")
        else:
            self._rest = data[end:]
            self._take(data[start:end])

    def _go_on(self, data: bytes) -> None:
        """``data`` goes on with a body."""
        lacking = self._lacking
        self._body += data[:lacking]
        self._lacking = max(0, lacking - len(data))
        if not self._lacking:
            self._front.room.leave(self._request.length)
            self._rest = data[lacking:]
            body, self._body = bytes(self._body), bytearray()
            self._take(body)

    def _wait(self, rest: bytes) -> None:
        self._rest = rest
        if not self._partial:
            self._partial = True
            self._set_timer(webhooks.BODY_S)

    # Answering

    def _take(self, body: bytes) -> None:
        self._partial = False
        self.task = self._front.loop.create_task(self._answer(body))
        self._front.busy.add(self)

    async def _answer(self, body: bytes) -> None:
        request = self._request
        try:
            answer = await take(request.hook, request.headers, body)
        finally:
            self.task = None
            self._front.busy.discard(self)
        if self._transport.is_closing():
            return
        stays = request.stays and answer.status != 500 and not self._front.closing
        self._transport.write(answer_bytes(answer, stays))
        if stays:
            self._look_further()
        else:
            self.close()

    def _look_further(self) -> None:
        """Nothing is in progress: to the next request, if it may be answered."""
        self._due = self._front.loop.time() + IDLE_S
        if self._choked or self._transport.is_closing():
            return
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        if self._rest:
            rest, self._rest = self._rest, b""
            self._begin(rest)

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer and end."""
        self._refused, self._partial = True, False
        self._forget_body()
        self._rest = b""
        later = 1 if status == HTTPStatus.SERVICE_UNAVAILABLE else None
        self._transport.write(answer_bytes(HookAnswer(status, retry_after_s=later), stays=False))
        # Closed at once, what was not read would reset the connection and take the answer along.
        self._transport.write_eof()
        self._set_timer(LINGER_S)

    # Leaving

    def _hand_over(self, data: bytes) -> None:
        """The web server has the connection from here on, as if it had accepted it."""
        self._leave()
        other = self._front.others()
        self._transport.set_protocol(other)
        other.connection_made(self._transport)
        other.data_received(data)

    def _forget_body(self) -> None:
        if self._lacking:
            self._front.room.leave(self._request.length)
        self._lacking, self._body = 0, bytearray()

    def _leave(self) -> None:
        self._forget_body()
        if self._timer is not None:
            self._timer.cancel()
        self._front.connections.discard(self)

    # One timer for everything, set anew only where a request does not come whole

    def _set_timer(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._due = self._front.loop.time() + seconds
        self._timer = self._front.loop.call_at(self._due, self._ring)

    def _ring(self) -> None:
        if self.task is not None:
            self._set_timer(IDLE_S)
        elif self._front.loop.time() < self._due:
            self._timer = self._front.loop.call_at(self._due, self._ring)
        elif self._partial:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.abort()


async def take(hook: Hook, headers: Mapping[str, str], body: bytes) -> HookAnswer:
    """What the hook answers; 500 where it fails, which it never should."""
    try:
        return await hook.take(headers, body)
    except Exception:  # a fault of ours must not cost the connection its answer
        log.error("webhook failed", path=hook.path, exc_info=True)
        return HookAnswer(500)
