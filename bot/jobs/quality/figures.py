"""Published weeks: exported as a ZIP, and proved unchanged by codes in the audit log."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.reports.quality.open_figures import (
    PublishedWeek,
    figures_zip,
    head_code,
    heads,
    published_weeks,
)
from handlers.content.model import Content
from handlers.indicators.counts import Series, SeriesCount
from handlers.measures.measures import Measure
from handlers.quality.blocks import Block
from handlers.quality.charts import Rebase
from handlers.quality.figures import Digest
from handlers.quality.series import area_chart
from handlers.quality.weeks import IsoWeek
from storage.audit import chain
from storage.audit.chain import COMMAND_LINE, AuditEntry
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.quality import control, counts, digests

PUBLISHED = "figures-published"
"""The audit action of publishing a week; the entry's detail is the week's code."""

FEW = 20  # more than there are audit entries about one week


@dataclass(frozen=True, slots=True)
class _StoredFigures:
    weeks: Sequence[PublishedWeek]
    blocks: dict[str, list[Block]]
    rebases: Sequence[Rebase]


async def load_figures(database: Database, keyring: Keyring, content: Content) -> bytes:
    """All published figures as a ZIP. Raises StorageUnavailable."""

    def read_all(
        tx: Transaction,
    ) -> tuple[_StoredFigures, list[Measure], dict[Series, list[SeriesCount]]]:
        measures = steps.all_measures(tx, keyring, content.zone)
        return _load(tx), measures, counts.counts_of_measures(tx, measures)

    read, measures, counted = await database.read(read_all)

    def make() -> bytes:
        charts = [area_chart(area, read.blocks[area], read.rebases) for area in read.blocks]
        return figures_zip(content, read.weeks, charts, read.rebases, measures, counted)

    return await asyncio.to_thread(make)


def note_published(tx: Transaction, keyring: Keyring, week: IsoWeek, now: datetime) -> None:
    """Write a week's code into the audit log, in the transaction that publishes it."""
    code = head_code(heads(_load(tx).weeks), str(week))
    entry = AuditEntry(COMMAND_LINE, PUBLISHED, str(week), code.partition(":")[2])
    chain.append(tx, keyring, entry, now)


def published_code(tx: Transaction, week: IsoWeek) -> str:
    """A week's code from the audit log, as ``2026-W47:code``; empty if it was not published."""
    about = (written.entry for written in chain.newest(tx, FEW, subject=str(week)))
    noted = next((entry.detail for entry in about if entry.action == PUBLISHED), "")
    return f"{week}:{noted}" if noted else ""


def changed_week(tx: Transaction) -> str:
    """The first published week whose figures have changed or vanished since; empty: none."""
    now = heads(_load(tx).weeks)
    for written in chain.of_action(tx, PUBLISHED):
        week, noted = written.entry.subject, written.entry.detail
        if not now.get(week, "").startswith(noted):
            return week
    return ""


def _load(tx: Transaction) -> _StoredFigures:
    kept = digests.weeks_published(tx)
    if not kept:
        return _StoredFigures((), {}, ())
    decoded = (msgspec.json.decode(digest.figures, type=Digest) for digest in kept)
    blocks = control.blocks_up_to(tx, kept[0].week)
    return _StoredFigures(published_weeks(decoded, blocks), blocks, control.rebases(tx))
