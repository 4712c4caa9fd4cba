"""Facts about files that citizens send."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from handlers.messages import MediaFile, MediaKind


class FileSent(Struct, frozen=True, tag="file-sent"):
    """A citizen sent a file, which is to be fetched, cleaned and stored.

    ``number``: its case, "" without one yet. ``handover``: the id of the handover; 0 without one.
    """

    id: int
    kind: MediaKind
    file: MediaFile
    number: str = ""
    kept_for: timedelta | None = None  # None: as long as its case's or handover's words
    handover: int = 0


class FilesFiled(Struct, frozen=True, tag="files-filed"):
    """Files sent before a case was filed now belong to it."""

    number: str
    ids: tuple[int, ...]


class FilesShown(Struct, frozen=True, tag="files-shown"):
    """Files sent before a handover are shown to the person who answers."""

    handover: int
    ids: tuple[int, ...]
