"""Webhooks under bad input: no HTTP, too much of it, too slow, or read by nobody."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from structlog.testing import capture_logs

from bot.channels.http.webhooks import WebhookResponse
from tests.bot.one_process import until
from tests.fakes.webhook import GET, LIMIT, FakeWebhook, chunked, connected, opened, post


@pytest.fixture
async def hook(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeWebhook]:
    monkeypatch.setattr("bot.web.server.LINGER_S", 1.0)
    async with opened() as hook:
        yield hook


REFUSED = {
    "no HTTP": (b"POST /hooks/hook is where I went\r\n\r\n", 400),
    "a header without a name": (post(b"", ": x"), 400),
    "a folded header": (post(b"", "X: y", " z"), 400),
    "two lengths": (post(b"", "Content-Length: 5"), 400),
    "a length that is no number": (post(b"").replace(b"Length: 0", b"Length: +1"), 400),
    "an endless length": (post(b"").replace(b"Length: 0", b"Length: " + b"9" * 5000), 400),
    "a length and chunks": (post(b"", "Transfer-Encoding: chunked"), 400),
    "a head that ends twice": (post(b"").replace(b"x\r\n", b"x\n\nGET / HTTP/1.1\r\n"), 400),
    "a long head": (post(b"", "X: " + "x" * 16 * 1024), 400),
    "an endless head": (post(b"", "X: " + "x" * 16 * 1024)[:-4], 400),
    "a long query": (post(b"", path="/hooks/hook?" + "x" * 40 * 1024), 414),
    "a large body": (post(b"x" * (LIMIT + 1)), 413),
    "a large body that is only announced": (post(b"x" * (LIMIT + 1))[:200], 413),
    "a compressed body": (post(b"x", "Content-Encoding: gzip"), 415),
    "a compressed body by another name": (post(b"x", "content-encoding: identity"), 415),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_bad_input_is_refused_and_the_connection_closed(hook: FakeWebhook, what: str) -> None:
    request, status = REFUSED[what]
    async with connected(hook) as peer:
        assert (await peer.asks(post(b"good"))).status == 200
        answer = await peer.asks(request)
        assert answer.status == status
        peer.sends(post(b"more"))
        assert await peer.sees_the_end()
    assert hook.bodies == [b"good"]


async def test_chunks_without_end_are_refused(hook: FakeWebhook) -> None:
    async with connected(hook) as peer:
        peer.sends(chunked(*[b"x" * 4096] * (LIMIT // 4096), b"y"))
        assert (await peer.reads()).status == 413
        assert await peer.sees_the_end()
    assert hook.taken == []


async def test_a_refusal_reaches_a_sender_that_goes_on_sending(hook: FakeWebhook) -> None:
    async with connected(hook) as peer:
        peer.sends(post(b"x" * 8 * 1024 * 1024))
        async with asyncio.timeout(10):
            await peer.writer.drain()
        assert (await peer.reads()).status == 413


@pytest.mark.parametrize("length", [2, 16, 40, len(post(b"abc")) - 1])
async def test_a_webhook_that_trickles_in_is_given_up(
    length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.bodies.BODY_S", 0.2)
    monkeypatch.setattr("bot.web.server.LINGER_S", 0.2)
    monkeypatch.setattr("bot.web.server.KEEP_ALIVE_S", 0.5)
    async with opened() as hook, connected(hook) as peer:
        request = post(b"abc")
        peer.sends(request[:length])
        if length > request.index(b"\r\n\r\n"):
            answer = await peer.reads()
            assert (answer.status, answer.headers["connection"]) == (408, "close")
        assert await peer.sees_the_end()


async def test_a_connection_that_is_silent_is_closed_unless_its_event_is_being_stored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.web.server.KEEP_ALIVE_S", 0.2)
    async with opened() as hook, connected(hook) as silent, connected(hook) as peer:
        assert (await peer.asks(post(b"a"))).status == 200
        hook.open.clear()
        peer.sends(post(b"b"))
        assert await silent.sees_the_end()
        await asyncio.sleep(0.3)
        hook.open.set()
        assert (await peer.reads()).status == 200
        assert await peer.sees_the_end()


async def test_a_sender_that_does_not_wait_for_answers_is_read_no_further(
    hook: FakeWebhook,
) -> None:
    hook.open.clear()
    loop = asyncio.get_running_loop()
    with socket.create_connection(("127.0.0.1", hook.serving.port)) as sender:
        sender.setblocking(False)
        everything = post(b"x" * LIMIT) * 1000
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await loop.sock_sendall(sender, everything)
        assert len(hook.taken) == 1
        hook.open.set()
        await until(lambda: len(hook.taken) > 5)


async def test_a_sender_that_reads_no_answers_is_served_no_further(hook: FakeWebhook) -> None:
    hook.answers[b"a"] = WebhookResponse(body=bytes(256 * 1024), content_type="x/y")
    async with connected(hook) as peer:
        peer.sends(post(b"a") * 200)
        await until(lambda: hook.taken)
        before = -1
        while before != len(hook.taken):
            before = len(hook.taken)
            await asyncio.sleep(0.2)
        assert 0 < len(hook.taken) < 150
        for _ in range(200):
            assert (await peer.reads()).status == 200
        assert (await peer.asks(GET)).status == 200


# Room for bodies: twice LIMIT

BODY = b"x" * LIMIT


@pytest.fixture
async def roomy() -> AsyncIterator[FakeWebhook]:
    async with opened(2 * LIMIT) as hook:
        yield hook


async def test_bodies_that_are_only_announced_take_no_room(roomy: FakeWebhook) -> None:
    async with AsyncExitStack() as announcing, connected(roomy) as peer:
        for _ in range(21):
            one = await announcing.enter_async_context(connected(roomy))
            one.sends(post(BODY)[: -LIMIT + 1])
        await asyncio.sleep(0.05)
        request = post(BODY)
        peer.sends(request[:100])
        await asyncio.sleep(0.02)
        assert (await peer.asks(request[100:])).status == 200
    assert roomy.bodies == [BODY]


@pytest.mark.parametrize(
    ("begun", "rest"),
    [(post(BODY)[:-1], b"x"), (chunked(BODY)[:-7], chunked(BODY)[-7:])],
    ids=["length", "chunks"],
)
async def test_bodies_that_are_held_back_make_room_for_those_that_come(
    roomy: FakeWebhook, begun: bytes, rest: bytes
) -> None:
    async with AsyncExitStack() as stack:
        held = [await stack.enter_async_context(connected(roomy)) for _ in range(3)]
        with capture_logs() as logs:
            for peer in held:
                peer.sends(begun)
                await asyncio.sleep(0.1)
            assert await held[0].sees_the_end(), "the one that has been coming for longest"
        (cut,) = [log for log in logs if log["log_level"] != "debug"]
        assert cut["event"] == "slow request aborted to free memory"
        for _ in range(3):  # others are taken, slow and at once, time and again
            async with connected(roomy) as peer:
                peer.sends(begun)
                await asyncio.sleep(0.05)
                assert (await peer.asks(rest)).status == 200
                assert (await peer.asks(post(b"small"))).status == 200
    assert roomy.bodies == [BODY, b"small"] * 3


async def test_room_is_given_back_by_whoever_goes_away(roomy: FakeWebhook) -> None:
    async with connected(roomy) as waiting:
        waiting.sends(post(BODY)[:-1])
        await asyncio.sleep(0.05)
        for _ in range(5):
            async with connected(roomy) as leaving:
                leaving.sends(post(BODY)[:-1])
                await asyncio.sleep(0.05)
            await asyncio.sleep(0.05)
        assert (await waiting.asks(b"x")).status == 200
    assert roomy.bodies == [BODY]


async def test_chunks_that_are_none_are_refused(hook: FakeWebhook) -> None:
    async with connected(hook) as peer:
        peer.sends(chunked(b"abc").replace(b"\r\n0\r\n", b"\r\nzz\r\n"))
        assert (await peer.reads()).status == 400
        assert await peer.sees_the_end()
    assert hook.taken == []


# What is told


async def test_a_bad_request_is_logged_in_one_line_without_the_senders_bytes(
    hook: FakeWebhook, caplog: pytest.LogCaptureFixture
) -> None:
    async with connected(hook) as peer:
        with capture_logs() as logs:
            answer = await peer.asks(post(b"", "X-Evil\x01: what a citizen wrote"))
            assert await peer.sees_the_end()
    assert answer.status == 400
    assert b"citizen" not in answer.body
    assert [(log["event"], log["log_level"]) for log in logs] == [("bad request", "warning")]
    assert "citizen" not in str(logs) + caplog.text
    assert caplog.text == ""


async def test_a_sender_that_goes_away_in_the_middle_is_no_fault_of_ours(
    hook: FakeWebhook, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logs:
        async with connected(hook) as peer:
            peer.sends(post(b"abc")[:-1])
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.1)
    assert [log for log in logs if log["log_level"] != "debug"] == []
    assert caplog.text == ""


@pytest.mark.parametrize("request_", [GET, post(b"a"), b"junk\r\n\r\n", post(b"", path="/no")])
async def test_no_answer_tells_versions(hook: FakeWebhook, request_: bytes) -> None:
    async with connected(hook) as peer:
        assert (await peer.asks(request_)).headers["server"] == "opina"
