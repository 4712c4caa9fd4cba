"""Writes single facts into the content folder's files, leaving everything else as it is."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tomlkit import TOMLDocument
from tomlkit.items import Table

from bot.reports.gaps.gaps import FieldChange, RecordKind
from bot.toml_files import parsed, records, replace
from handlers.errors import OperatorError
from handlers.text.display import quoted


def write_changes(changes: Iterable[FieldChange], folder: Path) -> list[Path]:
    """Write ``changes`` into the files of ``folder``; return the changed files.

    All files are edited in memory before the first one is replaced, and readers never see a
    partial file. Raises OperatorError if a record is not where it should be.
    """
    documents: dict[Path, TOMLDocument] = {}
    for change in changes:
        of_desk = change.kind is RecordKind.DESK
        path = folder / ("desks.toml" if of_desk else f"areas/{change.area}.toml")
        if path not in documents:
            documents[path] = parsed(path)
        _put_change(_table(documents[path], change, path), change)
    replace(documents)
    return list(documents)


def _table(document: TOMLDocument, change: FieldChange, path: Path) -> Table:
    """The TOML table of the change's area, service or desk."""
    area = document.get("area")
    match change.kind:
        case RecordKind.AREA:
            where, key, found = "[area]", "id", [area] if isinstance(area, Table) else []
        case RecordKind.SERVICE:
            where, key, found = "[[services]]", "id", [*records(document, "services")]
        case RecordKind.DESK:
            where, key, found = "[[desks]]", "token", [*records(document, "desks")]
    for table in found:
        if table.get(key) == change.id:
            return table
    raise OperatorError(f"{path}: no tiene {where} con {key} = {quoted(change.id)}")


def _put_change(table: Table, change: FieldChange) -> None:
    if change.new is None:
        del table[change.field]
        return
    if change.field in table:
        table[change.field] = change.new
        return
    # tomlkit counts comments above the next table to this one; the new key goes before them.
    body = table.value.body
    trailing = []
    while body and body[-1][0] is None:
        trailing.append(body.pop())
    table.append(change.field, change.new)
    body.extend(reversed(trailing))
