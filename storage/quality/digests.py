"""Published digests with their blocks, and to whom they were sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, literal, or_, select

from handlers.quality.blocks import Block
from handlers.quality.weeks import IsoWeek
from storage.engine import counters
from storage.engine.statements import Query
from storage.engine.times import iso_week, micros, moment, stored_week
from storage.tables.cases import cases
from storage.tables.contacts import contacts
from storage.tables.quality import digest_claims, published_blocks, published_digests
from storage.tables.responses import weekly_counts, weekly_sums
from storage.tables.staff import audit_entries, staff

_CLAIM = Query(
    "week int, contact_id int, at int",
    "INSERT INTO digest_claims (week, contact_id, claimed_at) "
    "SELECT r.week, r.contact_id, r.at FROM {rows} WHERE true "
    "ON CONFLICT (week, contact_id) DO NOTHING RETURNING contact_id",
)

_PUBLISHING = "digests-published"
"""The counter whose lock serialises publishing, so that no blocks overlap."""


@dataclass(frozen=True, slots=True)
class PublishedDigest:
    """A digest as it was published; it never changes."""

    week: IsoWeek
    made_at: datetime
    figures: bytes


def claim(tx: Connection, week: IsoWeek, contact_ids: Iterable[int], now: datetime) -> set[int]:
    """Claim sending a week's digest to these contacts; return those not claimed before."""
    rows = [(stored_week(week), id, micros(now)) for id in sorted(set(contact_ids))]
    return {row[0] for row in _CLAIM.all(tx, rows)}


def unclaimed(tx: Connection, week: IsoWeek, contact_ids: Iterable[int]) -> set[int]:
    """The contacts among these that have not been sent the week's digest."""
    claims = digest_claims.c
    had = tx.execute(select(claims.contact_id).where(claims.week == stored_week(week))).scalars()
    return set(contact_ids).difference(had)


def readers_by_week(tx: Connection) -> dict[IsoWeek, int]:
    """To how many contacts each week's digest was sent."""
    sent = select(digest_claims.c.week, func.count()).group_by(digest_claims.c.week)
    return {iso_week(week): int(count) for week, count in tx.execute(sent)}


def publish(
    tx: Connection, made: PublishedDigest, blocks: Iterable[Block], after: IsoWeek | None
) -> PublishedDigest | None:
    """Store a digest and its blocks, unless its week has one; return the week's digest.

    ``after``: the newest published week when its figures were read. Returns None if another week
    was published since: blocks could overlap, so the caller must rebuild it.
    """
    counters.add(tx, {_PUBLISHING: 1})
    kept = published(tx, made.week)
    if kept is not None:
        return kept
    if newest_published(tx, made.made_at) != after:
        return None
    tx.execute(
        insert(published_digests).values(
            week=stored_week(made.week),
            area="",
            made_at=micros(made.made_at),
            figures=made.figures,
        )
    )
    rows = [
        {
            "area": block.area,
            "last_week": stored_week(block.last),
            "first_week": stored_week(block.first),
            "satisfied": block.satisfied,
            "n": block.n,
        }
        for block in blocks
    ]
    if rows:
        tx.execute(insert(published_blocks), rows)
    return made


def published(tx: Connection, week: IsoWeek) -> PublishedDigest | None:
    """The digest of a week; None if it is not published."""
    row = tx.execute(
        select(published_digests).where(
            published_digests.c.week == stored_week(week), published_digests.c.area == ""
        )
    ).first()
    return (
        None
        if row is None
        else PublishedDigest(iso_week(row.week), moment(row.made_at), row.figures)
    )


def weeks_published(tx: Connection, limit: int | None = None) -> list[PublishedDigest]:
    """The last published digests, or all of them, newest first."""
    rows = tx.execute(
        select(published_digests)
        .where(published_digests.c.area == "")
        .order_by(published_digests.c.week.desc())
        .limit(limit)
    )
    return [PublishedDigest(iso_week(row.week), moment(row.made_at), row.figures) for row in rows]


def newest_published(tx: Connection, by: datetime | None = None) -> IsoWeek | None:
    """The newest published week at the moment ``by``; None if there is none.

    A digest in the future, from a clock that was ahead, is ignored.
    """
    made = select(func.max(published_digests.c.week)).where(published_digests.c.area == "")
    if by is not None:
        made = made.where(published_digests.c.made_at <= micros(by))
    return _week(tx.execute(made).scalar())


def had_begun(tx: Connection, week: IsoWeek, end: datetime) -> bool:
    """Whether the database has anything of the week or of before its ``end``.

    Imported answers count, whenever they were imported.
    """
    signs = (
        (weekly_counts, weekly_counts.c.week <= stored_week(week)),
        (weekly_sums, weekly_sums.c.week <= stored_week(week)),
        (published_digests, published_digests.c.week <= stored_week(week)),
        (contacts, contacts.c.created_at < micros(end)),
        (cases, cases.c.opened_at < micros(end)),
        (staff, staff.c.created_at < micros(end)),
        (audit_entries, audit_entries.c.at < micros(end)),
    )
    found = [select(literal(1)).select_from(table).where(old).exists() for table, old in signs]
    return bool(tx.execute(select(or_(*found))).scalar())


def _week(number: int | None) -> IsoWeek | None:
    return None if number is None else iso_week(number)
