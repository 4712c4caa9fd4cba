"""What channels and the rest of the service expect of each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from handlers.messages import Channel, Incoming, Reply


class Sent(Struct, frozen=True):
    """The platform has the message. ``ref`` names it, as a quote of it would."""

    ref: str = ""


class RetryLater(Struct, frozen=True):
    """Refused for now: by the limits of one contact, or of the whole channel."""

    after: timedelta
    whole_channel: bool = False
    code: str = ""


class Uncertain(Struct, frozen=True):
    """The result is unknown: a time-out, or a connection that was cut."""

    code: str


class Failed(Struct, frozen=True):
    """This message will never be accepted as it is."""

    code: str


class Held(Struct, frozen=True):
    """The reply is kept until the contact writes.

    ``ref``: the announcement's, if one was sent; ``code``: why none could be.
    """

    code: str = ""
    ref: str = ""


class Blocked(Struct, frozen=True):
    """This contact cannot be reached until it writes again."""

    code: str


class Stopped(Struct, frozen=True):
    """The whole channel is out of order until the operator acts (token revoked, account locked)."""

    code: str


class Started(Struct, frozen=True):
    """The platform knows us. ``where``: how people reach us, in words for the operator."""

    where: str


SendOutcome = Sent | RetryLater | Uncertain | Failed | Held | Blocked | Stopped


StartResult = Started | Stopped | RetryLater


class ReportState(StrEnum):
    """What a platform says later about a message that it took."""

    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class DeliveryReport(Struct, frozen=True):
    """A platform's later word on the message ``ref``."""

    channel: Channel
    ref: str
    state: ReportState
    code: str = ""


class Document(Struct, frozen=True):
    """The file of a reply, as it is sent."""

    name: str
    media_type: str
    content: bytes
    shown: bool = False  # a picture to be seen in the chat, not a file to be kept


class Outgoing(Struct, frozen=True):
    """A committed reply on its way. ``closes_ref``: the platform's name of the earlier message
    whose buttons are void now. ``within_window``: the contact wrote in the last 24 hours.
    ``announced``: within them they were told that something waits, and it still does."""

    address: str
    reply: Reply
    closes_ref: str = ""
    within_window: bool = True
    announced: bool = False
    document: Document | None = None  # where the reply has a file


class SendPort(Protocol):
    """A channel as delivery sees it."""

    name: Channel

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """Hand one reply to the platform. Never raises for what the platform says."""
        ...


class Fetched(Struct, frozen=True):
    """A file's content, as its platform keeps it."""

    content: bytes


FetchResult = Fetched | Failed | RetryLater
"""``Failed``: its code is a word of bot.cleaning.refusals.Reason."""


class FetchPort(Protocol):
    """A channel as the fetcher of files sees it."""

    async def fetch(self, ref: str, most: int) -> FetchResult:
        """The file that a message named, of at most ``most`` bytes. Never raises for what the
        platform says."""
        ...


class IntakePort(Protocol):
    """The intake as channels see it."""

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        """Return once all of them are committed (duplicates dropped); only then acknowledge.

        Raises StorageUnavailable (answer 5xx) and Overloaded (503, Retry-After).
        """
        ...

    async def report(self, reports: Sequence[DeliveryReport]) -> None:
        """Note what the platform says of messages sent. Raises as ``submit``."""
        ...

    async def quarantine(self, channel: Channel, event_id: str, raw: bytes, code: str) -> None:
        """Quarantine an event that could not be decoded (encrypted, 7 days), and count it."""
        ...
