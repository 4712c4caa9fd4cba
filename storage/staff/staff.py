"""Staff: their names, mail addresses and areas, and the codes that link their chats."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, not_, select, update

from handlers.errors import OperatorError
from handlers.messages import Channel, Sender
from storage.contacts.contacts import find_contacts
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.staff.roles import DUTY_ALONE
from storage.staff.staff_contacts import link_staff
from storage.tables.contacts import contacts
from storage.tables.staff import staff, staff_codes, staff_contacts

MAIL_ACCOUNT = "mail"
CODE_LASTS = timedelta(days=7)
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without letters that look like others
_CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody to be added to staff. ``area`` empty: the whole municipality."""

    name: str
    email: str
    area: str


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One member of staff. ``area`` empty: the whole municipality."""

    id: int
    name: str
    email: str
    area: str
    duty: bool  # gets cases of areas without staff; without a role, nothing else
    channels: tuple[Channel, ...]  # on which they can be reached

    @property
    def is_unnamed(self) -> bool:
        """Whether this is the configured duty address, under which nobody was added yet."""
        return self.duty and self.name == self.email


@dataclass(frozen=True, slots=True)
class Recipient:
    """One contact of a member of staff."""

    contact_id: int
    channel: Channel
    staff_id: int
    area: str


def add(tx: Connection, keyring: Keyring, new: NewMember, now: datetime) -> StaffMember:
    """Add a member of staff, reached by mail.

    One who is added under the duty address keeps getting its cases. Raises OperatorError if the
    address is taken.
    """
    member = StaffMember(0, new.name, new.email, new.area, False, (Channel.MAIL,))
    if (added := _add(tx, keyring, member, now)) is not None:
        return added
    known = next(stored for stored in everyone(tx) if stored.email == new.email)
    if not known.is_unnamed:
        raise OperatorError(f"{new.email}: ya hay una persona con ese correo")
    tx.execute(update(staff).where(staff.c.id == known.id).values(name=new.name, area=new.area))
    return replace(known, name=new.name, area=new.area)


def ensure_duty(tx: Connection, keyring: Keyring, email: str, now: datetime) -> int | None:
    """Make this the duty address, adding a member of staff for it if necessary.

    Returns the id of its member of staff; None if it was the duty address already.
    """
    member = StaffMember(0, email, email, "", True, (Channel.MAIL,))
    known = tx.execute(select(staff.c.id).where(staff.c.email == email)).first()
    if known is None and (added := _add(tx, keyring, member, now)) is not None:
        return added.id
    # Another process may have just added it.
    not_yet = (staff.c.email == email) & (staff.c.duty == 0)
    return tx.execute(update(staff).where(not_yet).values(duty=1).returning(staff.c.id)).scalar()


def new_code(tx: Connection, keyring: Keyring, staff_id: int, now: datetime) -> str:
    """A one-time code that links a chat to this member of staff, valid for ``CODE_LASTS``."""
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(_CODE_LENGTH))
    tx.execute(
        insert(staff_codes).values(
            code_hash=keyring.code_hash(code),
            staff_id=staff_id,
            expires_at=micros(now + CODE_LASTS),
            used_at=0,
        )
    )
    return code


def everyone(tx: Connection) -> list[StaffMember]:
    """All staff, by name."""
    reached: dict[int, list[Channel]] = {}
    for recipient in recipients(tx, duty=True):
        reached.setdefault(recipient.staff_id, []).append(recipient.channel)
    rows = tx.execute(select(staff).order_by(staff.c.name, staff.c.id))
    return [
        StaffMember(
            row.id, row.name, row.email, row.area, bool(row.duty), tuple(reached.get(row.id, ()))
        )
        for row in rows
    ]


def recipients(tx: Connection, *, duty: bool = False) -> list[Recipient]:
    """All reachable contacts of staff; ``duty``: including a mere duty address."""
    chosen = (
        select(contacts.c.id, contacts.c.channel, staff.c.id.label("staff_id"), staff.c.area)
        .join(staff_contacts, staff_contacts.c.contact_id == contacts.c.id)
        .join(staff, staff.c.id == staff_contacts.c.staff_id)
        .where(contacts.c.departed_at == 0)
        .order_by(staff.c.id, contacts.c.channel, contacts.c.id)
    )
    if not duty:
        chosen = chosen.where(not_(DUTY_ALONE))
    return [
        Recipient(row.id, Channel(row.channel), row.staff_id, row.area)
        for row in tx.execute(chosen)
    ]


def _add(
    tx: Connection, keyring: Keyring, member: StaffMember, now: datetime
) -> StaffMember | None:
    """Insert a member of staff; return the id, None if the address is taken."""
    # Ids come from a counter, because a database may reuse a removed person's id, and with it
    # their answers and audit entries would become somebody else's. The counter's lock also makes
    # processes that add somebody wait for each other, so the check below stays true.
    counters.add(tx, {"staff": 1})
    if tx.execute(select(staff.c.id).where(staff.c.email == member.email)).first() is not None:
        return None
    id = counters.value(tx, "staff")
    tx.execute(
        insert(staff).values(
            id=id,
            name=member.name,
            email=member.email,
            area=member.area,
            duty=int(member.duty),
            created_at=micros(now),
        )
    )
    sender = Sender(Channel.MAIL, MAIL_ACCOUNT, member.email)
    link_staff(tx, find_contacts(tx, keyring, [sender], now)[0].id, id)
    return StaffMember(id, member.name, member.email, member.area, member.duty, member.channels)
