"""Replies reach WhatsApp within its limits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from bot.channels.http.client import HttpClient
from bot.channels.ports import (
    Failed,
    Held,
    RetryLater,
    SendOutcome,
    Sent,
)
from bot.channels.whatsapp.channel import WhatsAppChannel
from handlers.messages import Layout, Reply, Waits
from handlers.text.markup import Alert, Items, Labelled, Paragraph, Title, plain
from tests.bot.channels.sending import replies
from tests.bot.channels.whatsapp.conftest import made, options, to, wrote
from tests.bot.one_process import Clock
from tests.fakes.faults import CUTS, refusal_code
from tests.fakes.whatsapp.citizen import Citizen
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.handlers.limits import within_limits


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
        Paragraph("Se paga cada año."),
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


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(replies)
def test_every_reply_within_the_common_limits_is_taken(reply: Reply) -> None:
    if within_limits(reply):
        return

    async def sent() -> tuple[SendOutcome, Citizen]:
        async with FakeWhatsApp() as fake, HttpClient() as client:
            citizen = fake.citizen()
            citizen.wrote_at = datetime.now(UTC)
            return await made(fake, client).send(to(citizen, reply)), citizen

    outcome, citizen = asyncio.run(sent())
    assert isinstance(outcome, Sent), outcome
    received = citizen.received[0]
    assert received.text == reply.text
    assert received.labels == [option.label for option in reply.options]


ANSWER = Reply(3, "Respondieron su caso: ya lo vieron.", waits=Waits.ANNOUNCED)


async def test_outside_the_window_a_template_without_any_words_announces_the_message(
    fake: FakeWhatsApp, client: HttpClient, clock: Clock
) -> None:
    fake.templates = {"aviso": {"es_CL"}}
    channel = made(fake, client, template="aviso", template_language="es_CL")
    citizen = wrote(fake.citizen(), clock)
    clock.now += timedelta(hours=25)
    outcome = await channel.send(to(citizen, ANSWER, within_window=False))
    assert outcome == Held(ref=citizen.received[0].ref)
    assert citizen.received[0].kind == "template"
    assert ANSWER.text not in str(fake.calls[0].message)


@pytest.mark.parametrize(
    ("waits", "announced", "expected"),
    [
        (Waits.NEVER, False, Failed("131047")),
        (Waits.QUIETLY, False, Held()),
        (Waits.ANNOUNCED, True, Held()),
    ],
)
async def test_nobody_is_told_of_what_is_no_answer_nor_twice_that_something_waits(
    fake: FakeWhatsApp,
    client: HttpClient,
    clock: Clock,
    waits: Waits,
    announced: bool,
    expected: SendOutcome,
) -> None:
    fake.templates = {"aviso": {"es"}}
    citizen = wrote(fake.citizen(), clock)
    reply = replace(ANSWER, waits=waits)
    outgoing = replace(to(citizen, reply, within_window=False), announced=announced)
    assert await made(fake, client, template="aviso").send(outgoing) == expected
    assert fake.calls == []


@pytest.mark.parametrize(
    "code",
    [
        *(132000, 132001, 132005, 132007, 132012, 132015, 132016),
        *(100, 131008, 131009, 131026, 131049, 131050, 130403),
    ],
)
async def test_a_template_that_is_refused_leaves_the_message_here_with_the_reason(
    fake: FakeWhatsApp, client: HttpClient, citizen: Citizen, code: int
) -> None:
    fake.faults.next(refusal_code(code))
    channel = made(fake, client, template="aviso")
    assert await channel.send(to(citizen, ANSWER, within_window=False)) == Held(str(code))


async def test_a_template_of_which_nobody_knows_whether_it_came_is_not_sent_again(
    fake: FakeWhatsApp, client: HttpClient, citizen: Citizen
) -> None:
    fake.faults.next(CUTS)
    outcome = await made(fake, client, template="aviso").send(
        to(citizen, ANSWER, within_window=False)
    )
    assert isinstance(outcome, Held)
    assert outcome.code


@pytest.mark.parametrize("code", [2, 130429, 131056])
async def test_a_template_that_is_put_off_is_sent_later(
    fake: FakeWhatsApp, client: HttpClient, citizen: Citizen, code: int
) -> None:
    fake.faults.next(refusal_code(code))
    channel = made(fake, client, template="aviso")
    outcome = await channel.send(to(citizen, ANSWER, within_window=False))
    assert isinstance(outcome, RetryLater)


async def test_without_a_template_nothing_is_sent_outside_the_window(
    channel: WhatsAppChannel, citizen: Citizen, fake: FakeWhatsApp
) -> None:
    outcome = await channel.send(to(citizen, ANSWER, within_window=False))
    assert outcome == Held("no-template")
    assert fake.calls == []


async def test_where_the_platform_counts_the_window_otherwise_the_template_is_sent_at_once(
    fake: FakeWhatsApp, client: HttpClient, clock: Clock
) -> None:
    fake.templates = {"aviso": {"es"}}
    citizen = wrote(fake.citizen(), clock)
    clock.now += timedelta(hours=24, seconds=1)
    assert await made(fake, client).send(to(citizen, Reply(1, "Hola"))) == Failed("131047")
    assert await made(fake, client).send(to(citizen, ANSWER)) == Held("no-template")
    with_template = made(fake, client, template="aviso")
    assert isinstance(await with_template.send(to(citizen, ANSWER)), Held)
    assert citizen.received[0].kind == "template"
