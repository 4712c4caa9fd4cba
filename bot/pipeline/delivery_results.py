"""What became of replies, gathered until a transaction writes it."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from handlers.messages import Channel
from storage.contacts import contacts
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.outbox import outbox, results
from storage.outbox.outbox import Holder, OutboxRow


@dataclass(slots=True)
class Outcomes:
    """Each reply stands in one of the lists of rows."""

    sent: list[tuple[OutboxRow, str]] = field(default_factory=list)
    retry: list[tuple[OutboxRow, timedelta, str]] = field(default_factory=list)
    uncertain: list[tuple[OutboxRow, str]] = field(default_factory=list)
    failed: list[tuple[OutboxRow, str]] = field(default_factory=list)
    released: list[OutboxRow] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)
    pauses: dict[Channel, datetime] = field(default_factory=dict)
    # Where a commit's answer was lost: who holds replies, and which of them it knows of.
    doubt: tuple[Holder, Set[tuple[int, int]]] | None = None

    def __bool__(self) -> bool:
        return bool(self.sent or self.retry or self.uncertain or self.failed or self.released)

    def rows(self) -> Iterator[OutboxRow]:
        """All replies of which something became."""
        for row, _ in (*self.sent, *self.uncertain, *self.failed):
            yield row
        for row, _, _ in self.retry:
            yield row
        yield from self.released

    def holds_up(self, contact_id: int) -> bool:
        """Whether a reply of the contact goes back to the table, so that later ones must too."""
        if not (self.retry or self.uncertain or self.released):
            return False
        return any(row.contact_id == contact_id for row in self._returning())

    def put_before(self, earlier: Outcomes) -> None:
        """Take back what could not be written."""
        self.sent[:0] = earlier.sent
        self.retry[:0] = earlier.retry
        self.uncertain[:0] = earlier.uncertain
        self.failed[:0] = earlier.failed
        self.released[:0] = earlier.released
        self.blocked[:0] = earlier.blocked
        self.pauses = {**earlier.pauses, **self.pauses}

    def write(self, tx: Transaction, keyring: Keyring, now: datetime) -> None:
        """Into the outbox; on PostgreSQL this locks these replies."""
        if self.doubt is not None:
            results.take_back(tx, *self.doubt)
        results.mark_sent(tx, keyring, self.sent, now)
        if self.retry or self.uncertain or self.failed or self.released:
            results.mark_retry(tx, self.retry, now)
            results.mark_uncertain(tx, self.uncertain, now)
            results.mark_failed(tx, self.failed)
            results.release(tx, self.released)
        if self.blocked:
            results.fail_all(tx, self.blocked, "blocked")
            contacts.set_departed(tx, self.blocked, now)
        for channel, until in self.pauses.items():
            outbox.pause(tx, channel, until)

    def _returning(self) -> Iterator[OutboxRow]:
        for row, _, _ in self.retry:
            yield row
        for row, _ in self.uncertain:
            yield row
        yield from self.released
