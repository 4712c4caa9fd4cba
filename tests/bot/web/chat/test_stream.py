"""Replies reach the open pages of the web chat, each once and in order."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from ipaddress import ip_network

import pytest
from aiohttp import ClientSession

from bot.channels.ports import Outgoing, Sent
from bot.web.chat.requests import RequestLimits
from bot.web.chat.streams import page_of
from handlers.messages import Layout, Option, Reply
from tests.bot.web.chat.backend import (
    TOKEN,
    WAIT_S,
    ChatBackend,
    next_event,
    next_reply,
    said,
    serving,
)


@pytest.fixture
def chat() -> ChatBackend:
    return ChatBackend()


async def test_a_page_reads_what_was_committed_after_the_last_number_it_has(chat: ChatBackend):
    chat.replies[TOKEN] = [Reply(1, "uno"), Reply(2, "dos"), Reply(3, "tres")]
    async with (
        serving(chat) as (client, _),
        client.get(f"/chat/events?token={TOKEN}&after=1") as response,
    ):
        assert response.content_type == "text/event-stream"
        assert "retry" in await next_event(response)
        assert (await next_reply(response))["text"] == "dos"
        assert (await next_reply(response))["id"] == "3"


async def test_a_browsers_own_reconnection_counts_before_the_address(chat: ChatBackend):
    chat.replies[TOKEN] = [Reply(1, "uno"), Reply(2, "dos"), Reply(3, "tres")]
    async with serving(chat) as (client, _):
        headers = {"Last-Event-ID": "2"}
        address = f"/chat/events?token={TOKEN}&after=1"
        async with client.get(address, headers=headers) as response:
            await next_event(response)
            assert (await next_reply(response))["text"] == "tres"


async def test_a_reply_shows_its_options_and_nothing_that_the_page_need_not_know(chat: ChatBackend):
    options = (Option("g:1", "1", ("uno",)), Option("g:2", "2", ("dos",)))
    reply = Reply(1, "¿Nota?\nDe 1 a 7", options, Layout.GRADES, closes=0, about="LS-2026-000001")
    chat.replies[TOKEN] = [reply]
    async with (
        serving(chat) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        assert await next_reply(response) == {
            "id": "1",
            "number": 1,
            "text": "¿Nota?\nDe 1 a 7",
            "options": [{"key": "g:1", "label": "1"}, {"key": "g:2", "label": "2"}],
            "layout": "grades",
        }


async def test_sending_wakes_the_open_pages_of_that_token_only(chat: ChatBackend):
    async with (
        serving(chat) as (client, channel),
        client.get(f"/chat/events?token={TOKEN}") as mine,
        client.get(f"/chat/events?token={TOKEN}") as my_other_tab,
        client.get(f"/chat/events?token={'o' * 24}") as anothers,
    ):
        for response in (mine, my_other_tab, anothers):
            await next_event(response)
        reply = Reply(1, "hola")
        chat.replies = {TOKEN: [reply], "o" * 24: [Reply(1, "para otra persona")]}
        assert await channel.send(Outgoing(TOKEN, reply)) == Sent(ref="1")
        assert (await next_reply(mine))["text"] == "hola"
        assert (await next_reply(my_other_tab))["text"] == "hola"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await anothers.content.readline()


async def test_a_reply_committed_without_waking_is_found_by_the_poll(chat: ChatBackend):
    async with (
        serving(chat, limits=RequestLimits(poll=timedelta(seconds=0.02))) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        chat.replies[TOKEN] = [Reply(1, "desde otro proceso")]
        assert (await next_reply(response))["text"] == "desde otro proceso"


async def test_a_quiet_stream_beats_so_that_proxies_keep_it(chat: ChatBackend):
    limits = RequestLimits(poll=timedelta(seconds=30), heartbeat=timedelta(seconds=0.02))
    async with (
        serving(chat, limits=limits) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        assert "comment" in await next_event(response)


async def test_after_everything_was_erased_the_numbers_begin_again_and_the_page_is_told(
    chat: ChatBackend,
):
    chat.replies[TOKEN] = [Reply(57, "Listo. Borramos sus datos.")]
    async with serving(chat) as (client, channel):
        async with client.get(f"/chat/events?token={TOKEN}&after=57") as response:
            await next_event(response)
            chat.replies[TOKEN] = [Reply(1, "Hola de nuevo")]
            await channel.send(Outgoing(TOKEN, Reply(1, "Hola de nuevo")))
            assert (await next_event(response))["event"] == "restart"
            assert (await next_reply(response))["text"] == "Hola de nuevo"
        async with client.get(f"/chat/events?token={TOKEN}&after=57") as response:
            await next_event(response)
            assert (await next_event(response))["event"] == "restart"


async def test_a_page_that_is_opened_after_all_was_erased_is_told_once_and_goes_on(
    chat: ChatBackend,
):
    chat.erased.add(TOKEN)
    async with serving(chat) as (client, channel):
        async with client.get(f"/chat/events?token={TOKEN}&after=57") as response:
            await next_event(response)
            told = await next_event(response)
            assert (told["event"], told["id"]) == ("forgotten", "0")
            chat.erased.clear()
            chat.replies[TOKEN] = [Reply(1, "Hola de nuevo")]
            await channel.send(Outgoing(TOKEN, Reply(1, "Hola de nuevo")))
            assert (await next_reply(response))["text"] == "Hola de nuevo"
        chat.erased.add(TOKEN)
        async with client.get(f"/chat/events?token={TOKEN}&after=0") as response:
            await next_event(response)
            chat.erased.clear()
            await channel.send(Outgoing(TOKEN, Reply(1, "Hola de nuevo")))
            assert (await next_reply(response))["text"] == "Hola de nuevo"


async def test_old_replies_that_were_cleared_away_are_no_new_beginning(chat: ChatBackend):
    async with (
        serving(chat) as (client, channel),
        client.get(f"/chat/events?token={TOKEN}&after=57") as response,
    ):
        await next_event(response)
        chat.replies[TOKEN] = [Reply(58, "sigue")]
        await channel.send(Outgoing(TOKEN, Reply(58, "sigue")))
        assert (await next_reply(response))["text"] == "sigue"
        await channel.send(Outgoing(TOKEN, Reply(58, "sigue")))
        chat.replies[TOKEN].append(Reply(59, "y sigue"))
        await channel.send(Outgoing(TOKEN, Reply(59, "y sigue")))
        assert (await next_reply(response))["text"] == "y sigue"


@pytest.mark.parametrize(
    "query", ["", "token=short", f"token={TOKEN}&after=x", f"token={TOKEN}&after=-1"]
)
async def test_a_stream_needs_a_token_and_a_number(chat: ChatBackend, query: str):
    async with serving(chat) as (client, _):
        assert (await client.get(f"/chat/events?{query}")).status == 400


async def test_streams_are_bounded_and_a_closed_page_makes_room(chat: ChatBackend):
    limits = RequestLimits(poll=timedelta(seconds=0.02), streams=1)
    async with serving(chat, limits=limits) as (client, _):
        response = await client.get(f"/chat/events?token={TOKEN}")
        await next_event(response)
        refused = await client.get(f"/chat/events?token={'o' * 24}")
        assert refused.status == 503
        assert refused.headers["Retry-After"]
        response.close()
        for _ in range(100):
            again = await client.get(f"/chat/events?token={TOKEN}")
            if again.status == 200:
                break
            await asyncio.sleep(0.02)
        assert again.status == 200
        again.close()


async def test_one_address_cannot_take_the_streams_of_others(chat: ChatBackend):
    proxies = (ip_network("127.0.0.1"),)
    limits = RequestLimits(poll=timedelta(seconds=30), streams_of_one_address=2, proxies=proxies)
    async with serving(chat, limits=limits) as (client, _), AsyncExitStack() as pages:

        async def opens(address: str, number: int) -> int:
            token = f"{number:024}"
            # What comes before the proxy's own word is the sender's invention.
            headers = {"X-Forwarded-For": f"192.0.2.{number}, {address}"}
            page = client.get(f"/chat/events?token={token}", headers=headers)
            return (await pages.enter_async_context(page)).status

        assert [await opens("198.51.100.1", n) for n in range(4)] == [200, 200, 503, 503]
        assert await opens("198.51.100.2", 4) == 200


async def test_a_database_out_of_reach_ends_the_stream_and_the_page_may_ask_again(
    chat: ChatBackend,
):
    async with serving(chat) as (client, channel):
        async with client.get(f"/chat/events?token={TOKEN}") as response:
            await next_event(response)
            chat.unreadable = True
            channel.wake(page_of(TOKEN), 1)
            async with asyncio.timeout(WAIT_S):
                assert await response.content.read() == b""
        assert (await client.get(f"/chat/events?token={TOKEN}")).status == 503


async def test_closing_ends_every_stream_so_that_the_service_can_stop(chat: ChatBackend):
    async with (
        serving(chat) as (client, channel),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        channel.close()
        async with asyncio.timeout(WAIT_S):
            assert await response.content.read() == b""


async def test_a_page_that_leaves_while_it_is_being_sent_replies_harms_nobody(chat: ChatBackend):
    chat.replies[TOKEN] = [Reply(number, "a" * 4096) for number in range(1, 400)]
    async with serving(chat, limits=RequestLimits(poll=timedelta(seconds=0.02))) as (client, _):
        async with ClientSession() as leaving:
            response = await leaving.get(client.make_url(f"/chat/events?token={TOKEN}"))
            await response.content.readline()
            response.close()
        assert (await client.post("/chat/messages", json=said())).status == 204
