"""The contacts of members of staff: of a person, an area, the general staff, or on duty."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from handlers.messages import Body
from handlers.staff.absences import Absence
from handlers.staff.permissions import ANSWERING_ROLES, Role
from storage.duty import absences, shifts
from storage.engine.keyring import Keyring
from storage.outbox.inbox import for_each, put_inbox
from storage.staff import roles
from storage.tables.contacts import contacts
from storage.tables.staff import staff, staff_contacts

GENERAL = ANSWERING_ROLES | {Role.QUALITY}
"""Roles that, for the whole municipality, get the cases of areas without staff."""


@dataclass(frozen=True, slots=True)
class StaffNotice:
    """A notice to staff, sent from ``at`` on, once per ``event`` to each contact."""

    event: str
    body: Body
    at: datetime


def link_staff(tx: Connection, contact_id: int, staff_id: int) -> None:
    """Link a contact to a member of staff."""
    linked = update(staff_contacts).where(staff_contacts.c.contact_id == contact_id)
    if tx.execute(linked.values(staff_id=staff_id)).rowcount == 0:
        tx.execute(insert(staff_contacts).values(contact_id=contact_id, staff_id=staff_id))


def contacts_of_staff(tx: Connection, staff_ids: Collection[int]) -> dict[int, list[int]]:
    """The reachable contacts of each of these members of staff."""
    found: dict[int, list[int]] = {staff_id: [] for staff_id in staff_ids}
    rows = tx.execute(
        select(staff_contacts.c.staff_id, staff_contacts.c.contact_id)
        .join(contacts, contacts.c.id == staff_contacts.c.contact_id)
        .where(staff_contacts.c.staff_id.in_(staff_ids), contacts.c.departed_at == 0)
        .order_by(staff_contacts.c.contact_id)
    )
    for row in rows:
        found[row.staff_id].append(row.contact_id)
    return found


def all_contacts_of_staff(tx: Connection, staff_ids: Collection[int]) -> list[int]:
    """All reachable contacts of these members of staff."""
    reached = contacts_of_staff(tx, staff_ids).values()
    return sorted({contact for contacts in reached for contact in contacts})


def staff_of(tx: Connection, area: str, now: datetime) -> set[int]:
    """The contacts of staff who answer for this area specifically; none for the empty area."""
    return _covered(tx, _staff_with(tx, area, ANSWERING_ROLES), now) if area else set()


def substitute_contacts(tx: Connection, staff_id: int, now: datetime) -> set[int]:
    """The contacts of this member of staff's substitute; none unless they are away now."""
    substitute = absences.substitutes(tx, now).get(staff_id, 0)
    return set(all_contacts_of_staff(tx, [substitute])) if substitute else set()


def notify_substitute(
    tx: Connection, keyring: Keyring, absence: Absence, notice: StaffNotice
) -> None:
    """Notify the substitute of an absence, if it has one, of its change."""
    reached = all_contacts_of_staff(tx, [absence.substitute]) if absence.substitute else []
    events = for_each(reached, notice.event, notice.body, due=notice.at)
    put_inbox(tx, keyring, events, notice.at)


def general_staff(tx: Connection, now: datetime) -> set[int]:
    """The contacts of staff with a general role; if there are none, the duty address."""
    return _covered(tx, _staff_with(tx, "", GENERAL), now) or _covered(tx, _on_call(tx), now)


def alerted(tx: Connection, area: str, now: datetime) -> set[int]:
    """The contacts for urgent notices: staff on duty now, and the duty address."""
    on_duty = all_contacts_of_staff(tx, shifts.on_duty(tx, area, now))
    return {*on_duty, *_covered(tx, _on_call(tx), now)}


def _staff_with(tx: Connection, area: str, wanted: Collection[Role]) -> set[int]:
    """Staff with one of these roles in exactly this area; empty: the whole municipality."""
    return {
        staff_id
        for staff_id, grants in roles.by_person(tx).items()
        if any(grant.area == area and grant.role in wanted for grant in grants)
    }


def _on_call(tx: Connection) -> set[int]:
    return set(tx.execute(select(staff.c.id).where(staff.c.duty == 1)).scalars())


def _covered(tx: Connection, chosen: Collection[int], now: datetime) -> set[int]:
    """The contacts of these staff, or of their substitutes while they are away.

    If all are away without a substitute, their own, so that every notice has a recipient.
    """
    away = absences.substitutes(tx, now) if chosen else {}
    covering = {away.get(person, person) for person in chosen} - {0}
    for staff_ids in (covering, set(chosen)):
        if found := all_contacts_of_staff(tx, sorted(staff_ids)):
            return set(found)
    return set()
