"""A member of staff with a role, as commands and the panel add them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.staff.permissions import Grant, Role
from storage.engine.keyring import Keyring
from storage.staff import roles, staff
from storage.staff.staff import StaffMember


def hired(
    tx: Connection, keyring: Keyring, name: str, email: str, area: str, now: datetime
) -> StaffMember:
    """Head of an area; of the whole municipality where it is empty."""
    member = staff.add(tx, keyring, staff.NewMember(name, email, area), now)
    roles.give(tx, member.id, Grant(Role.HEAD, area), now)
    return member
