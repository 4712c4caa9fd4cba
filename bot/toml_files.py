"""Edits a content folder's files and leaves all else in them, comments too, as it is."""

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
    """A file to be edited. Raises OperatorError."""
    # Bytes, so that the line ends stay as they are; a mark of UTF-8 is left out.
    raw = read_bytes(path)
    try:
        return tomlkit.parse(raw.removeprefix(codecs.BOM_UTF8).decode())
    except (TOMLKitError, ValueError, RecursionError):
        raise OperatorError(f"{path}: no es TOML; opina check dice dónde") from None


def replace(documents: Mapping[Path, TOMLDocument]) -> None:
    """Put every file in its place once all are written, so that a reader finds each whole.

    A file keeps its permissions, and a link stays and leads to it. Raises OSError; where a disk is
    full or a folder may not be written, nothing has changed then.
    """
    written: dict[Path, Path] = {}  # the place of each draft
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
            with suppress(OSError):  # in its place by now, or not to be taken away
                draft.unlink()


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
