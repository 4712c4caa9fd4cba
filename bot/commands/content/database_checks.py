"""What `opina check` checks besides the content: the database, its keys and its journal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.config import DatabaseSettings
from bot.pipeline.erasure_journal import unwritable_journal
from handlers.content.quality import Indicator
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.engine.keys_used import kept_keys
from storage.engine.opening import parse_url
from storage.engine.schema import check_known, exists, inspect
from storage.files import obstacle_to_writing
from storage.privacy.notices import newest_if_any
from storage.quality.indicator_versions import versions_if_any


@dataclass(frozen=True, slots=True)
class PublishedContent:
    """Versions of indicators, and the newest items of /privacidad, both from the panel."""

    indicators: tuple[Indicator, ...] = ()
    notice: Mapping[str, str] = field(default_factory=dict)


def unwritable_files(place: DatabaseSettings) -> Iterator[str]:
    """The files of ``[database]`` that the service could not write, one problem a line.

    Where a file does not exist yet, a temporary one is tried in its folder.
    """
    address = parse_url(place.url)
    files = {"keys": place.keys, "journal": place.journal_file}
    if address.get_backend_name() == "sqlite":
        files["url"] = Path(address.database or "")
    told: set[Path] = set()  # folders: one problem for all files of one that cannot be written
    for key, path in files.items():
        if path.parent in told:
            continue
        if problem := unwritable_journal(path) if key == "journal" else _uncreatable(key, path):
            told.add(path.parent)
            yield problem


def _uncreatable(key: str, path: Path) -> str:
    """What keeps a file that is not there from being made; empty: nothing, or it is there."""
    obstacle = "" if os.path.lexists(path) else obstacle_to_writing(path)
    return (
        f"[database] {key}: {path}: {obstacle}; elija otra carpeta o dé permiso" if obstacle else ""
    )


async def load_published_items(place: DatabaseSettings) -> PublishedContent:
    """What was published in the panel. Changes nothing, and creates neither a database nor keys.

    Raises OperatorError for a database or keys that the service would not start with,
    StorageUnavailable.
    """
    if not exists(place.url):
        _read_keys(place.keys)
        return PublishedContent()
    await check_known(place.url)
    await kept_keys(place.url, place.keys)
    return await inspect(place.url, _load_published)


def _read_keys(keys: Path) -> None:
    if os.path.exists(keys):
        Keyring.read(keys)


def _load_published(tx: Transaction) -> PublishedContent:
    return PublishedContent(versions_if_any(tx), newest_if_any(tx).items)
