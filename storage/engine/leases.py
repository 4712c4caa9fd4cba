"""Leases: one process at a time runs a job, and each process shows that it is alive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection, case, func, or_, select, update

from storage.engine.statements import Query
from storage.engine.times import micros
from storage.tables.running import leases

PROCESS = "process:"
"""Prefix of the name of a process's own lease; its owner name follows.

While the lease is held, nobody else takes the replies that the process has in hand
(``results.requeue_lost``).
"""


class Owner(Struct, frozen=True):
    """A process's name and the epoch of its own lease.

    Claims are stored under both, so that a process whose lease was lost no longer owns them.
    """

    name: str
    epoch: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to run a job until it expires. ``epoch`` increases with each change of owner."""

    name: str
    owner: str
    epoch: int


_FIRST = Query(
    "name str, owner str, expires_at int",
    "INSERT INTO leases (name, owner, epoch, expires_at) "
    "SELECT r.name, r.owner, 1, r.expires_at FROM {rows} WHERE true "
    "ON CONFLICT (name) DO NOTHING RETURNING epoch",
)


def acquire(tx: Connection, name: str, owner: str, now: datetime, lasts: timedelta) -> Lease | None:
    """Take the lease if it is free, expired or ``owner``'s already; None if another holds it."""
    expires_at = micros(now + lasts)
    taken = tx.execute(
        update(leases)
        .where(
            leases.c.name == name,
            or_(leases.c.expires_at <= micros(now), leases.c.owner == owner),
        )
        .values(
            owner=owner,
            epoch=case((leases.c.owner == owner, leases.c.epoch), else_=leases.c.epoch + 1),
            expires_at=expires_at,
        )
        .returning(leases.c.epoch)
    ).first()
    if taken is not None:
        return Lease(name, owner, taken.epoch)
    first = _FIRST.all(tx, [(name, owner, expires_at)])
    return Lease(name, owner, first[0][0]) if first else None


def release(tx: Connection, lease: Lease) -> None:
    """Free the lease. Its epoch is kept, so that none repeats."""
    tx.execute(
        update(leases)
        .where(
            leases.c.name == lease.name,
            leases.c.owner == lease.owner,
            leases.c.epoch == lease.epoch,
        )
        .values(expires_at=0, owner="")
    )


def owners(tx: Connection, now: datetime) -> list[str]:
    """The owners of unexpired leases, sorted."""
    held = select(leases.c.owner).where(leases.c.expires_at > micros(now)).distinct()
    return sorted(tx.execute(held).scalars())


def release_all_of(tx: Connection, gone: Sequence[str], now: datetime) -> None:
    """Expire the leases of these owners now.

    The rows are kept for now, so that an owner who is alive after all finds its epoch changed.
    """
    if gone:
        held = leases.c.owner.in_(gone)
        tx.execute(update(leases).where(held).values(expires_at=micros(now), owner=""))


def lock_job(tx: Connection, job: str) -> None:
    """Make other transactions of the same job wait for this one, and see its changes.

    Needed even under a lease: the next holder may begin while the last one's work is in flight.
    """
    if tx.dialect.name == "postgresql":  # SQLite has one writer at a time
        tx.execute(select(func.pg_advisory_xact_lock(func.hashtext(job))))


def count_processes(tx: Connection, now: datetime) -> int:
    """How many processes are alive."""
    alive = select(func.count()).where(
        leases.c.name.startswith(PROCESS, autoescape=True), leases.c.expires_at > micros(now)
    )
    return int(tx.execute(alive).scalar_one())
