"""Removes members of staff, with the addresses kept to reach them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from handlers.messages import Channel
from storage.contacts.contacts import drop_aliases
from storage.duty import absences, shifts
from storage.staff.roles import DUTY_ALONE
from storage.tables.contacts import contact_addresses, contacts, conversations
from storage.tables.outbox import inbox, outbox
from storage.tables.quality import digest_claims
from storage.tables.staff import (
    sign_in_tokens,
    staff,
    staff_codes,
    staff_contacts,
    staff_roles,
    staff_sessions,
)


def remove(tx: Connection, staff_id: int) -> None:
    """Remove a member of staff. Their chats become a citizen's; their answers stay."""
    by_mail = sorted(
        tx.execute(
            select(contacts.c.id)
            .join(staff_contacts, staff_contacts.c.contact_id == contacts.c.id)
            .where(staff_contacts.c.staff_id == staff_id, contacts.c.channel == Channel.MAIL.value)
        ).scalars()
    )
    absences.forget(tx, staff_id)
    shifts.forget(tx, staff_id)
    for table in (staff_contacts, staff_codes, staff_roles, sign_in_tokens, staff_sessions):
        tx.execute(delete(table).where(table.c.staff_id == staff_id))
    # A mail contact belongs to its member of staff only, so it goes too.
    drop_aliases(tx, by_mail)
    for table in (inbox, outbox, digest_claims, contact_addresses, conversations):
        tx.execute(delete(table).where(table.c.contact_id.in_(by_mail)))
    tx.execute(delete(contacts).where(contacts.c.id.in_(by_mail)))
    tx.execute(delete(staff).where(staff.c.id == staff_id))


def retire_duty(tx: Connection, email: str | None) -> list[int]:
    """Remove duty addresses other than ``email``; return the ids of those who had one.

    A member of staff who was nothing but a duty address is removed.
    """
    former = staff.c.duty == 1 if email is None else (staff.c.duty == 1) & (staff.c.email != email)
    retired = sorted(tx.execute(select(staff.c.id).where(former)).scalars())
    for staff_id in list(tx.execute(select(staff.c.id).where(former, DUTY_ALONE)).scalars()):
        remove(tx, staff_id)
    tx.execute(update(staff).where(former).values(duty=0))
    return retired
