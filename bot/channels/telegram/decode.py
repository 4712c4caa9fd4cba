"""Telegram's updates → Incoming: the fields that are read, and what each means."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from bot.channels.http.lenient import decode_json
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

# The update kinds that we subscribe to. Every other kind is ignored.
UPDATE_KINDS = ("message", "edited_message", "callback_query", "my_chat_member")

_START = re.compile(r"/start(?:\s+(?P<token>[A-Za-z0-9_-]{1,64}))?(?:\s.*)?", re.DOTALL)
_ADDRESSED = re.compile(r"(/\w{1,32})@\w+")
_CALLBACK = re.compile(r"(?P<prompt>[0-9]{1,9}):(?P<key>.+)", re.DOTALL)
_GONE = ("kicked", "left")

# The fields of a message that are not its content.
_AROUND = frozenset(
    (
        "message_id message_thread_id direct_messages_topic from sender_chat sender_boost_count "
        "sender_business_bot sender_tag date guest_query_id business_connection_id chat "
        "forward_origin is_topic_message is_automatic_forward reply_to_message external_reply "
        "quote reply_to_story reply_to_checklist_task_id reply_to_poll_option_id via_bot "
        "guest_bot_caller_user guest_bot_caller_chat edit_date has_protected_content "
        "is_from_offline is_paid_post media_group_id author_signature paid_star_count "
        "entities link_preview_options suggested_post_info effect_id caption caption_entities "
        "show_caption_above_media has_media_spoiler reply_markup"
    ).split()
)
# Service messages: no person wrote them, so they are not answered.
_NOTICES = frozenset(
    (
        "new_chat_members left_chat_member chat_owner_left chat_owner_changed new_chat_title "
        "new_chat_photo delete_chat_photo group_chat_created supergroup_chat_created "
        "channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id "
        "migrate_from_chat_id pinned_message successful_payment refunded_payment "
        "gift_upgrade_sent connected_website write_access_allowed proximity_alert_triggered "
        "boost_added chat_background_set checklist_tasks_done checklist_tasks_added "
        "direct_message_price_changed forum_topic_created forum_topic_edited forum_topic_closed "
        "forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden "
        "giveaway_created giveaway_completed managed_bot_created paid_message_price_changed "
        "poll_option_added poll_option_deleted suggested_post_approved "
        "suggested_post_approval_failed suggested_post_declined suggested_post_paid "
        "suggested_post_refunded video_chat_scheduled video_chat_started video_chat_ended "
        "video_chat_participants_invited"
    ).split()
)


class Decoded(Struct, frozen=True):
    """One update: its id, its incomings (perhaps none), and the button press to acknowledge."""

    number: int
    incomings: tuple[Incoming, ...] = ()
    callback_id: str | None = None

    @property
    def event_id(self) -> str:
        return str(self.number)


def decode_update(raw: bytes | msgspec.Raw, account: str, now: datetime) -> Decoded:
    """Decode one update. ``now``: the time of an update that carries none, such as a press.

    Only private chats are served; an update from a group has no incomings. Raises ValueError or
    RecursionError for an update that cannot be read.
    """
    update = decode_json(_UPDATE, raw, UPDATE_KINDS)
    if update.message is not None:
        found = _message(update.update_id, update.message, account, now, raw)
        return Decoded(update.update_id, found)
    if update.edited_message is not None:
        found = _edited(update.update_id, update.edited_message, account, now)
        return Decoded(update.update_id, found)
    if update.callback_query is not None:
        return _press(update.update_id, update.callback_query, account, now)
    if update.my_chat_member is not None:
        found = _membership(update.update_id, update.my_chat_member, account, now)
        return Decoded(update.update_id, found)
    return Decoded(update.update_id)


def update_number(raw: bytes | msgspec.Raw) -> int | None:
    """The number of an update that cannot be decoded; None if even that is unreadable."""
    try:
        return _NUMBERED.decode(raw).update_id
    except (ValueError, RecursionError):
        return None


# From 2013, when Telegram began, to the last second that datetime can hold.
_Seconds = Annotated[int, Meta(ge=1356998400, le=253402300799)]


class _Chat(Struct):
    id: int
    type: str = ""

    @property
    def is_private(self) -> bool:
        """Whether it is a chat with one person, whose positive id is also the chat's."""
        return self.type == "private" and self.id > 0


class _From(Struct):
    id: int = 0
    is_bot: bool = False
    language_code: str | None = None


class _Quoted(Struct):
    message_id: int | None = None
    sender: _From | None = msgspec.field(default=None, name="from")

    @property
    def ref(self) -> str | None:
        """The id of the quoted message if it is ours; None if it is the person's own."""
        return _text_or_none(self.message_id) if self.sender is None or self.sender.is_bot else None


class _File(Struct):
    """A photo in one size, a document or a voice message."""

    file_id: str = ""
    file_size: Annotated[int, Meta(ge=0, le=2**52)] = 0


class _Message(Struct):
    """A message. Of content other than text and files only its presence is read."""

    chat: _Chat
    message_id: int | None = None
    date: _Seconds | None = None
    edit_date: _Seconds | None = None
    sender: _From | None = msgspec.field(default=None, name="from")
    reply_to_message: _Quoted | None = None
    text: str | None = None
    caption: str | None = None
    voice: object = None
    audio: object = None
    video: object = None
    video_note: object = None
    animation: object = None
    photo: object = None
    live_photo: object = None
    document: object = None
    sticker: object = None
    location: object = None
    venue: object = None
    contact: object = None


class _Callback(Struct):
    id: str = ""
    sender: _From | None = msgspec.field(default=None, name="from")
    message: _Message | None = None
    data: str | None = None


class _Member(Struct):
    status: str


class _Membership(Struct):
    chat: _Chat
    new_chat_member: _Member
    date: _Seconds | None = None


class _Update(Struct):
    update_id: int
    message: _Message | None = None
    edited_message: _Message | None = None
    callback_query: _Callback | None = None
    my_chat_member: _Membership | None = None


class _Numbered(Struct):
    update_id: int


class _Fields(Struct):
    message: dict[str, msgspec.Raw]


_UPDATE = msgspec.json.Decoder(_Update)
_NUMBERED = msgspec.json.Decoder(_Numbered)
_FIELDS = msgspec.json.Decoder(_Fields)

# The order matters: an animation also has "document", a venue also has "location".
_MEDIA = (
    ("voice", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("photo", MediaKind.PHOTO),
    ("live_photo", MediaKind.PHOTO),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.VIDEO),
    ("animation", MediaKind.VIDEO),
    ("document", MediaKind.DOCUMENT),
    ("sticker", MediaKind.STICKER),
    ("location", MediaKind.LOCATION),
    ("venue", MediaKind.LOCATION),
    ("contact", MediaKind.CONTACT),
)


def _message(
    number: int, message: _Message, account: str, now: datetime, raw: bytes | msgspec.Raw
) -> tuple[Incoming, ...]:
    if not _is_a_persons(message):
        return ()
    body = _content(message)
    if body is None and _holds_content(raw):
        body = Media(MediaKind.OTHER, message.caption or "")
    if body is None:
        return ()
    return (_incoming(number, message, account, now, body),)


def _edited(number: int, message: _Message, account: str, now: datetime) -> tuple[Incoming, ...]:
    # A live location sends each new position as an edit.
    if not _is_a_persons(message) or message.location is not None:
        return ()
    text = message.caption if message.text is None else message.text
    return (_incoming(number, message, account, now, Edited(text or "")),)


def _incoming(number: int, message: _Message, account: str, now: datetime, body: Body) -> Incoming:
    quoted = message.reply_to_message
    return Incoming(
        id=str(number),
        sender=Sender(Channel.TELEGRAM, account, str(message.chat.id)),
        body=body,
        sent_at=_time(message.edit_date or message.date, now),
        quotes=None if quoted is None else quoted.ref,
        language=None if message.sender is None else message.sender.language_code,
    )


def _content(message: _Message) -> Body | None:
    if message.text is not None:
        return _words(message.text)
    for name, kind in _MEDIA:
        if getattr(message, name) is not None:
            return Media(kind, message.caption or "", _file(kind, getattr(message, name)))
    return None


def _file(kind: MediaKind, content: object) -> MediaFile | None:
    """The file of a photo (in its largest size), document or audio."""
    if kind not in FETCHED:
        return None
    try:
        sizes = msgspec.convert(content, list[_File] | _File)
    except ValueError:
        return None
    listed = sizes if isinstance(sizes, list) else [sizes]
    file = max(listed, key=lambda file: file.file_size, default=None)
    return MediaFile(file.file_id, file.file_size) if file and file.file_id else None


def _is_a_persons(message: _Message) -> bool:
    """Whether a person wrote it in a private chat; not a bot, not in a group."""
    return message.chat.is_private and not (message.sender and message.sender.is_bot)


def _holds_content(raw: bytes | msgspec.Raw) -> bool:
    """Whether a message without known content has some other: a gift or an invoice, for example."""
    fields = decode_json(_FIELDS, raw).message
    told = {name for name, value in fields.items() if bytes(value) != b"null"}
    return bool(told - _AROUND - _NOTICES)


def _words(text: str) -> Body:
    """``/start`` or text: other commands are understood as text, without ``@botname``."""
    if not text.startswith("/"):
        return Text(text)
    text = _ADDRESSED.sub(r"\1", text, count=1)
    start = _START.fullmatch(text)
    return Start(start["token"] or "") if start else Text(text)


def _press(number: int, query: _Callback, account: str, now: datetime) -> Decoded:
    message, sender, callback_id = query.message, query.sender or _From(), query.id or None
    elsewhere = message is not None and not message.chat.is_private
    if query.data is None or elsewhere or sender.is_bot:
        return Decoded(number, callback_id=callback_id)
    # A private chat has the person's id, so a deleted message does not matter.
    person = sender.id if message is None else message.chat.id
    if person <= 0:
        raise ValueError("a press without a sender")
    # Unknown callback data counts as a stale button: prompt 0 is never open.
    read = _CALLBACK.fullmatch(query.data)
    press = Press(read["key"], int(read["prompt"])) if read else Press(query.data, 0)
    incoming = Incoming(
        id=str(number),
        sender=Sender(Channel.TELEGRAM, account, str(person)),
        body=press,
        sent_at=now,
        quotes=None if message is None else _text_or_none(message.message_id),
        language=sender.language_code,
    )
    return Decoded(number, (incoming,), callback_id)


def _membership(
    number: int, change: _Membership, account: str, now: datetime
) -> tuple[Incoming, ...]:
    if not change.chat.is_private or change.new_chat_member.status not in _GONE:
        return ()
    return (
        Incoming(
            id=str(number),
            sender=Sender(Channel.TELEGRAM, account, str(change.chat.id)),
            body=Departed(),
            sent_at=_time(change.date, now),
        ),
    )


def _time(seconds: int | None, now: datetime) -> datetime:
    return now if seconds is None else datetime.fromtimestamp(seconds, UTC)


def _text_or_none(number: int | None) -> str | None:
    return None if number is None else str(number)
