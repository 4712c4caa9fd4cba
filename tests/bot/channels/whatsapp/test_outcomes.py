"""Every answer of WhatsApp has its one meaning, at the start and for each message."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.http.client import HttpClient
from bot.channels.ports import (
    Failed,
    Outgoing,
    RetryLater,
    SendOutcome,
    Sent,
    Started,
    Stopped,
    Uncertain,
)
from bot.channels.whatsapp.channel import WhatsAppChannel
from handlers.errors import OperatorError
from handlers.messages import Reply
from tests.bot.channels.sending import LOST_CALLS
from tests.bot.channels.whatsapp.conftest import made, to
from tests.fakes.faults import CUTS, HANGS, Fault, refusal_code
from tests.fakes.whatsapp.citizen import Citizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp


def seconds(number: int, code: str, *, whole_channel: bool = False) -> RetryLater:
    return RetryLater(timedelta(seconds=number), whole_channel, code)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (refusal_code(2), seconds(10, "2", whole_channel=True)),
        (refusal_code(4), seconds(60, "4", whole_channel=True)),
        (refusal_code(80007), seconds(60, "80007", whole_channel=True)),
        (refusal_code(130429), seconds(2, "130429", whole_channel=True)),
        (refusal_code(131000), seconds(5, "131000")),
        (refusal_code(131016), seconds(10, "131016", whole_channel=True)),
        (refusal_code(131056), seconds(6, "131056")),
        (refusal_code(131057), seconds(60, "131057", whole_channel=True)),
        (refusal_code(133004), seconds(30, "133004", whole_channel=True)),
        (refusal_code(131049), seconds(86400, "131049")),
        *[
            (refusal_code(code), Failed(str(code)))
            for code in (
                *(100, 131008, 131009, 131026, 131047, 131050, 131051, 130403),
                *(132000, 132001, 132018, 132999),
            )
        ],
        *[
            (refusal_code(code), Stopped(str(code)))
            for code in (*(0, 3, 10, 190, 200, 299, 368, 131031, 131042, 131045, 131048, 131064),)
        ],
        # The status decides only where the code is unknown.
        (refusal_code(131000, 400), seconds(5, "131000")),
        (refusal_code(100, 500), Failed("100")),
        (refusal_code(999999, 500), seconds(5, "999999")),
        (refusal_code(999999, 429), seconds(30, "999999", whole_channel=True)),
        (refusal_code(999999, 401), Stopped("999999")),
        (refusal_code(999999, 400), Failed("999999")),
        (
            Fault(status=400, body=b'{"error":{"code":999999,"is_transient":true}}'),
            seconds(5, "999999"),
        ),
        (Fault(status=502, body=b"<html>"), seconds(5, "502")),
        (
            Fault(status=403, body=b"<html>the town's proxy</html>"),
            seconds(30, "not-whatsapp-403", whole_channel=True),
        ),
        (Fault(status=200, body=b"<html>sign in</html>"), Uncertain("unreadable")),
        (Fault(status=200, body=b"{}"), Uncertain("unreadable")),
        *LOST_CALLS,
    ],
)
async def test_every_way_to_go_wrong_has_its_outcome(
    channel: WhatsAppChannel,
    citizen: Citizen,
    fake: FakeWhatsApp,
    fault: Fault,
    expected: SendOutcome,
) -> None:
    fake.faults.next(fault)
    assert await channel.send(to(citizen, Reply(1, "Listo"))) == expected
    assert len(citizen.received) == int(fault.delivered)


OUR_NUMBER = {
    "deleted": refusal_code(33),
    "deleted, as its id tells": Fault(
        status=400, body=b'{"error":{"code":100,"error_subcode":33,"message":"no such object"}}'
    ),
    "not registered": refusal_code(133010),
    "half deregistered": refusal_code(133000, 500),
    "to be verified again": refusal_code(133006),
    "without an approved name": refusal_code(131037),
    "not allowed to send any more": refusal_code(131005, 403),
}


@pytest.mark.parametrize("fault", OUR_NUMBER.values(), ids=OUR_NUMBER)
async def test_what_is_wrong_with_our_own_number_stops_the_channel_and_costs_no_message(
    channel: WhatsAppChannel, citizen: Citizen, fake: FakeWhatsApp, fault: Fault
) -> None:
    fake.faults.next(fault, times=2)
    message = to(citizen, Reply(1, "Listo"))
    for _ in range(2):
        assert isinstance(await channel.send(message), Stopped)
    assert isinstance(await channel.send(message), Sent)


async def test_a_number_that_whatsapp_does_not_know_is_refused_for_good(
    channel: WhatsAppChannel,
) -> None:
    assert await channel.send(Outgoing("56900009999", Reply(1, "Hola"))) == Failed("131026")


async def test_a_platform_that_cannot_be_reached_got_nothing(
    fake: FakeWhatsApp, client: HttpClient, unused_tcp_port: int
) -> None:
    channel = made(fake, client, api_url=f"http://127.0.0.1:{unused_tcp_port}")
    outcome = await channel.send(Outgoing("56900000001", Reply(1, "Listo")))
    assert outcome == seconds(5, "no-connection", whole_channel=True)


async def test_start_learns_our_number_for_links(
    channel: WhatsAppChannel, fake: FakeWhatsApp, client: HttpClient
) -> None:
    assert await channel.start() == Started("+56510000000")
    assert channel.display_number == "56510000000"
    assert await made(fake, client, display_number="56999999").start() == Started("+56999999")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"token": "another"}, Stopped("190")),
        ({"phone_number_id": "1"}, Stopped("100")),
    ],
)
async def test_what_the_platform_does_not_know_stops_the_channel_at_the_start(
    fake: FakeWhatsApp,
    client: HttpClient,
    changes: dict[str, object],
    expected: Stopped,
) -> None:
    assert await made(fake, client, **changes).start() == expected


@pytest.mark.parametrize(
    "fault", [Fault(status=502, body=b"<html>"), refusal_code(131016, 503), HANGS, CUTS]
)
async def test_a_start_in_a_bad_moment_is_to_be_tried_again(
    channel: WhatsAppChannel, fake: FakeWhatsApp, fault: Fault
) -> None:
    fake.faults.next(fault, times=2, method="number")  # a GET that is cut is repeated once
    assert isinstance(await channel.start(), RetryLater)


@pytest.mark.parametrize("setting", ["token", "phone_number_id", "app_secret", "verify_token"])
async def test_a_missing_setting_is_named(
    fake: FakeWhatsApp, client: HttpClient, setting: str
) -> None:
    with pytest.raises(OperatorError, match=rf"\[whatsapp\] {setting}: falta"):
        made(fake, client, **{setting: None})
