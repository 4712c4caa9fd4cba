"""Moves a rating that was given to the wrong area."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from sqlalchemy import Connection, func, select, update

from handlers.quality.weeks import IsoWeek
from handlers.questionnaires.progress import RATING
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.contacts.contacts import lock
from storage.engine.keyring import Keyring
from storage.engine.times import iso_week, stored_week
from storage.quality.comments import GRADE
from storage.quality.digests import newest_published
from storage.responses.answers import stored_answers
from storage.responses.responses import stored_responses
from storage.responses.sums import Movements
from storage.tables.responses import answer_networks, answers, responses


@dataclass(frozen=True, slots=True)
class StoredRating:
    """A rating without its words. ``grade`` 0: none was given."""

    response: int
    area: str
    channel: str
    week: IsoWeek  # the week in which it counts
    grade: int


@dataclass(frozen=True, slots=True)
class Moving:
    """Which rating is moved where, why, and by which member of staff."""

    response: int
    area: str
    reason: str
    staff_id: int


def rating(tx: Connection, response: int) -> StoredRating | None:
    """The rating with this number; None if there is none."""
    found = [row for row in stored_responses(tx, [response]) if row.questionnaire == RATING]
    if not found:
        return None
    given = tx.execute(
        select(func.max(answers.c.grade), func.min(answers.c.week)).where(
            answers.c.response_id == response, answers.c.question == GRADE
        )
    ).one()
    rating = found[0]
    week = iso_week(given[1] or rating.week)
    return StoredRating(response, rating.area, rating.channel, week, given[0] or 0)


def move_and_log(
    tx: Connection, keyring: Keyring, moving: Moving, now: datetime, zone: ZoneInfo
) -> IsoWeek | None:
    """As ``move``, with an audit entry that says from where, to where and why."""
    before = rating(tx, moving.response)
    week = move(tx, moving.response, moving.area, now, zone)
    if before is None or week is None:
        return None
    moved = f"{before.area} {before.week} > {moving.area} {week}: {moving.reason}"
    entry = AuditEntry(moving.staff_id, "rating-moved", f"response:{moving.response}", moved)
    chain.append(tx, keyring, entry, now)
    return week


def move(tx: Connection, response: int, area: str, now: datetime, zone: ZoneInfo) -> IsoWeek | None:
    """Make a rating count for another area; return the week in which it does.

    If its week is published, which never changes, the rating counts in the current week, and so in
    the next block of its area. Returns None if there is no such rating or it is in that area.
    """
    known = rating(tx, response)
    if known is None or known.area == area:
        return None
    owners = select(responses.c.contact_id).where(responses.c.id == response)
    lock(tx, [owner for owner in tx.execute(owners).scalars() if owner is not None])
    newest = newest_published(tx)
    published = newest is not None and known.week <= newest
    week = IsoWeek.of(now, zone) if published else known.week

    movements, number = Movements(), stored_week(week)
    place = {"area": area, "service": "", "desk": "", "week": number}
    for row in stored_responses(tx, [response]):
        for counted in row.counted():
            movements.values(counted, -1)
            movements.values(replace(counted, **place), 1)
    for counted in stored_answers(tx, [response]):
        movements.answer(counted, -1)
        movements.answer(replace(counted, **place), 1)
    tx.execute(update(responses).where(responses.c.id == response).values(place))
    tx.execute(update(answers).where(answers.c.response_id == response).values(place))
    own = answer_networks.c.response_id == response
    tx.execute(update(answer_networks).where(own).values(area=area))
    movements.write(tx, 0)
    return week
