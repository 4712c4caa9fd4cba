"""Webhooks over real sockets: what is answered, what goes wrong, how the server stops."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from bot.channels.http.webhooks import ACKNOWLEDGED, TRY_AGAIN, WebhookResponse
from tests.bot.one_process import until
from tests.fakes.webhook import GET, JSON, LIMIT, FakeWebhook, chunked, connected, opened, post


@pytest.fixture
async def hook() -> AsyncIterator[FakeWebhook]:
    async with opened() as hook:
        yield hook


# What is answered


async def test_a_connection_takes_one_webhook_after_the_other(hook: FakeWebhook) -> None:
    hook.answers[b"b"] = JSON
    async with connected(hook) as peer:
        first = await peer.asks(post(b"a", "X-Secret: one"))
        second = await peer.asks(post(b"b", "x-secret:  two \t", "X-Secret: three"))
        third = await peer.asks(post(path="/hooks/hook?from=there"))
    assert (first.status, first.headers["content-length"]) == (200, "0")
    assert (second.body, second.headers["content-type"]) == (JSON.body, "application/json")
    assert third.status == 200
    assert hook.taken == [("one", b"a"), ("two", b"b"), (None, b"")]


async def test_a_webhook_may_come_byte_by_byte(hook: FakeWebhook) -> None:
    async with connected(hook) as peer:
        for byte in post(b"abc", "X-Secret: s") + post(b"d"):
            peer.sends(bytes([byte]))
            await asyncio.sleep(0.0005)
        assert [(await peer.reads()).status for _ in range(2)] == [200, 200]
    assert hook.taken == [("s", b"abc"), (None, b"d")]


async def test_a_body_of_many_pieces_is_taken_whole_and_what_follows_it_too(
    hook: FakeWebhook,
) -> None:
    body = bytes(range(256)) * (LIMIT // 256)
    async with connected(hook) as peer:
        request = post(body) + post(b"next")
        for start in range(0, len(request), 5000):
            peer.sends(request[start : start + 5000])
            await asyncio.sleep(0.001)
        assert [(await peer.reads()).status for _ in range(2)] == [200, 200]
    assert hook.bodies == [body, b"next"]


async def test_two_webhooks_in_one_write_are_answered_in_order(hook: FakeWebhook) -> None:
    hook.answers = {b"a": JSON, b"b": TRY_AGAIN}
    hook.open.clear()
    async with connected(hook) as peer:
        peer.sends(post(b"a") + post(b"b"))
        await until(lambda: hook.taken)
        assert hook.bodies == [b"a"]  # the second waits for its turn
        hook.open.set()
        assert (await peer.reads()).body == JSON.body
        second = await peer.reads()
    assert (second.status, second.headers["retry-after"]) == (503, "1")
    assert hook.bodies == [b"a", b"b"]


@pytest.mark.parametrize("lines", [("Connection: close",), ("Connection: Keep-Alive, Close",)])
async def test_a_connection_is_closed_after_its_answer_where_that_is_wanted(
    hook: FakeWebhook, lines: tuple[str, ...]
) -> None:
    async with connected(hook) as peer:
        answer = await peer.asks(post(b"a", *lines))
        assert (answer.status, answer.headers["connection"]) == (200, "close")
        assert await peer.sees_the_end()


async def test_http_1_0_is_answered_and_closed(hook: FakeWebhook) -> None:
    async with connected(hook) as peer:
        assert (await peer.asks(post(b"a", version="1.0"))).status == 200
        assert await peer.sees_the_end()


# Beside other requests


async def test_a_connection_takes_webhooks_and_other_requests_by_turns(hook: FakeWebhook) -> None:
    hook.answers[b"b"] = JSON
    async with connected(hook) as peer:
        assert (await peer.asks(post(b"a"))).headers["content-length"] == "0"
        assert (await peer.asks(GET)).body == b'{"status": "ok"}'
        answer = await peer.asks(post(b"b", "X-Secret: s"))
        assert (answer.body, answer.headers["content-type"]) == (JSON.body, "application/json")
    assert hook.taken == [(None, b"a"), ("s", b"b")]


async def test_another_request_behind_a_webhook_in_one_write_comes_after_it(
    hook: FakeWebhook,
) -> None:
    hook.answers[b"a"] = JSON
    hook.open.clear()
    async with connected(hook) as peer:
        peer.sends(post(b"a") + GET + post(b"b"))
        await until(lambda: hook.taken)
        peer.sends(GET)  # and this while it is being answered
        await asyncio.sleep(0.05)
        hook.open.set()
        answers = [await peer.reads() for _ in range(4)]
    assert [one.body for one in answers] == [b'{"ok":1}', b'{"status": "ok"}', b"", answers[1].body]


@pytest.mark.parametrize("after", [1, 6, 16, 17, 18, 30])
async def test_a_split_request_line_is_told_apart_once_enough_has_come(
    hook: FakeWebhook, after: int
) -> None:
    for path, echo in (("/hooks/hooks", b"a"), ("/hooks/hook", b"")):
        async with connected(hook) as peer:
            request = post(b"a", path=path)
            peer.sends(request[:after])
            await asyncio.sleep(0.02)
            assert (await peer.asks(request[after:])).body == echo
    assert hook.bodies == [b"a"]


async def test_a_chunked_body_is_taken(hook: FakeWebhook) -> None:
    async with connected(hook) as peer:
        assert (await peer.asks(post(b"a"))).status == 200
        assert (await peer.asks(chunked(b"b" * 10, b"c" * 10))).status == 200
        assert (await peer.asks(post(b"d"))).status == 200
    assert hook.bodies == [b"a", b"b" * 10 + b"c" * 10, b"d"]


async def test_a_sender_that_asks_first_is_told_to_go_on(hook: FakeWebhook) -> None:
    request = post(b"abc", "Expect: 100-continue")
    async with connected(hook) as peer:
        assert (await peer.asks(request[:-3])).status == 100
        assert (await peer.asks(request[-3:])).status == 200
    assert hook.bodies == [b"abc"]


@pytest.mark.parametrize("answer", [ACKNOWLEDGED, JSON, TRY_AGAIN, WebhookResponse(403)], ids=str)
async def test_the_answer_is_the_channels(hook: FakeWebhook, answer: WebhookResponse) -> None:
    hook.answers[b"a"] = answer
    async with connected(hook) as peer:
        said = await peer.asks(post(b"a"))
    retry_after = "1" if answer is TRY_AGAIN else None
    assert (said.status, said.body) == (answer.status, answer.body)
    assert said.headers.get("retry-after") == retry_after
    if answer.body:
        assert said.headers["content-type"] == answer.content_type


# When it goes wrong


async def test_an_event_is_stored_although_its_sender_has_gone(hook: FakeWebhook) -> None:
    hook.open.clear()
    async with connected(hook) as peer:
        peer.sends(post(b"a"))
        await until(lambda: hook.taken)
        peer.writer.transport.abort()
    await asyncio.sleep(0.05)
    hook.open.set()
    await until(lambda: hook.done == 1)


async def test_a_webhook_that_fails_is_logged_without_words_and_answered_500(
    hook: FakeWebhook,
) -> None:
    hook.answers[b"a"] = ValueError("what a citizen wrote")
    async with connected(hook) as peer:
        with capture_logs() as logs:
            answer = await peer.asks(post(b"a"))
        assert (answer.status, answer.headers["connection"]) == (500, "close")
        assert await peer.sees_the_end()
    assert logs == [
        {"event": "webhook failed", "log_level": "error", "path": "/hooks/hook", "exc_info": True}
    ]


# Stopping


async def test_what_was_taken_is_acknowledged_at_the_stop_and_nothing_new_is_taken(
    hook: FakeWebhook,
) -> None:
    hook.open.clear()
    async with connected(hook) as idle, connected(hook) as half, connected(hook) as peer:
        half.sends(post(b"half")[:-1])
        peer.sends(post(b"a"))
        await until(lambda: hook.taken)
        peer.sends(post(b"b"))
        stopping = asyncio.create_task(hook.serving.close())
        assert await idle.sees_the_end()
        assert await half.sees_the_end()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", hook.serving.port)
        hook.open.set()
        answer = await peer.reads()
        assert answer.status == 200
        assert await peer.sees_the_end()
        await stopping
    assert hook.bodies == [b"a"]


async def test_what_takes_too_long_is_cut_at_the_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.server.SHUTDOWN_S", 0.1)
    async with opened() as hook, connected(hook) as peer:
        hook.open.clear()
        peer.sends(post(b"a"))
        await until(lambda: hook.taken)
        await hook.serving.close()
        assert await peer.sees_the_end()
