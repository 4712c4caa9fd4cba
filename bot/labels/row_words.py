"""What a spreadsheet, which people read, calls the codes that programs know by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.labels import codes
from bot.reports.rows import Chunks
from bot.reports.tables import Cell
from bot.reports.words.area_words import channel_name
from handlers.facts.lookups import LookupResult
from handlers.facts.responses import ResponseOutcome
from handlers.release import Release

_FOUND: dict[str, str] = {
    LookupResult.CARD: "una ficha",
    LookupResult.SUGGESTED: "varias para elegir",
    LookupResult.EXTERNAL: "no es municipal",
    LookupResult.NOTHING: "nada",
}
_OUTCOMES: dict[str, str] = {
    ResponseOutcome.COMPLETED: "hasta el final",
    ResponseOutcome.CANCELLED: "la dejó",
}
_BOUNDS = {"at least": "o más", "at most": "o menos"}

Words = Mapping[str, Callable[[str], str]]


def words_of(release: Release) -> Words:
    """The names of the codes in each column. A code without a name stands for itself."""
    content = release.content
    desks = {desk.token: desk.name for desk in content.desks}

    def card(id: str) -> str:
        service = content.service_by_id.get(id)
        return service.short_name if service else release.area_name(id)

    return {
        "area": release.area_name,
        "bound": lambda side: _BOUNDS.get(side, side),
        "card": card,
        "channel": channel_name,
        "desk": lambda token: desks.get(token, token),
        "found": lambda found: _FOUND.get(found, found),
        "kind": codes.kind,
        "outcome": lambda end: _OUTCOMES.get(end, end),
        "rule": codes.rule,
        "service": card,
        "status": codes.state,
    }


async def with_names(chunks: Chunks, header: Sequence[str], words: Words) -> Chunks:
    """The same rows, with names for codes."""
    named = [words.get(column) for column in header]
    async for chunk in chunks:
        yield [
            tuple(_name_cell(cell, name) for cell, name in zip(row, named, strict=True))
            for row in chunk
        ]


def _name_cell(cell: Cell, name: Callable[[str], str] | None) -> Cell:
    return name(cell) if name is not None and isinstance(cell, str) and cell else cell
