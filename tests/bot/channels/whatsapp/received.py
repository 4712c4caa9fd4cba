"""Webhooks as Meta sends them, and what is decoded from them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from bot.channels.whatsapp.decode import Decoded, decode_webhook
from handlers.messages import Incoming

OURS = "106540352242922"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 11, 59, tzinfo=UTC)
METADATA = {"display_phone_number": "56510000000", "phone_number_id": OURS}
CONTACT = {"profile": {"name": "V"}, "wa_id": "56900000001", "user_id": "CL.1349"}
BASE = {"from": "56900000001", "id": "wamid.A", "timestamp": str(int(SENT.timestamp()))}
TEXT = {"type": "text", "text": {"body": "hola"}}


def change(value: dict[str, Any], field: str = "messages") -> dict[str, Any]:
    return {"field": field, "value": {"metadata": METADATA, **value}}


def webhook(*changes: Any) -> dict[str, Any]:
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": "1", "changes": list(changes)}],
    }


def decoded(content: Any) -> Decoded:
    return decode_webhook(json.dumps(content).encode(), OURS, NOW)


def only(message: dict[str, Any], contact: dict[str, Any] | None = CONTACT) -> Incoming:
    value = {"messages": [{**BASE, **message}], **({"contacts": [contact]} if contact else {})}
    result = decoded(webhook(change(value)))
    assert (result.bad, result.reports) == ([], [])
    (incoming,) = result.incomings
    return incoming
