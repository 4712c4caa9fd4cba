"""Opens what commands work on: settings, content, keys and database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.config import Settings, read_settings
from bot.release_folder import PACKAGED, load_release
from handlers.errors import OperatorError
from handlers.release import Release
from storage.database import Database
from storage.keyring import Keyring
from storage.schema import migrate

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Records:
    """An open installation, as one command finds it."""

    settings: Settings
    release: Release
    keyring: Keyring
    database: Database
    now: datetime  # when the command began; aware, UTC


def settings_of(config: Path | None) -> Settings:
    """The settings that a command's ``--config`` names. Raises OperatorError."""
    return read_settings(config)


def release_of(settings: Settings) -> Release:
    """The configured content, or the packaged one. Raises ContentError."""
    return load_release(settings.municipality.content or PACKAGED, settings.municipality)


def with_records(config: Path | None, work: Callable[[Records], Awaitable[T]]) -> T:
    """Open the installation, do ``work`` and close it. Raises OperatorError, StorageUnavailable."""

    async def run() -> T:
        async with opened(settings_of(config)) as records:
            return await work(records)

    return asyncio.run(run())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Records]:
    """The installation of ``settings``, its database brought up to date."""
    release = release_of(settings)
    keyring = Keyring.read(settings.database.keys)
    await migrate(settings.database.url)
    database = await Database.open(settings.database.url)
    try:
        yield Records(settings, release, keyring, database, datetime.now(UTC))
    finally:
        await database.close()


def known_area(release: Release, area: str) -> str:
    """The id of an area given by its id or its name. Raises OperatorError."""
    from handlers.text import fold

    found = release.area_by_folded_name.get(fold(area))
    if found is None:
        names = ", ".join(one.id for one in release.areas_by_name)
        raise OperatorError(f"--area {area}: no existe esa área; use una de: {names}")
    return found.id
