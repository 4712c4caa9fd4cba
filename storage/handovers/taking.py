"""Taking a handover from the chat of staff."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.handover import Holder
from storage.engine.keyring import Keyring
from storage.handovers import changing, people, reading
from storage.handovers.changing import StaffActing
from storage.handovers.recording import IsSensitive


def take_over(
    tx: Connection, keyring: Keyring, acting: StaffActing, is_sensitive: IsSensitive
) -> Holder | None:
    """Take the handover if it is free; return who has it, None if it is over or not allowed."""
    area = reading.area_of(tx, acting.handover)
    if area is None:
        return None
    sensitive = is_sensitive(area)
    if not people.may_answer(tx, acting.staff, area, sensitive=sensitive, now=acting.now):
        return None
    changing.take(tx, keyring, acting)
    return reading.holder(tx, keyring, acting.handover, acting.staff)
