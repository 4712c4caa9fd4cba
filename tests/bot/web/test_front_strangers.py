"""The front under bad input: no HTTP, too much of it, too slow, or read by nobody."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from bot.channels.ports import HookAnswer
from tests.bot.town import until
from tests.fakes.hook import GET, LIMIT, FakeHook, chunked, connected, opened, post


@pytest.fixture
async def hook() -> AsyncIterator[FakeHook]:
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
    "a long head": (post(b"", "X: " + "x" * 16 * 1024), 431),
    "an endless head": (post(b"", "X: " + "x" * 16 * 1024)[:-4], 431),
    "a long query": (post(b"", path="/hooks/hook?" + "x" * 16 * 1024), 431),
    "a large body": (post(b"x" * (LIMIT + 1)), 413),
    "a large body that is only announced": (post(b"x" * (LIMIT + 1))[:200], 413),
    "a compressed body": (post(b"x", "Content-Encoding: gzip"), 415),
    "a compressed body by another name": (post(b"x", "content-encoding: identity"), 415),
}


@pytest.mark.parametrize("what", REFUSED)
async def test_bad_input_is_refused_and_the_connection_closed(hook: FakeHook, what: str) -> None:
    request, status = REFUSED[what]
    async with connected(hook) as peer:
        assert (await peer.asks(post(b"good"))).status == 200
        answer = await peer.asks(request)
        assert (answer.status, answer.headers["connection"]) == (status, "close")
        peer.sends(post(b"more"))
        assert await peer.sees_the_end()
    assert hook.bodies == [b"good"]


async def test_chunks_without_end_are_refused(hook: FakeHook) -> None:
    async with connected(hook) as peer:
        peer.sends(chunked(*[b"x" * 4096] * (LIMIT // 4096), b"y"))
        assert (await peer.reads()).status == 413
        assert await peer.sees_the_end()
    assert hook.taken == []


async def test_a_refusal_reaches_a_sender_that_goes_on_sending(hook: FakeHook) -> None:
    async with connected(hook) as peer:
        peer.sends(post(b"x" * 8 * 1024 * 1024))
        async with asyncio.timeout(10):
            await peer.writer.drain()
        assert (await peer.reads()).status == 413


@pytest.mark.parametrize("length", [2, 16, 40, len(post(b"abc")) - 1])
async def test_a_webhook_that_trickles_in_is_given_up(
    hook: FakeHook, length: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(hook) as peer:
        assert (await peer.asks(post(b"good"))).status == 200
        monkeypatch.setattr("bot.channels.webhooks.BODY_S", 0.2)
        peer.sends(post(b"abc")[:length])
        answer = await peer.reads()
        assert (answer.status, answer.headers["connection"]) == (408, "close")
        assert await peer.sees_the_end()


async def test_a_connection_that_is_silent_is_closed_unless_its_event_is_being_stored(
    hook: FakeHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.front.IDLE_S", 0.2)
    async with connected(hook) as silent, connected(hook) as peer:
        assert (await peer.asks(post(b"a"))).status == 200
        hook.open.clear()
        peer.sends(post(b"b"))
        assert await silent.sees_the_end()
        await asyncio.sleep(0.3)
        hook.open.set()
        assert (await peer.reads()).status == 200
        assert await peer.sees_the_end()


async def test_a_sender_that_does_not_wait_for_answers_is_read_no_further(hook: FakeHook) -> None:
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


async def test_a_sender_that_reads_no_answers_is_served_no_further(hook: FakeHook) -> None:
    hook.answers[b"a"] = HookAnswer(body=bytes(256 * 1024), content_type="x/y")
    async with connected(hook) as peer:
        peer.sends(post(b"a") * 200)
        before = -1
        while before != len(hook.taken):
            before = len(hook.taken)
            await asyncio.sleep(0.2)
        assert 0 < len(hook.taken) < 150
        for _ in range(200):
            assert (await peer.reads()).status == 200
        assert (await peer.asks(GET)).status == 200


async def test_bodies_that_do_not_come_take_only_so_much_room(
    hook: FakeHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook.serving._front.room, "_free", LIMIT + LIMIT // 2)
    body = b"x" * LIMIT
    async with connected(hook) as first, connected(hook) as second:
        first.sends(post(body)[:-1])
        await asyncio.sleep(0.05)
        answer = await second.asks(post(body)[:-1])
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        assert (await first.asks(b"x")).status == 200
    async with connected(hook) as third:  # there is room again, also after who went away
        third.sends(post(body)[:-1])
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.05)
    async with connected(hook) as fourth:
        fourth.sends(post(body)[:-1])
        await asyncio.sleep(0.05)
        assert (await fourth.asks(b"x")).status == 200
    assert hook.bodies == [body, body]


async def test_bodies_of_no_announced_length_take_of_the_same_room(
    hook: FakeHook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook.serving._front.room, "_free", LIMIT + LIMIT // 2)
    whole = chunked(b"a")
    begun = whole.removesuffix(b"0\r\n\r\n")
    async with connected(hook) as first, connected(hook) as second:
        first.sends(begun)
        await asyncio.sleep(0.05)
        answer = await second.asks(begun)
        assert (answer.status, answer.headers["retry-after"]) == (503, "1")
        assert (await first.asks(b"0\r\n\r\n")).status == 200
    async with connected(hook) as third:
        assert (await third.asks(whole)).status == 200
    assert hook.bodies == [b"a", b"a"]
