"""The interfaces between the channels and the rest of the service, and what they exchange."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from msgspec import Struct

from handlers.errors import PlatformUnready
from handlers.messages import Channel, Incoming, Reply


class Sent(Struct, frozen=True):
    """The platform accepted the message. ``ref``: its message id, by which others quote it."""

    ref: str = ""


class RetryLater(Struct, frozen=True):
    """Not accepted now, by a limit of this contact or of the whole channel: retry ``after``."""

    after: timedelta
    whole_channel: bool = False
    code: str = ""


class Uncertain(Struct, frozen=True):
    """The message may or may not have arrived: a timeout, or a connection that was cut."""

    code: str


class Failed(Struct, frozen=True):
    """This message will never be accepted as it is."""

    code: str


class Held(Struct, frozen=True):
    """Not sent now: keep the reply until the contact writes.

    ``ref``: the message id of the announcement sent instead; ``code``: why none could be sent.
    """

    code: str = ""
    ref: str = ""


class Blocked(Struct, frozen=True):
    """The contact cannot be reached until they write again."""

    code: str


class Stopped(Struct, frozen=True):
    """The channel is out of order until the operator acts (token revoked, account locked)."""

    code: str


class Started(Struct, frozen=True):
    """The platform accepted our set-up. ``where``: how people reach us, for the operator."""

    where: str


SendOutcome = Sent | RetryLater | Uncertain | Failed | Held | Blocked | Stopped


StartResult = Started | Stopped | RetryLater


class ReportState(StrEnum):
    """What a platform later reports about a message that it accepted."""

    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class DeliveryReport(Struct, frozen=True):
    """A platform's later report on the message ``ref``."""

    channel: Channel
    ref: str
    state: ReportState
    code: str = ""


class Document(Struct, frozen=True):
    """A file ready to be sent with a reply."""

    name: str
    media_type: str
    content: bytes
    shown: bool = False  # displayed in the chat as a picture, instead of a download


class Outgoing(Struct, frozen=True):
    """A committed reply, with what the channel must know to send it."""

    address: str
    reply: Reply
    closes_ref: str = ""  # platform id of the message whose buttons are to be removed
    within_window: bool = True  # the contact wrote within the last 24 hours
    announced: bool = False  # an announcement within 24 hours already says that replies wait
    document: Document | None = None


def retry_after(error: Exception) -> bool | float:
    """For stamina: whether to retry after ``error``, or how many seconds the platform asks for."""
    return isinstance(error, PlatformUnready) and (error.after_s or True)


class SendPort(Protocol):
    """A channel as delivery sees it."""

    name: Channel

    async def send(self, outgoing: Outgoing) -> SendOutcome:
        """Hand one reply to the platform. Its refusals are outcomes, not exceptions."""
        ...


class Fetched(Struct, frozen=True):
    """A downloaded file."""

    content: bytes


FetchResult = Fetched | Failed | RetryLater
"""``Failed.code`` is a ``bot.cleaning.refusals.Reason``."""


class FetchPort(Protocol):
    """A channel as the attachments job sees it."""

    async def fetch(self, ref: str, most: int) -> FetchResult:
        """Download the file that a message refers to, of at most ``most`` bytes.

        The platform's refusals are results, not exceptions.
        """
        ...


class IntakePort(Protocol):
    """The intake as channels see it."""

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        """Return once all ``incomings`` are committed; only then may the platform get its 200.

        Duplicates are dropped. Raises StorageUnavailable (answer 5xx) and Overloaded (answer 503
        with Retry-After).
        """
        ...

    async def report(self, reports: Sequence[DeliveryReport]) -> None:
        """Record what the platform reports about sent messages. Raises StorageUnavailable."""
        ...

    async def quarantine(self, channel: Channel, event_id: str, raw: bytes, code: str) -> None:
        """Keep an event that could not be decoded (encrypted, 7 days), and count it.

        Raises StorageUnavailable.
        """
        ...
