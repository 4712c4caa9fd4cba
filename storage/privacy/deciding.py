"""The recipients of notices about personal data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from handlers.messages import Announcement
from handlers.privacy.due import PrivacyWarning
from handlers.staff.permissions import Role
from storage.duty import absences
from storage.staff import roles
from storage.staff.staff_contacts import all_contacts_of_staff, general_staff


@dataclass(frozen=True, slots=True)
class Reminder:
    """What staff are told of something that is due, and at which step."""

    step: PrivacyWarning
    body: Announcement


def contacts_deciding(tx: Connection, now: datetime, *, urgent: bool) -> list[int]:
    """The contacts of staff who decide on personal data, or of their substitutes.

    If it is urgent or all of them are away, administration, which can assign the role, is included.
    """
    deciding, away = _staff_with(tx, {Role.PRIVACY}), absences.substitutes(tx, now)
    covering = {away.get(person, person) for person in deciding} - {0}
    deciding |= covering
    if urgent or not all_contacts_of_staff(tx, covering):
        deciding |= _staff_with(tx, {Role.ADMIN})
    return all_contacts_of_staff(tx, deciding) or sorted(general_staff(tx, now))


def _staff_with(tx: Connection, wanted: Collection[Role]) -> set[int]:
    return {
        staff_id
        for staff_id, grants in roles.by_person(tx).items()
        if any(grant.role in wanted for grant in grants)
    }
