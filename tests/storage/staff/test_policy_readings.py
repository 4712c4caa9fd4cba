"""Who understood the policy: counted once, by area, and nowhere beside a name."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.facts.staff import PolicyUnderstood
from storage.engine.database import Transaction
from storage.staff import staff
from storage.staff.readings import readings
from tests.storage.scene import Said, Scene, sender

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_each_person_is_counted_once_an_edition(scene: Scene) -> None:
    keyring = scene.keyring

    def hire(tx: Transaction) -> list[int]:
        return [
            staff.add(
                tx, keyring, staff.NewMember("Ana", f"{number}@ejemplo.cl", "transito"), NOW
            ).id
            for number in range(3)
        ]

    first, second, _ = await scene.write(hire)
    for who, edition in ((first, "2-01"), (first, "2-01"), (second, "2-01"), (first, "2-02")):
        fact = PolicyUnderstood(who, "transito", edition)
        await scene.take(Said(sender(str(who)), [fact], at=NOW))
    assert await scene.read(lambda tx: readings(tx, "2-01")) == {"transito": (2, 3)}
    assert await scene.read(lambda tx: readings(tx, "2-02")) == {"transito": (1, 3)}
    kept = await scene.rows("SELECT reader FROM policy_readers")
    assert len(kept) == 3
