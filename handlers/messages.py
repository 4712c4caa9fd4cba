"""The channel-neutral messages: what comes in from a contact, and what goes out to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct

from handlers.text.markup import Block, marks

# Limits that every channel can carry, set by the narrowest platform: WhatsApp, unless noted.
MAX_TEXT = 4096
MAX_TEXT_WITH_OPTIONS = 1024
MAX_OPTIONS = 10
MAX_OPTIONS_ON_PAGE = 60  # our own web page has no limit; this keeps a message small
MAX_BUTTONS = 3
MAX_BUTTON_LABEL = 20
MAX_ROW_LABEL = 24
IN_CHAT = "chat-"  # prefix of ``Reply.about`` for a handover; its id follows
STAFF_CODE = "staff-"  # prefix of the start token that carries a staff member's one-time code
MEASURE = "measure:"  # prefix of ``Reply.about`` for a measure; its number follows
MAX_KEY_BYTES = 48  # Telegram's callback_data has 64 bytes, with the prompt's number first


class Channel(StrEnum):
    """Where a contact is reached, the most widespread first.

    Each value is what is stored, and the name of a module in bot/channels. Mail is sent only: to
    staff, and to citizens as a copy of an answer to their case.
    """

    WHATSAPP = "whatsapp"
    WEB = "web"
    TELEGRAM = "telegram"
    MAIL = "mail"
    TERMINAL = "terminal"


WINDOW = timedelta(hours=24)
"""How long after a contact's last message WhatsApp allows free-form messages."""


class MediaKind(StrEnum):
    """The kind of content of a message without text."""

    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


FETCHED = frozenset({MediaKind.PHOTO, MediaKind.DOCUMENT, MediaKind.VOICE})
"""Kinds that are fetched and kept as files of a case."""


ENDINGS = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
}
"""The media types that are kept, with the extension of their file names."""


class Sender(Struct, frozen=True):
    """Who wrote, in the platform's terms; never stored unencrypted."""

    channel: Channel
    account: str  # the municipality's own account there: bot id, phone number id, "web"
    address: str  # where replies are sent: chat id, wa_id, web token
    others: tuple[str, ...] = ()  # more ids of the contact, such as WhatsApp's user_id
    replaces: str | None = None  # the former address, after a change of number


class Text(Struct, frozen=True, tag="text"):
    """Typed text; may be empty or only emojis."""

    text: str


class Press(Struct, frozen=True, tag="press"):
    """A pressed button or list row: the option's key, and the number of the reply it was in."""

    key: str
    prompt: int


class Start(Struct, frozen=True, tag="start"):
    """The chat was opened, perhaps with a desk's token (link or QR code) or a staff code."""

    token: str = ""


class MediaFile(Struct, frozen=True):
    """The file of a message, not fetched yet. ``ref``: the platform's id of it."""

    ref: str = ""
    size: int = 0  # bytes, by the platform; 0: unknown
    # The encrypted content, if it came with the message. Stored under its former name.
    encrypted: bytes = msgspec.field(name="sealed", default=b"")


class SentFile(Struct, frozen=True):
    """A file that was sent, by the id under which it is stored."""

    id: int
    voice: bool = False


class Media(Struct, frozen=True, tag="media"):
    """Content that the assistant cannot read, with its caption; ``file`` None: not kept."""

    kind: MediaKind
    caption: str = ""
    file: MediaFile | None = None


class Edited(Struct, frozen=True, tag="edited"):
    """An earlier message was edited; the citizen is told that this changes nothing."""

    text: str = ""


CASE_WITHDRAWN, CASE_REOPENED = "withdrawn", "reopened"
"""What a citizen can do with their case without words."""

CASE_TAKEN_BACK = "taken-back"
"""What the area does that had forwarded a case."""


class CaseNotice(Struct, frozen=True, tag="case-notice"):
    """To staff: a citizen opened a case or added to it.

    ``own``: the recipient is of its area, not told in somebody's place. ``did``: withdrawn,
    reopened or taken back, instead of words.
    """

    number: str
    kind: str
    area: str
    text: str
    added: bool = False
    urgent: bool = False
    due_at: datetime | None = None
    own: bool = True
    did: str = ""


class CaseReminder(Struct, frozen=True, tag="case-reminder"):
    """To staff: a case waits. ``step``: a handlers.cases.warnings.CaseWarning."""

    number: str
    kind: str
    area: str
    step: str
    due_at: datetime


class DeskSource(StrEnum):
    """How staff got what they enter for a citizen; stored and counted as a channel of its own."""

    PAPER = "papel"
    IN_PERSON = "presencial"


class CaseStep(StrEnum):
    """What happened to a case, other than an answer."""

    READ = "read"
    FORWARDED = "forwarded"
    TAKEN_BACK = "taken-back"  # by the area that had forwarded it
    EXTENDED = "extended"
    OVERDUE = "overdue"
    CLOSED = "closed"
    REOPENED = "reopened"
    FORMAL = "formal"  # closed, as public information has its own procedure (Ley 20.285)


class CaseNews(Struct, frozen=True, tag="case-news"):
    """To a citizen: what happened to their case. ``text``: the reason that staff gave."""

    number: str
    step: CaseStep
    area: str
    due_at: datetime | None
    text: str = ""


class CaseAnswer(Struct, frozen=True, tag="case-answer"):
    """To a citizen: a member of staff answered their case."""

    number: str
    area: str
    text: str
    file: File | None = None


class PersonStep(StrEnum):
    """What happened to a handover, other than a message."""

    TAKEN = "taken"
    RETURNED = "returned"  # to the queue: its person fell silent or gave it back
    UNANSWERED = "unanswered"  # nobody took it in time, so it becomes a case
    ENDED = "ended"
    IDLE = "idle"  # ended, because the citizen wrote nothing more


class PersonNews(Struct, frozen=True, tag="person-news"):
    """To a citizen: what happened to their handover."""

    handover: int
    step: PersonStep


class PersonSays(Struct, frozen=True, tag="person-says"):
    """To a citizen: a message of the person who answers in the chat."""

    handover: int
    text: str
    file: File | None = None


class PersonWaits(Struct, frozen=True, tag="person-waits"):
    """To staff: a citizen waits for a person in the chat, or wrote to the one who answers."""

    handover: int
    area: str
    text: str
    added: bool = False
    urgent: bool = False
    file: bool = False  # the text only says that a file was sent, which the panel shows


class File(Struct, frozen=True):
    """A file that goes with a reply: text, or a reference that is resolved when it is sent.

    ``ref``: ``receipt:NUMBER`` of a case, ``file:ID``, ``chart:WEEK:AREA`` or ``digest:WEEK:AREA``,
    in which an empty area means all.
    """

    name: str
    content: str = ""
    ref: str = ""
    spare: bool = False  # the text says the same, and is sent alone if the file fails


class Announcement(Struct, frozen=True, tag="announcement"):
    """A finished text: to staff, such as the weekly digest; or to citizens, such as news.

    ``html``: for mail. ``in_languages``: the text in other languages, for citizens.
    """

    text: str
    subject: str = ""
    html: str = ""
    in_languages: dict[str, str] = {}
    # In a chat a chart, with a text of at most MAX_TEXT_WITH_OPTIONS; in a mail a spreadsheet.
    file: File | None = msgspec.field(default=None, name="picture")


class FileRefused(Struct, frozen=True, tag="file-refused"):
    """To a citizen: a file that they sent could not be kept, and why."""

    id: int
    code: str  # large, type, unreadable, locked, gone
    number: str = ""  # its case; "" without one


class RightAnswer(Struct, frozen=True, tag="right-answer"):
    """To a citizen: a data-rights request was decided, or is to be by ``due``, an ISO time."""

    number: str
    status: str  # granted, refused, extended, reopened
    text: str
    due: str = ""


class Departed(Struct, frozen=True, tag="departed"):
    """The contact blocked the assistant or left; nothing is sent until they write again."""


FromStaff = CaseAnswer | CaseNews | RightAnswer | FileRefused | PersonNews | PersonSays
ToStaff = CaseNotice | CaseReminder | PersonWaits | Announcement
Body = Text | Press | Start | Media | Edited | Departed | FromStaff | ToStaff


class Incoming(Struct, frozen=True):
    """One event that may change one conversation.

    ``id``: unique within (channel, account). ``quotes``: the platform's id of the message that
    this one quotes, as ``Sent.ref`` gave it. ``sent_at``: aware, UTC.
    """

    id: str
    sender: Sender
    body: Body
    sent_at: datetime
    quotes: str | None = None
    language: str | None = None  # of the person's app, by the platform, such as "es" or "en"
    network: bytes = b""  # web only: the week's hash of the sender's network


class Option(Struct, frozen=True):
    """One option; typing one of ``words`` (folded) chooses it as well."""

    key: str
    label: str
    words: tuple[str, ...] = ()


class Layout(StrEnum):
    """How a channel shows the options, if it can."""

    BUTTONS = "buttons"
    GRADES = "grades"  # seven in a row, worst to best
    LIST = "list"


class Waits(StrEnum):
    """Whether a message that cannot arrive now is kept until its contact writes."""

    NEVER = ""  # an answer to a message, of no use later
    QUIETLY = "quietly"
    ANNOUNCED = "announced"  # kept, and announced to the contact if the platform can


class Reply(Struct, frozen=True):
    """One message to the contact. ``number`` increases by one with each reply of a conversation.

    ``text``: plain, for every channel. ``blocks``: the same with markup; empty if it has none.
    """

    number: int
    text: str
    options: tuple[Option, ...] = ()
    layout: Layout = Layout.BUTTONS
    closes: int = 0  # number of the earlier reply whose buttons are to be removed; 0: none
    about: str = ""  # the case, handover or measure that a quote of this reply refers to
    subject: str = ""  # mail only
    html: str = ""  # mail only
    private: bool = False  # quotes a person, so it is encrypted at rest
    blocks: tuple[Block, ...] = ()
    numbered: int = 0  # how many of the first options show their number; only in a LIST
    file: File | None = None  # limits the text to MAX_TEXT_WITH_OPTIONS
    waits: Waits = Waits.NEVER


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 units, the strictest way in which platforms count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, room: int) -> str:
    """``text``, cut and ended with "…" if it is longer than ``room`` units."""
    if 2 * len(text) <= room or units(text) <= room:
        return text
    cut = text[: room - 1]
    while (excess := units(cut) - (room - 1)) > 0:
        cut = cut[: -((excess + 1) // 2)]
    return cut.rstrip() + "…"


def most_options(channel: Channel) -> int:
    """The most options of a message on this channel."""
    return MAX_OPTIONS_ON_PAGE if channel is Channel.WEB else MAX_OPTIONS


def numbered_labels(reply: Reply) -> list[str]:
    """The options' labels, with their number if they show it: "2. Tránsito"."""
    return [
        f"{place}. {option.label}" if place <= reply.numbered else option.label
        for place, option in enumerate(reply.options, 1)
    ]


def room_taken(text: str, blocks: Sequence[Block]) -> int:
    """The length of a message in units, including its markup."""
    return units(text) + 2 * marks(blocks) if blocks else units(text)
