"""Replies reach WhatsApp within its limits."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.http import HttpClient
from bot.channels.ports import (
    Failed,
    SendOutcome,
    Sent,
)
from bot.channels.whatsapp.channel import WhatsAppChannel
from bot.channels.whatsapp.render import MAX_PARAMETER, flattened
from handlers.messages import MAX_ROW_LABEL, Layout, Option, Reply
from handlers.text.markup import Alert, Items, Labelled, Line, Title, plain
from tests.bot.channels.whatsapp.conftest import Clock, made, options, to, wrote
from tests.fakes.whatsapp import FakeWhatsApp
from tests.fakes.whatsapp_citizen import Citizen
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


@settings(suppress_health_check=[HealthCheck.too_slow])
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
