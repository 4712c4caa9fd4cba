"""What a migration makes of data that was left in place."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from alembic import command
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from handlers.cases.deadlines import DeadlineRule, WorkingCalendar
from handlers.content.quality import Metric, Scope
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.indicators.counts import Series
from handlers.quality.charts import Rebase
from storage.cases import deadlines
from storage.engine import schema
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.times import micros
from storage.quality import control
from storage.responses import sums
from tests.storage.scene import WEDNESDAY, Said, Scene, closed, grade, opened, reason, sender, words


async def test_0005_moves_what_a_response_left_in_another_week_or_beside_its_pending_grade(
    database_url: str,
) -> None:
    database = await open_database(database_url)
    scene = Scene(database, Keyring.fresh(), shard=1)
    for number in (1, 2, 3):
        facts = [opened(number), grade(number, 4), reason(number, "espera"), words(number, "Ay")]
        await scene.take(Said(sender(str(number)), [*facts, closed(number)]))
    await database.close()

    def as_0004_left_it(tx: Connection) -> None:
        config = schema._config()
        config.attributes["connection"] = tx
        command.downgrade(config, "0004")
        for table in ("answers", "weekly_sums", "weekly_counts"):
            tx.exec_driver_sql(
                f"UPDATE {table} SET week = 202648 WHERE question IN ('reason', 'words')"
            )
        tx.exec_driver_sql("UPDATE responses SET pending = 1 WHERE id = 1")
        tx.exec_driver_sql("UPDATE answers SET pending = 1 WHERE response_id = 1 AND grade > 0")
        tx.exec_driver_sql("DELETE FROM weekly_sums WHERE question = 'grade'")
        for pending, n in ((0, 2), (1, 1)):
            tx.exec_driver_sql(
                "INSERT INTO weekly_sums (week, questionnaire, question, area, channel, pending, "
                "service, desk, shard, n, c1, c2, c3, c4, c5, c6, c7) SELECT 202647, 'atencion', "
                f"'grade', area, channel, {pending}, service, desk, 1, {n}, 0, 0, 0, {n}, 0, 0, 0 "
                "FROM answers WHERE response_id = 1 AND question = 'grade'"
            )
        for value in ("opened", "completed"):
            tx.exec_driver_sql(
                f"UPDATE weekly_counts SET n = 2 WHERE question = ':response' AND value = '{value}'"
            )
            tx.exec_driver_sql(
                "INSERT INTO weekly_counts (week, questionnaire, question, area, value, pending, "
                "channel, service, desk, shard, n) SELECT week, questionnaire, question, area, "
                "value, 1, channel, service, desk, shard, 1 FROM weekly_counts "
                f"WHERE question = ':response' AND value = '{value}'"
            )

    await schema._run_exclusively(database_url, as_0004_left_it)
    await schema.migrate(database_url)

    def look(tx: Connection) -> None:
        assert sums.verify(tx) == []
        placed = tx.exec_driver_sql(
            "SELECT response_id, week, pending, count(*) FROM answers "
            "GROUP BY response_id, week, pending ORDER BY response_id"
        )
        assert [tuple(row) for row in placed] == [
            (1, 202647, 1, 3),
            (2, 202647, 0, 3),
            (3, 202647, 0, 3),
        ]
        counted = tx.exec_driver_sql(
            "SELECT week, pending, sum(n) FROM weekly_counts WHERE value = 'espera' "
            "GROUP BY week, pending HAVING sum(n) <> 0 ORDER BY pending"
        )
        assert [tuple(map(int, row)) for row in counted] == [(202647, 0, 2), (202647, 1, 1)]
        undated = "SELECT count(*) FROM answers WHERE first_answered_at <> answered_at"
        assert tx.exec_driver_sql(undated).scalar() == 0

    await schema.inspect(database_url, look)


async def test_0009_gives_open_cases_the_deadline_of_the_norm(database_url: str) -> None:
    database = await open_database(database_url)
    scene = Scene(database, Keyring.fresh())
    for number, status in enumerate(("open", "answered", "closed"), 1):
        case = CaseOpened(f"LS-2026-{number:06}", CaseKind.COMPLAINT, "aseo", "No pasa")
        await scene.take(Said(sender(str(number)), [case]))
        await scene.write(
            lambda tx, n=number, s=status: tx.exec_driver_sql(
                f"UPDATE cases SET status = '{s}' WHERE number = 'LS-2026-{n:06}'"
            )
        )
    await database.close()

    def as_0008_left_it(tx: Connection) -> None:
        config = schema._config()
        config.attributes["connection"] = tx
        command.downgrade(config, "0008")

    await schema._run_exclusively(database_url, as_0008_left_it)
    await schema.migrate(database_url)

    def look(tx: Connection) -> None:
        rows = tx.exec_driver_sql(
            "SELECT filed_area, area_since = opened_at, due_from = opened_at, due_at, rule, "
            "answered_at = changed_at FROM cases ORDER BY number"
        )
        calendar = WorkingCalendar(ZoneInfo("America/Santiago"), time(8), time(17))
        due = micros(calendar.due(WEDNESDAY, DeadlineRule("OIRS", 20)))
        found = [(row[0], bool(row[1]), bool(row[2]), *row[3:5], bool(row[5])) for row in rows]
        assert found == [
            ("aseo", True, True, due, "OIRS 20 working days", False),
            ("aseo", True, True, due, "OIRS 20 working days", True),
            ("aseo", True, False, 0, "", False),
        ]
        assert deadlines.wrong_dates(tx, calendar.due) == []

    await schema.inspect(database_url, look)


async def test_0031_keeps_a_baseline_that_was_set_and_refuses_to_change_it(
    database_url: str,
) -> None:
    rebase = Rebase("aseo", "2026-W20", "2026-W40", WEDNESDAY, 7, "Otro mesón")
    other = Series(Metric.USEFUL, Scope.AREA, "aseo")

    def as_0030_left_it(tx: Connection) -> None:
        control.add_rebase(tx, rebase)
        control.add_rebase(tx, rebase, other)
        config = schema._config()
        config.attributes["connection"] = tx
        command.downgrade(config, "0030")

    await schema.migrate(database_url)
    await schema._run_exclusively(database_url, as_0030_left_it)
    await schema.migrate(database_url)

    def look(tx: Connection) -> None:
        assert control.rebases(tx) == (rebase,)
        assert control.rebases(tx, other) == ()
        with pytest.raises(DBAPIError, match="never changed"):
            tx.exec_driver_sql("DELETE FROM baselines_set")

    await schema.inspect(database_url, look)
