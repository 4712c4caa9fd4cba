"""The digests that were made, published and sent, and the blocks that were published with them."""

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
"""The counter that whoever publishes locks: one after the other, so that no blocks overlap."""


@dataclass(frozen=True, slots=True)
class PublishedDigest:
    """A digest as it was made: it never changes."""

    week: IsoWeek
    made_at: datetime
    figures: bytes


def claim(tx: Connection, week: IsoWeek, contact_ids: Iterable[int], now: datetime) -> set[int]:
    """Claim the sending of a week's digest; returns the contacts that nobody had claimed."""
    rows = [(stored_week(week), id, micros(now)) for id in sorted(set(contact_ids))]
    return {row[0] for row in _CLAIM.all(tx, rows)}


def unclaimed(tx: Connection, week: IsoWeek, contact_ids: Iterable[int]) -> set[int]:
    """Those of the contacts who have not had the week's digest."""
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
    """Keep a digest and its blocks for ever; returns the first that was kept of its week.

    ``after`` is the newest week that was published when its figures were read. None: another was
    published since, so that the blocks may overlap; read and make it again.
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
    """The digest that was made of a week; None: none was."""
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
    """The last digests of all areas, or all of them, the newest first."""
    rows = tx.execute(
        select(published_digests)
        .where(published_digests.c.area == "")
        .order_by(published_digests.c.week.desc())
        .limit(limit)
    )
    return [PublishedDigest(iso_week(row.week), moment(row.made_at), row.figures) for row in rows]


def newest_published(tx: Connection, by: datetime | None = None) -> IsoWeek | None:
    """The last week of which a digest was made, ``by`` then; None: there is none yet.

    A clock that was ahead once may have made one that lies in the future: it stops no other.
    """
    made = select(func.max(published_digests.c.week)).where(published_digests.c.area == "")
    if by is not None:
        made = made.where(published_digests.c.made_at <= micros(by))
    return _week(tx.execute(made).scalar())


def had_begun(tx: Connection, week: IsoWeek, end: datetime) -> bool:
    """Whether anything here is of a week, or of a time before its ``end``: answers that were
    brought from elsewhere count, however late they came."""
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
