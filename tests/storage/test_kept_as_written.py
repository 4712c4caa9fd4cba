"""Notes beside figures and baselines that people set stay as they are, whoever writes SQL."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import DBAPIError

from handlers.errors import OpinaError
from handlers.quality.charts import Rebase
from handlers.quality.weeks import IsoWeek
from storage.quality import control, notes
from storage.quality.notes import FigureNote
from tests.storage.scene import WEDNESDAY, Scene

WEEK = IsoWeek(2026, 47)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE figure_notes SET text = 'x'",
        "DELETE FROM figure_notes",
        "UPDATE baselines_set SET reason = 'x'",
        "DELETE FROM baselines_set",
    ],
)
async def test_the_database_refuses_to_change_or_delete_them(scene: Scene, statement: str) -> None:
    note = FigureNote("aseo", WEEK, WEDNESDAY, 7, "La caja estuvo cerrada")
    rebase = Rebase("aseo", str(WEEK), str(WEEK), WEDNESDAY, 7, "Otro mesón")
    await scene.write(lambda tx: notes.add(tx, note))
    await scene.write(lambda tx: control.add_rebase(tx, rebase))
    with pytest.raises((DBAPIError, OpinaError), match="never changed"):
        await scene.write(lambda tx: tx.exec_driver_sql(statement))
    assert await scene.read(notes.notes) == [note]
    assert await scene.read(control.rebases) == (rebase,)
