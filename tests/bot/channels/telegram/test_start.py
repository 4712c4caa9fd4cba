"""What the channel does when it starts: its name, its commands, its webhook."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels.http.client import HttpClient
from bot.channels.ports import (
    RetryLater,
    Started,
    Stopped,
)
from bot.channels.telegram.channel import COMMANDS, TelegramChannel
from handlers.errors import OperatorError
from handlers.messages import Reply
from tests.bot.channels.telegram.conftest import made, to
from tests.fakes.faults import (
    CUTS,
    Fault,
    refusal,
)
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.telegram.citizen import Citizen


async def test_start_learns_the_bots_name_and_registers_the_commands(
    channel: TelegramChannel, fake: FakeTelegram
) -> None:
    assert await channel.start() == Started("https://t.me/opina_de_prueba_bot")
    assert channel.bot_name == "opina_de_prueba_bot"
    expected = [{"command": name, "description": text} for name, text in COMMANDS]
    assert fake.commands == {"": expected, "es": expected}
    assert fake.refused == []


async def test_start_sets_and_removes_the_webhook_by_mode(
    fake: FakeTelegram, client: HttpClient
) -> None:
    url = "https://opina.example/"
    hooked = made(fake, client, url, mode="webhook", webhook_secret=SecretStr("s3cret_-"))
    assert isinstance(await hooked.start(), Started)
    assert fake.webhook_url == "https://opina.example/webhooks/telegram"
    assert isinstance(await made(fake, client).start(), Started)
    assert fake.webhook_url == ""


async def test_a_webhook_address_that_telegram_refuses_stops_the_channel(
    fake: FakeTelegram, client: HttpClient
) -> None:
    url = "https://opina.example:8080"
    hooked = made(fake, client, url, mode="webhook", webhook_secret=SecretStr("s3cret"))
    assert await hooked.start() == Stopped("set-up-refused")


@pytest.mark.parametrize(
    ("changes", "public_url", "setting"),
    [
        ({"mode": "webhook", "webhook_secret": "s"}, None, "public_url"),
        ({"mode": "webhook"}, "https://opina.example", "webhook_secret"),
        (
            {"mode": "webhook", "webhook_secret": SecretStr("s")},
            "http://opina.example",
            "no empieza con https://",
        ),
        ({"token": None}, None, "token"),
    ],
)
async def test_settings_that_cannot_work_name_the_setting(
    fake: FakeTelegram,
    client: HttpClient,
    changes: dict[str, object],
    public_url: str | None,
    setting: str,
) -> None:
    with pytest.raises(OperatorError, match=setting):
        made(fake, client, public_url, **changes)


async def test_a_refused_token_stops_the_channel_and_is_never_logged(
    fake: FakeTelegram, channel: TelegramChannel, citizen: Citizen
) -> None:
    fake.revoked = True
    with capture_logs() as logs:
        assert await channel.start() == Stopped("token-refused")
        assert await channel.send(to(citizen, Reply(1, "Listo"))) == Stopped("401")
    assert fake.token not in str(logs)


async def test_a_refused_menu_of_commands_does_not_stop_the_channel(
    channel: TelegramChannel, fake: FakeTelegram
) -> None:
    fake.faults.next(refusal(400, "Bad Request: BOT_COMMAND_INVALID"), method="setMyCommands")
    assert isinstance(await channel.start(), Started)


@pytest.mark.parametrize(
    ("fault", "after"),
    [
        (refusal(429, "Too Many Requests: retry after 11", 11), 11),
        (refusal(502, "Bad Gateway"), 5),
        (CUTS, 5),
    ],
)
async def test_a_start_in_a_bad_moment_is_to_be_tried_again(
    channel: TelegramChannel, fake: FakeTelegram, fault: Fault, after: int
) -> None:
    fake.faults.next(fault, method="getMe")
    started = await channel.start()
    assert isinstance(started, RetryLater)
    assert (started.after, started.whole_channel) == (timedelta(seconds=after), True)


@pytest.mark.parametrize("status", [200, 302, 400, 401, 502])
@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"null", b"[]", b"1", b"{}", b"<html>", b"\xff", b"[" * 100_000),
        *(b'{"ok":true}', b'{"ok":false,"description":5}', b'{"ok":true,"result":null}'),
        *(b'{"ok":true,"result":{"id":"x"}}', b'{"ok":1,"result":%s}' % (b"9" * 5_000)),
        b'{"ok":false,"parameters":{"retry_after":"x"}}',
    ],
    ids=lambda body: body[:20].decode("latin-1"),
)
async def test_whatever_answers_in_telegrams_place_at_the_start_it_is_tried_again_and_not_logged(
    channel: TelegramChannel,
    fake: FakeTelegram,
    body: bytes,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for method in ("getMe", "deleteWebhook"):
        fake.faults.next(Fault(status=status, body=body), method=method)
        assert await channel.start() == RetryLater(
            timedelta(seconds=5), whole_channel=True, code="unreachable"
        )
    assert caplog.records == []
