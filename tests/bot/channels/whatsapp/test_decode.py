"""WhatsApp's webhooks, as Meta sends them, become what the conversation understands."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.channels.ports import DeliveryReport, ReportState
from bot.channels.whatsapp.decode import Decoded, decode_webhook
from handlers.messages import (
    Body,
    Channel,
    Departed,
    Edited,
    Incoming,
    Media,
    MediaFile,
    MediaKind,
    Press,
    Sender,
    Start,
    Text,
)
from tests.bot.channels.whatsapp.received import (
    BASE,
    CONTACT,
    NOW,
    OURS,
    SENT,
    TEXT,
    change,
    decoded,
    only,
    webhook,
)
from tests.fakes import specs

FILE = MediaFile("1")


def test_a_text_names_its_sender_by_number_and_user_id() -> None:
    assert only({"type": "text", "text": {"body": "¿dónde saco la patente? 🙂"}}) == Incoming(
        id="wamid.A",
        sender=Sender(Channel.WHATSAPP, OURS, "56900000001", ("CL.1349",)),
        body=Text("¿dónde saco la patente? 🙂"),
        sent_at=SENT,
    )


@pytest.mark.parametrize(
    ("contact", "message", "address", "others"),
    [
        ({"wa_id": "56900000001"}, {}, "56900000001", ()),
        ({"user_id": "CL.1349"}, {"from": "", "from_user_id": "CL.1349"}, "CL.1349", ()),
        ({"user_id": "CL.1349"}, {"from": ""}, "CL.1349", ()),
        (None, {"from_user_id": "CL.7"}, "56900000001", ("CL.7",)),
        # The platform's id of a number may differ from the number.
        ({"wa_id": "5690000001"}, {}, "5690000001", ()),
    ],
)
def test_a_sender_is_known_by_anything_the_platform_tells(
    contact: dict[str, Any] | None,
    message: dict[str, Any],
    address: str,
    others: tuple[str, ...],
) -> None:
    sender = only({**TEXT, **message}, contact).sender
    assert (sender.address, sender.others) == (address, others)


def test_each_message_finds_its_own_contact_among_several() -> None:
    value = {
        "contacts": [
            {"wa_id": "56900000002", "user_id": "CL.2"},
            {"user_id": "CL.3"},
            {"wa_id": "56900000001", "user_id": "CL.1"},
        ],
        "messages": [
            {**BASE, **TEXT},
            {**BASE, **TEXT, "id": "wamid.B", "from": "", "from_user_id": "CL.3"},
            {**BASE, **TEXT, "id": "wamid.C", "from": "56900000009"},
        ],
    }
    senders = [incoming.sender for incoming in decoded(webhook(change(value))).incomings]
    assert [(sender.address, sender.others) for sender in senders] == [
        ("56900000001", ("CL.1",)),
        ("CL.3", ()),
        ("56900000009", ()),
    ]


@pytest.mark.parametrize("kind", ["button_reply", "list_reply"])
def test_a_press_carries_its_prompt_its_key_and_what_it_stood_under(kind: str) -> None:
    content = {"type": kind, kind: {"id": "12:grade:7", "title": "7"}}
    incoming = only({"type": "interactive", "interactive": content, "context": {"id": "wamid.Q"}})
    assert incoming.body == Press("grade:7", 12)
    assert incoming.quotes == "wamid.Q"


@pytest.mark.parametrize("quoted", ["ours", "theirs"])
def test_only_a_message_of_ours_is_quoted(quoted: str) -> None:
    by = BASE["from"] if quoted == "theirs" else "56512000000"
    incoming = only({**TEXT, "context": {"from": by, "id": "wamid.Q"}})
    assert incoming.quotes == ("wamid.Q" if quoted == "ours" else None)


@pytest.mark.parametrize(
    ("message", "body"),
    [
        (
            {"type": "interactive", "interactive": {"type": "x", "button_reply": {"id": "old"}}},
            Press("old", 0),
        ),
        (
            {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": {}}},
            Media(MediaKind.OTHER),
        ),
        ({"type": "button", "button": {"payload": "4:si", "text": "Sí"}}, Press("si", 4)),
        (
            {"type": "button", "button": {"payload": "Ver más", "text": "Ver más"}},
            Text("Ver más"),
        ),
        ({"type": "edit", "edit": {"message": {"text": {"body": "7"}}}}, Edited("7")),
        ({"type": "edit", "edit": {"message": {"image": {"caption": "c"}}}}, Edited("c")),
        ({"type": "edit", "edit": None}, Edited("")),
        ({"type": "text", "text": {"body": None}}, Text("")),
        ({"type": "image", "image": {"caption": None}}, Media(MediaKind.PHOTO)),
        ({"type": "audio", "audio": {"id": "1", "voice": True}}, Media(MediaKind.VOICE, "", FILE)),
        (
            {"type": "image", "image": {"id": "1", "caption": "a"}},
            Media(MediaKind.PHOTO, "a", FILE),
        ),
        ({"type": "document", "document": {"id": "1"}}, Media(MediaKind.DOCUMENT, "", FILE)),
        ({"type": "image", "image": {"caption": "el hoyo"}}, Media(MediaKind.PHOTO, "el hoyo")),
        ({"type": "video", "video": {"caption": "a"}}, Media(MediaKind.VIDEO, "a")),
        ({"type": "document", "document": {"caption": "b"}}, Media(MediaKind.DOCUMENT, "b")),
        ({"type": "sticker", "sticker": {"id": "1"}}, Media(MediaKind.STICKER)),
        ({"type": "location", "location": {"latitude": 1.5}}, Media(MediaKind.LOCATION)),
        ({"type": "contacts", "contacts": [{"name": {}}]}, Media(MediaKind.CONTACT)),
        ({"type": "order", "order": {}}, Media(MediaKind.OTHER)),
        ({"type": "unsupported", "errors": [{"code": 131051}]}, Media(MediaKind.OTHER)),
        ({"type": "a-later-kind", "a-later-kind": 1}, Media(MediaKind.OTHER)),
        ({"type": "request_welcome"}, Start()),
    ],
)
def test_every_type_has_its_meaning(message: dict[str, Any], body: Body) -> None:
    assert only(message).body == body


@pytest.mark.parametrize(
    "message",
    [
        {"type": "reaction", "reaction": {"message_id": "wamid.Q", "emoji": "👍"}},
        {"type": "reaction", "reaction": {"message_id": "wamid.Q", "emoji": "7️⃣"}},
        {"type": "reaction", "reaction": {"message_id": "wamid.Q"}},
        {"type": "revoke", "revoke": {"original_message_id": "wamid.0"}},
    ],
)
def test_a_gesture_and_a_message_that_is_gone_are_no_answer(message: dict[str, Any]) -> None:
    value = {"messages": [{**BASE, **message}], "contacts": [CONTACT]}
    result = decoded(webhook(change(value)))
    assert (result.incomings, result.bad) == ([], [])


MESSAGES: list[dict[str, Any]] = [
    {**TEXT, "context": {"id": "wamid.Q", "from": "56510000000"}},
    {"type": "image", "image": {"caption": "el hoyo", "id": "1"}},
    {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": {"id": "4:a"}}},
    {"type": "button", "button": {"payload": "4:si", "text": "Sí"}},
    {"type": "location", "location": {"latitude": 1.5}},
]
OPTIONAL = ("from", "from_user_id", "timestamp", "context", "text", "image", "button", "location")


@pytest.mark.parametrize("field", OPTIONAL)
@pytest.mark.parametrize("message", MESSAGES)
def test_a_field_that_is_null_leaves_nobody_without_an_answer(
    message: dict[str, Any], field: str
) -> None:
    incoming = only({**message, field: None})
    assert incoming.sender.address == "56900000001"


@pytest.mark.parametrize("absent", [{"contacts": None}, {"contacts": []}, {}, {"statuses": None}])
def test_lists_that_are_null_or_absent_are_empty(absent: dict[str, Any]) -> None:
    result = decoded(webhook(change({"messages": [{**BASE, **TEXT}], **absent})))
    assert (len(result.incomings), result.bad) == (1, [])


@pytest.mark.parametrize("contact", [{"wa_id": None, "user_id": "CL.1"}, {"wa_id": 56900000001}])
def test_a_contact_is_known_by_what_is_left(contact: dict[str, Any]) -> None:
    assert only(TEXT, contact).sender.address == "56900000001"


@pytest.mark.parametrize("written", [int(SENT.timestamp()), float(SENT.timestamp())])
def test_a_time_may_be_a_number(written: float) -> None:
    assert only({**TEXT, "timestamp": written}).sent_at == SENT


@pytest.mark.parametrize(("code", "told"), [("131026", "131026"), (131026, "131026"), (None, "")])
def test_the_code_of_an_error_may_be_a_string(code: object, told: str) -> None:
    status = {"id": "wamid.S", "status": "failed", "errors": [{"code": code}]}
    (report,) = decoded(webhook(change({"statuses": [status]}))).reports
    assert report.code == told


def test_half_a_character_is_dropped_and_the_rest_is_read() -> None:
    raw = json.dumps(webhook(change({"messages": [{**BASE, **TEXT}], "contacts": [CONTACT]})))
    (incoming,) = decode_webhook(raw.replace("hola", "ho\\ud800la").encode(), OURS, NOW).incomings
    assert incoming.body == Text("hola")


@pytest.mark.parametrize(
    "system",
    [
        {"wa_id": "56900000002", "type": "user_changed_number"},
        {"wa_id": 56900000002, "type": "customer_changed_number", "customer": "56900000001"},
        {"new_wa_id": "56900000002", "type": "user_changed_number"},
    ],
)
def test_a_changed_number_takes_over_from_the_former_one(system: dict[str, Any]) -> None:
    incoming = only({"type": "system", "system": {"body": "…", **system}}, contact=None)
    assert incoming.sender == Sender(Channel.WHATSAPP, OURS, "56900000002", (), "56900000001")
    assert incoming.body == Departed()


@pytest.mark.parametrize("absent", [{}, {"type": None}, {"type": ""}, {"type": []}])
def test_a_message_without_a_type_is_known_by_what_stands_in_it(absent: dict[str, Any]) -> None:
    for content, body in (
        ({"text": {"body": "7"}}, Text("7")),
        ({"text": None, "location": {"latitude": 1}}, Media(MediaKind.LOCATION)),
        ({"image": {"id": "1", "caption": "hoyo"}}, Media(MediaKind.PHOTO, "hoyo", FILE)),
        ({"interactive": {"button_reply": {"id": "12:si"}}}, Press("si", 12)),
        ({"something": {"new": 1}}, Media(MediaKind.OTHER)),
        ({}, Media(MediaKind.OTHER)),
    ):
        assert only({**absent, **content}).body == body
    for gesture in ("reaction", "revoke"):
        message = {**BASE, **absent, gesture: {"message_id": "wamid.Q"}}
        assert decoded(webhook(change({"messages": [message]}))) == Decoded()


def test_a_message_from_the_future_is_from_now() -> None:
    late = {**TEXT, "timestamp": str(int(NOW.timestamp()) + 3600)}
    assert only(late).sent_at == NOW


def test_every_entry_change_message_and_status_counts() -> None:
    def text(name: str) -> dict[str, Any]:
        return {**BASE, **TEXT, "id": name}

    content = {
        "entry": [
            {
                "changes": [
                    change({"messages": [text("a"), text("b")]}),
                    change({"statuses": [{"id": "s1", "status": "delivered"}]}),
                ]
            },
            {
                "changes": [
                    change(
                        {
                            "messages": [text("c")],
                            "statuses": [
                                {"id": "s2", "status": "sent"},
                                {"id": "s2", "status": "read"},
                                {"id": "s3", "status": "failed", "errors": [{"code": 131026}]},
                            ],
                        }
                    )
                ]
            },
        ]
    }
    result = decoded(content)
    assert [incoming.id for incoming in result.incomings] == ["a", "b", "c"]
    assert result.reports == [
        DeliveryReport(Channel.WHATSAPP, "s1", ReportState.DELIVERED),
        DeliveryReport(Channel.WHATSAPP, "s2", ReportState.READ),
        DeliveryReport(Channel.WHATSAPP, "s3", ReportState.FAILED, "131026"),
    ]
    assert result.bad == []


@pytest.mark.parametrize(
    "content",
    [
        webhook(change({"messages": [{**BASE, **TEXT}]}, field="account_update")),
        webhook(change({"messages": [{**BASE, **TEXT}], "metadata": {"phone_number_id": "9"}})),
        webhook(change({"messages": [{**BASE, **TEXT, "group_id": "g"}]})),
        webhook(
            change({"messages": [{**BASE, "type": "reaction", "reaction": {"message_id": "q"}}]})
        ),
        webhook(change({"messages": [{**BASE, "type": "system", "system": {"type": "identity"}}]})),
        webhook(change({"statuses": [{"id": "s", "status": "a-later-one"}]})),
        webhook(),
    ],
)
def test_what_concerns_nobody_is_seen_and_means_nothing(content: Any) -> None:
    assert decoded(content) == Decoded()


@pytest.mark.skipif(specs.whatsapp() is None, reason=specs.SKIPPED)
def test_every_example_of_the_specification_is_understood() -> None:
    spec = specs.whatsapp()
    assert spec is not None
    understood = {}
    for name, example in spec.webhook_examples.items():
        metadata = example["entry"][0]["changes"][0]["value"]["metadata"]
        raw = json.dumps(example).encode()
        result = decode_webhook(raw, metadata["phone_number_id"], NOW)
        assert result.bad == [], name
        understood[name] = len(result.incomings)
    silent = {name for name, count in understood.items() if count == 0}
    assert all("Group" in name or "Reaction" in name for name in silent), silent
    assert sum(understood.values()) >= 12
