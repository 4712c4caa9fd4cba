"""The municipality's own work in a digest is counted once of each month, and then stays."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.jobs.quality.digest import Wanted, load_digest
from handlers.quality.figures import Digest, Share
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.jobs.quality.test_evidence import add_case

MONDAY = datetime(2026, 12, 7, 12, tzinfo=UTC)


async def test_cases_of_the_last_whole_month_are_told_and_stay_as_told(
    sqlite_url: str, keyring: Keyring, release: Release
) -> None:
    database = await open_database(sqlite_url)

    async def digest(week: int, now: datetime) -> Digest:
        wanted = Wanted(IsoWeek(2026, week), now)
        return await load_digest(database, keyring, release, wanted, freeze=True)

    def write(tx: Transaction) -> None:
        for number in range(40):  # all due in November
            add_case(tx, number, answered=5 if number < 30 else -5 if number < 36 else None)

    await database.write(write)
    before = await digest(48, MONDAY)
    assert (before.cases_month, before.cases_in_time) == ("2026-10", None)
    first = await digest(49, MONDAY)
    assert (first.cases_month, first.cases_in_time) == ("2026-11", Share(40, 75, 60, 86))
    await database.write(
        lambda tx: (
            tx.exec_driver_sql("UPDATE cases SET due_at = 0 WHERE number < 'LS-2026-000015'")
            and None
        )
    )
    later = await digest(50, datetime(2026, 12, 14, 12, tzinfo=UTC))
    assert later.cases_in_time == first.cases_in_time
    await database.close()
