"""Writes single facts into the content folder's files, leaving all else in them as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tomlkit import TOMLDocument
from tomlkit.items import AoT, Table

from bot.reports.gaps.gaps import Change, RecordKind
from bot.toml_files import parsed, replace
from handlers.errors import OperatorError
from handlers.text.display import quoted


def write_changes(changes: Iterable[Change], folder: Path) -> list[Path]:
    """Write ``changes`` into ``folder``/areas and return the files that were touched.

    Every file is edited in memory before the first is written; each is replaced in one step, so
    that a reader finds it whole. Raises OperatorError when a record is not where it should be.
    """
    documents: dict[Path, TOMLDocument] = {}
    for change in changes:
        path = folder / "areas" / f"{change.area}.toml"
        if path not in documents:
            documents[path] = parsed(path)
        _put(_table(documents[path], change, path), change)
    replace(documents)
    return list(documents)


def _table(document: TOMLDocument, change: Change, path: Path) -> Table:
    """Return the area's table, or that of the service with the change's id."""
    area = document.get("area")
    if change.kind is RecordKind.AREA and isinstance(area, Table) and area.get("id") == change.id:
        return area
    services = document.get("services")
    if change.kind is RecordKind.SERVICE and isinstance(services, AoT):
        for service in services:
            if isinstance(service, Table) and service.get("id") == change.id:
                return service
    where = "[area]" if change.kind is RecordKind.AREA else "[[services]]"
    raise OperatorError(f"{path}: no tiene {where} con id = {quoted(change.id)}")


def _put(table: Table, change: Change) -> None:
    if change.new is None:
        del table[change.field]
        return
    if change.field in table:
        table[change.field] = change.new
        return
    # Comments above the next table belong to this one for tomlkit; a new line goes before them.
    body = table.value.body
    trailing = []
    while body and body[-1][0] is None:
        trailing.append(body.pop())
    table.append(change.field, change.new)
    body.extend(reversed(trailing))
