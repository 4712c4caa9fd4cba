"""Loads what is published of every area: its newest figure, its chart, its notes."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from handlers.content.model import Area, Content
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.drafts import all_versions
from handlers.indicators.values import (
    PublishedBlocks,
    Value,
    area_value,
    municipality_value,
    valid_in,
)
from handlers.quality.blocks import Block
from handlers.quality.charts import Rebase
from handlers.quality.figures import AreaDigest, Digest
from handlers.quality.parts import by_name
from handlers.quality.series import AreaChart, area_chart
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.quality import control, digests
from storage.quality import notes as stored_notes
from storage.quality.indicator_versions import versions
from storage.quality.notes import FigureNote

HISTORY_WEEKS = 12


@dataclass(frozen=True, slots=True)
class AreaIndicator:
    """What is published of one area."""

    area: Area
    digest: AreaDigest | None  # None: the area is newer than the last digest
    chart: AreaChart
    notes: tuple[FigureNote, ...] = ()  # newest first
    blocks: tuple[Block, ...] = ()  # all published ones, oldest first; confidential


@dataclass(frozen=True, slots=True)
class Indicators:
    """All areas in alphabetical order. ``week`` None: nothing is published yet."""

    week: IsoWeek | None
    made_at: datetime | None
    areas: tuple[AreaIndicator, ...] = ()
    digest: Digest | None = None
    definitions: tuple[Indicator, ...] = ()  # every version, of the content and the panel

    def of(self, area: str) -> AreaIndicator | None:
        return next((figures for figures in self.areas if figures.area.id == area), None)


@dataclass(frozen=True, slots=True)
class _StoredIndicators:
    digest: Digest | None
    blocks: dict[str, list[Block]] = field(default_factory=dict)
    rebases: Sequence[Rebase] = ()
    notes: Sequence[FigureNote] = ()
    versions: tuple[Indicator, ...] = ()  # published in the panel


async def load_indicators(database: Database, release: Release) -> Indicators:
    """Load everything, from published figures only. Raises StorageUnavailable."""
    read = await database.read(_load)
    return await asyncio.to_thread(_build, read, release)


async def load_chart(database: Database, area: str, week: IsoWeek) -> AreaChart:
    """An area's chart as of the week's publication. Raises StorageUnavailable."""
    charts = await database.read(lambda tx: control.charts_of(tx, week, area))
    return charts.get(area, AreaChart(area))


async def load_history(database: Database) -> list[PublishedBlocks]:
    """The last ``HISTORY_WEEKS`` published weeks, newest first. Raises StorageUnavailable."""

    def read(tx: Transaction) -> tuple[list[digests.PublishedDigest], dict[str, list[Block]]]:
        kept = digests.weeks_published(tx, HISTORY_WEEKS)
        return kept, control.blocks_up_to(tx, kept[0].week) if kept else {}

    kept, blocks = await database.read(read)
    return await asyncio.to_thread(_history, kept, blocks)


def _history(
    kept: Sequence[digests.PublishedDigest], blocks: Mapping[str, Sequence[Block]]
) -> list[PublishedBlocks]:
    return [
        PublishedBlocks(
            digest.week,
            msgspec.json.decode(digest.figures, type=Digest),
            {
                area: block
                for area, closed in blocks.items()
                for block in closed
                if block.last == digest.week
            },
        )
        for digest in kept
    ]


def _load(tx: Transaction) -> _StoredIndicators:
    kept = digests.weeks_published(tx, 1)
    if not kept:
        return _StoredIndicators(None, versions=versions(tx))
    digest = msgspec.json.decode(kept[0].figures, type=Digest)
    blocks = control.blocks_up_to(tx, kept[0].week)
    return _StoredIndicators(
        digest, blocks, control.rebases(tx), stored_notes.notes(tx), versions(tx)
    )


def _build(read: _StoredIndicators, release: Release) -> Indicators:
    digest = read.digest
    definitions = all_versions(release.content.indicators, read.versions)
    told = {figures.id: figures for figures in digest.areas} if digest else {}
    areas = tuple(
        AreaIndicator(
            area,
            told.get(area.id),
            area_chart(area.id, read.blocks.get(area.id, ()), read.rebases),
            tuple(note for note in read.notes if note.area == area.id),
            tuple(read.blocks.get(area.id, ())),
        )
        for area in by_name(release.content.areas)
    )
    if digest is None:
        return Indicators(None, None, areas, None, definitions)
    return Indicators(IsoWeek.parse(digest.week), digest.made_at, areas, digest, definitions)


def headline(found: Indicators) -> Indicator | None:
    """The indicator whose target applies to the areas' newest figures, if there is one."""
    if found.week is None:
        return None
    valid = valid_in(found.definitions, found.week)
    of_areas = (v for v in valid if (v.measured, v.scope) == (Metric.SATISFIED, Scope.AREA))
    return next(of_areas, None)


def headline_value(indicator: Indicator, area: AreaIndicator) -> Value | None:
    """The area's newest figure, which is compared with the indicator's target."""
    return area_value(indicator, area.digest, None)


def of_the_municipality(
    content: Content, found: Indicators
) -> list[tuple[Indicator, Value | None]]:
    """The municipality's indicators as last published; the coverage of services is current."""
    if found.week is None or found.digest is None:
        return []
    at = PublishedBlocks(found.week, found.digest, {})
    valid = valid_in(found.definitions, found.week)
    return [
        (indicator, municipality_value(indicator, content, at))
        for indicator in valid
        if indicator.scope is Scope.MUNICIPALITY
    ]
