"""WhatsApp's webhooks → Incoming and DeliveryReport: every entry, change, message and status."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from bot.channels.ports import DeliveryReport, ReportState
from handlers.messages import (
    Body,
    Channel,
    Departed,
    Incoming,
    Media,
    MediaKind,
    Press,
    Sender,
    Start,
    Text,
)

T = TypeVar("T")


class Bad(Struct, frozen=True):
    """A part that could not be read; ``event_id`` is the same whenever it is sent again."""

    event_id: str
    raw: bytes


class Decoded(Struct):
    """One webhook's content, in its order."""

    incomings: list[Incoming] = []
    reports: list[DeliveryReport] = []
    bad: list[Bad] = []


def decode_webhook(raw: bytes, account: str, now: datetime) -> Decoded:
    """Read one webhook. ``account``: our phone number's id; other numbers' messages are left.

    No message is later than ``now``, whatever the platform's clock says.

    Nothing is raised: what cannot be read, be it one message or the whole, is in ``bad``.
    """
    decoded = Decoded()
    envelope = _read(_ENVELOPE, raw, decoded)
    for raw_entry in envelope.entry if envelope else ():
        entry = _read(_ENTRY, raw_entry, decoded)
        for raw_change in entry.changes if entry else ():
            change = _read(_CHANGE, raw_change, decoded)
            if change and change.field == "messages":
                value = _read(_VALUE, change.value, decoded)
                if value and value.metadata.phone_number_id == account:
                    _read_value(value, now, decoded)
    return decoded


class _Envelope(Struct):
    entry: list[msgspec.Raw]


class _Entry(Struct):
    changes: list[msgspec.Raw]


class _Change(Struct):
    field: str
    value: msgspec.Raw


class _Metadata(Struct):
    phone_number_id: str


class _Value(Struct):
    metadata: _Metadata
    contacts: list[msgspec.Raw] = []
    messages: list[msgspec.Raw] = []
    statuses: list[msgspec.Raw] = []


class _Contact(Struct):
    wa_id: str = ""
    user_id: str = ""


class _Text(Struct):
    body: str


class _Chosen(Struct):
    id: str
    title: str = ""


class _Interactive(Struct):
    type: str = ""
    button_reply: _Chosen | None = None
    list_reply: _Chosen | None = None


class _TemplateButton(Struct):
    payload: str = ""
    text: str = ""


class _Captioned(Struct):
    caption: str = ""


class _Reaction(Struct):
    message_id: str = ""
    emoji: str = ""


class _System(Struct):
    type: str = ""
    wa_id: str = ""
    user_id: str = ""


class _Context(Struct):
    id: str | None = None


class _Message(Struct):
    id: str
    timestamp: str
    type: str
    sender: str = msgspec.field(default="", name="from")
    from_user_id: str = ""
    group_id: str = ""
    context: _Context | None = None
    text: _Text | None = None
    interactive: _Interactive | None = None
    button: _TemplateButton | None = None
    image: _Captioned | None = None
    video: _Captioned | None = None
    document: _Captioned | None = None
    reaction: _Reaction | None = None
    system: _System | None = None


class _Error(Struct):
    code: int


class _Status(Struct):
    id: str
    status: str
    errors: list[_Error] = []


class _Named(Struct):
    id: str


_ENVELOPE = msgspec.json.Decoder(_Envelope)
_ENTRY = msgspec.json.Decoder(_Entry)
_CHANGE = msgspec.json.Decoder(_Change)
_VALUE = msgspec.json.Decoder(_Value)
_CONTACT = msgspec.json.Decoder(_Contact)
_MESSAGE = msgspec.json.Decoder(_Message)
_STATUS = msgspec.json.Decoder(_Status)
_NAMED = msgspec.json.Decoder(_Named)

_PRESSED = re.compile(r"(?P<prompt>[0-9]{1,9}):(?P<key>.+)", re.DOTALL)
_MEDIA = {
    "image": MediaKind.PHOTO,
    "audio": MediaKind.VOICE,
    "video": MediaKind.VIDEO,
    "document": MediaKind.DOCUMENT,
    "sticker": MediaKind.STICKER,
    "location": MediaKind.LOCATION,
    "contacts": MediaKind.CONTACT,
}
_REPORTED = {
    "delivered": ReportState.DELIVERED,
    "read": ReportState.READ,
    "failed": ReportState.FAILED,
}
_MOVED = ("user_changed_number", "user_changed_user_id")


def _read(decoder: msgspec.json.Decoder[T], raw: bytes | msgspec.Raw, into: Decoded) -> T | None:
    try:
        return decoder.decode(raw)
    except (ValueError, RecursionError):
        _set_aside(raw, into)
        return None


def _set_aside(raw: bytes | msgspec.Raw, into: Decoded) -> None:
    try:
        event_id = _NAMED.decode(raw).id
    except (ValueError, RecursionError):
        event_id = hashlib.sha256(raw).hexdigest()[:32]
    into.bad.append(Bad(event_id, bytes(raw)))


def _read_value(value: _Value, now: datetime, into: Decoded) -> None:
    contacts = [
        contact for raw in value.contacts if (contact := _read(_CONTACT, raw, into)) is not None
    ]
    for raw in value.messages:
        message = _read(_MESSAGE, raw, into)
        if message is None or message.group_id:  # only private chats are served
            continue
        try:
            sent_at = min(datetime.fromtimestamp(int(message.timestamp), UTC), now)
            sender = _sender(message, contacts, value.metadata.phone_number_id)
            incoming = _incoming(message, sender, sent_at)
        except (ValueError, OverflowError, OSError):
            _set_aside(raw, into)
        else:
            into.incomings += () if incoming is None else (incoming,)
    for raw in value.statuses:
        status = _read(_STATUS, raw, into)
        if status and (state := _REPORTED.get(status.status)):
            code = str(status.errors[0].code) if status.errors else ""
            into.reports.append(DeliveryReport(Channel.WHATSAPP, status.id, state, code))


def _incoming(message: _Message, sender: Sender, sent_at: datetime) -> Incoming | None:
    """None: seen, nothing to do. Raises ValueError for what makes no sense."""
    if message.type == "system":
        return _moved(message, sender.account, sent_at)
    body = _body(message)
    if body is None:
        return None
    quotes = message.context.id if message.context else None
    if message.reaction is not None:
        quotes = message.reaction.message_id or None
    return Incoming(message.id, sender, body, sent_at, quotes)


def _sender(message: _Message, contacts: Sequence[_Contact], account: str) -> Sender:
    """By phone number where it is told, and by the business-scoped id that stands beside it.

    Citizens with a WhatsApp user name may show no number: their address is that id.
    """
    contact = next(
        (
            contact
            for contact in contacts
            if (contact.wa_id and contact.wa_id == message.sender)
            or (contact.user_id and contact.user_id == message.from_user_id)
        ),
        contacts[0] if len(contacts) == 1 else _Contact(),
    )
    number = contact.wa_id or message.sender
    user_id = message.from_user_id or contact.user_id
    if not (number or user_id):
        raise ValueError("no sender")
    others = (user_id,) if number and user_id else ()
    return Sender(Channel.WHATSAPP, account, number or user_id, others)


def _body(message: _Message) -> Body | None:
    match message.type:
        case "text" if message.text is not None:
            return Text(message.text.body)
        case "interactive" if message.interactive is not None:
            chosen = message.interactive.button_reply or message.interactive.list_reply
            return Media(MediaKind.OTHER) if chosen is None else _press(chosen.id)
        case "button" if message.button is not None:
            # A template's own quick reply carries its label, which can also be typed.
            pressed = _PRESSED.fullmatch(message.button.payload)
            return _press(message.button.payload) if pressed else Text(message.button.text)
        case "reaction" if message.reaction is not None:
            emoji = message.reaction.emoji  # absent: the reaction was taken back
            return Media(MediaKind.REACTION, emoji) if emoji else None
        case "request_welcome":
            return Start()
        case kind:
            content = message.image or message.video or message.document
            caption = content.caption if content else ""
            return Media(_MEDIA.get(kind, MediaKind.OTHER), caption)


def _press(identifier: str) -> Press:
    """A row or button that is not ours to read any more is a stale one: prompt 0 is never open."""
    read = _PRESSED.fullmatch(identifier)
    return Press(read["key"], int(read["prompt"])) if read else Press(identifier, 0)


def _moved(message: _Message, account: str, sent_at: datetime) -> Incoming | None:
    """A citizen's number changed. The new one can only be written to once it has written itself,

    so besides the change of address the contact counts as departed until then.
    """
    system = message.system
    if system is None or system.type not in _MOVED:
        return None
    address, former = system.wa_id or system.user_id, message.sender or message.from_user_id
    if not address or not former:
        raise ValueError("a change of number that lacks one of the two")
    others = (system.user_id,) if system.wa_id and system.user_id else ()
    sender = Sender(Channel.WHATSAPP, account, address, others, former)
    return Incoming(message.id, sender, Departed(), sent_at)
