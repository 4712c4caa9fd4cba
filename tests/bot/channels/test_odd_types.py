"""A field of another type than the platform's documentation says costs nobody an answer."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.http.lenient import decode_json
from bot.channels.telegram.decode import decode_update
from bot.channels.whatsapp.decode import Decoded, decode_webhook
from handlers.messages import Incoming, Media, MediaKind, Text

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
NUMBER = "106540352242922"
PERSON = 5000000001
ABSENT = object()
ODD: list[Any] = [
    *(None, "5", 5, 5.0, 1.5, True, -1, 0, 10**30, 1e300, 1795435200000),
    *("", "x", "\x00", "\ud800x", [], [None], [5, {}], {}, {"id": {"a": [1]}}, ABSENT),
]

SENT_BY_TELEGRAM: dict[str, Any] = {
    "message_id": 77,
    "from": {"id": PERSON, "is_bot": False, "language_code": "es"},
    "chat": {"id": PERSON, "type": "private"},
    "date": 1795435200,
    "edit_date": 1795435201,
    "reply_to_message": {"message_id": 76, "date": 1, "chat": {"id": PERSON}},
    "text": "hola",
}
SENT_BY_WHATSAPP: dict[str, Any] = {
    "id": "wamid.A",
    "from": "56900000001",
    "from_user_id": "CL.1349",
    "timestamp": "1795435140",
    "type": "text",
    "context": {"id": "wamid.Q"},
    "text": {"body": "hola"},
    "errors": [{"code": 131051}],
}
# Fields without which nobody knows whom to answer, or that say that nobody is to be.
TELLING = {
    *(("chat",), ("chat", "id"), ("chat", "type"), ("from", "is_bot"), ("type",)),
    *(("from",), ("group_id",)),
}


def places(content: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, value in content.items() if isinstance(content, dict) else ():
        yield (*above, name)
        yield from places(value, (*above, name))


def replaceable(content: Any) -> list[tuple[str, ...]]:
    return [place for place in places(content) if place not in TELLING]


def changed(content: dict[str, Any], place: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The content with another value at a place."""
    result = copy.deepcopy(content)
    holder = result
    for name in place[:-1]:
        holder = holder[name]
    if value is ABSENT:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    return result


def from_telegram(message: dict[str, Any]) -> tuple[Incoming, ...]:
    raw = json.dumps({"update_id": 1, "message": message}).encode()
    return decode_update(raw, "7000000001", NOW).incomings


def from_whatsapp(message: Any, **more: Any) -> Decoded:
    value = {"metadata": {"phone_number_id": NUMBER}, "messages": [message], **more}
    change = {"field": "messages", "value": value}
    return decode_webhook(json.dumps({"entry": [{"changes": [change]}]}).encode(), NUMBER, NOW)


@pytest.mark.parametrize(
    "place", [p for p in places(SENT_BY_TELEGRAM) if p not in TELLING], ids=str
)
def test_an_odd_field_of_telegram_costs_nobody_an_answer(place: tuple[str, ...]) -> None:
    for value in ODD:
        if place == ("text",) and value in (None, ABSENT):
            continue  # nobody wrote anything
        (incoming,) = from_telegram(changed(SENT_BY_TELEGRAM, place, value))
        assert incoming.sender.address == str(PERSON), value


@pytest.mark.parametrize(
    "place", [p for p in places(SENT_BY_WHATSAPP) if p not in TELLING], ids=str
)
def test_an_odd_field_of_whatsapp_costs_nobody_an_answer(place: tuple[str, ...]) -> None:
    for value in ODD:
        result = from_whatsapp(changed(SENT_BY_WHATSAPP, place, value))
        assert [one.sender.address for one in result.incomings] == ["56900000001"], value
        assert result.bad == []


def test_whom_it_comes_from_is_taken_from_what_stands_beside_it() -> None:
    contacts = [{"wa_id": 56900000001.0, "profile": "?"}]
    for odd in (None, [], {}, True, 1.5):
        result = from_whatsapp({**SENT_BY_WHATSAPP, "from": odd}, contacts=contacts)
        assert [one.sender.address for one in result.incomings] == ["56900000001"]


def test_lists_beside_a_message_may_be_no_lists() -> None:
    for odd in ODD:
        if odd is not ABSENT:
            result = from_whatsapp(SENT_BY_WHATSAPP, contacts=odd, statuses=odd)
            assert [one.id for one in result.incomings] == ["wamid.A"], odd


def test_a_report_without_a_readable_code_is_a_report() -> None:
    for errors in (None, [], {}, "?", [None], [5], [{"code": None}], [{"code": []}]):
        status = {"id": "s", "status": "failed", "errors": errors}
        assert [one.ref for one in from_whatsapp(SENT_BY_WHATSAPP, statuses=[status]).reports] == [
            "s"
        ]


def test_a_time_that_cannot_be_is_now_and_one_of_years_ago_is_kept() -> None:
    for odd in (0, -5, 1, "x", 1795435200000, 10**30, None):
        (incoming,) = from_telegram({**SENT_BY_TELEGRAM, "date": odd, "edit_date": None})
        assert incoming.sent_at == NOW, odd
        (incoming,) = from_whatsapp({**SENT_BY_WHATSAPP, "timestamp": odd}).incomings
        assert incoming.sent_at == NOW, odd
    (incoming,) = from_whatsapp({**SENT_BY_WHATSAPP, "timestamp": 1577836800.0}).incomings
    assert incoming.sent_at == datetime(2020, 1, 1, tzinfo=UTC)


def test_what_has_no_id_has_the_same_one_whenever_it_comes() -> None:
    message = changed(SENT_BY_WHATSAPP, ("id",), ABSENT)
    (first,) = from_whatsapp(message).incomings
    (again,) = from_whatsapp(message).incomings
    (other,) = from_whatsapp({**message, "timestamp": "1795435141"}).incomings
    assert first.id == again.id != other.id
    assert first.body == Text("hola")


def test_what_no_database_holds_names_neither_a_person_nor_a_message() -> None:
    contacts = [{"wa_id": "\x00"}]
    (incoming,) = from_whatsapp({**SENT_BY_WHATSAPP, "id": "\x00"}, contacts=contacts).incomings
    assert incoming.sender.address == "56900000001"
    assert incoming.id.isalnum()
    nobody = {**SENT_BY_WHATSAPP, "from": "\x00", "from_user_id": "\x07"}
    assert len(from_whatsapp(nobody).bad) == 1


def test_words_that_are_no_text_are_something_that_cannot_be_read() -> None:
    (incoming,) = from_telegram({**SENT_BY_TELEGRAM, "text": {"a": 1}})
    assert incoming.body == Media(MediaKind.OTHER)
    (incoming,) = from_whatsapp({**SENT_BY_WHATSAPP, "text": ["?"]}).incomings
    assert incoming.body == Media(MediaKind.OTHER)
    assert from_whatsapp({**SENT_BY_WHATSAPP, "text": {"body": 7}}).incomings[0].body == Text("7")


def test_what_is_odd_everywhere_is_given_up_in_the_end() -> None:
    from bot.channels.whatsapp.decode import _STATUS

    errors = [5] * 1000
    with pytest.raises(ValueError, match="errors"):
        decode_json(_STATUS, json.dumps({"id": "s", "status": "x", "errors": errors}).encode())
