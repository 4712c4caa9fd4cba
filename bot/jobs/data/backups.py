"""Backups: a folder with one file per table, the keys, the erasure journal and a manifest."""

from __future__ import annotations

import gzip
import hashlib
import math
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from bot.config import JOURNAL, DatabaseSettings
from handlers.errors import OperatorError
from handlers.text.display import quoted
from storage import backup
from storage.backup import Restored
from storage.engine import schema
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.keys_used import WrongKeys, note_keys
from storage.files import UnreadableFile, read_bytes, reason
from storage.privacy.erasure import DamagedJournal, Erased, pending_erasures, read_journal

MANIFEST = "manifest.json"
KEYS = "keys.toml"
FORMAT = 1
PREFIX = "opina-"
LEFT_AFTER = timedelta(days=1)
"""An unfinished backup older than this was interrupted."""

ERASED_BEFORE = timedelta(minutes=10)
"""Journal lines from this long before the backup on are applied after a restore.

Older erasures are in the backup already, and the person may have written again since.
"""

Advance = Callable[[str, int], None]
"""Called with a table's name and the number of rows done since the last call."""

_NAME = re.compile(r"[a-z0-9_.]{1,60}")
_MOST_PART = 1_000_000_000  # bytes; no part of a table, some thousand rows, is larger
_UNFIT = (
    EOFError,
    zlib.error,
    msgspec.DecodeError,
    ValueError,
    OverflowError,
    RecursionError,
    OSError,
)
"""What reading a table's file raises if its content is not what a backup writes."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[list[Any]]).decode


class TableFile(Struct, frozen=True):
    """One table's file: its columns, how many rows it has, and its hash."""

    columns: list[str]
    rows: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What a backup contains. ``others``: the SHA-256 of each file besides the tables."""

    format: int
    version: str
    revision: str
    made_at: Annotated[datetime, Meta(tz=True)]
    tables: dict[str, TableFile]
    others: dict[str, str]


def write(
    tx: Transaction, folder: Path, others: Mapping[str, Path], now: datetime, advance: Advance
) -> Manifest:
    """Write ``tx``'s snapshot of the database into an empty folder and flush it to disk.

    ``others``: files to copy if they exist, by their name in the backup. Raises OperatorError if
    ``folder`` cannot be written to.
    """
    revision = schema.revision_of(tx)
    if revision is None:
        raise OperatorError("[database] url: la base está vacía; no hay nada que respaldar")
    tables = {}
    for table in backup.stored_tables(tx):
        name = str(table.name)
        path = folder / _file_of(name)
        with _TableWriter(path) as file:
            for rows in backup.read_rows(tx, table):
                file.write(rows)
                advance(name, len(rows))
        columns = [str(column.name) for column in table.columns]
        with on_target(folder):
            tables[name] = TableFile(columns, file.count, _sha256(path))
    with on_target(folder):
        hashes = {}
        for name, source in others.items():
            if source.is_file():
                with _created(folder / name) as copy:
                    copy.write(source.read_bytes())
                hashes[name] = _sha256(folder / name)
        manifest = Manifest(FORMAT, version("opina"), revision, now, tables, hashes)
        with _created(folder / MANIFEST) as file:
            file.write(msgspec.json.format(msgspec.json.encode(manifest)))
        for path in folder.iterdir():
            _flush(path)
        _flush(folder)
    return manifest


@contextmanager
def on_target(folder: Path) -> Iterator[None]:
    """Turn an OSError inside the block into an OperatorError about the target folder.

    Inside a transaction a bare OSError would be taken for the database's.
    """
    try:
        yield
    except OSError as error:
        place = folder.parent if folder.name.startswith(".") else folder
        raise OperatorError(
            f"{place}: no se puede escribir: {reason(error)}; elija otra carpeta, con espacio"
        ) from None


class _TableWriter:
    """Writes one table's file; only writing, not reading the rows, is done ``on_target``."""

    def __init__(self, path: Path) -> None:
        self.count = 0
        self._path = path

    def __enter__(self) -> _TableWriter:
        with on_target(self._path.parent):
            self._raw = _created(self._path)
            self._file = gzip.GzipFile("", "wb", 1, self._raw, 0)
        return self

    def write(self, rows: Sequence[Any]) -> None:
        data = _encode(rows)
        self.count += len(rows)
        with on_target(self._path.parent):
            self._file.write(len(data).to_bytes(4, "big") + data)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:  # the target may be full, so closing may fail
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self._raw.close()
            return
        with on_target(self._path.parent):
            self._file.close()
            self._raw.close()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a complete backup. Raises OperatorError for a damaged or foreign one."""
    damaged = f"{folder / MANIFEST}: está dañado; use otro respaldo"
    try:
        manifest = msgspec.json.decode(read_bytes(folder / MANIFEST), type=Manifest)
    except UnreadableFile as error:
        raise OperatorError(
            f"{folder}: no es un respaldo ({error.reason}); indique una carpeta {PREFIX}…"
        ) from None
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise OperatorError(damaged) from None
    columns = [name for entry in manifest.tables.values() for name in entry.columns]
    if not all(map(_NAME.fullmatch, (*manifest.tables, *manifest.others, *columns))):
        raise OperatorError(damaged)
    if manifest.format != FORMAT:
        raise OperatorError(
            f"{folder}: este respaldo es de otra versión; instale opina {quoted(manifest.version)}"
        )
    expected = {_file_of(name): entry.sha256 for name, entry in manifest.tables.items()}
    for name, digest in (expected | manifest.others).items():
        if not _is_whole(folder / name, digest):
            raise OperatorError(f"{folder / name}: falta o está dañado; use otro respaldo")
    return manifest


async def restore(
    folder: Path,
    manifest: Manifest,
    place: DatabaseSettings,
    now: datetime,
    advance: Advance,
    *,
    damaged_journal: bool = False,
) -> Restored:
    """Replace the whole database by a backup, then repeat the erasures made since.

    They come from the journals (beside the keys, and in the backup) and, if not journalled yet,
    from the replaced database. Missing keys are taken from the backup. One transaction: if
    anything fails, the database is unchanged. ``damaged_journal``: use what can be read of a
    damaged journal. Raises OperatorError if the keys do not fit, and for a damaged journal.
    """
    _put_keys(folder, manifest, place.keys)
    keyring = Keyring.read(place.keys)
    since = manifest.made_at - ERASED_BEFORE
    lines = [
        line
        for path in (place.journal_file, folder / JOURNAL)
        for line in _journal_lines(path, damaged=damaged_journal)
    ]

    def leave(tx: Transaction) -> None:
        lines.extend(pending_erasures(tx))

    def finish(tx: Transaction) -> Restored:
        _note_keys_of_backup(tx, keyring, place.keys)
        erased = sorted({line.contact for line in lines if line.at >= since})
        return backup.finish_restore(tx, erased, now)

    rows = partial(fill, folder=folder, manifest=manifest, advance=advance)
    done = await schema.rebuild(place.url, manifest.revision, rows, finish, leave=leave)
    await schema.compact(place.url)  # so that no trace of an erased contact stays on disk
    return done


def fill(tx: Transaction, folder: Path, manifest: Manifest, advance: Advance) -> None:
    """Write all rows of a backup into the empty schema of its revision. Raises OperatorError."""
    tables = {str(table.name): table for table in backup.stored_tables(tx)}
    for name, entry in manifest.tables.items():
        path = folder / _file_of(name)
        if name not in tables:
            raise OperatorError(f"{path}: está dañado; use otro respaldo")
        try:
            for rows in _rows_of(path):
                backup.write_rows(tx, tables[name], entry.columns, rows)
                advance(name, len(rows))
        except _UNFIT:
            raise OperatorError(f"{path}: está dañado; use otro respaldo") from None


def keep_newest(folder: Path, count: int) -> list[str]:
    """Delete all but the ``count`` newest backups of a folder; return the names of the deleted."""
    made = sorted(path for path in folder.glob(f"{PREFIX}*") if (path / MANIFEST).is_file())
    old = made[: max(0, len(made) - count)]
    for path in old:
        shutil.rmtree(path)
    return [path.name for path in old]


def remove_leftovers(folder: Path, now: datetime) -> list[str]:
    """Delete what interrupted backups left in a folder; return the names of what was deleted."""
    before = (now - LEFT_AFTER).timestamp()
    left = [path for path in folder.glob(f".{PREFIX}*.part") if _changed_at(path) < before]
    for path in sorted(left):
        shutil.rmtree(path)
    return sorted(path.name for path in left)


def _changed_at(draft: Path) -> float:
    try:
        return draft.stat().st_mtime
    except FileNotFoundError:  # another backup has just finished and renamed it
        return math.inf


def _journal_lines(path: Path, *, damaged: bool) -> list[Erased]:
    try:
        return read_journal(path, damaged=damaged)
    except DamagedJournal as error:
        raise OperatorError(
            f"{path}: la línea {error.line} no se entiende, y sin ella puede volver lo que una "
            "persona pidió borrar; reponga ese archivo de otra copia, o agregue --damaged-journal"
        ) from None
    except OSError as error:
        raise OperatorError(
            f"{path}: {reason(error)}; sin él volvería lo que personas pidieron borrar"
        ) from None


def _note_keys_of_backup(tx: Transaction, keyring: Keyring, path: Path) -> None:
    try:
        note_keys(tx, keyring, path)
    except WrongKeys:
        raise OperatorError(
            f"{path}: estas llaves no son las del respaldo; mueva ese archivo a otro"
            " lugar y repita: se usarán las del respaldo"
        ) from None


def _put_keys(folder: Path, manifest: Manifest, keys: Path) -> None:
    if os.path.exists(keys):
        return
    if KEYS not in manifest.others:
        raise OperatorError(
            f"{keys}: faltan las llaves, y este respaldo se hizo sin ellas; "
            "ponga ahí el archivo que guardó aparte"
        )
    try:
        keys.parent.mkdir(parents=True, exist_ok=True)
        with _created(keys) as file:
            file.write((folder / KEYS).read_bytes())
    except OSError as error:
        raise OperatorError(f"{keys}: {reason(error)} ([database] keys)") from None


def _is_whole(path: Path, digest: str) -> bool:
    try:
        return path.is_file() and _sha256(path) == digest
    except OSError:
        return False


def _rows_of(path: Path) -> Iterator[list[list[Any]]]:
    with gzip.open(path, "rb") as file:
        while length := file.read(4):
            size = int.from_bytes(length, "big")
            if size > _MOST_PART:
                raise ValueError("a part of a table is smaller")
            yield _decode(file.read(size))


def _file_of(table: str) -> str:
    return f"{table}.msgpack.gz"


def _created(path: Path) -> Any:
    """A new file that only its owner can read. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
