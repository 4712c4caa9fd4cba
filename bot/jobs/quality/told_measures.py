"""Loads the measures as citizens are told of them: what people said, and what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.reports.quality.said_and_done import SaidAndDone, said_and_done
from handlers.content.model import Content
from handlers.measures.history import History
from handlers.measures.measures import Measure
from handlers.quality.figures import Digest
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.quality import control, counts, digests

NO_MORE = "ya no es un área aparte"


async def load_told_measures(
    database: Database, keyring: Keyring, content: Content, now: datetime
) -> list[SaidAndDone]:
    """The open measures and those that ended not long ago, by area."""

    def read(tx: Transaction) -> tuple[list[Measure], History, dict[str, str]]:
        measures = steps.all_measures(tx, keyring, content.zone)
        week = digests.newest_published(tx)
        blocks = control.blocks_up_to(tx, week) if week is not None else {}
        counted = counts.counts_of_measures(tx, measures)
        return measures, History(blocks, counted), _names(tx, content, measures)

    found, history, names = await database.read(read)
    return said_and_done(found, history, names, now, content.zone)


def _names(tx: Transaction, content: Content, measures: Sequence[Measure]) -> dict[str, str]:
    """Of the areas, by id; one that is no more is called as it was when it was last told of."""
    names = {area.id: area.short_name for area in content.areas}
    if {measure.area for measure in measures} <= names.keys():
        return names
    for kept in digests.weeks_published(tx):
        for area in msgspec.json.decode(kept.figures, type=Digest).areas:
            names.setdefault(area.id, f"{area.short_name} ({NO_MORE})")
    return names
