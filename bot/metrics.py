"""What the service counts about itself, in Prometheus' terms; ids and codes only."""

from __future__ import annotations

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Job(StrEnum):
    """What the service does by the clock."""

    DIGEST = "digest"
    RETENTION = "retention"
    ERASURES = "erasures"  # the journal of them


class Metrics:
    """One registry a service, so that two of them in one process do not mix."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.received = self._counter("received", "Events handed in by a channel", "channel")
        self.duplicate = self._counter("duplicate", "Events seen before and dropped", "channel")
        self.committed = self._counter("committed", "Turns committed", "channel")
        self.quarantined = self._counter("quarantined", "Events set aside", "channel")
        self.sent = self._counter("sent", "Replies that the platform took", "channel")
        self.retried = self._counter("retried", "Sends to be repeated later", "channel")
        self.uncertain = self._counter("uncertain", "Sends of unknown outcome", "channel")
        self.failed = self._counter("failed", "Replies given up", "channel")
        self.digests = self._counter("digests", "Digests handed to the outbox", "channel")
        self.job_failed = self._counter("job_failed", "Jobs that failed and are repeated", "job")
        self.queue = Gauge("opina_intake_queue", "Events waiting", registry=self._registry)
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
        self.job_failed.labels(job.value).inc()

    def exposed(self) -> bytes:
        """Everything, as /metrics answers it."""
        return generate_latest(self._registry)

    def _counter(self, name: str, text: str, label: str) -> Counter:
        return Counter(f"opina_{name}", text, [label], registry=self._registry)
