"""Replies reach Telegram within its limits, and every answer of it has its one meaning."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.channels.http.client import HttpClient
from bot.channels.ports import (
    Blocked,
    Failed,
    Outgoing,
    RetryLater,
    SendOutcome,
    Sent,
    Stopped,
    Uncertain,
)
from bot.channels.telegram.channel import TelegramChannel
from handlers.messages import Layout, Option, Reply
from handlers.text.markup import Alert, Items, Link, Paragraph, Title, plain
from tests.bot.channels.sending import LOST_CALLS, replies
from tests.bot.channels.telegram.conftest import made, to
from tests.fakes import specs
from tests.fakes.faults import CUTS, HANGS, Fault, refusal
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen
from tests.handlers.limits import within_limits


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{i}", label) for i, label in enumerate(labels))


async def test_a_reply_arrives_and_its_reference_is_what_a_quote_names(
    channel: TelegramChannel, citizen: Citizen
) -> None:
    text = "Anoté <b>7</b> & *gracias* _a_ [usted](x)"
    sent = await channel.send(to(citizen, Reply(1, text)))
    assert citizen.received[-1].text == text
    assert sent == Sent(str(citizen.received[-1].id))


async def test_a_card_with_any_words_arrives_marked_up(
    channel: TelegramChannel, citizen: Citizen
) -> None:
    blocks = (
        Title("Permiso <b>A & B</b>"),
        Paragraph('Para "todos" &amp; más: <script>'),
        Link("Sitio", "https://ejemplo.cl/?a=1&b=<2>"),
        Items("Necesita", ("a < b", "c & d")),
        Alert("Emergencia", "Llame al 132 o al *4141.", ("132", "*4141")),
    )
    reply = Reply(3, plain(blocks), options("Sí", "No"), blocks=blocks)
    assert isinstance(await channel.send(to(citizen, reply)), Sent)
    message = citizen.received[-1]
    assert message.text == reply.text  # the same words, none of them taken for a tag
    assert message.entities == [
        ("bold", "Permiso <b>A & B</b>"),
        ("bold", "Sitio:"),
        ("text_link", "https://ejemplo.cl/?a=1&b=<2>"),
        ("bold", "Necesita:"),
        ("bold", "Emergencia"),
        ("bold", "132"),
        ("bold", "*4141"),
    ]


async def test_a_numbered_list_shows_its_numbers(
    channel: TelegramChannel, citizen: Citizen
) -> None:
    chosen = options("Aseo", "Luz", "Menú")
    await channel.send(to(citizen, Reply(1, "¿Cuál?", chosen, Layout.LIST, numbered=2)))
    assert citizen.received[-1].labels == ["1. Aseo", "2. Luz", "Menú"]


async def test_links_are_not_previewed(
    channel: TelegramChannel, citizen: Citizen, fake: FakeTelegram
) -> None:
    await channel.send(to(citizen, Reply(1, "https://example.org")))
    assert fake.calls[-1].params["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("layout", "labels", "rows"),
    [
        (Layout.BUTTONS, ("Sí", "No", "Otra cosa distinta"), [2, 1]),
        (Layout.BUTTONS, ("Poner nota a un área", "Sí", "No", "Más"), [1, 2, 1]),
        (Layout.GRADES, tuple("1234567"), [7]),
        (Layout.GRADES, (*"1234567", "No quiero responder"), [7, 1]),
        (Layout.LIST, ("Aseo", "Luz", "Agua"), [1, 1, 1]),
    ],
)
async def test_options_are_laid_out_as_asked(
    channel: TelegramChannel,
    citizen: Citizen,
    layout: Layout,
    labels: tuple[str, ...],
    rows: list[int],
) -> None:
    await channel.send(to(citizen, Reply(12, "¿Cuál?", options(*labels), layout)))
    keyboard = citizen.received[-1].keyboard
    assert [len(row) for row in keyboard] == rows
    assert citizen.received[-1].labels == list(labels)
    assert keyboard[0][0][1] == "12:o0"


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(replies)
def test_every_reply_within_the_common_limits_is_taken(reply: Reply) -> None:
    if within_limits(reply):
        return

    async def sent() -> tuple[SendOutcome, Citizen]:
        async with FakeTelegram() as fake, HttpClient() as client:
            citizen = fake.citizen()
            await citizen.says("hola")
            return await made(fake, client).send(to(citizen, reply)), citizen

    outcome, citizen = asyncio.run(sent())
    assert isinstance(outcome, Sent), outcome
    assert citizen.received[-1].text == reply.text
    assert citizen.received[-1].labels == [option.label for option in reply.options]


async def test_the_message_that_a_reply_closes_loses_its_buttons(
    channel: TelegramChannel, citizen: Citizen
) -> None:
    first = await channel.send(to(citizen, Reply(1, "¿Nota?", options("1", "2"))))
    assert isinstance(first, Sent)
    await channel.send(to(citizen, Reply(2, "Anoté un 2."), closes=first.ref))
    assert citizen.received[0].keyboard == []
    assert citizen.received[1].text == "Anoté un 2."


@pytest.mark.parametrize("closes", ["999", "1", "not-a-number"])
async def test_a_keyboard_that_cannot_be_removed_does_not_hurt_the_reply(
    channel: TelegramChannel, citizen: Citizen, closes: str
) -> None:
    assert isinstance(await channel.send(to(citizen, Reply(1, "Listo"), closes=closes)), Sent)


async def test_closing_twice_does_not_hurt_the_reply(
    channel: TelegramChannel, citizen: Citizen, fake: FakeTelegram
) -> None:
    first = await channel.send(to(citizen, Reply(1, "¿Nota?", options("1", "2"))))
    assert isinstance(first, Sent)
    for number in (2, 3):
        sent = await channel.send(to(citizen, Reply(number, "Listo"), closes=first.ref))
        assert isinstance(sent, Sent)
    assert "message is not modified" in fake.refused[-1].description


@pytest.mark.parametrize("fault", [HANGS, CUTS, refusal(500, "Internal Server Error")])
async def test_a_removal_that_hangs_or_fails_does_not_hurt_the_reply(
    channel: TelegramChannel, citizen: Citizen, fake: FakeTelegram, fault: Fault
) -> None:
    fake.faults.next(fault, method="editMessageReplyMarkup")
    async with asyncio.timeout(5):
        assert isinstance(await channel.send(to(citizen, Reply(1, "Listo"), closes="1")), Sent)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            refusal(429, "Too Many Requests: retry after 7", 7),
            RetryLater(timedelta(seconds=7), code="429"),
        ),
        (refusal(429, "Too Many Requests"), RetryLater(timedelta(seconds=1), code="429")),
        (refusal(429, "", 10**14), RetryLater(timedelta(days=1), code="429")),
        (refusal(429, "", -5), RetryLater(timedelta(seconds=1), code="429")),
        (
            refusal(403, "Forbidden: bot was blocked by the user"),
            Blocked("bot-was-blocked-by-the-user"),
        ),
        (refusal(403, "Forbidden: user is deactivated"), Blocked("user-is-deactivated")),
        (refusal(400, "Bad Request: chat not found"), Blocked("chat-not-found")),
        (refusal(400, "Bad Request: message is too long"), Failed("message-is-too-long")),
        (refusal(413, "Request Entity Too Large"), Failed("request-entity-too-large")),
        (refusal(401, "Unauthorized"), Stopped("401")),
        (refusal(404, "Not Found"), Stopped("404")),
        (refusal(500, "Internal Server Error"), RetryLater(timedelta(seconds=5), code="500")),
        (
            Fault(status=502, body=b"<html>Bad Gateway</html>"),
            RetryLater(timedelta(seconds=5), code="502"),
        ),
        (
            Fault(status=403, body=b"<html>the town's proxy says no</html>"),
            RetryLater(timedelta(seconds=30), whole_channel=True, code="not-telegram-403"),
        ),
        (Fault(status=200, body=b"<html>sign in</html>"), Uncertain("unreadable")),
        (Fault(status=200, body=b'{"ok":true}'), Uncertain("unreadable")),
        (Fault(status=200, body=b'{"ok":false}'), Uncertain("unreadable")),
        *LOST_CALLS,
    ],
)
async def test_every_way_to_go_wrong_has_its_outcome(
    channel: TelegramChannel,
    citizen: Citizen,
    fake: FakeTelegram,
    fault: Fault,
    expected: SendOutcome,
) -> None:
    fake.faults.next(fault)
    assert await channel.send(to(citizen, Reply(1, "Listo"))) == expected
    assert len(citizen.received) == int(fault.delivered)


async def test_an_error_code_holds_no_numbers_that_could_be_someones(
    channel: TelegramChannel, citizen: Citizen, fake: FakeTelegram
) -> None:
    fake.faults.next(refusal(400, "Bad Request: user 56911112222 has no rights"))
    assert await channel.send(to(citizen, Reply(1, "Listo"))) == Failed("user-has-no-rights")


async def test_a_citizen_who_blocked_the_bot_is_told_apart_from_one_who_never_wrote(
    channel: TelegramChannel, citizen: Citizen, fake: FakeTelegram
) -> None:
    await citizen.blocks()
    assert isinstance(await channel.send(to(citizen, Reply(1, "Listo"))), Blocked)
    stranger = fake.citizen()
    outcome = await channel.send(to(stranger, Reply(1, "Listo")))
    assert outcome == Blocked("chat-not-found")
    assert await channel.send(Outgoing("not a chat", Reply(1, "x"))) == Failed("bad-address")


async def test_one_chats_limit_is_not_the_channels_until_a_second_chat_is_refused(
    channel: TelegramChannel, fake: FakeTelegram
) -> None:
    one, other = fake.citizen(), fake.citizen()
    fake.faults.next(refusal(429, "Too Many Requests: retry after 9", 9), times=3)
    outcomes = [await channel.send(to(who, Reply(1, "Listo"))) for who in (one, one, other)]
    assert [o.whole_channel for o in outcomes if isinstance(o, RetryLater)] == [False, False, True]


async def test_a_platform_that_cannot_be_reached_got_nothing(
    client: HttpClient, fake: FakeTelegram, unused_tcp_port: int
) -> None:
    channel = made(fake, client, api_url=f"http://127.0.0.1:{unused_tcp_port}")
    outcome = await channel.send(Outgoing("1", Reply(1, "Listo")))
    assert outcome == RetryLater(timedelta(seconds=5), whole_channel=True, code="no-connection")


@pytest.mark.skipif(specs.telegram() is None, reason=specs.SKIPPED)
async def test_the_specification_finds_what_the_fake_lets_pass() -> None:
    spec = specs.telegram()
    assert spec is not None
    assert spec.problems("sendMessage", {"chat_id": 1, "text": "a"}) == []
    assert spec.problems("sendMesage", {}) == ["no method sendMesage"]
    assert spec.problems("sendMessage", {"chat_id": 1}) == ["sendMessage: text is missing"]
    assert spec.problems("sendMessage", {"chat_id": 1, "text": 2}) == [
        "sendMessage.text: not String"
    ]
    nested = {"chat_id": 1, "text": "a", "reply_markup": {"inline_keyboard": [[{"data": "x"}]]}}
    assert spec.problems("sendMessage", nested)
