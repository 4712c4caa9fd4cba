"""The rows of exports: answers, lookups, cases and published figures."""

from __future__ import annotations

import asyncio
from collections.abc import (
    AsyncIterator,
    Callable,
    Collection,
    Iterable,
    Iterator,
    Sequence,
)
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.tables import Cell
from handlers.quality.figures import AreaDigest, Digest, Share
from storage.cases.lists import browsing
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.responses.exports import ExportPeriod, answer_rows, lookup_rows

RESPONSES = tuple(
    "response questionnaire area service desk channel question value week pending outcome "
    "started_at first_answered_at answered_at apart".split()
)
LOOKUPS = tuple("at channel query found card area week".split())
CASES = tuple(
    "number kind area channel status opened_at due_at rule extended urgent read answered".split()
)
FIGURES = tuple("week since area channel answers satisfied_percent low high bound".split())
TIMES = frozenset({"at", "started_at", "first_answered_at", "answered_at", "opened_at", "due_at"})
TITLES = {
    "answered": "respondido",
    "answered_at": "contestada por última vez",
    "answers": "respuestas",
    "apart": "apartada",
    "area": "área",
    "at": "fecha",
    "bound": "cota",
    "card": "ficha",
    "channel": "canal",
    "desk": "punto de atención",
    "due_at": "plazo",
    "extended": "prorrogado",
    "first_answered_at": "contestada por primera vez",
    "found": "qué encontró",
    "high": "margen hasta",
    "kind": "tipo",
    "low": "margen desde",
    "number": "número",
    "opened_at": "ingreso",
    "outcome": "cómo terminó",
    "pending": "trámite sin terminar",
    "query": "consulta",
    "question": "pregunta",
    "questionnaire": "cuestionario",
    "read": "leído",
    "response": "respuesta",
    "rule": "regla del plazo",
    "satisfied_percent": "% con nota 6 o 7",
    "service": "trámite",
    "since": "desde la semana",
    "started_at": "comienzo",
    "status": "estado",
    "urgent": "urgente",
    "value": "valor",
    "week": "semana",
}
"""Spanish titles in spreadsheets, by the column's name in CSV and JSON."""

NUMERIC = frozenset({"grade", "number"})
"""Kinds of questions whose answers are written as numbers."""

Chunks = AsyncIterator[list[Sequence[Cell]]]


def titled(header: Sequence[str], zone: ZoneInfo, *, sheet: bool) -> Sequence[str]:
    """The header; in a spreadsheet with Spanish titles and the time zone, which its times lack."""
    if not sheet:
        return header
    return tuple(TITLES[name] + f" ({zone.key})" * (name in TIMES) for name in header)


def pulled(
    chunks: Chunks, loop: asyncio.AbstractEventLoop, advance: Callable[[int], None]
) -> Iterator[Sequence[Cell]]:
    """Rows for a writer in a thread, from chunks that the event loop reads as they are needed.

    So neither a large export nor a slow reader fills the memory.
    """

    async def following() -> list[Sequence[Cell]] | None:
        return await anext(chunks, None)

    while (chunk := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
        yield from chunk
        advance(len(chunk))


async def answers(
    database: Database, keyring: Keyring, period: ExportPeriod, zone: ZoneInfo, *, sheet: bool
) -> Chunks:
    """Every answer, with its text."""
    async for chunk in answer_rows(database, keyring, period):
        yield [
            (
                row.response,
                row.questionnaire,
                row.area,
                row.service,
                row.desk,
                row.channel,
                row.question,
                _number(row.value) if sheet and row.kind in NUMERIC else row.value,
                str(row.week),
                int(row.pending),
                row.outcome,
                _local(row.started_at, zone),
                _local(row.first_answered_at, zone),
                _local(row.answered_at, zone),
                int(row.apart),
            )
            for row in chunk
        ]


async def lookups(database: Database, period: ExportPeriod, zone: ZoneInfo) -> Chunks:
    """Every lookup."""
    async for chunk in lookup_rows(database, period):
        yield [
            (
                _local(row.at, zone),
                row.channel,
                row.query,
                row.found,
                row.card,
                row.area,
                str(row.week),
            )
            for row in chunk
        ]


async def cases(
    database: Database,
    areas: Collection[str],
    period: ExportPeriod,
    zone: ZoneInfo,
) -> Chunks:
    """The cases of these areas, without any text."""
    after = ""
    while True:

        def read(tx: Transaction, after: str = after) -> list[browsing.CaseRow]:
            return browsing.rows_after(tx, areas, period.bounds, after)

        found = await database.read(read)
        if not found:
            return
        yield [
            (
                row.number,
                row.kind,
                row.area,
                row.channel,
                row.status,
                _local(row.opened_at, zone),
                _local(row.due_at, zone),
                row.rule,
                int(row.extended),
                int(row.urgent),
                int(row.read),
                int(row.answered),
            )
            for row in found
        ]
        after = found[-1].number


async def figures(digests: Iterable[Digest], areas: Collection[str]) -> Chunks:
    """The published figures of each week, by area and channel, without suppressed ones.

    ``areas``: ids; with "" among them, all. Column ``bound`` says whether the percentage is an
    upper or lower bound, if only that may be published.
    """
    for digest in digests:
        known = [area for area in digest.areas if "" in areas or area.id in areas]
        yield [row for area in known for row in _figures(digest.week, area)]


def _figures(week: str, area: AreaDigest) -> Iterator[Sequence[Cell]]:
    since = area.first_week or week
    if area.satisfied is not None:
        yield (week, since, area.id, "", *_share(area.satisfied))
    elif area.bound is not None:
        side = "at least" if area.bound.at_least else "at most"
        yield (week, since, area.id, "", area.bound.n, area.bound.percent, None, None, side)
    for channel in area.channels:
        yield (week, week, area.id, channel.channel, *_share(channel.satisfied))


def _share(share: Share) -> Sequence[Cell]:
    return (share.n, share.percent, share.low, share.high, "")


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else at.astimezone(zone)


def _number(value: str) -> Cell:
    """The value as a number if it is one."""
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number
