"""Staff who may answer in the chat, and those available now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from handlers.handover import People
from handlers.staff.permissions import Action, may_in
from storage.duty import absences, shifts
from storage.staff import roles
from storage.staff.staff_contacts import all_contacts_of_staff


def people(tx: Connection, area: str, *, sensitive: bool, now: datetime) -> People:
    """Whether anybody may answer for an area, and whether any of them is available now."""
    allowed = _allowed(tx, area, sensitive=sensitive, now=now)
    return People(any=bool(allowed), now=bool(_there(tx, allowed, area, now)))


def to_tell(tx: Connection, area: str, *, sensitive: bool, now: datetime) -> list[int]:
    """The contacts to notify of a waiting citizen: staff on duty, else all who may answer."""
    there = _there(tx, _allowed(tx, area, sensitive=sensitive, now=now), area, now)
    return all_contacts_of_staff(tx, there)


def may_answer(tx: Connection, staff_id: int, area: str, *, sensitive: bool, now: datetime) -> bool:
    """Whether this person may answer, by their own roles or as a substitute."""
    held = roles.roles_of(tx, staff_id, now)
    return may_in(held, Action.ANSWER_CHATS, area, sensitive=sensitive)


def _allowed(tx: Connection, area: str, *, sensitive: bool, now: datetime) -> set[int]:
    return {
        staff_id
        for staff_id in roles.by_person(tx)
        if may_answer(tx, staff_id, area, sensitive=sensitive, now=now)
    } | {
        substitute
        for away, substitute in absences.substitutes(tx, now).items()
        if substitute and may_answer(tx, away, area, sensitive=sensitive, now=now)
    }


def _there(tx: Connection, allowed: set[int], area: str, now: datetime) -> set[int]:
    """Of those who may answer, the staff on duty; without a roster, all who are not absent."""
    away = absences.substitutes(tx, now)
    on_duty = shifts.on_duty(tx, area, now) & allowed
    return on_duty or allowed - away.keys()
