"""WhatsApp's webhooks → Incoming and DeliveryReport: every entry, change, message and status."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from msgspec import Struct

from bot.channels.characters import storable_text
from bot.channels.http.lenient import decode_json
from bot.channels.ports import DeliveryReport, ReportState
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

T = TypeVar("T")


class Bad(Struct, frozen=True):
    """A part that could not be decoded; ``event_id`` is the same at each retry."""

    event_id: str
    raw: bytes


class Decoded(Struct):
    """One webhook's content, in its order."""

    incomings: list[Incoming] = []
    reports: list[DeliveryReport] = []
    bad: list[Bad] = []


def decode_webhook(raw: bytes, account: str, now: datetime) -> Decoded:
    """Decode one webhook. ``account``: our phone number's id; messages to others are ignored.

    ``sent_at`` is at most ``now``, whatever the platform's clock says. Never raises: a message, or
    a whole webhook, that cannot be decoded is in ``bad``.
    """
    decoded = Decoded()
    envelope = _decode_part(_ENVELOPE, raw, decoded)
    for raw_entry in envelope.entry if envelope else ():
        entry = _decode_part(_ENTRY, raw_entry, decoded)
        for raw_change in entry.changes if entry else ():
            change = _decode_part(_CHANGE, raw_change, decoded)
            if change and change.field == "messages":
                value = _decode_part(_VALUE, change.value, decoded, ("messages",))
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


# Any field may be null or of another type; it is then converted or left out (lenient.py).
class _Value(Struct):
    metadata: _Metadata
    contacts: list[msgspec.Raw] | None = None
    messages: list[msgspec.Raw] | None = None
    statuses: list[msgspec.Raw] | None = None


class _Contact(Struct):
    wa_id: str | int | None = None
    user_id: str | int | None = None


class _Text(Struct):
    body: str | None = None


class _Chosen(Struct):
    id: str


class _Interactive(Struct):
    type: str = ""
    button_reply: _Chosen | None = None
    list_reply: _Chosen | None = None


class _TemplateButton(Struct):
    payload: str | None = None
    text: str | None = None


class _Captioned(Struct):
    id: str | None = None
    caption: str | None = None


class _System(Struct):
    type: str | None = None
    wa_id: str | int | None = None
    new_wa_id: str | int | None = None  # wa_id in older API versions
    user_id: str | int | None = None


class _Context(Struct):
    id: str | None = None
    sender: str | int | None = msgspec.field(default=None, name="from")


class _EditedMessage(Struct):
    text: _Text | None = None
    image: _Captioned | None = None
    video: _Captioned | None = None
    document: _Captioned | None = None


class _Edit(Struct):
    message: _EditedMessage | None = None


class _Message(Struct):
    id: str = ""
    type: str = ""
    timestamp: str | float | None = None
    sender: str | int | None = msgspec.field(default=None, name="from")
    from_user_id: str | int | None = None
    group_id: object = None
    context: _Context | None = None
    text: _Text | None = None
    interactive: _Interactive | None = None
    button: _TemplateButton | None = None
    image: _Captioned | None = None
    video: _Captioned | None = None
    document: _Captioned | None = None
    audio: _Captioned | None = None
    edit: _Edit | None = None
    system: _System | None = None


class _Error(Struct):
    code: int | str | None = None


class _Status(Struct):
    id: str
    status: str
    errors: list[_Error] | None = None


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
_FIELDS = msgspec.json.Decoder(dict[str, msgspec.Raw])

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
_FIRST = datetime(2009, 1, 1, tzinfo=UTC)  # the year in which WhatsApp began
_MOVED = ("user_changed_number", "customer_changed_number", "user_changed_user_id")
# A message without "type" is recognised by the content field it has.
_KINDS = ("text", "interactive", "button", "edit", "system", "reaction", "revoke", *_MEDIA)
# Not answered: a reaction answers no question, and a revoked message is gone.
_SILENT = ("reaction", "revoke", "ephemeral_settings")


def _decode_part(
    decoder: msgspec.json.Decoder[T],
    raw: bytes | msgspec.Raw,
    into: Decoded,
    essential: Collection[str] = (),
) -> T | None:
    try:
        return decode_json(decoder, raw, essential)
    except (ValueError, RecursionError):
        _keep_undecodable(raw, into)
        return None


def _keep_undecodable(raw: bytes | msgspec.Raw, into: Decoded) -> None:
    try:
        event_id = _NAMED.decode(raw).id
    except (ValueError, RecursionError):
        event_id = _own_name(raw)
    into.bad.append(Bad(event_id, bytes(raw)))


def _own_name(raw: bytes | msgspec.Raw) -> str:
    """An id for an event without one: its hash, the same at each retry."""
    return hashlib.sha256(raw).hexdigest()[:32]


def _read_value(value: _Value, now: datetime, into: Decoded) -> None:
    contacts = [
        contact
        for raw in value.contacts or ()
        if (contact := _decode_part(_CONTACT, raw, into)) is not None
    ]
    for raw in value.messages or ():
        message = _decode_part(_MESSAGE, raw, into)
        if message is None or message.group_id:  # only private chats are served
            continue
        message.id = storable_text(message.id) or _own_name(raw)
        try:
            message.type = message.type or _kind(raw)
            sender = _sender(message, contacts, value.metadata.phone_number_id)
            incoming = _incoming(message, sender, _sent_at(message, now))
        except ValueError:
            _keep_undecodable(raw, into)
        else:
            into.incomings += () if incoming is None else (incoming,)
    for raw in value.statuses or ():
        status = _decode_part(_STATUS, raw, into)
        if status and (state := _REPORTED.get(status.status)):
            code = _as_text(status.errors[0].code) if status.errors else ""
            into.reports.append(DeliveryReport(Channel.WHATSAPP, status.id, state, code))


def _kind(raw: msgspec.Raw) -> str:
    fields = decode_json(_FIELDS, raw)
    return next((kind for kind in _KINDS if bytes(fields.get(kind, b"null")) != b"null"), "")


def _incoming(message: _Message, sender: Sender, sent_at: datetime) -> Incoming | None:
    """The incoming of a message; None if it needs no answer. Raises ValueError if it is invalid."""
    if message.type == "system":
        return _moved(message, sender.account, sent_at)
    body = _body(message)
    if body is None:
        return None
    return Incoming(message.id, sender, body, sent_at, _quoted(message))


def _quoted(message: _Message) -> str | None:
    """The id of the quoted message if it is ours; None if it is the person's own."""
    context = message.context
    if context is None or (context.sender and _as_text(context.sender) == _as_text(message.sender)):
        return None
    return context.id


def _sender(message: _Message, contacts: Sequence[_Contact], account: str) -> Sender:
    """The sender's phone number and, as a second alias, their business-scoped user id.

    Citizens with a WhatsApp user name may hide their number; then the user id is their address.
    """
    contact = next(
        (
            contact
            for contact in contacts
            if (contact.wa_id and _as_text(contact.wa_id) == _as_text(message.sender))
            or (contact.user_id and _as_text(contact.user_id) == _as_text(message.from_user_id))
        ),
        contacts[0] if len(contacts) == 1 else _Contact(),
    )
    number = _as_text(contact.wa_id) or _as_text(message.sender)
    user_id = _as_text(message.from_user_id) or _as_text(contact.user_id)
    if not (number or user_id):
        raise ValueError("no sender")
    others = (user_id,) if number and user_id else ()
    return Sender(Channel.WHATSAPP, account, number or user_id, others)


def _body(message: _Message) -> Body | None:
    match message.type:
        case "text" if message.text is not None:
            return Text(message.text.body or "")
        case "interactive" if message.interactive is not None:
            chosen = message.interactive.button_reply or message.interactive.list_reply
            return Media(MediaKind.OTHER) if chosen is None else _press(chosen.id)
        case "button" if message.button is not None:
            # A template's quick reply has its label as payload, as if it had been typed.
            payload, label = message.button.payload or "", message.button.text or ""
            return _press(payload) if _PRESSED.fullmatch(payload) else Text(label)
        case "edit":
            return _edited(message.edit)
        case kind if kind in _SILENT:
            return None
        case "request_welcome":
            return Start()
        case kind:
            return _media(_MEDIA.get(kind, MediaKind.OTHER), message)


def _media(kind: MediaKind, message: _Message) -> Media:
    content = message.image or message.video or message.document or message.audio or _Captioned()
    file = MediaFile(content.id) if content.id and kind in FETCHED else None
    return Media(kind, content.caption or "", file)


def _edited(edit: _Edit | None) -> Edited:
    message = (edit.message if edit else None) or _EditedMessage()
    content = message.image or message.video or message.document
    written = message.text.body if message.text else content.caption if content else None
    return Edited(written or "")


def _sent_at(message: _Message, now: datetime) -> datetime:
    """When it was written; ``now`` if the timestamp is missing or impossible."""
    try:
        written = datetime.fromtimestamp(int(float(message.timestamp or 0)), UTC)
    except (ValueError, OverflowError, OSError):
        return now
    return min(written, now) if written > _FIRST else now


def _as_text(value: str | int | None) -> str:
    return storable_text(str(value)) if value else ""


def _press(identifier: str) -> Press:
    """The press of an option. An unknown id counts as stale: prompt 0 is never open."""
    read = _PRESSED.fullmatch(identifier)
    return Press(read["key"], int(read["prompt"])) if read else Press(identifier, 0)


def _moved(message: _Message, account: str, sent_at: datetime) -> Incoming | None:
    """A citizen's change of number, as an incoming from the new address that departs.

    The new number cannot be written to before it writes to us, so until then the contact counts
    as departed.
    """
    system = message.system
    if system is None or system.type not in _MOVED:
        return None
    number = system.wa_id or system.new_wa_id
    address = _as_text(number or system.user_id)
    former = _as_text(message.sender or message.from_user_id)
    if not address or not former:
        raise ValueError("a change of number that lacks one of the two")
    others = (_as_text(system.user_id),) if number and system.user_id else ()
    sender = Sender(Channel.WHATSAPP, account, address, others, former)
    return Incoming(message.id, sender, Departed(), sent_at)
