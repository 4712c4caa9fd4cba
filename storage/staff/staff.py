"""Staff: who they are, how they are reached, and the codes that link their chats."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from handlers.errors import OperatorError
from handlers.messages import Channel, Sender
from storage.contacts.contacts import find_contacts
from storage.engine import counters
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.staff.staff_contacts import link_staff
from storage.tables.contacts import contacts
from storage.tables.staff import staff, staff_codes, staff_contacts

MAIL_ACCOUNT = "mail"
CODE_LASTS = timedelta(days=7)
CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
_CODE_LENGTH = 10


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One member of staff. ``area`` empty: the whole municipality."""

    id: int
    name: str
    email: str
    area: str
    duty: bool  # only told of cases of areas without staff
    channels: tuple[Channel, ...]  # where they can be reached


@dataclass(frozen=True, slots=True)
class Recipient:
    """One contact of a member of staff."""

    contact_id: int
    channel: Channel
    staff_id: int
    area: str


def add(
    tx: Connection, keyring: Keyring, name: str, email: str, area: str, now: datetime
) -> StaffMember:
    """Add a member of staff, reached by e-mail from now on. Raises OperatorError if there is one
    with this address."""
    if tx.execute(select(staff.c.id).where(staff.c.email == email)).first() is not None:
        raise OperatorError(f"{email}: ya hay una persona con ese correo")
    return _add(tx, keyring, StaffMember(0, name, email, area, False, (Channel.MAIL,)), now)


def ensure_duty(tx: Connection, keyring: Keyring, email: str, now: datetime) -> None:
    """Have the configured duty address told of the cases that no staff takes; once is enough."""
    if tx.execute(select(staff.c.id).where(staff.c.email == email)).first() is None:
        _add(tx, keyring, StaffMember(0, email, email, "", True, (Channel.MAIL,)), now)


def new_code(tx: Connection, keyring: Keyring, staff_id: int, now: datetime) -> str:
    """A one-time code that links a chat to this member of staff, good for ``CODE_LASTS``."""
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
    """Every contact of staff that can be reached; ``duty``: also of those only on duty."""
    chosen = (
        select(contacts.c.id, contacts.c.channel, staff.c.id.label("staff_id"), staff.c.area)
        .join(staff_contacts, staff_contacts.c.contact_id == contacts.c.id)
        .join(staff, staff.c.id == staff_contacts.c.staff_id)
        .where(contacts.c.departed_at == 0)
        .order_by(staff.c.id, contacts.c.channel, contacts.c.id)
    )
    if not duty:
        chosen = chosen.where(staff.c.duty == 0)
    return [
        Recipient(row.id, Channel(row.channel), row.staff_id, row.area)
        for row in tx.execute(chosen)
    ]


def _add(tx: Connection, keyring: Keyring, member: StaffMember, now: datetime) -> StaffMember:
    # Counted, since a database may give a removed person's id to the next one, and with it what
    # they answered and what the audit log says of them.
    counters.add(tx, {"staff": 1})
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
