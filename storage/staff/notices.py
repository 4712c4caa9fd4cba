"""Which notices each member of staff wants: in the chat, by mail, and the weekly digest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from storage.tables.staff import staff


@dataclass(frozen=True, slots=True)
class NoticeChoice:
    """A person's choice of notices. Urgent notices and deadline warnings are always sent."""

    chat: bool = True
    mail: bool = True
    weekly: bool = True


def choice_of(tx: Connection, staff_id: int) -> NoticeChoice:
    """A person's choice; everything for an unknown person."""
    return choices(tx).get(staff_id, NoticeChoice())


def choices(tx: Connection) -> dict[int, NoticeChoice]:
    """Everybody's choice, by staff id."""
    rows = tx.execute(select(staff.c.id, staff.c.by_chat, staff.c.by_mail, staff.c.weekly))
    return {row[0]: NoticeChoice(bool(row[1]), bool(row[2]), bool(row[3])) for row in rows}


def choose(tx: Connection, staff_id: int, choice: NoticeChoice) -> None:
    """Store a person's choice."""
    tx.execute(
        update(staff)
        .where(staff.c.id == staff_id)
        .values(by_chat=int(choice.chat), by_mail=int(choice.mail), weekly=int(choice.weekly))
    )
