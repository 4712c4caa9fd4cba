"""Reads a security breach together with its last count and the progress of its messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from handlers.privacy.breaches.breach import Breach
from storage.engine.keyring import Keyring
from storage.privacy.breaches import counts, steps
from storage.privacy.breaches.affected import Affected
from storage.privacy.breaches.counts import Counting
from storage.privacy.breaches.messages import MessageProgress
from storage.staff import staff


@dataclass(frozen=True, slots=True)
class CountedBreach:
    """A breach with its last count. ``names``: of staff, by id."""

    breach: Breach
    counting: Counting
    names: Mapping[int, str]

    @property
    def affected(self) -> Affected:
        return self.counting.affected

    @property
    def progress(self) -> MessageProgress:
        return self.counting.progress

    @property
    def total(self) -> int | None:
        """How many people are affected, including those unknown to this service.

        None before the first count.
        """
        others = self.breach.description.others
        return self.affected.total + others if self.counting.is_current else None

    @property
    def unreached(self) -> int:
        """How many no message in a chat could reach at the last count."""
        affected, others = self.affected, self.breach.description.others
        return self.progress.unreached + affected.off + affected.at_desk + others


def find_counted(tx: Connection, keyring: Keyring, number: str) -> CountedBreach | None:
    """The breach with this number; None if there is none."""
    found = steps.find_breach(tx, keyring, number)
    if found is None:
        return None
    names = {member.id: member.name for member in staff.everyone(tx)}
    return CountedBreach(found, counts.counting_of(tx, found), names)
