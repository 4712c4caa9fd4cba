"""What a turn records of the files that a citizen sends."""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from handlers.messages import MediaFile, MediaKind


class FileSent(Struct, frozen=True, tag="file-sent"):
    """A file came; it is fetched, made harmless and kept. ``number``: its case, "" as yet.

    ``handover``: the conversation with a person that it was sent in; 0: none.
    """

    id: int
    kind: MediaKind
    file: MediaFile
    number: str = ""
    kept_for: timedelta | None = None  # None: as long as the words beside it
    handover: int = 0


class FilesFiled(Struct, frozen=True, tag="files-filed"):
    """Files that were sent before belong to a case from now on."""

    number: str
    ids: tuple[int, ...]


class FilesShown(Struct, frozen=True, tag="files-shown"):
    """Files that were sent before are seen by the person who answers in the chat."""

    handover: int
    ids: tuple[int, ...]
