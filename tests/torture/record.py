"""What must be so after the kills, read from the database, the exports and the chats."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from storage import counters, outbox
from storage.database import Database
from tests.e2e.service import Service
from tests.fakes import telegram_citizen


@dataclass
class Findings:
    """The figures of one configuration, and what was violated."""

    figures: dict[str, str] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)

    def check(self, holds: bool, otherwise: str) -> None:
        """Note a violation unless something holds."""
        if not holds:
            self.violations.append(otherwise)


@dataclass(frozen=True)
class Stored:
    """What the database says of itself."""

    answers: int
    uncertain: int
    open_replies: int  # but mail, of which there is no server
    failed: int
    quarantined: int

    @staticmethod
    async def read(url: str) -> Stored:
        database = await Database.open(url)
        try:
            return await database.read(_stored)
        finally:
            await database.close()


def _stored(tx: object) -> Stored:
    def count(statement: str) -> int:
        return int(tx.exec_driver_sql(statement).scalar())  # type: ignore[attr-defined]

    return Stored(
        answers=count("SELECT count(*) FROM answers"),
        uncertain=counters.value(tx, outbox.UNCERTAIN),  # type: ignore[arg-type]
        open_replies=count("SELECT count(*) FROM outbox WHERE due_at > 0 AND channel <> 'mail'"),
        failed=count("SELECT count(*) FROM outbox WHERE state = 'failed'"),
        quarantined=count("SELECT count(*) FROM quarantine"),
    )


def digests_heard(
    staff: list[telegram_citizen.Citizen], weeks: list[str]
) -> dict[tuple[int, str], int]:
    """How often each member of staff (by place) got each week's digest, by the link in it."""
    heard: Counter[tuple[int, str]] = Counter()
    for place, person in enumerate(staff):
        for message in person.received:
            for week in weeks:
                if f"/resumen/{week}/" in message.text:
                    heard[place, week] += 1
    return {(p, week): heard[p, week] for p in range(len(staff)) for week in weeks}


async def sums_agree(service: Service) -> bool:
    """``opina sums --verify``: everything counted again."""
    try:
        return "coinciden" in await service.command("sums", "--verify")
    except AssertionError:
        return False
