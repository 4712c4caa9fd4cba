"""What the service counts about itself, in Prometheus' terms; ids and codes only."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import StrEnum
from math import nan

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector

from handlers.errors import StorageUnavailable
from handlers.messages import Channel
from storage.engine.database import Database
from storage.outbox.queue_state import QueueState, queue_state

REFRESH_S = 15.0  # as often as Prometheus usually asks
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256)
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Job(StrEnum):
    """What the service does by the clock."""

    DIGEST = "digest"
    RETENTION = "retention"
    ERASURES = "erasures"  # the journal of them
    ERASED_CONTACTS = "erased_contacts"  # whose last message is out, or late
    DEADLINES = "deadlines"  # of cases
    HANDOVERS = "handovers"  # conversations with a person that wait
    ATTACHMENTS = "attachments"  # of cases


class Counts(dict[str, int]):
    """What happened how often, by one label's value.

    Each is there from the start, at 0: an alert sees a first event only as a growth. The library's
    counters take a lock and four calls for what the event loop's thread alone does.
    """

    def __init__(self, name: str, text: str, values: Iterable[str], label: str = "channel") -> None:
        super().__init__(dict.fromkeys(values, 0))
        self._name, self._text, self._label = f"opina_{name}", text, label

    def family(self) -> CounterMetricFamily:
        """As Prometheus takes it."""
        family = CounterMetricFamily(self._name, self._text, labels=[self._label])
        for value, count in self.items():
            family.add_metric([str(value)], count)
        return family


class Metrics(Collector):
    """One registry a service, so that two of them in one process do not mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.received = Counts("received", "Events handed in by a channel", Channel)
        self.duplicate = Counts("duplicate", "Events dropped because they came before", Channel)
        self.committed = Counts("committed", "Turns committed", Channel)
        self.quarantined = Counts(
            "quarantined", "Events that failed and are kept for 7 days", Channel
        )
        self.sent = Counts("sent", "Replies that the platform accepted", Channel)
        self.retried = Counts("retried", "Sends that are retried later", Channel)
        self.uncertain = Counts("uncertain", "Sends whose result is unknown", Channel)
        self.failed = Counts("failed", "Replies that are not retried any more", Channel)
        self.digests = Counts("digests", "Digests put into readers' inboxes", ["all"])
        self.job_failed = Counts("job_failed", "Runs of a job that failed", Job, "job")
        self._registry.register(self)
        self.queue = self._gauge("intake_queue", "Events received and not committed yet")
        self.open_replies = self._gauge("open_replies", "Replies not sent yet", nan)
        self.oldest_due_s = self._gauge(
            "oldest_due_reply_seconds", "Age of the reply that has been due for longest", nan
        )
        self.last_digest = self._gauge(
            "last_digest_timestamp_seconds", "Unix time of the last digest sent; 0: never", nan
        )
        # No value at the start: 0 would report a channel that is switched off as out of order.
        self.channel_up = Gauge(
            "opina_channel_up",
            "1: the channel works; 0: its platform refuses it or cannot deliver",
            ["channel"],
            registry=self._registry,
        )
        self.batch = self._histogram("batch_events", "Turns in one committed batch", BATCH_SIZES)
        self.commit_s = self._histogram("commit_seconds", "Duration of a batch's transaction")
        self.lag_s = self._histogram(
            "lag_seconds", "From a reply's commit until its platform accepted it"
        )

    def collect(self) -> Iterator[CounterMetricFamily]:
        """All that is counted."""
        for counts in vars(self).values():
            if isinstance(counts, Counts):
                yield counts.family()

    def count_failure(self, job: Job) -> None:
        """A job failed."""
        self.job_failed[job] += 1

    def exposed(self) -> bytes:
        """Everything, as /metrics answers it."""
        return generate_latest(self._registry)

    def set_queue_state(self, state: QueueState | None, now: datetime) -> None:
        """Set the gauges of the queue; None: the database is unavailable."""
        if state is None:
            for gauge in (self.open_replies, self.oldest_due_s, self.last_digest):
                gauge.set(nan)
            return
        due, digest = state.first_due_at, state.last_digest_at
        self.open_replies.set(state.open_replies)
        self.oldest_due_s.set(max(0.0, (now - due).total_seconds()) if due else 0)
        self.last_digest.set(digest.timestamp() if digest else 0)

    def _histogram(
        self, name: str, text: str, buckets: Sequence[float] = Histogram.DEFAULT_BUCKETS
    ) -> Histogram:
        return Histogram(f"opina_{name}", text, buckets=buckets, registry=self._registry)

    def _gauge(self, name: str, text: str, value: float = 0) -> Gauge:
        gauge = Gauge(f"opina_{name}", text, registry=self._registry)
        gauge.set(value)
        return gauge


async def refresh_queue_state(
    metrics: Metrics, database: Database, clock: Callable[[], datetime]
) -> None:
    """Set the gauges of the queue from the database, again and again, until cancelled."""
    while True:
        state = None
        with contextlib.suppress(StorageUnavailable):
            state = await database.read(queue_state)
        metrics.set_queue_state(state, clock())
        await asyncio.sleep(REFRESH_S)
