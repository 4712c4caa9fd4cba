"""How many staff read and understood the quality policy, by area, never by name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from handlers.facts.staff import PolicyUnderstood
from storage.engine.keyring import Keyring
from storage.engine.statements import Query
from storage.recorded_fact import RecordedFact
from storage.tables.quality import policy_readings
from storage.tables.staff import staff

_READER = Query(
    "edition str, reader bytes",
    "INSERT INTO policy_readers (edition, reader) SELECT r.edition, r.reader FROM {rows} "
    "WHERE true ON CONFLICT (edition, reader) DO NOTHING RETURNING edition",
)
_COUNT = Query(
    "edition str, area str, n int",
    "INSERT INTO policy_readings (edition, area, n) SELECT r.edition, r.area, r.n FROM {rows} "
    "WHERE true ON CONFLICT (edition, area) DO UPDATE SET n = policy_readings.n + excluded.n "
    "RETURNING n",
)


def record_readings(tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact]) -> None:
    """Count each person once per edition: first all people, then the sums, as in LOCK_ORDER."""
    read = [recorded.fact for recorded in facts if isinstance(recorded.fact, PolicyUnderstood)]
    readers = sorted(
        (
            fact.edition,
            keyring.secret_hash("policy-reader", f"{fact.edition}/{fact.staff}"),
            fact.area,
        )
        for fact in read
    )
    counted = [
        (edition, area) for edition, reader, area in readers if _READER.all(tx, [(edition, reader)])
    ]
    for edition, area in sorted(counted):
        _COUNT.all(tx, [(edition, area, 1)])


def readings(tx: Connection, edition: str) -> dict[str, tuple[int, int]]:
    """By area, how many understood it and how many staff there are; "": the municipality."""
    of_edition = policy_readings.c.edition == edition
    read = tx.execute(select(policy_readings.c.area, policy_readings.c.n).where(of_edition))
    people = tx.execute(select(staff.c.area, func.count()).group_by(staff.c.area))
    counts = {area: int(n) for area, n in read}
    return {area: (counts.get(area, 0), int(n)) for area, n in people}
