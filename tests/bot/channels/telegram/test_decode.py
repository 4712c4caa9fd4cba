"""Telegram's updates, as the platform sends them, become what the conversation understands."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import decode
from bot.channels.telegram.decode import Decoded, decode_update, update_number
from handlers.messages import (
    FETCHED,
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
from tests.fakes import specs
from tests.fakes.telegram.citizen import MEDIA

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PERSON = {"id": 5000000001, "is_bot": False, "first_name": "V", "language_code": "es"}
PRIVATE = {"id": 5000000001, "type": "private", "first_name": "V"}
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "Junta de vecinos"}
BASE = {"message_id": 77, "from": PERSON, "chat": PRIVATE, "date": 1795435200}


def decoded(content: dict[str, Any]) -> Decoded:
    raw = json.dumps({"update_id": 731000001, **content}).encode()
    return decode_update(raw, "7000000001", NOW)


def only(content: dict[str, Any]) -> Incoming:
    (incoming,) = decoded(content).incomings
    return incoming


def said(text: str) -> Body:
    return only({"message": {**BASE, "text": text}}).body


def test_a_text_names_its_chat_its_time_and_its_language() -> None:
    incoming = only({"message": {**BASE, "text": "¿dónde saco la patente? 🙂"}})
    assert incoming == Incoming(
        id="731000001",
        sender=Sender(Channel.TELEGRAM, "7000000001", "5000000001"),
        body=Text("¿dónde saco la patente? 🙂"),
        sent_at=datetime.fromtimestamp(1795435200, UTC),
        quotes=None,
        language="es",
    )


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("/start", Start()),
        ("/start d-AbC_9", Start("d-AbC_9")),
        ("/start@opina_bot d1", Start("d1")),
        ("/start d1 y algo más", Start("d1")),
        ("/start ¿hola?", Start()),
        ("/start " + "x" * 65, Start()),
        ("/startle", Text("/startle")),
        ("/ayuda", Text("/ayuda")),
        ("/ayuda@opina_bot", Text("/ayuda")),
        ("/buscar@opina_bot licencia", Text("/buscar licencia")),
        ("mi correo es a@b.cl", Text("mi correo es a@b.cl")),
        (" /start d1", Text(" /start d1")),
    ],
)
def test_commands_stay_text_and_only_start_is_told_apart(text: str, body: Body) -> None:
    assert said(text) == body


@pytest.mark.parametrize(
    ("quoted", "quotes"),
    [({"from": {"id": 1, "is_bot": True}}, "41"), ({"from": None}, "41"), ({"from": PERSON}, None)],
)
def test_an_answer_to_one_of_our_messages_quotes_it(
    quoted: dict[str, Any], quotes: str | None
) -> None:
    given = {**BASE, "message_id": 41, "text": "caso LS-2026-000001", **quoted}
    given = {name: value for name, value in given.items() if value is not None}
    incoming = only({"message": {**BASE, "text": "ya lo vi", "reply_to_message": given}})
    assert incoming.quotes == quotes


def press(data: str | None, **changes: Any) -> dict[str, Any]:
    query: dict[str, Any] = {
        "id": "4382",
        "from": PERSON,
        "message": {**BASE, "text": "¿Qué nota?"},
        "chat_instance": "42",
        "data": data,
    }
    query.update(changes)
    return {"callback_query": {name: value for name, value in query.items() if value is not None}}


def test_a_press_carries_its_prompt_its_key_and_the_time_of_arrival() -> None:
    update = decoded(press("12:grade:7"))
    assert update.callback_id == "4382"
    (incoming,) = update.incomings
    assert incoming.body == Press("grade:7", 12)
    assert incoming.sent_at == NOW
    assert incoming.quotes == "77"
    assert incoming.sender.address == "5000000001"


def test_a_press_under_a_message_that_telegram_no_longer_has_still_counts() -> None:
    gone = {"message_id": 5, "chat": PRIVATE, "date": 0}
    (incoming,) = decoded(press("3:si", message=gone)).incomings
    assert (incoming.body, incoming.quotes) == (Press("si", 3), "5")


@pytest.mark.parametrize("data", ["si", ":si", "12:", "99999999999:si", "-1:si", "²:si"])
def test_a_keyboard_that_is_not_ours_is_a_stale_one(data: str) -> None:
    (incoming,) = decoded(press(data)).incomings
    assert incoming.body == Press(data, 0)


def test_a_press_in_a_group_or_without_data_is_only_nodded_to() -> None:
    for content in (press("1:si", message={**BASE, "chat": GROUP}), press(None)):
        assert decoded(content) == Decoded(731000001, (), "4382")


@pytest.mark.parametrize("odd", [None, 0, "x", [], {}, True, 10**30])
def test_a_press_counts_for_the_chat_it_was_made_in_whatever_else_is_odd(odd: object) -> None:
    for changes in ({"from": odd}, {"from": {"id": odd}}, {"id": odd}):
        query = press("12:grade:7")
        query["callback_query"].update(changes)
        (incoming,) = decoded(query).incomings
        assert incoming.body == Press("grade:7", 12)
        assert incoming.sender.address == "5000000001"


def test_a_press_without_a_sender_is_set_aside_and_one_of_a_bot_is_only_nodded_to() -> None:
    nobody = press("12:si", message=None)
    for sender in ({"id": 0}, {"id": -5}, None):
        nobody["callback_query"]["from"] = sender
        with pytest.raises(ValueError, match="without a sender"):
            decoded(nobody)
    robot = press("12:si", **{"from": {**PERSON, "is_bot": True}})
    assert decoded(robot) == Decoded(731000001, (), "4382")


def test_an_edit_is_told_with_its_own_time() -> None:
    incoming = only({"edited_message": {**BASE, "text": "corrijo: 6", "edit_date": 1795435260}})
    assert incoming.body == Edited("corrijo: 6")
    assert incoming.sent_at == datetime.fromtimestamp(1795435260, UTC)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("voice", MediaKind.VOICE),
        ("audio", MediaKind.VOICE),
        ("photo", MediaKind.PHOTO),
        ("video", MediaKind.VIDEO),
        ("video_note", MediaKind.VIDEO),
        ("document", MediaKind.DOCUMENT),
        ("sticker", MediaKind.STICKER),
        ("location", MediaKind.LOCATION),
        ("contact", MediaKind.CONTACT),
        ("dice", MediaKind.OTHER),
    ],
)
def test_what_cannot_be_read_is_told_by_its_kind_and_caption(
    kind: str, expected: MediaKind
) -> None:
    content = {**BASE, kind: MEDIA[kind], "caption": "el hoyo de mi calle"}
    # Of a photo it is the largest size; what is no photo, document or audio cannot be fetched.
    file = MediaFile("AwACAgEAAxkB") if expected in FETCHED else None
    assert only({"message": content}).body == Media(expected, "el hoyo de mi calle", file)


def test_a_photo_is_fetched_in_its_largest_size_and_what_is_no_file_is_not() -> None:
    sizes = [{"file_id": "a", "file_size": 900}, {"file_id": "b", "file_size": 9000}, {}]
    photo = only({"message": {**BASE, "photo": sizes}}).body
    assert photo == Media(MediaKind.PHOTO, "", MediaFile("b", 9000))
    for strange in ({}, [], [{"file_id": 7}], "x", {"file_id": "a", "file_size": -1}):
        body = only({"message": {**BASE, "photo": strange}}).body
        assert body == Media(MediaKind.PHOTO)


def test_an_animation_is_no_document_and_a_venue_no_bare_location() -> None:
    animation = {**BASE, "animation": MEDIA["animation"], "document": MEDIA["document"]}
    assert only({"message": animation}).body == Media(MediaKind.VIDEO)
    place = {"location": MEDIA["location"], "title": "Plaza", "address": "Calle"}
    venue = {**BASE, "venue": place, "location": MEDIA["location"]}
    assert only({"message": venue}).body == Media(MediaKind.LOCATION)


def membership(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    return {
        "my_chat_member": {
            "chat": chat,
            "from": PERSON,
            "date": 1795435200,
            "old_chat_member": {"status": "member", "user": PERSON},
            "new_chat_member": {"status": status, "user": PERSON, "until_date": 0},
        }
    }


def test_a_contact_that_blocks_the_bot_has_departed() -> None:
    incoming = only(membership("kicked"))
    assert incoming.body == Departed()
    assert incoming.sender.address == "5000000001"


@pytest.mark.parametrize(
    "content",
    [
        {"message": {**BASE, "chat": GROUP, "text": "hola a todos"}},
        {"edited_message": {**BASE, "chat": GROUP, "text": "hola"}},
        {"message": {**BASE, "pinned_message": {**BASE, "text": "x"}}},
        membership("member"),
        membership("kicked", GROUP),
        {"message_reaction": {"chat": PRIVATE, "message_id": 1}},
        {"something_new": {"in": "a later Bot API"}},
    ],
)
def test_what_concerns_nobody_is_seen_and_means_nothing(content: dict[str, Any]) -> None:
    assert decoded(content) == Decoded(731000001)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"no json",
        b"[1]",
        b'{"update_id":"one"}',
        b'{"update_id":1,"message":{"message_id":1}}',
        b'{"update_id":1,"message":{"message_id":1,"chat":{"id":"x"},"text":"a"}}',
        b'{"update_id":1,"message":[1]}',
        b'{"update_id":1,"message":{"message_id":1,"chat":{"id":1},"text":"\xff"}}',
        b'{"update_id":1,"message":' + b'{"chat":' * 100_000,
    ],
)
def test_what_cannot_be_read_is_an_error_of_the_two_that_callers_expect(raw: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        decode_update(raw, "7000000001", NOW)


def test_the_number_of_an_unreadable_update_is_still_found() -> None:
    assert update_number(b'{"update_id":7,"message":{"message_id":"?"}}') == 7
    assert update_number(b'{"message":{}}') is None
    assert update_number(b"\xff\xfe") is None


WHOLE = json.dumps({"update_id": 7, **press("12:si")}).encode()


@given(st.integers(0, len(WHOLE)), st.integers(0, 20), st.binary(max_size=8))
def test_a_damaged_update_is_read_or_refused_and_nothing_else(
    start: int, length: int, inserted: bytes
) -> None:
    raw = WHOLE[:start] + inserted + WHOLE[start + length :]
    with contextlib.suppress(ValueError, RecursionError):
        decode_update(raw, "7000000001", NOW)
    assert update_number(raw) is None or isinstance(update_number(raw), int)


@pytest.mark.parametrize(
    "changes",
    [
        {"chat": {"id": 5000000001}},
        {"chat": {"id": -5000000001, "type": "private"}},
        {"chat": GROUP},
        {"chat": {"id": 5000000001, "type": "channel"}},
        {"from": {**PERSON, "is_bot": True}},
    ],
)
def test_only_what_a_person_writes_in_their_own_chat_is_answered(changes: dict[str, Any]) -> None:
    for kind in ("message", "edited_message"):
        assert decoded({kind: {**BASE, "text": "7", **changes}}).incomings == ()


def test_the_next_position_of_a_live_location_is_no_message() -> None:
    position = {**MEDIA["location"], "live_period": 900}
    assert decoded({"edited_message": {**BASE, "location": position}}).incomings == ()
    assert only({"message": {**BASE, "location": position}}).body == Media(MediaKind.LOCATION)


@pytest.mark.parametrize("name", ["gift", "giveaway", "invoice", "poll", "a_later_kind"])
def test_content_that_cannot_be_opened_is_told_so(name: str) -> None:
    assert only({"message": {**BASE, name: {}}}).body == Media(MediaKind.OTHER)


@pytest.mark.skipif(specs.telegram() is None, reason=specs.SKIPPED)
def test_every_field_of_a_message_is_answered_once_or_is_a_notice_of_the_platforms_own() -> None:
    spec = specs.telegram()
    assert spec is not None
    for name in spec.field_names("Message") - decode._AROUND:
        content = MEDIA.get(name, "hola" if name == "text" else {})
        answered = len(decoded({"message": {**BASE, name: content}}).incomings)
        assert answered == (name not in decode._NOTICES), name


def test_half_a_character_is_dropped_and_the_rest_is_read() -> None:
    raw = json.dumps({"update_id": 1, "message": {**BASE, "text": "hola"}})
    update = decode_update(raw.replace("hola", "ho\\udc00la").encode(), "7000000001", NOW)
    assert [incoming.body for incoming in update.incomings] == [Text("hola")]
