"""The channel-neutral vocabulary: what comes in from a contact and what goes out to one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import msgspec
from msgspec import Struct

from handlers.text.markup import Block, marks

# What every channel can carry; the narrowest platform sets each limit (WhatsApp, unless said).
MAX_TEXT = 4096
MAX_TEXT_WITH_OPTIONS = 1024
MAX_OPTIONS = 10
MAX_OPTIONS_ON_PAGE = 60  # the own page has no limit; this one keeps a message small
MAX_BUTTONS = 3
MAX_BUTTON_LABEL = 20
MAX_ROW_LABEL = 24
IN_CHAT = "chat-"  # what a message to staff is about: a conversation with a person, by its id
STAFF_CODE = "staff-"  # what the link with a staff member's one-time code begins with
MEASURE = "measure:"  # before a measure's number, in what a reply is about
MAX_KEY_BYTES = 48  # Telegram's callback_data has 64 bytes; the prompt's number stands before it


class Channel(StrEnum):
    """Where a contact is reached; what most people have comes first. Mail only goes out, to staff.

    This is the registry: each word is what is stored, and the name of a module in bot/channels.
    """

    WHATSAPP = "whatsapp"
    WEB = "web"
    TELEGRAM = "telegram"
    MAIL = "mail"
    TERMINAL = "terminal"


WINDOW = timedelta(hours=24)
"""How long after a contact's last message WhatsApp lets us write freely."""


class MediaKind(StrEnum):
    """What a message carried instead of text."""

    VOICE = "voice"
    PHOTO = "photo"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


FETCHED = frozenset({MediaKind.PHOTO, MediaKind.DOCUMENT, MediaKind.VOICE})
"""What can go with a case as a file."""


ENDINGS = {
    "image/jpeg": "jpg",
    "application/pdf": "pdf",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/aac": "aac",
    "audio/amr": "amr",
}
"""The media types that are kept, and how the names of such files end."""


class Sender(Struct, frozen=True):
    """Who wrote, in the platform's terms; never stored in the clear."""

    channel: Channel
    account: str  # the municipality's own account there: bot id, phone number id, "web"
    address: str  # where replies go: chat id, wa_id, web token
    others: tuple[
        str, ...
    ] = ()  # further identifiers of the same contact, such as WhatsApp's user_id
    replaces: str | None = None  # the address that this one takes over from (number changed)


class Text(Struct, frozen=True, tag="text"):
    """Words that the contact typed; may be empty or only emojis."""

    text: str


class Press(Struct, frozen=True, tag="press"):
    """A button or list row: the option's key and the number of the message it stood under."""

    key: str
    prompt: int


class Start(Struct, frozen=True, tag="start"):
    """The chat was opened, perhaps through a desk's link or QR (its token), or a staff code."""

    token: str = ""


class MediaFile(Struct, frozen=True):
    """The file of a message, not fetched yet. ``ref``: what its platform calls it."""

    ref: str = ""
    size: int = 0  # bytes, as its platform says; 0: it does not say
    # Its content, encrypted, where it came with the message; stored under its former name.
    encrypted: bytes = msgspec.field(name="sealed", default=b"")


class SentFile(Struct, frozen=True):
    """A file that was sent; it is kept by its id."""

    id: int
    voice: bool = False


class Media(Struct, frozen=True, tag="media"):
    """Something that the assistant cannot read, with its caption; ``file`` None: cannot be had."""

    kind: MediaKind
    caption: str = ""
    file: MediaFile | None = None


class Edited(Struct, frozen=True, tag="edited"):
    """An earlier message was edited; the edit itself changes nothing."""

    text: str = ""


CASE_WITHDRAWN, CASE_REOPENED = "withdrawn", "reopened"
"""What a citizen does with their case without words."""


class CaseNotice(Struct, frozen=True, tag="case-notice"):
    """To staff: a citizen opened a case or added to it. ``own``: to those of its area, not to
    those who are told in their place. ``did``: withdrawn or reopened, in the place of words."""

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
    """To staff: a case waits. ``step`` is handlers.cases.warnings.CaseWarning."""

    number: str
    kind: str
    area: str
    step: str
    due_at: datetime


class DeskSource(StrEnum):
    """What staff enter for somebody; stored where a channel is, and counted apart as one."""

    PAPER = "papel"
    IN_PERSON = "presencial"


class CaseStep(StrEnum):
    """What became of a case, besides an answer."""

    READ = "read"
    FORWARDED = "forwarded"
    EXTENDED = "extended"
    OVERDUE = "overdue"
    CLOSED = "closed"
    REOPENED = "reopened"
    FORMAL = "formal"  # closed: public information is asked for another way (Ley 20.285)


class CaseNews(Struct, frozen=True, tag="case-news"):
    """To a citizen: what became of their case. ``text``: the reason, as staff wrote it."""

    number: str
    step: CaseStep
    area: str
    due_at: datetime | None
    text: str = ""


class CaseAnswer(Struct, frozen=True, tag="case-answer"):
    """To a citizen: a person of the municipality answered the case."""

    number: str
    area: str
    text: str
    file: File | None = None


class PersonStep(StrEnum):
    """What became of a conversation with a person, besides words."""

    TAKEN = "taken"
    RETURNED = "returned"  # its person fell silent or gave it back: it waits for another
    UNANSWERED = "unanswered"  # nobody took it in time: a case is made of it
    ENDED = "ended"
    IDLE = "idle"  # ended, as the citizen has written nothing more


class PersonNews(Struct, frozen=True, tag="person-news"):
    """To a citizen: what became of their conversation with a person."""

    handover: int
    step: PersonStep


class PersonSays(Struct, frozen=True, tag="person-says"):
    """To a citizen: what a person of the municipality writes in the chat."""

    handover: int
    text: str
    file: File | None = None


class PersonWaits(Struct, frozen=True, tag="person-waits"):
    """To staff: a citizen waits for a person in the chat, or wrote more to the one who answers."""

    handover: int
    area: str
    text: str
    added: bool = False
    urgent: bool = False
    file: bool = False  # the text only says that a file came, which the panel shows


class File(Struct, frozen=True):
    """A file that goes with a message: text, or what ``ref`` names, which is read when it is sent.

    ``ref``: ``receipt:`` with the number of a case, ``file:`` with the id of one of its files, or
    ``chart:`` or ``digest:`` with a week and an area, where none stands for all.
    """

    name: str
    content: str = ""
    ref: str = ""
    spare: bool = False  # the words say it as well, and go alone where the file fails


class Announcement(Struct, frozen=True, tag="announcement"):
    """To staff: a finished text, such as the weekly digest. ``html`` is used by mail.

    To citizens, who may speak another language: ``in_languages`` has the text in others.
    """

    text: str
    subject: str = ""
    html: str = ""
    in_languages: dict[str, str] = {}
    # In a chat a chart, and the text at most MAX_TEXT_WITH_OPTIONS long; in a mail the sheet.
    file: File | None = msgspec.field(default=None, name="picture")


class FileRefused(Struct, frozen=True, tag="file-refused"):
    """To a citizen: a file that they sent could not be kept. ``code`` says why."""

    id: int
    code: str  # large, type, unreadable, locked, gone
    number: str = ""  # the case that it was sent with; "" while it had none


class RightAnswer(Struct, frozen=True, tag="right-answer"):
    """To a citizen: a request about own data was decided, or takes longer (``due``, an ISO day)."""

    number: str
    status: str  # granted, refused, extended
    text: str
    due: str = ""


class Departed(Struct, frozen=True, tag="departed"):
    """The contact blocked the assistant or left; nothing more is sent until they write again."""


FromStaff = CaseAnswer | CaseNews | RightAnswer | FileRefused | PersonNews | PersonSays
ToStaff = CaseNotice | CaseReminder | PersonWaits | Announcement
Body = Text | Press | Start | Media | Edited | Departed | FromStaff | ToStaff


class Incoming(Struct, frozen=True):
    """One event that may change one conversation.

    ``id`` is unique within (channel, account). ``quotes`` is the platform's reference of the
    message that this one answers, as ``channel.send`` returned it. ``sent_at`` is aware, UTC.
    """

    id: str
    sender: Sender
    body: Body
    sent_at: datetime
    quotes: str | None = None
    language: str | None = None  # what the platform says, such as "es" or "en"
    network: bytes = b""  # hash of the week, of where a web page's message came from; no other has


class Option(Struct, frozen=True):
    """One thing that can be chosen; ``words`` choose it as well when typed (folded)."""

    key: str
    label: str
    words: tuple[str, ...] = ()


class Layout(StrEnum):
    """How a channel with room for it shows the options."""

    BUTTONS = "buttons"
    GRADES = "grades"  # seven in a row, worst to best
    LIST = "list"


class Waits(StrEnum):
    """Whether a message that cannot arrive now is kept until its contact writes again."""

    NEVER = ""  # it answers what was written, and is of no use later
    QUIETLY = "quietly"
    ANNOUNCED = "announced"  # and where the platform has a way, the contact is told that it waits


class Reply(Struct, frozen=True):
    """One message to the contact. ``number`` grows by one for each reply of a conversation.

    ``text`` is what every channel and every version of the program can show; ``blocks`` are the
    same words marked up, empty where there is nothing to mark.
    """

    number: int
    text: str
    options: tuple[Option, ...] = ()
    layout: Layout = Layout.BUTTONS
    closes: int = 0  # number of the earlier message whose buttons are now void; 0: none
    about: str = ""  # the case or measure that a staff member's words are for, which quote this
    subject: str = ""  # mail only
    html: str = ""  # mail only
    private: bool = False  # quotes somebody's words: encrypted at rest
    blocks: tuple[Block, ...] = ()
    numbered: int = 0  # how many of the first options show their number; a LIST's only
    file: File | None = None  # the text is then at most MAX_TEXT_WITH_OPTIONS long
    waits: Waits = Waits.NEVER


def units(text: str) -> int:
    """How long platforms find ``text``: UTF-16 units, the stricter of the ways they count."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, room: int) -> str:
    """``text`` itself, or its beginning with "…", so that it takes at most ``room`` units."""
    if 2 * len(text) <= room or units(text) <= room:
        return text
    cut = text[: room - 1]
    while (excess := units(cut) - (room - 1)) > 0:
        cut = cut[: -((excess + 1) // 2)]
    return cut.rstrip() + "…"


def most_options(channel: Channel) -> int:
    """How many options a message may have there."""
    return MAX_OPTIONS_ON_PAGE if channel is Channel.WEB else MAX_OPTIONS


def numbered_labels(reply: Reply) -> list[str]:
    """The options' labels, with the number of those that show one: "2. Tránsito"."""
    return [
        f"{place}. {option.label}" if place <= reply.numbered else option.label
        for place, option in enumerate(reply.options, 1)
    ]


def room_taken(text: str, blocks: Sequence[Block]) -> int:
    """How long platforms find a message, its marks included."""
    return units(text) + 2 * marks(blocks) if blocks else units(text)
