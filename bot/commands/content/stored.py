"""What `opina check` looks at beside the content: the database, its keys and its journal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import DatabaseSettings
from handlers.content.quality import Indicator
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.keys_used import kept_keys
from storage.engine.schema import check_known, exists, inspect
from storage.privacy.notices import newest_if_any
from storage.quality.indicator_versions import versions_if_any


@dataclass(frozen=True, slots=True)
class Published:
    """Versions of indicators, and the newest items of /privacidad, both from the panel."""

    indicators: tuple[Indicator, ...] = ()
    notice: Mapping[str, str] = field(default_factory=dict)


def wrong_files(place: DatabaseSettings) -> Iterator[str]:
    """A file beside the database that could not be written when somebody is erased, or at once.

    A journal that keeps nothing: those who were erased would be back with a copy.
    """
    path = place.journal_file
    if os.path.exists(path) and not os.path.isfile(path):
        yield f"[database] journal: {path}: no es un archivo; nombre uno, o quite esa clave"
    if not os.path.exists(place.keys) and not _is_writable(place.keys):
        yield f"[database] keys: {place.keys}: no se puede escribir; revise los permisos"
    elif not _is_writable(path):
        yield f"[database] journal: {path}: no se puede escribir; revise los permisos"


async def looked_at(place: DatabaseSettings) -> Published:
    """What was published in the panel. Changes nothing, and makes neither a database nor keys.

    Raises OperatorError for a database or keys that the service would not start with,
    StorageUnavailable.
    """
    if not exists(place.url):
        _read_keys(place.keys)
        return Published()
    await check_known(place.url)
    await kept_keys(place.url, place.keys)
    return await inspect(place.url, _read)


def _read_keys(keys: Path) -> None:
    if os.path.exists(keys):
        Keyring.read(keys)


def _read(tx: Transaction) -> Published:
    return Published(versions_if_any(tx), newest_if_any(tx).items)


def _is_writable(path: Path) -> bool:
    """Whether the file, or what it would be made in, may be written to."""
    there = next(one for one in (path, *path.absolute().parents) if os.path.exists(one))
    return os.access(there, os.W_OK) and (os.path.isdir(there) or there == path)
