"""Removes quotes from published digests once their comments are erased or expire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, delete, select, update

from handlers.quality.figures import AreaDigest, Digest
from storage.tables.quality import published_digests
from storage.tables.responses import answers, responses


def drop_quotes_of(tx: Connection, contact_ids: Collection[int]) -> None:
    """Remove the quotes that may be of these contacts, before their answers are erased.

    A quote does not record its author, so all quotes of their weeks and areas go; figures stay.
    """
    said = (
        select(answers.c.week, answers.c.area)
        .join(responses, responses.c.id == answers.c.response_id)
        .where(responses.c.contact_id.in_(contact_ids), answers.c.words.is_not(None))
        .distinct()
    )
    areas: dict[int, set[str]] = defaultdict(set)
    for week, area in tx.execute(said):
        areas[week].add(area)
    for week, named in sorted(areas.items()):
        _rewrite(tx, week, named)


def drop_old_quotes(tx: Connection, before_week: int) -> int:
    """Remove all quotes from digests of earlier weeks; return how many digests changed."""
    old = select(published_digests.c.week).where(published_digests.c.week < before_week).distinct()
    return sum(_rewrite(tx, week, None) for week in sorted(tx.execute(old).scalars()))


def _rewrite(tx: Connection, week: int, areas: Collection[str] | None) -> int:
    """Remove the quotes of these areas, or of all, from a week's digests."""
    rows = tx.execute(select(published_digests).where(published_digests.c.week == week))
    changed = 0
    for row in rows.fetchall():
        is_own = (published_digests.c.week == week) & (published_digests.c.area == row.area)
        try:
            digest = msgspec.json.decode(row.figures, type=Digest)
        except (msgspec.DecodeError, ValueError):  # unreadable, so it has to be rebuilt
            tx.execute(delete(published_digests).where(is_own))
            continue
        kept = replace(digest, areas=tuple(_without(digest.areas, areas)))
        if kept != digest:
            figures = msgspec.json.encode(kept)
            tx.execute(update(published_digests).where(is_own).values(figures=figures))
            changed += 1
    return changed


def _without(areas: Iterable[AreaDigest], named: Collection[str] | None) -> Iterable[AreaDigest]:
    for area in areas:
        affected = area.quotes and (named is None or area.id in named)
        yield replace(area, quotes=()) if affected else area
