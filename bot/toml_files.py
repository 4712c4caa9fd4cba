"""Edits a content folder's TOML files, keeping comments and everything else as it is."""

from __future__ import annotations

import codecs
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from handlers.errors import OperatorError
from storage.files import behind_links, read_bytes


def parsed(path: Path) -> TOMLDocument:
    """Read a file for editing. Raises OperatorError."""
    # From bytes, so that line ends are kept; a byte order mark is dropped.
    raw = read_bytes(path)
    try:
        return tomlkit.parse(raw.removeprefix(codecs.BOM_UTF8).decode())
    except (TOMLKitError, ValueError, RecursionError):
        raise OperatorError(f"{path}: no es TOML; opina check dice dónde") from None


def replace(documents: Mapping[Path, TOMLDocument]) -> None:
    """Write every file next to its place, then move them all, so that readers see whole files.

    Files keep their permissions; a symbolic link stays and its target is replaced. Raises OSError,
    and has changed nothing if the disk is full or the folder is read-only.
    """
    written: dict[Path, Path] = {}  # draft → its final path
    try:
        for path, document in documents.items():
            place = behind_links(path)
            draft = place.with_name(f"{place.name}.new")
            written[draft] = place
            draft.write_bytes(tomlkit.dumps(document).encode())
            shutil.copymode(place, draft)
        for draft, place in written.items():
            os.replace(draft, place)
    finally:
        for draft in written:
            with suppress(OSError):  # already moved, or cannot be removed
                draft.unlink()


def records(document: TOMLDocument, name: str) -> Iterator[Table]:
    """The tables of an array of tables, such as each [[services]]."""
    found = document.get(name)
    if isinstance(found, AoT):
        yield from (table for table in found if isinstance(table, Table))


def keep_records(document: TOMLDocument, name: str, kept: list[Table]) -> None:
    """Remove all tables of an array but ``kept``; without any, write ``name = []``."""
    found = document.get(name)
    if not isinstance(found, AoT) or len(found) == len(kept):
        return
    for place in reversed(range(len(found))):
        if not any(found[place] is table for table in kept):
            del found[place]
    if not kept:
        del document[name]
        document[name] = []
