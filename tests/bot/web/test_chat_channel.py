"""The web chat's server side, over real HTTP, with a hand-written intake behind it."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest
from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from bot.channels.ports import Outgoing, Sent
from bot.observability.metrics import Metrics
from bot.web.chat.channel import Limits, WebChannel, page_of
from bot.web.chat.pages import Site
from bot.web.server import build_app
from handlers.errors import Overloaded, StorageUnavailable
from handlers.messages import Channel, Incoming, Layout, Option, Press, Reply, Sender, Start, Text
from handlers.quality.weeks import IsoWeek
from handlers.text.markup import Items, Line, Title, plain
from storage.engine.keyring import Keyring
from tests.fakes.intake import FakeIntake
from tests.fakes.webhook import Ready

TOKEN = "AbCdEfGhIjKlMnOpQrStUv-_"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SITE = Site(municipality="Municipalidad de Prueba")
SLOW = Limits(poll=timedelta(seconds=30))
WAIT_S = 5


class Town(FakeIntake):
    """What stands behind the channel: the intake, the committed replies and the clock."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: dict[str, list[Reply]] = {}
        self.unreadable = False
        self.now = NOW

    async def replies_after(self, token: str, number: int) -> list[Reply]:
        if self.unreadable:
            raise StorageUnavailable
        return [reply for reply in self.replies.get(token, []) if reply.number > number]

    def clock(self) -> datetime:
        return self.now


@pytest.fixture
def town() -> Town:
    return Town()


@asynccontextmanager
async def serving(
    town: Town, site: Site = SITE, limits: Limits = SLOW
) -> AsyncIterator[tuple[TestClient, WebChannel]]:
    channel = WebChannel(site, town.replies_after, town.clock, limits)
    app = build_app(Ready(), Metrics(), channel.routes(town))
    async with TestClient(TestServer(app)) as client:
        yield client, channel
        channel.close()


def said(**changes: object) -> dict[str, object]:
    return {"type": "text", "token": TOKEN, "id": "event-0123456789-0123456789", "text": "hola"} | (
        changes
    )


async def next_event(response: ClientResponse) -> dict[str, str]:
    """The next event of a stream as its fields; heartbeats appear under "comment"."""
    event: dict[str, str] = {}
    async with asyncio.timeout(WAIT_S):
        while line := (await response.content.readline()).decode():
            if not line.strip():
                return event
            name, _, value = (
                line.strip().partition(": ") if line[0] != ":" else ("comment", "", line)
            )
            event[name] = value
    return event


async def next_reply(response: ClientResponse) -> dict[str, object]:
    event = await next_event(response)
    assert event["event"] == "reply"
    return json.loads(event["data"]) | {"id": event["id"]}


# --- Messages ---


async def test_what_a_citizen_types_reaches_the_intake_before_it_is_acknowledged(town: Town):
    async with serving(town) as (client, _):
        response = await client.post("/chat/messages", json=said(quotes="7", language="en"))
        assert response.status == 204
    assert town.stored == [
        Incoming(
            id="event-0123456789-0123456789",
            sender=Sender(Channel.WEB, "web", TOKEN),
            body=Text("hola"),
            sent_at=NOW,
            quotes="7",
            language="en",
        )
    ]


async def test_of_where_a_message_came_from_only_the_hash_goes_on(town: Town):
    keyring = Keyring.fresh()
    hashes = [keyring.network_hash(week, "192.0.2.1") for week in ("2026-W47", "2026-W48")]
    assert len({*hashes, keyring.network_hash("2026-W47", "192.0.2.2")}) == 3

    def network_hash(network: str, at: datetime) -> bytes:
        return keyring.network_hash(str(IsoWeek.of(at, ZoneInfo("UTC"))), network)

    limits = Limits(proxies=(ip_network("127.0.0.1"),))
    channel = WebChannel(SITE, town.replies_after, town.clock, limits, network_hash=network_hash)
    app = build_app(Ready(), Metrics(), channel.routes(town))
    async with TestClient(TestServer(app)) as client:
        headers = {"X-Forwarded-For": "203.0.113.9, 192.0.2.1"}
        assert (await client.post("/chat/messages", json=said(), headers=headers)).status == 204
    assert [incoming.network for incoming in town.stored] == [hashes[1]]


@pytest.mark.parametrize(
    ("message", "body"),
    [
        ({"type": "press", "key": "grade:6", "prompt": 3}, Press("grade:6", 3)),
        ({"type": "start"}, Start("")),
        ({"type": "start", "desk": "GnN7sR"}, Start("GnN7sR")),
        ({"type": "text", "text": ""}, Text("")),
        ({"type": "text", "text": "ñ" * 4096}, Text("ñ" * 4096)),
    ],
)
async def test_each_kind_of_message_becomes_its_body(town: Town, message: dict, body: object):
    async with serving(town) as (client, _):
        message |= {"token": TOKEN, "id": "x" * 22}
        assert (await client.post("/chat/messages", json=message)).status == 204
    assert town.bodies == [body]


@pytest.mark.parametrize(
    "junk",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[]",
        b"{}",
        json.dumps(said(token="short")).encode(),
        json.dumps(said(token=TOKEN + "\n")).encode(),
        json.dumps(said(token="x" * 65)).encode(),
        json.dumps(said(id="1")).encode(),
        json.dumps(said(text=5)).encode(),
        json.dumps(said(text="a" * 4097)).encode(),
        json.dumps(said(text="a\0b")).encode(),
        json.dumps(said(type="media")).encode(),
        json.dumps(said(extra=1)).encode(),
        json.dumps(said(language="english")).encode(),
        json.dumps(
            {"type": "press", "token": TOKEN, "id": "x" * 22, "key": "", "prompt": 1}
        ).encode(),
        json.dumps(
            {"type": "press", "token": TOKEN, "id": "x" * 22, "key": "a", "prompt": -1}
        ).encode(),
        json.dumps({"type": "start", "token": TOKEN, "id": "x" * 22, "desk": "a b"}).encode(),
        b'{"type":"text","token":"%b","id":"%b","text":"\\ud800"}' % (TOKEN.encode(), b"x" * 22),
    ],
)
async def test_junk_is_refused_with_a_reason_and_never_taken(town: Town, junk: bytes):
    async with serving(town) as (client, _):
        response = await client.post("/chat/messages", data=junk)
        assert response.status == 400
        assert (await response.json())["error"]
    assert town.stored == []


async def test_a_body_over_32_kb_is_refused_also_when_its_length_is_not_announced(town: Town):
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 8192

    async with serving(town) as (client, _):
        announced = await client.post("/chat/messages", data=b" " * 33_000)
        chunked = await client.post("/chat/messages", data=pieces())
        assert (announced.status, chunked.status) == (413, 413)
    assert town.stored == []


@pytest.mark.parametrize("trouble", [StorageUnavailable(), Overloaded()])
async def test_what_cannot_be_committed_is_not_acknowledged(town: Town, trouble: Exception):
    async with serving(town) as (client, _):
        town.troubles = [trouble]
        response = await client.post("/chat/messages", json=said())
        assert response.status == 503
        assert int(response.headers["Retry-After"]) >= 1


async def test_one_token_that_writes_too_fast_waits_and_others_do_not(town: Town):
    async with serving(town, limits=Limits(burst=2, per_second=0.5)) as (client, _):
        statuses = [(await client.post("/chat/messages", json=said())).status for _ in range(3)]
        refused = await client.post("/chat/messages", json=said())
        other = await client.post("/chat/messages", json=said(token="o" * 24))
        town.now += timedelta(seconds=int(refused.headers["Retry-After"]))
        later = await client.post("/chat/messages", json=said())
        assert statuses == [204, 204, 429]
        assert refused.headers["Retry-After"] == "2"
        assert (other.status, later.status) == (204, 204)


# --- Replies ---


async def test_a_page_reads_what_was_committed_after_the_last_number_it_has(town: Town):
    town.replies[TOKEN] = [Reply(1, "uno"), Reply(2, "dos"), Reply(3, "tres")]
    async with (
        serving(town) as (client, _),
        client.get(f"/chat/events?token={TOKEN}&after=1") as response,
    ):
        assert response.content_type == "text/event-stream"
        assert "retry" in await next_event(response)
        assert (await next_reply(response))["text"] == "dos"
        assert (await next_reply(response))["id"] == "3"


async def test_a_browsers_own_reconnection_counts_before_the_address(town: Town):
    town.replies[TOKEN] = [Reply(1, "uno"), Reply(2, "dos"), Reply(3, "tres")]
    async with serving(town) as (client, _):
        headers = {"Last-Event-ID": "2"}
        address = f"/chat/events?token={TOKEN}&after=1"
        async with client.get(address, headers=headers) as response:
            await next_event(response)
            assert (await next_reply(response))["text"] == "tres"


async def test_a_reply_shows_its_options_and_nothing_that_the_page_need_not_know(town: Town):
    options = (Option("g:1", "1", ("uno",)), Option("g:2", "2", ("dos",)))
    reply = Reply(1, "¿Nota?\nDe 1 a 7", options, Layout.GRADES, closes=0, about="LS-2026-000001")
    town.replies[TOKEN] = [reply]
    async with (
        serving(town) as (client, _),
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


async def test_sending_wakes_the_open_pages_of_that_token_only(town: Town):
    async with (
        serving(town) as (client, channel),
        client.get(f"/chat/events?token={TOKEN}") as mine,
        client.get(f"/chat/events?token={TOKEN}") as my_other_tab,
        client.get(f"/chat/events?token={'o' * 24}") as anothers,
    ):
        for response in (mine, my_other_tab, anothers):
            await next_event(response)
        reply = Reply(1, "hola")
        town.replies = {TOKEN: [reply], "o" * 24: [Reply(1, "para otra persona")]}
        assert await channel.send(Outgoing(TOKEN, reply)) == Sent(ref="1")
        assert (await next_reply(mine))["text"] == "hola"
        assert (await next_reply(my_other_tab))["text"] == "hola"
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await anothers.content.readline()


async def test_a_reply_committed_without_waking_is_found_by_the_poll(town: Town):
    async with (
        serving(town, limits=Limits(poll=timedelta(seconds=0.02))) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        town.replies[TOKEN] = [Reply(1, "desde otro proceso")]
        assert (await next_reply(response))["text"] == "desde otro proceso"


async def test_a_quiet_stream_beats_so_that_proxies_keep_it(town: Town):
    limits = Limits(poll=timedelta(seconds=30), heartbeat=timedelta(seconds=0.02))
    async with (
        serving(town, limits=limits) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        assert "comment" in await next_event(response)


async def test_after_everything_was_erased_the_numbers_begin_again_and_the_page_is_told(town: Town):
    town.replies[TOKEN] = [Reply(57, "Listo. Borramos sus datos.")]
    async with serving(town) as (client, channel):
        async with client.get(f"/chat/events?token={TOKEN}&after=57") as response:
            await next_event(response)
            town.replies[TOKEN] = [Reply(1, "Hola de nuevo")]
            await channel.send(Outgoing(TOKEN, Reply(1, "Hola de nuevo")))
            assert (await next_event(response))["event"] == "restart"
            assert (await next_reply(response))["text"] == "Hola de nuevo"
        async with client.get(f"/chat/events?token={TOKEN}&after=57") as response:
            await next_event(response)
            assert (await next_event(response))["event"] == "restart"


async def test_old_replies_that_were_cleared_away_are_no_new_beginning(town: Town):
    async with (
        serving(town) as (client, channel),
        client.get(f"/chat/events?token={TOKEN}&after=57") as response,
    ):
        await next_event(response)
        town.replies[TOKEN] = [Reply(58, "sigue")]
        await channel.send(Outgoing(TOKEN, Reply(58, "sigue")))
        assert (await next_reply(response))["text"] == "sigue"
        await channel.send(Outgoing(TOKEN, Reply(58, "sigue")))
        town.replies[TOKEN].append(Reply(59, "y sigue"))
        await channel.send(Outgoing(TOKEN, Reply(59, "y sigue")))
        assert (await next_reply(response))["text"] == "y sigue"


@pytest.mark.parametrize(
    "query", ["", "token=short", f"token={TOKEN}&after=x", f"token={TOKEN}&after=-1"]
)
async def test_a_stream_needs_a_token_and_a_number(town: Town, query: str):
    async with serving(town) as (client, _):
        assert (await client.get(f"/chat/events?{query}")).status == 400


async def test_streams_are_bounded_and_a_closed_page_makes_room(town: Town):
    limits = Limits(poll=timedelta(seconds=0.02), streams=1)
    async with serving(town, limits=limits) as (client, _):
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


async def test_one_address_cannot_take_the_streams_of_others(town: Town):
    proxies = (ip_network("127.0.0.1"),)
    limits = Limits(poll=timedelta(seconds=30), streams_of_one_address=2, proxies=proxies)
    async with serving(town, limits=limits) as (client, _), AsyncExitStack() as pages:

        async def opens(address: str, number: int) -> int:
            token = f"{number:024}"
            # What comes before the proxy's own word is the sender's invention.
            headers = {"X-Forwarded-For": f"192.0.2.{number}, {address}"}
            page = client.get(f"/chat/events?token={token}", headers=headers)
            return (await pages.enter_async_context(page)).status

        assert [await opens("198.51.100.1", n) for n in range(4)] == [200, 200, 503, 503]
        assert await opens("198.51.100.2", 4) == 200


async def test_a_database_out_of_reach_ends_the_stream_and_the_page_may_ask_again(town: Town):
    async with serving(town) as (client, channel):
        async with client.get(f"/chat/events?token={TOKEN}") as response:
            await next_event(response)
            town.unreadable = True
            channel.wake(page_of(TOKEN), 1)
            async with asyncio.timeout(WAIT_S):
                assert await response.content.read() == b""
        assert (await client.get(f"/chat/events?token={TOKEN}")).status == 503


async def test_closing_ends_every_stream_so_that_the_service_can_stop(town: Town):
    async with (
        serving(town) as (client, channel),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        await next_event(response)
        channel.close()
        async with asyncio.timeout(WAIT_S):
            assert await response.content.read() == b""


# --- Pages ---


async def test_only_the_frame_may_be_embedded_and_no_page_runs_inline_scripts(town: Town):
    site = Site(municipality="Municipalidad de Prueba", frame_ancestors="https://example.cl")
    async with serving(town, site) as (client, _):
        for address, ancestors in {
            "/chat": "frame-ancestors 'none'",
            "/chat?embed=1": "frame-ancestors https://example.cl",
            "/privacidad": "frame-ancestors 'none'",
        }.items():
            response = await client.get(address)
            policy = response.headers["Content-Security-Policy"]
            assert policy.endswith(ancestors)
            assert "script-src 'self'" in policy
            assert "unsafe" not in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "Set-Cookie" not in response.headers
            assert "style=" not in (text := await response.text())
            assert "<script>" not in text


async def test_the_page_names_its_files_by_their_content_and_they_are_kept(town: Town):
    async with serving(town) as (client, _):
        page = await (await client.get("/chat")).text()
        weight = len(page.encode())
        for name in ("page.css", "chat.css", "chat.js"):
            address = page.partition(f"/chat/{name}")[2].partition('"')[0]
            response = await client.get(f"/chat/{name}{address}")
            assert response.headers["Cache-Control"] == "public, max-age=3600"
            weight += len(await response.read())
            tag = {"If-None-Match": response.headers["ETag"]}
            assert (await client.get(f"/chat/{name}", headers=tag)).status == 304
        assert weight <= 60_000
        widget = await client.get("/chat/widget.js")
        assert widget.headers["Cache-Control"] == "public, max-age=3600"
        assert widget.headers["Content-Type"].endswith("/javascript; charset=utf-8")
        for outside in ("chat.html.j2", "../templates/chat.html.j2", "%2e%2e/pages.py", ""):
            assert (await client.get(URL(f"/chat/{outside}", encoded=True))).status in (403, 404)


async def test_made_up_data_are_marked_on_every_page_and_real_ones_are_not(town: Town):
    for made_up in (True, False):
        async with serving(town, Site(municipality="M", made_up=made_up)) as (client, _):
            for address in ("/chat", "/chat?embed=1", "/privacidad"):
                text = re.sub("<[^>]+>", "", await (await client.get(address)).text())
                assert ("Datos ficticios de demostración" in text) == made_up


async def test_marked_up_replies_reach_the_page_as_blocks(town: Town):
    blocks = (Title("Permiso"), Items("Necesita", ("Seguro",)), Line("¿Le sirvió?"))
    town.replies[TOKEN] = [Reply(1, plain(blocks), blocks=blocks)]
    async with (
        serving(town) as (client, _),
        client.get(f"/chat/events?token={TOKEN}") as response,
    ):
        assert (await next_event(response))["event"] == "ready"
        shown = await next_reply(response)
    assert shown["text"] == plain(blocks)
    assert shown["blocks"] == [
        {"type": "title", "text": "Permiso"},
        {"type": "items", "label": "Necesita", "items": ["Seguro"]},
        {"type": "line", "text": "¿Le sirvió?"},
    ]


async def test_without_scripts_the_page_says_so_and_names_every_other_way(town: Town):
    full = Site(
        municipality="M",
        phone="+56 51 200 0000",
        email="oirs@ejemplo.cl",
        place="Prat 1",
        hours="de 9 a 14",
        ways=(("Telegram", "https://t.me/ejemplo_bot"),),
    )
    for site in (full, Site(municipality="M")):
        async with serving(town, site) as (client, _):
            page = await (await client.get("/chat")).text()
        notice = page.partition('id="no-script"')[2].partition("</main>")[0]
        assert "no funciona sin JavaScript" in notice
        ways = ["https://t.me/ejemplo_bot", "tel:+56512000000", "mailto:oirs@ejemplo.cl", "Prat 1"]
        assert [way in notice for way in ways] == [site is full] * 4
        assert 'href="tel:132"' in notice


async def test_what_the_municipality_wrote_is_never_markup(town: Town):
    async with serving(town, Site(municipality="<b>M&M</b>")) as (client, _):
        for address in ("/chat", "/privacidad"):
            assert "<b>" not in await (await client.get(address)).text()


async def test_a_page_that_leaves_while_it_is_being_sent_replies_harms_nobody(town: Town):
    town.replies[TOKEN] = [Reply(number, "a" * 4096) for number in range(1, 400)]
    async with serving(town, limits=Limits(poll=timedelta(seconds=0.02))) as (client, _):
        async with ClientSession() as leaving:
            response = await leaving.get(client.make_url(f"/chat/events?token={TOKEN}"))
            await response.content.readline()
            response.close()
        assert (await client.post("/chat/messages", json=said())).status == 204
