"""Versions of the notice on /privacidad published in the panel; none is ever changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from sqlalchemy import Connection, inspect, select

from storage.engine.statements import Query
from storage.engine.times import micros, moment
from storage.tables.privacy import privacy_notices

_PUBLISH = Query(
    "version int, items str, staff int, at int",
    "INSERT INTO privacy_notices (version, items, staff_id, published_at) "
    "SELECT r.version, r.items, r.staff, r.at FROM {rows} WHERE true "
    "ON CONFLICT (version) DO NOTHING RETURNING version",
)
_decoder: msgspec.json.Decoder[dict[str, str]] = msgspec.json.Decoder(dict[str, str])


@dataclass(frozen=True, slots=True)
class PublishedNotice:
    """One version. ``items``: by their key in ``[privacy]``. ``version`` 0: none published yet."""

    version: int = 0
    items: Mapping[str, str] = field(default_factory=dict)
    staff_id: int = 0
    at: datetime | None = None


def newest(tx: Connection) -> PublishedNotice:
    """The current version."""
    kept = privacy_notices.c
    row = tx.execute(select(privacy_notices).order_by(kept.version.desc()).limit(1)).first()
    if row is None:
        return PublishedNotice()
    items = _decoder.decode(row.items)
    return PublishedNotice(row.version, items, row.staff_id, moment(row.published_at))


def newest_if_any(connection: Connection) -> PublishedNotice:
    """As ``newest``, but also works at a revision without the table."""
    has_them = inspect(connection).has_table(privacy_notices.name)
    return newest(connection) if has_them else PublishedNotice()


def publish(
    tx: Connection, seen: int, items: Mapping[str, str], staff_id: int, now: datetime
) -> bool:
    """Publish the version after ``seen``; False if another one was published since."""
    if newest(tx).version != seen:
        return False
    written = msgspec.json.encode(dict(items), order="sorted").decode()
    return bool(_PUBLISH.all(tx, [[seen + 1, written, staff_id, micros(now)]]))
