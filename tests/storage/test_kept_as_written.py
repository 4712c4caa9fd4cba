"""Notes, baselines that people set and published counts stay as they are, whoever writes SQL."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs
from sqlalchemy.exc import DBAPIError

from handlers.content.quality import Metric, Scope
from handlers.errors import OpinaError
from handlers.indicators.counts import Series, SeriesCount
from handlers.quality.charts import Rebase
from handlers.quality.weeks import IsoWeek
from storage.quality import control, counts, notes
from storage.quality.notes import FigureNote
from tests.storage.scene import WEDNESDAY, Scene

WEEK = IsoWeek(2026, 47)


KEPT = ("figure_notes", "baselines_set", "published_counts")


async def test_the_database_refuses_to_change_or_delete_them(scene: Scene) -> None:
    note = FigureNote("aseo", WEEK, WEDNESDAY, 7, "La caja estuvo cerrada")
    rebase = Rebase("aseo", str(WEEK), str(WEEK), WEDNESDAY, 7, "Otro mesón")
    series = Series(Metric.REASON, Scope.AREA, "aseo", "espera")
    counted = SeriesCount(series, WEEK, WEEK, 12, 30, is_shown=True)
    await scene.write(lambda tx: notes.add(tx, note))
    await scene.write(lambda tx: control.add_rebase(tx, rebase))
    other = structs.replace(rebase, reason="Otra fila")
    await scene.write(lambda tx: control.add_rebase(tx, other, series))
    later = replace(counted, x=13)
    await scene.write(lambda tx: counts.add(tx, [counted]))
    await scene.write(lambda tx: counts.add(tx, [later]))
    for table in KEPT:
        for statement in (f"UPDATE {table} SET area = 'x'", f"DELETE FROM {table}"):
            with pytest.raises((DBAPIError, OpinaError), match="never changed"):
                await scene.write(lambda tx, said=statement: tx.exec_driver_sql(said))
    assert await scene.read(notes.notes) == [note]
    assert await scene.read(control.rebases) == (rebase,)
    assert await scene.read(lambda tx: control.rebases(tx, series)) == (other,)
    assert await scene.read(lambda tx: counts.counts_of(tx, series)) == [counted]
