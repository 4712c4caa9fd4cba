"""Stores as counters how many people a breach affects, as last counted.

Counting scans whole tables, so a job does it and pages read its result. The counters hold nothing
personal.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, text

from handlers.privacy.breaches.breach import Breach, BreachMessage
from storage.engine import counters, leases
from storage.engine.times import MAX_CLOCK_SKEW, micros, moment
from storage.privacy.breaches import affected, messages
from storage.privacy.breaches.affected import CHANNELS, Affected, OnChannel
from storage.privacy.breaches.messages import MessageProgress

CLAIM = timedelta(minutes=2)
"""How long a process may count, or choose a part of the recipients, before another one tries."""

_OF_CHANNEL = ("count", "closed", "untold", "off")
_OF_PROGRESS = tuple(field.name for field in fields(MessageProgress))
_NAMES = (
    # How many counts were requested, and how many had been when the last one began.
    *("asked", "answered"),
    "claimed",  # until when a process has the work
    "chosen",  # the step up to which all recipients are chosen
    *("at", "steps", "desk"),  # of the last count
    *(f"{channel}:{what}" for channel in CHANNELS for what in _OF_CHANNEL),
    *_OF_PROGRESS,
)


# As ``Breach.counted_anew_from`` and ``message``, from unencrypted columns.
_WAITING = text(
    "SELECT s.number FROM (SELECT number, "
    "max(CASE WHEN kind IN ('recorded', 'corrected', 'told') THEN place ELSE 0 END) AS anew, "
    "max(CASE WHEN kind = 'told' THEN place ELSE 0 END) AS told "
    "FROM breach_steps GROUP BY number) s "
    "LEFT JOIN counters seen ON seen.name = 'breach\\:' || s.number || '\\:steps' "
    "LEFT JOIN counters asked ON asked.name = 'breach\\:' || s.number || '\\:asked' "
    "LEFT JOIN counters done ON done.name = 'breach\\:' || s.number || '\\:answered' "
    "LEFT JOIN counters chosen ON chosen.name = 'breach\\:' || s.number || '\\:chosen' "
    "WHERE coalesce(seen.value, 0) < s.anew OR s.told > coalesce(chosen.value, 0) "
    "OR coalesce(asked.value, 0) > coalesce(done.value, 0) ORDER BY s.number"
)


@dataclass(frozen=True, slots=True)
class BreachCount:
    """The result of a count made ``at`` a moment."""

    at: datetime
    affected: Affected
    progress: MessageProgress


@dataclass(frozen=True, slots=True)
class Counting:
    """The last count of a breach, if any, and what is still to be done.

    ``is_current``: it is later than the current description and the last message. ``asked``: how
    many counts were requested. ``is_due``: another one is requested. ``must_choose``: not all
    recipients of the last message are chosen yet.
    """

    last: BreachCount | None
    is_current: bool
    asked: int
    is_due: bool
    must_choose: bool

    @property
    def is_waiting(self) -> bool:
        return self.is_due or self.must_choose

    @property
    def affected(self) -> Affected:
        return self.last.affected if self.last else Affected()

    @property
    def progress(self) -> MessageProgress:
        return self.last.progress if self.last else MessageProgress()


def counting_of(tx: Connection, breach: Breach) -> Counting:
    """The state of a breach's counting."""
    known, message = _load_counts(tx, breach.number), breach.message
    is_current = known["steps"] >= breach.counted_anew_from
    return Counting(
        _last(known) if known["steps"] else None,
        is_current,
        known["asked"],
        is_due=not is_current or known["asked"] > known["answered"],
        must_choose=message is not None and message.place > known["chosen"],
    )


def waiting(tx: Connection) -> list[str]:
    """The numbers of breaches with a count to be made, found without decrypting any."""
    return list(tx.execute(_WAITING).scalars())


def request_count(tx: Connection, number: str) -> None:
    """Request a count of the breach by the next run of the job."""
    counters.add(tx, {_name(number, "asked"): 1})


def claim(tx: Connection, breach: Breach, now: datetime) -> Counting | None:
    """Claim the work on a breach; None if another process has it or nothing is to be done."""
    leases.lock_job(tx, f"breach {breach.number}")
    found = counting_of(tx, breach)
    if not found.is_waiting or _is_claimed(tx, breach.number, now):
        return None
    _store_counts(tx, breach.number, {"claimed": micros(now + CLAIM)})
    return found


def count(
    tx: Connection,
    breach: Breach,
    zone: ZoneInfo,
    now: datetime,
    on: Collection[str] = CHANNELS,
) -> BreachCount:
    """Count the people affected, in a transaction of its own. Scans whole tables.

    ``on``: the channels that are switched on.
    """
    found = affected.count(tx, breach.number, breach.description, zone, now).where_only(on)
    return BreachCount(now, found, messages.progress(tx, breach.number, now, on))


def store_count(tx: Connection, breach: Breach, found: BreachCount, asked: int) -> None:
    """Store a count of ``breach`` and release the claim.

    ``asked``: how many counts had been requested at the claim.
    """
    numbers = {
        f"{channel}:{what}": getattr(numbers, what)
        for channel in CHANNELS
        for numbers in (_on(found.affected, channel),)
        for what in _OF_CHANNEL
    }
    of_it = {"at": micros(found.at), "steps": len(breach.steps), "desk": found.affected.at_desk}
    done = {"answered": asked, "claimed": 0}
    _store_counts(tx, breach.number, {**numbers, **of_it, **done, **asdict(found.progress)})


def choose(tx: Connection, number: str, ids: Sequence[int], now: datetime) -> None:
    """Record a part of the recipients, and extend the claim."""
    messages.choose(tx, number, ids)
    _store_counts(tx, number, {"claimed": micros(now + CLAIM)})


def end_choosing(tx: Connection, number: str, message: BreachMessage) -> None:
    """Record that all recipients of this message are chosen."""
    _store_counts(tx, number, {"chosen": message.place})


def store_progress(tx: Connection, number: str, progress: MessageProgress) -> None:
    """Store the progress of the messages."""
    _store_counts(tx, number, asdict(progress))


def _is_claimed(tx: Connection, number: str, now: datetime) -> bool:
    """Whether the claim is valid; one from before a clock was set back would last too long."""
    left = moment(_load_counts(tx, number)["claimed"]) - now
    return timedelta(0) < left <= CLAIM + MAX_CLOCK_SKEW


def _last(known: Mapping[str, int]) -> BreachCount:
    channels = (
        OnChannel(channel.value, *(known[f"{channel}:{what}"] for what in _OF_CHANNEL))
        for channel in CHANNELS
    )
    found = sorted(
        (counted for counted in channels if counted.count), key=lambda counted: counted.channel
    )
    progress = MessageProgress(**{name: known[name] for name in _OF_PROGRESS})
    return BreachCount(moment(known["at"]), Affected(tuple(found), known["desk"]), progress)


def _on(found: Affected, channel: str) -> OnChannel:
    nobody = OnChannel(channel, 0, 0, 0)
    return next((counted for counted in found.channels if counted.channel == channel), nobody)


def _load_counts(tx: Connection, number: str) -> dict[str, int]:
    found = counters.values(tx, [_name(number, name) for name in _NAMES])
    return {name: found.get(_name(number, name), 0) for name in _NAMES}


def _store_counts(tx: Connection, number: str, amounts: Mapping[str, int]) -> None:
    counters.set_values(tx, {_name(number, name): amount for name, amount in amounts.items()})


def _name(number: str, name: str) -> str:
    return f"breach:{number}:{name}"
