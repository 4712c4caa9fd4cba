"""Roles of members of staff, by area."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, select

from handlers.staff.permissions import SUBSTITUTED_ROLES, Grant, Role
from storage.duty import absences
from storage.engine.times import micros
from storage.tables.staff import staff, staff_roles

DUTY_ALONE = and_(
    staff.c.duty == 1,
    staff.c.name == staff.c.email,
    staff.c.id.not_in(select(staff_roles.c.staff_id)),
)
"""A condition: the configured duty address, if nobody was added under it and it has no role."""


def grants_of(tx: Connection, staff_id: int) -> tuple[Grant, ...]:
    """A person's own roles."""
    return by_person(tx, staff_id).get(staff_id, ())


def roles_of(tx: Connection, staff_id: int, now: datetime) -> tuple[Grant, ...]:
    """A person's own roles, and those they have now as a substitute."""
    own = grants_of(tx, staff_id)
    replaced = [away for away, other in absences.substitutes(tx, now).items() if other == staff_id]
    lent = [
        grant
        for away in replaced
        for grant in grants_of(tx, away)
        if grant.role in SUBSTITUTED_ROLES
    ]
    return (*own, *(grant for grant in dict.fromkeys(lent) if grant not in own))


def by_person(tx: Connection, staff_id: int | None = None) -> dict[int, tuple[Grant, ...]]:
    """The roles of each person who has any; ``staff_id``: only this one."""
    chosen = select(staff_roles).order_by(staff_roles.c.role, staff_roles.c.area)
    if staff_id is not None:
        chosen = chosen.where(staff_roles.c.staff_id == staff_id)
    found: dict[int, tuple[Grant, ...]] = {}
    for row in tx.execute(chosen):
        grant = Grant(Role(row.role), row.area)
        found[row.staff_id] = (*found.get(row.staff_id, ()), grant)
    return found


def give(tx: Connection, staff_id: int, grant: Grant, now: datetime) -> bool:
    """Give a role; False if the person has it already."""
    if grant in grants_of(tx, staff_id):
        return False
    row = {"staff_id": staff_id, "role": grant.role.value, "area": grant.area}
    tx.execute(insert(staff_roles).values(**row, given_at=micros(now)))
    return True


def take_away(tx: Connection, staff_id: int, grant: Grant) -> bool:
    """Take a role away; False if the person does not have it."""
    table = staff_roles.c
    taken = delete(staff_roles).where(
        table.staff_id == staff_id, table.role == grant.role.value, table.area == grant.area
    )
    return tx.execute(taken).rowcount > 0


def admins(tx: Connection) -> int:
    """How many people administer the panel."""
    admin = staff_roles.c.role == Role.ADMIN.value
    count = select(func.count(staff_roles.c.staff_id.distinct())).where(admin)
    return tx.execute(count).scalar_one()
