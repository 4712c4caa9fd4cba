"""The retry policy: what a platform's answer means for a reply and its channel. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import assert_never

from msgspec import Struct

from bot.channels.ports import (
    Blocked,
    Failed,
    Held,
    RetryLater,
    SendOutcome,
    Sent,
    Stopped,
    Uncertain,
)
from handlers.messages import Channel, Waits
from storage.outbox.outbox import OutboxRow

STOPPED_FOR = timedelta(minutes=1)  # pause of a channel that is out of order
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
# A reply is given up after this long: nobody needs it by then.
MAX_AGE = {Channel.MAIL: timedelta(days=5)}
MAX_AGE_IN_CHAT = timedelta(hours=24)


class Accepted(Struct, frozen=True):
    """The platform accepted the reply; ``ref`` is its message id."""

    ref: str


class Retry(Struct, frozen=True):
    """Retry after ``after``; later replies to the contact wait."""

    after: timedelta
    code: str


class RetryOnce(Struct, frozen=True):
    """It is unknown whether the reply arrived: repeat it once, then give up."""

    code: str


class GiveUp(Struct, frozen=True):
    """The reply will never arrive; later ones may be sent, unless the contact is unreachable."""

    code: str
    unreachable: bool = False


class Hold(Struct, frozen=True):
    """Keep the reply until the contact writes; later ones may be sent before it.

    ``code`` and ``ref`` as in ``ports.Held``. ``unreachable``: nothing arrives until then.
    """

    code: str = ""
    ref: str = ""
    unreachable: bool = False


class RetryDecision(Struct, frozen=True):
    """What follows from one answer. ``pause``: how long the whole channel is paused."""

    result: Accepted | Retry | RetryOnce | Hold | GiveUp
    pause: timedelta | None = None
    out_of_order: bool = False  # the channel needs the operator


def decide(row: OutboxRow, outcome: SendOutcome, now: datetime) -> RetryDecision:
    """Decide on the reply ``row`` from the platform's answer to it."""
    match outcome:
        case Sent(ref):
            return RetryDecision(Accepted(ref))
        case RetryLater(after, whole_channel, code):
            wait = max(after, _backoff(now - row.created_at))
            too_old = is_too_old(row, now + wait)
            result = _given_up(row, code) if too_old else Retry(wait, code)
            return RetryDecision(result, pause=after if whole_channel else None)
        case Uncertain(code):
            return RetryDecision(RetryOnce(code))
        case Failed(code):
            return RetryDecision(_given_up(row, code))
        case Held(code, ref):
            return RetryDecision(Hold(code, ref))
        case Blocked(code):
            return RetryDecision(_given_up(row, code, unreachable=True))
        case Stopped(code):
            return RetryDecision(Retry(STOPPED_FOR, code), pause=STOPPED_FOR, out_of_order=True)
        case _:
            assert_never(outcome)


def is_too_old(row: OutboxRow, at: datetime) -> bool:
    """Whether the reply is too old to be sent ``at`` that moment.

    A reply that is kept for the contact does not age while they are silent.
    """
    longest, last = MAX_AGE.get(row.channel, MAX_AGE_IN_CHAT), row.last_incoming_at
    if at - row.created_at <= longest:
        return False
    return not is_kept(row) or last is None or at - last > longest


def is_kept(row: OutboxRow) -> bool:
    """Whether the reply, if it cannot arrive now, is kept until the contact writes."""
    return row.reply.waits is not Waits.NEVER


def _given_up(row: OutboxRow, code: str, *, unreachable: bool = False) -> Hold | GiveUp:
    if is_kept(row):
        return Hold(code, unreachable=unreachable)
    return GiveUp(code, unreachable=unreachable)


def _backoff(waited: timedelta) -> timedelta:
    """Wait as long again as so far, within bounds: an exponential backoff by factor 2."""
    return min(max(waited, FIRST_WAIT), LONGEST_WAIT)
