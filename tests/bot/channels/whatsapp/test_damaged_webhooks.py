"""A webhook of WhatsApp that is damaged loses only its damaged parts, and those are set aside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.decode import decode_webhook
from tests.bot.channels.whatsapp.received import (
    BASE,
    CONTACT,
    NOW,
    OURS,
    TEXT,
    change,
    decoded,
    webhook,
)

BAD_MESSAGES: list[Any] = [
    {"id": "wamid.X", "type": "text"},
    {**BASE, "id": "wamid.X", **TEXT, "from": ""},
    {**BASE, "id": "wamid.X", "type": "system", "system": {"type": "user_changed_number"}},
    "not an object",
    None,
]


@pytest.mark.parametrize("broken", BAD_MESSAGES)
def test_one_bad_message_is_set_aside_and_its_neighbours_go_on(broken: Any) -> None:
    value = {"messages": [{**BASE, **TEXT, "id": "a"}, broken, {**BASE, **TEXT, "id": "b"}]}
    result = decoded(webhook(change(value), change({"messages": [{**BASE, **TEXT, "id": "c"}]})))
    assert [incoming.id for incoming in result.incomings] == ["a", "b", "c"]
    (bad,) = result.bad
    assert bad.event_id == "wamid.X" or len(bad.event_id) == 32
    assert json.loads(bad.raw) == broken


@pytest.mark.parametrize(
    "content",
    [
        {
            "entry": [
                {"changes": "?"},
                webhook(change({"messages": [{**BASE, **TEXT}]}))["entry"][0],
            ]
        },
        webhook({"field": "messages"}, change({"messages": [{**BASE, **TEXT}]})),
        webhook(change({"messages": "?"}), change({"messages": [{**BASE, **TEXT}]})),
        webhook(change({"messages": [{**BASE, **TEXT}], "statuses": [{"id": 1}]})),
        webhook(change({"messages": [{**BASE, **TEXT}], "contacts": ["?"]})),
    ],
)
def test_a_bad_part_hurts_no_other_part(content: Any) -> None:
    result = decoded(content)
    assert [incoming.id for incoming in result.incomings] == ["wamid.A"]
    assert len(result.bad) == 1


@pytest.mark.parametrize("raw", [b"", b"junk", b"[]", b'{"entry":1}', b"\xff\xfe", b"[" * 100_000])
def test_junk_is_set_aside_whole_under_one_name(raw: bytes) -> None:
    first, second = decode_webhook(raw, OURS, NOW), decode_webhook(raw, OURS, NOW)
    assert first == second
    assert [bad.raw for bad in first.bad] == [raw]


WHOLE = json.dumps(webhook(change({"messages": [{**BASE, **TEXT}], "contacts": [CONTACT]})))


@given(st.integers(0, len(WHOLE)), st.integers(0, 20), st.binary(max_size=8))
def test_a_damaged_webhook_never_raises_and_never_vanishes_unless_it_is_anothers(
    start: int, length: int, inserted: bytes
) -> None:
    whole = WHOLE.encode()
    raw = whole[:start] + inserted + whole[start + length :]
    result = decode_webhook(raw, OURS, NOW)
    if not (result.incomings or result.bad):
        assert raw != whole
