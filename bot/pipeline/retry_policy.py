"""What a platform's answers mean: for each reply, for its channel, and for what is counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import assert_never

import structlog

from bot.channels.ports import (
    Blocked,
    Failed,
    RetryLater,
    SendOutcome,
    Sent,
    Stopped,
    Uncertain,
)
from bot.observability.metrics import Metrics
from bot.pipeline.delivery_results import Outcomes
from handlers.messages import Channel
from storage.outbox.outbox import OutboxRow, State

STOPPED_FOR = timedelta(minutes=1)  # a channel that is out of order is tried again after this
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
# A reply that could not be sent for so long is given up: nobody waits for it any more.
PATIENCE = {Channel.MAIL: timedelta(days=5)}
CHAT_PATIENCE = timedelta(hours=24)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

log = structlog.get_logger(__name__)


class Verdicts:
    """``outcomes`` gathers what is to be written of each reply."""

    def __init__(self, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._metrics = metrics
        self._clock = clock
        self._paused: dict[Channel, datetime] = {}  # until then the platform takes nothing
        self.outcomes = Outcomes()

    def is_paused(self, channel: Channel) -> bool:
        """Whether the platform takes nothing now."""
        until = self._paused.get(channel)
        return until is not None and self._clock() < until

    def learn_pauses(self, pauses: Mapping[Channel, datetime]) -> None:
        """What another process was told holds for this one too."""
        self._paused.update(pauses)

    def is_too_old(self, row: OutboxRow, wait: timedelta = timedelta()) -> bool:
        """Whether nobody will wait for the reply any more once ``wait`` has passed."""
        patience = PATIENCE.get(row.channel, CHAT_PATIENCE)
        return self._clock() - row.created_at + wait > patience

    def note(self, row: OutboxRow, outcome: SendOutcome) -> None:
        """What became of one send."""
        outcomes = self.outcomes
        match outcome:
            case Sent(ref):
                outcomes.sent.append((row, ref))
                self._note_arrival(row)
            case RetryLater():
                self._put_off(row, outcome)
            case Failed(code):
                self.give_up(row, code)
            case Uncertain(code):
                outcomes.uncertain.append((row, code))
                self._metrics.uncertain[row.channel] += 1
                if row.repeated:  # once is all
                    self._count_failure(row.channel, code)
            case Blocked(code):
                self.give_up(row, code)
                outcomes.blocked.append(row.contact_id)
            case Stopped(code):
                outcomes.retry.append((row, STOPPED_FOR, code))
                self._metrics.retried[row.channel] += 1
                self._pause(row.channel, STOPPED_FOR)
                self._metrics.channel_up.labels(row.channel.value).set(0)
                log.error("channel out of order", channel=row.channel.value, code=code)
            case _:
                assert_never(outcome)

    def give_up(self, row: OutboxRow, code: str) -> None:
        """It will never arrive; what follows it is free to go."""
        self.outcomes.failed.append((row, code))
        self._count_failure(row.channel, code)

    def count_lost(self, lost: Iterable[tuple[Channel, State]]) -> None:
        """Replies of processes that are gone: whether they arrived is unknown."""
        for channel, state in lost:
            self._metrics.uncertain[channel] += 1
            if state is State.FAILED:
                self._count_failure(channel, "owner-lost")

    def _note_arrival(self, row: OutboxRow) -> None:
        now = self._clock()
        self._metrics.sent[row.channel] += 1
        self._metrics.lag_s.observe(max(0.0, (now - row.created_at).total_seconds()))
        until = self._paused.get(row.channel)
        if until is not None and until <= now:  # what was on its way already says nothing
            del self._paused[row.channel]
            self._metrics.channel_up.labels(row.channel.value).set(1)

    def _put_off(self, row: OutboxRow, refused: RetryLater) -> None:
        """Until it has waited as long again as it has waited so far, within bounds."""
        waited = self._clock() - row.created_at
        wait = max(refused.after, min(max(waited, FIRST_WAIT), LONGEST_WAIT))
        if refused.whole_channel:
            self._pause(row.channel, refused.after)
        if self.is_too_old(row, wait):
            self.give_up(row, refused.code)
        else:
            self.outcomes.retry.append((row, wait, refused.code))
            self._metrics.retried[row.channel] += 1

    def _pause(self, channel: Channel, wait: timedelta) -> None:
        until = max(self._clock() + wait, self._paused.get(channel, _LONG_AGO))
        self._paused[channel] = self.outcomes.pauses[channel] = until

    def _count_failure(self, channel: Channel, code: str) -> None:
        self._metrics.failed[channel] += 1
        log.warning("reply given up", channel=channel.value, code=code)
