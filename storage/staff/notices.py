"""How each member of staff wants to be told: in their chat, by mail, and of the week."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from storage.tables.staff import staff


@dataclass(frozen=True, slots=True)
class NoticeChoice:
    """What a person wants to be told. Urgent matters and warnings of deadlines always come."""

    chat: bool = True
    mail: bool = True
    weekly: bool = True


def choice_of(tx: Connection, staff_id: int) -> NoticeChoice:
    """What a person has chosen; everything where they are not known."""
    return choices(tx).get(staff_id, NoticeChoice())


def choices(tx: Connection) -> dict[int, NoticeChoice]:
    """What everybody has chosen."""
    rows = tx.execute(select(staff.c.id, staff.c.by_chat, staff.c.by_mail, staff.c.weekly))
    return {row[0]: NoticeChoice(bool(row[1]), bool(row[2]), bool(row[3])) for row in rows}


def choose(tx: Connection, staff_id: int, choice: NoticeChoice) -> None:
    """Note what a person wants from now on."""
    tx.execute(
        update(staff)
        .where(staff.c.id == staff_id)
        .values(by_chat=int(choice.chat), by_mail=int(choice.mail), weekly=int(choice.weekly))
    )
