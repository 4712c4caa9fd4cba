"""Reads a security breach with its numbers: whom it affects now, and how far they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.privacy.breaches.breach import Breach
from storage.engine.keyring import Keyring
from storage.privacy.breaches import affected, steps, tellings
from storage.privacy.breaches.affected import Affected
from storage.privacy.breaches.tellings import Progress
from storage.staff import staff


@dataclass(frozen=True, slots=True)
class Counted:
    """A breach with its numbers. ``names``: of the staff, by id."""

    breach: Breach
    affected: Affected
    progress: Progress
    names: Mapping[int, str]

    @property
    def total(self) -> int:
        """How many people are affected, those included whom this service does not know."""
        return self.affected.total + self.breach.description.others

    @property
    def unreached(self) -> int:
        """How many no message in the chat can reach, as things stand."""
        return self.progress.unreached + self.affected.at_desk + self.breach.description.others


def counted(
    tx: Connection, keyring: Keyring, number: str, zone: ZoneInfo, now: datetime
) -> Counted | None:
    """The breach of this number as it is now; None: there is none."""
    found = steps.one(tx, keyring, number)
    if found is None:
        return None
    return Counted(
        found,
        affected.count(tx, number, found.description, zone, now),
        tellings.progress(tx, number),
        {member.id: member.name for member in staff.everyone(tx)},
    )
