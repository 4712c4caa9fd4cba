"""Edits a content folder's files and leaves all else in them, comments too, as it is."""

from __future__ import annotations

import codecs
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from handlers.errors import OperatorError
from storage.files import read_bytes


def parsed(path: Path) -> TOMLDocument:
    """A file to be edited. Raises OperatorError."""
    # Bytes, so that the line ends stay as they are; a mark of UTF-8 is left out.
    raw = read_bytes(path)
    try:
        return tomlkit.parse(raw.removeprefix(codecs.BOM_UTF8).decode())
    except (TOMLKitError, ValueError, RecursionError):
        raise OperatorError(f"{path}: no es TOML; opina check dice dónde") from None


def replace(documents: Mapping[Path, TOMLDocument]) -> None:
    """Write every file in one step, so that a reader finds it whole."""
    for path, document in documents.items():
        fresh = path.with_suffix(".toml.new")
        try:
            fresh.write_bytes(tomlkit.dumps(document).encode())
            os.replace(fresh, path)
        finally:
            fresh.unlink(missing_ok=True)


def records(document: TOMLDocument, name: str) -> Iterator[Table]:
    """The tables of a list, such as each [[services]]."""
    found = document.get(name)
    if isinstance(found, AoT):
        yield from (table for table in found if isinstance(table, Table))


def keep_records(document: TOMLDocument, name: str, kept: list[Table]) -> None:
    """Leave only these of a list; an empty one says that it is empty."""
    found = document.get(name)
    if not isinstance(found, AoT) or len(found) == len(kept):
        return
    for place in reversed(range(len(found))):
        if not any(found[place] is table for table in kept):
            del found[place]
    if not kept:
        del document[name]
        document[name] = []
