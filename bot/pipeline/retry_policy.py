"""What a platform's answer to a send means for the reply and for its channel: pure functions."""

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

STOPPED_FOR = timedelta(minutes=1)  # a channel that is out of order is tried again after this
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
# A reply that could not be sent for this long is given up: nobody needs it by then.
MAX_AGE = {Channel.MAIL: timedelta(days=5)}
MAX_AGE_IN_CHAT = timedelta(hours=24)


class Accepted(Struct, frozen=True):
    """The platform accepted it, under this reference."""

    ref: str


class Retry(Struct, frozen=True):
    """Retry after a while; the contact's later replies wait as well."""

    after: timedelta
    code: str


class RetryOnce(Struct, frozen=True):
    """It is unknown whether it arrived: repeat it once, then give up."""

    code: str


class GiveUp(Struct, frozen=True):
    """It will never arrive; later replies may go. ``unreachable``: nor will those arrive."""

    code: str
    unreachable: bool = False


class Hold(Struct, frozen=True):
    """Send it once the contact writes; later replies may go before it.

    ``code`` and ``ref``: as of ``Held``. ``unreachable``: until then nothing arrives.
    """

    code: str = ""
    ref: str = ""
    unreachable: bool = False


class RetryDecision(Struct, frozen=True):
    """What follows from one answer. ``pause``: how long the whole channel sends nothing."""

    result: Accepted | Retry | RetryOnce | Hold | GiveUp
    pause: timedelta | None = None
    out_of_order: bool = False  # the channel, until the operator acts


def decide(row: OutboxRow, outcome: SendOutcome, now: datetime) -> RetryDecision:
    """What a platform's answer means for the reply ``row``."""
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
    """Whether the reply is of no use any more at that moment, or is rather kept."""
    longest, last = MAX_AGE.get(row.channel, MAX_AGE_IN_CHAT), row.last_incoming_at
    if at - row.created_at <= longest:
        return False
    return not is_kept(row) or last is None or at - last > longest  # kept until they wrote


def is_kept(row: OutboxRow) -> bool:
    """Whether what cannot arrive now waits until the contact writes."""
    return row.reply.waits is not Waits.NEVER


def _given_up(row: OutboxRow, code: str, *, unreachable: bool = False) -> Hold | GiveUp:
    if is_kept(row):
        return Hold(code, unreachable=unreachable)
    return GiveUp(code, unreachable=unreachable)


def _backoff(waited: timedelta) -> timedelta:
    """Doubles the time that it has waited so far, within bounds."""
    return min(max(waited, FIRST_WAIT), LONGEST_WAIT)
