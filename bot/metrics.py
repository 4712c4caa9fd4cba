"""What the service counts about itself, in Prometheus' terms; ids and codes only."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from math import nan

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.database import Database
from storage.queue_state import QueueState, queue_state

LOOK_S = 15.0  # as often as Prometheus usually asks
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Job(StrEnum):
    """What the service does by the clock."""

    DIGEST = "digest"
    RETENTION = "retention"
    ERASURES = "erasures"  # the journal of them


class Metrics:
    """One registry a service, so that two of them in one process do not mix.

    Every counter is there from the start, at 0: an alert sees a first event only as a growth.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        channels = list(Channel)
        self.received = self._counter("received", "Events handed in by a channel", channels)
        self.duplicate = self._counter("duplicate", "Events seen before and dropped", channels)
        self.committed = self._counter("committed", "Turns committed", channels)
        self.quarantined = self._counter("quarantined", "Events set aside", channels)
        self.sent = self._counter("sent", "Replies that the platform took", channels)
        self.retried = self._counter("retried", "Sends to be repeated later", channels)
        self.uncertain = self._counter("uncertain", "Sends of unknown outcome", channels)
        self.failed = self._counter("failed", "Replies given up", channels)
        self.digests = self._counter("digests", "Digests handed to the outbox", ["all"])["all"]
        self.job_failed = self._counter("job_failed", "Jobs that failed", list(Job), "job")
        self.queue = self._gauge("intake_queue", "Events waiting")
        self.open_replies = self._gauge("open_replies", "Replies on their way", nan)
        self.oldest_due_s = self._gauge(
            "oldest_due_reply_seconds", "For how long the oldest open reply has been due", nan
        )
        self.last_digest = self._gauge(
            "last_digest_timestamp_seconds", "When a digest was last sent; 0: never", nan
        )
        # Not there from the start: 0 would say that a channel that is off is out of order.
        self.channel_up = Gauge(
            "opina_channel_up", "1 while a channel works", ["channel"], registry=self._registry
        )
        self.batch = Histogram(
            "opina_batch_events",
            "Events committed together",
            buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
            registry=self._registry,
        )
        self.commit_s = Histogram(
            "opina_commit_seconds", "Time of a batch's transaction", registry=self._registry
        )
        self.lag_s = Histogram(
            "opina_lag_seconds", "From a reply's commit to its sending", registry=self._registry
        )

    def count_failure(self, job: Job) -> None:
        """A job failed."""
        self.job_failed[job].inc()

    def exposed(self) -> bytes:
        """Everything, as /metrics answers it."""
        return generate_latest(self._registry)

    def show(self, state: QueueState | None, now: datetime) -> None:
        """Tell how sending stands; None: nobody knows now."""
        if state is None:
            for gauge in (self.open_replies, self.oldest_due_s, self.last_digest):
                gauge.set(nan)
            return
        due, digest = state.first_due_at, state.last_digest_at
        self.open_replies.set(state.open_replies)
        self.oldest_due_s.set(max(0.0, (now - due).total_seconds()) if due else 0)
        self.last_digest.set(digest.timestamp() if digest else 0)

    def _counter(
        self, name: str, text: str, values: Iterable[str], label: str = "channel"
    ) -> Mapping[str, Counter]:
        """One for each value of its label."""
        counter = Counter(f"opina_{name}", text, [label], registry=self._registry)
        return {value: counter.labels(str(value)) for value in values}

    def _gauge(self, name: str, text: str, value: float = 0) -> Gauge:
        gauge = Gauge(f"opina_{name}", text, registry=self._registry)
        gauge.set(value)
        return gauge


async def keep_showing(metrics: Metrics, database: Database, clock: Callable[[], datetime]) -> None:
    """Show how sending stands, as the database has it: every process shows the same."""
    while True:
        state = None
        with contextlib.suppress(StorageUnavailable):
            state = await database.read(queue_state)
        metrics.show(state, clock())
        await asyncio.sleep(LOOK_S)
