"""Staff who can be made responsible for a measure: those who may decide it."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.staff.permissions import Action, may, may_in
from storage.staff import roles, staff
from storage.staff.staff import StaffMember


def owners(tx: Connection, area: str, *, sensitive: bool) -> list[StaffMember]:
    """Staff who may decide measures of this area; ``area`` empty: of any area."""
    decides = Action.DECIDE_MEASURES
    able = {
        person
        for person, held in roles.by_person(tx).items()
        if (may_in(held, decides, area, sensitive=sensitive) if area else may(held, decides))
    }
    return [member for member in staff.everyone(tx) if member.id in able]
