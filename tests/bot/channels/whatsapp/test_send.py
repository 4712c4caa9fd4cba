"""Replies reach WhatsApp within its limits, and every answer of it has its one meaning."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.channels.http import HttpClient
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
from bot.channels.whatsapp.render import MAX_PARAMETER, flattened
from bot.config import WhatsApp
from handlers.errors import OperatorError
from handlers.messages import MAX_ROW_LABEL, Layout, Option, Reply, within_limits
from handlers.text.markup import Alert, Items, Labelled, Line, Title, plain
from tests.fakes import specs
from tests.fakes.faults import CUTS, CUTS_DELIVERED, HANGS, HANGS_DELIVERED, Fault, refusal_code
from tests.fakes.whatsapp import FakeWhatsApp
from tests.fakes.whatsapp_citizen import Citizen
from tests.fakes.whatsapp_rules import Refused, check_message


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def fake(clock: Clock) -> AsyncIterator[FakeWhatsApp]:
    async with FakeWhatsApp(now=clock) as running:
        yield running


@pytest.fixture
async def client() -> AsyncIterator[HttpClient]:
    async with HttpClient() as running:
        yield running


@pytest.fixture
def channel(fake: FakeWhatsApp, client: HttpClient) -> WhatsAppChannel:
    return made(fake, client)


def made(fake: FakeWhatsApp, client: HttpClient, **changes: object) -> WhatsAppChannel:
    values = {
        "token": SecretStr(fake.token),
        "phone_number_id": fake.phone_number_id,
        "app_secret": SecretStr(fake.app_secret),
        "verify_token": SecretStr(fake.verify_token),
        "api_url": fake.url,
        **changes,
    }
    return WhatsAppChannel(WhatsApp.model_validate(values), client, fake.now, 2.0)


@pytest.fixture
def citizen(fake: FakeWhatsApp, clock: Clock) -> Citizen:
    return wrote(fake.citizen(), clock)


def wrote(citizen: Citizen, clock: Clock) -> Citizen:
    citizen.wrote_at = clock.at
    return citizen


def to(citizen: Citizen, reply: Reply, *, within_window: bool = True) -> Outgoing:
    return Outgoing(citizen.address, reply, within_window=within_window)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{i}", label) for i, label in enumerate(labels))


async def test_a_text_arrives_and_its_reference_is_what_a_quote_names(
    channel: WhatsAppChannel, citizen: Citizen
) -> None:
    sent = await channel.send(to(citizen, Reply(1, "Anoté *7* & <b>gracias</b>")))
    assert citizen.received[0].text == "Anoté *7* & <b>gracias</b>"
    assert sent == Sent(citizen.received[0].ref)


async def test_a_citizen_who_shows_no_number_is_reached_by_user_id(
    channel: WhatsAppChannel, fake: FakeWhatsApp, clock: Clock
) -> None:
    citizen = wrote(fake.citizen(shows_number=False), clock)
    assert isinstance(await channel.send(to(citizen, Reply(1, "Hola"))), Sent)
    assert "to" not in fake.calls[0].message
    assert fake.calls[0].message["recipient"] == citizen.user_id


@pytest.mark.parametrize(
    ("layout", "labels", "kind"),
    [
        (Layout.BUTTONS, ("Sí", "No", "No sé"), "button"),
        (Layout.BUTTONS, ("x" * 20,), "button"),
        (Layout.BUTTONS, ("x" * 21, "No"), "list"),
        (Layout.BUTTONS, ("a", "b", "c", "d"), "list"),
        (Layout.GRADES, tuple("1234567"), "list"),
        (Layout.LIST, tuple("abcdefghij"), "list"),
    ],
)
async def test_few_short_options_are_buttons_and_the_others_a_list(
    channel: WhatsAppChannel,
    citizen: Citizen,
    layout: Layout,
    labels: tuple[str, ...],
    kind: str,
) -> None:
    await channel.send(to(citizen, Reply(12, "¿Cuál?", options(*labels), layout)))
    received = citizen.received[0]
    assert (received.kind, received.labels) == (kind, list(labels))
    assert received.choices[0][0] == "12:o0"


async def test_a_card_arrives_with_stars_around_what_is_bold(
    channel: WhatsAppChannel, citizen: Citizen
) -> None:
    blocks = (
        Title("Permiso de circulación"),
        Line("Se paga cada año."),
        Items("Necesita", ("Permiso anterior", "Seguro")),
        Labelled("Costo", "según el auto"),
        Alert("Emergencia", "Llame al 132 o al *4141.", ("132", "*4141")),
    )
    reply = Reply(3, plain(blocks), options("Sí", "No", "Ver pasos"), blocks=blocks)
    await channel.send(to(citizen, reply))
    assert citizen.received[0].text == (
        "*Permiso de circulación*\nSe paga cada año.\n\n"
        "*Necesita:*\n• Permiso anterior\n• Seguro\n\n"
        "*Costo:* según el auto\n\n"
        "*Emergencia*\nLlame al *132* o al *4141."
    )


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        (("Aseo", "Luz", "Agua", "Menú"), [("1. Aseo", ""), ("2. Luz", ""), ("3. Agua", "")]),
        (("x" * 24, "Luz", "Agua", "Menú"), [("x" * 24, "1."), ("Luz", "2."), ("Agua", "3.")]),
    ],
)
async def test_a_numbered_list_shows_its_numbers_and_no_name_is_cut_for_them(
    channel: WhatsAppChannel,
    citizen: Citizen,
    fake: FakeWhatsApp,
    labels: tuple[str, ...],
    rows: list[tuple[str, str]],
) -> None:
    await channel.send(to(citizen, Reply(1, "¿Cuál?", options(*labels), Layout.LIST, numbered=3)))
    (section,) = fake.calls[-1].message["interactive"]["action"]["sections"]
    shown = [(row["title"], row.get("description", "")) for row in section["rows"]]
    assert shown == [*rows, ("Menú", "")]


def built(number: int, text: str, labels: list[str], layout: Layout) -> Reply:
    chosen = tuple(Option(f"k:{'ñ' * 22}{i}", label) for i, label in enumerate(labels))
    return Reply(number, f"¿{text}", chosen, layout)


replies = st.builds(
    built,
    st.integers(1, 10**9 - 1),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=4200),
    st.lists(
        st.text(
            st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")),
            min_size=1,
            max_size=MAX_ROW_LABEL,
        ),
        max_size=10,
        unique=True,
    ),
    st.sampled_from(Layout),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(replies, st.booleans())
def test_every_reply_within_the_common_limits_is_taken(reply: Reply, within_window: bool) -> None:
    if within_limits(reply):
        return

    async def sent() -> tuple[SendOutcome, Citizen]:
        async with FakeWhatsApp() as fake, HttpClient() as client:
            fake.templates = {"aviso": {"es"}}
            citizen = fake.citizen()
            citizen.wrote_at = datetime.now(UTC)
            channel = made(fake, client, template="aviso")
            return await channel.send(to(citizen, reply, within_window=within_window)), citizen

    outcome, citizen = asyncio.run(sent())
    assert isinstance(outcome, Sent), outcome
    received = citizen.received[0]
    if within_window:
        assert received.text == reply.text
        assert received.labels == [option.label for option in reply.options]
    else:
        assert received.text == flattened(reply)


async def test_outside_the_window_the_template_carries_the_words_in_one_line(
    fake: FakeWhatsApp, client: HttpClient, clock: Clock
) -> None:
    fake.templates = {"aviso": {"es_CL"}}
    channel = made(fake, client, template="aviso", template_language="es_CL")
    citizen = wrote(fake.citizen(), clock)
    clock.at += timedelta(hours=25)
    reply = Reply(3, "Respondieron su caso:\n\n\tyalo     vieron.", options("Sí", "No"))
    outcome = await channel.send(to(citizen, reply, within_window=False))
    assert isinstance(outcome, Sent)
    assert citizen.received[0].kind == "template"
    assert citizen.received[0].text == "Respondieron su caso: yalo vieron. (Sí / No)"


async def test_without_a_template_nothing_is_sent_outside_the_window(
    channel: WhatsAppChannel, citizen: Citizen, fake: FakeWhatsApp
) -> None:
    outcome = await channel.send(to(citizen, Reply(1, "Hola"), within_window=False))
    assert outcome == Failed("no-template")
    assert fake.calls == []


async def test_where_the_platform_counts_the_window_otherwise_the_template_is_sent_at_once(
    fake: FakeWhatsApp, client: HttpClient, clock: Clock
) -> None:
    fake.templates = {"aviso": {"es"}}
    citizen = wrote(fake.citizen(), clock)
    clock.at += timedelta(hours=24, seconds=1)
    assert await made(fake, client).send(to(citizen, Reply(1, "Hola"))) == Failed("131047")
    with_template = made(fake, client, template="aviso")
    assert isinstance(await with_template.send(to(citizen, Reply(1, "Hola"))), Sent)
    assert citizen.received[0].kind == "template"


def test_a_parameter_is_cut_where_the_template_would_overflow() -> None:
    text = flattened(Reply(1, "palabra " * 200))
    assert MAX_PARAMETER - 8 <= len(text) <= MAX_PARAMETER
    assert text.endswith("…")
    assert flattened(Reply(1, "x" * MAX_PARAMETER)) == "x" * MAX_PARAMETER


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
        (HANGS, Uncertain("time-out")),
        (HANGS_DELIVERED, Uncertain("time-out")),
        (CUTS, Uncertain("connection-cut")),
        (CUTS_DELIVERED, Uncertain("connection-cut")),
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


def interactive(kind: str, action: object) -> dict[str, object]:
    content = {"type": kind, "body": {"text": "¿?"}, "action": action}
    return {"messaging_product": "whatsapp", "type": "interactive", "interactive": content}


def buttons(*titles: str, ids: tuple[str, ...] = ("a", "b", "c", "d")) -> dict[str, object]:
    chosen = [{"id": i, "title": title} for i, title in zip(ids, titles, strict=False)]
    return interactive("button", {"buttons": [{"type": "reply", "reply": c} for c in chosen]})


def rows(count: int, title: str = "x", sections: int = 1) -> dict[str, object]:
    made = [
        {"title": f"s{s}", "rows": [{"id": f"{s}-{i}", "title": title} for i in range(count)]}
        for s in range(sections)
    ]
    return interactive("list", {"button": "Ver", "sections": made})


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (buttons("1", "2", "3", "4"), 131009),
        (buttons("x" * 21), 100),
        (buttons("igual", "igual"), 131009),
        (buttons("1", "2", ids=("a", "a")), 131009),
        (rows(11), 131009),
        (rows(6, sections=2), 131009),
        (rows(1, "x" * 25), 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": " "}}, 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"body": "x" * 4097}}, 100),
        ({"messaging_product": "whatsapp", "type": "text", "text": {"boddy": "x"}}, 100),
        ({"messaging_product": "whatsapp", "type": "text"}, 131008),
        ({"type": "text", "text": {"body": "x"}}, 131008),
        ({"messaging_product": "whatsapp", "type": "fax", "fax": {}}, 131051),
    ],
)
def test_the_fake_refuses_what_the_platform_refuses(message: object, code: int) -> None:
    with pytest.raises(Refused) as refused:
        check_message(message)
    assert refused.value.code == code


@pytest.mark.skipif(specs.whatsapp() is None, reason=specs.SKIPPED)
def test_the_specification_finds_misspellings() -> None:
    spec = specs.whatsapp()
    assert spec is not None
    message = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": "56900000001",
        "type": "text",
        "text": {"body": "a"},
    }
    assert spec.problems(message) == []
    assert spec.problems({**message, "text": {"boddy": "a"}}) == [
        "message.text: unknown field boddy"
    ]
    assert spec.problems({**message, "to": 5}) == ["message.to: not string"]
