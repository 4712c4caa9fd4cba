"""Telegram's updates → Incoming: only the few fields that are read, and what each means."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from handlers.messages import (
    Body,
    Channel,
    Departed,
    Edited,
    Incoming,
    Media,
    MediaKind,
    Press,
    Sender,
    Start,
    Text,
)

# The update kinds that are asked for. Everything else is seen and means nothing here.
UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

_START = re.compile(r"/start(?:\s+(?P<token>[A-Za-z0-9_-]{1,64}))?(?:\s.*)?", re.DOTALL)
_ADDRESSED = re.compile(r"(/\w{1,32})@\w+")
_CALLBACK = re.compile(r"(?P<prompt>[0-9]{1,9}):(?P<key>.+)", re.DOTALL)
_GONE = ("kicked", "left")


class Decoded(Struct, frozen=True):
    """One update: its id, what it means (perhaps nothing), and the press that waits for a nod."""

    number: int
    incomings: tuple[Incoming, ...] = ()
    callback_id: str | None = None

    @property
    def event_id(self) -> str:
        return str(self.number)


def decode_update(raw: bytes | msgspec.Raw, account: str, now: datetime) -> Decoded:
    """Read one update. ``now`` stands in for the time of a press, which Telegram does not tell.

    Only private chats are served: what comes from groups is seen and not answered. Raises
    ValueError or RecursionError when the update cannot be read.
    """
    update = _UPDATE.decode(raw)
    if update.message is not None:
        found = _message(update.update_id, update.message, account)
        return Decoded(update.update_id, found)
    if update.edited_message is not None:
        return Decoded(update.update_id, _edited(update.update_id, update.edited_message, account))
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query, account, now)
    if update.my_chat_member is not None:
        return Decoded(
            update.update_id, _membership(update.update_id, update.my_chat_member, account)
        )
    return Decoded(update.update_id)


def update_number(raw: bytes | msgspec.Raw) -> int | None:
    """The update's number where nothing else of it can be read; None when not even that."""
    try:
        return _NUMBERED.decode(raw).update_id
    except (ValueError, RecursionError):
        return None


class _Chat(Struct):
    id: int
    type: str = "private"


class _From(Struct):
    id: int
    language_code: str | None = None


class _Quoted(Struct):
    message_id: int


class _Message(Struct):
    """The kinds of content are only looked at for being there."""

    message_id: int
    chat: _Chat
    # Up to the year 9999, the last that can be told.
    date: Annotated[int, Meta(ge=0, le=253402300799)] = 0
    edit_date: Annotated[int, Meta(ge=0, le=253402300799)] | None = None
    sender: _From | None = msgspec.field(default=None, name="from")
    reply_to_message: _Quoted | None = None
    text: str | None = None
    caption: str = ""
    voice: object = None
    audio: object = None
    video: object = None
    video_note: object = None
    animation: object = None
    photo: object = None
    document: object = None
    sticker: object = None
    location: object = None
    venue: object = None
    contact: object = None
    dice: object = None
    poll: object = None
    game: object = None
    story: object = None
    paid_media: object = None
    checklist: object = None


class _Callback(Struct):
    id: str
    sender: _From = msgspec.field(name="from")
    message: _Message | None = None
    data: str | None = None


class _Member(Struct):
    status: str


class _Membership(Struct):
    chat: _Chat
    date: Annotated[int, Meta(ge=0, le=253402300799)]
    new_chat_member: _Member


class _Update(Struct):
    update_id: int
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Callback | None = None
    my_chat_member: _Membership | None = None


class _Numbered(Struct):
    update_id: int


_UPDATE = msgspec.json.Decoder(_Update)
_NUMBERED = msgspec.json.Decoder(_Numbered)

# In this order: an animation also carries "document", a venue also carries "location".
_MEDIA = (
    ("voice", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("photo", MediaKind.PHOTO),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.VIDEO),
    ("animation", MediaKind.VIDEO),
    ("document", MediaKind.DOCUMENT),
    ("sticker", MediaKind.STICKER),
    ("location", MediaKind.LOCATION),
    ("venue", MediaKind.LOCATION),
    ("contact", MediaKind.CONTACT),
    ("dice", MediaKind.OTHER),
    ("poll", MediaKind.OTHER),
    ("game", MediaKind.OTHER),
    ("story", MediaKind.OTHER),
    ("paid_media", MediaKind.OTHER),
    ("checklist", MediaKind.OTHER),
)


def _message(number: int, message: _Message, account: str) -> tuple[Incoming, ...]:
    if message.chat.type != "private":
        return ()
    body = _content(message)
    if body is None:  # a notice of Telegram's own, such as a pinned message
        return ()
    return (_incoming(number, message, account, body),)


def _edited(number: int, message: _Message, account: str) -> tuple[Incoming, ...]:
    if message.chat.type != "private":
        return ()
    text = message.caption if message.text is None else message.text
    return (_incoming(number, message, account, Edited(text)),)


def _incoming(number: int, message: _Message, account: str, body: Body) -> Incoming:
    quoted = message.reply_to_message
    return Incoming(
        id=str(number),
        sender=Sender(Channel.TELEGRAM, account, str(message.chat.id)),
        body=body,
        sent_at=datetime.fromtimestamp(message.edit_date or message.date, UTC),
        quotes=None if quoted is None else str(quoted.message_id),
        language=None if message.sender is None else message.sender.language_code,
    )


def _content(message: _Message) -> Body | None:
    if message.text is not None:
        return _words(message.text)
    for name, kind in _MEDIA:
        if getattr(message, name) is not None:
            return Media(kind, message.caption)
    return None


def _words(text: str) -> Body:
    """Commands stay text, which the conversation understands; a bot's name after one is cut."""
    if not text.startswith("/"):
        return Text(text)
    text = _ADDRESSED.sub(r"\1", text, count=1)
    start = _START.fullmatch(text)
    return Start(start["token"] or "") if start else Text(text)


def _press(number: int, query: _Callback, account: str, now: datetime) -> Decoded:
    message = query.message
    if query.data is None or (message is not None and message.chat.type != "private"):
        return Decoded(number, callback_id=query.id)
    # A keyboard that is not ours to read any more is a stale one: prompt 0 is never open.
    read = _CALLBACK.fullmatch(query.data)
    press = Press(read["key"], int(read["prompt"])) if read else Press(query.data, 0)
    incoming = Incoming(
        id=str(number),
        # In a private chat the chat's id is the person's, also where the message is gone.
        sender=Sender(Channel.TELEGRAM, account, str(query.sender.id)),
        body=press,
        sent_at=now,
        quotes=None if message is None else str(message.message_id),
        language=query.sender.language_code,
    )
    return Decoded(number, (incoming,), query.id)


def _membership(number: int, change: _Membership, account: str) -> tuple[Incoming, ...]:
    if change.chat.type != "private" or change.new_chat_member.status not in _GONE:
        return ()
    return (
        Incoming(
            id=str(number),
            sender=Sender(Channel.TELEGRAM, account, str(change.chat.id)),
            body=Departed(),
            sent_at=datetime.fromtimestamp(change.date, UTC),
        ),
    )
