"""Opens what commands work on: settings, content, keys and database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.config import Settings, read_settings
from bot.content.folder import load_content
from bot.content.release import PACKAGED, release_of
from handlers.content.model import Content
from handlers.errors import OperatorError
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.text.display import quoted
from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean_one_of
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.keys_used import open_with_keys

T = TypeVar("T")


@dataclass(frozen=True)
class Records:
    """An open installation, as one command finds it; content is read once it is asked for."""

    settings: Settings
    keyring: Keyring
    database: Database
    now: datetime  # when the command began; aware, UTC

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone."""
        return self.settings.municipality.zone

    @cached_property
    def release(self) -> Release:
        """All content with its wording and search. Raises ContentError."""
        return release_of(self.settings)

    @cached_property
    def content(self) -> Content:
        """Areas and services alone, which is quicker. Raises ContentError."""
        return load_content(self.settings.municipality.content or PACKAGED)

    def area_name(self, area: str) -> str:
        """What citizens call an area; its id if it is no longer in the content."""
        found = self.content.area_by_id.get(area)
        return found.short_name if found else area


def settings_of(config: Path | None) -> Settings:
    """The settings that a command's ``--config`` names. Raises OperatorError."""
    return read_settings(config)


def with_records(config: Path | None, work: Callable[[Records], Awaitable[T]]) -> T:
    """Open the installation, do ``work`` and close it. Raises OperatorError, StorageUnavailable."""

    async def run() -> T:
        async with opened(settings_of(config)) as records:
            return await work(records)

    return asyncio.run(run())


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Records]:
    """The installation of ``settings``, its database brought up to date."""
    database, keyring = await open_with_keys(settings.database.url, settings.database.keys)
    try:
        yield Records(settings, keyring, database, datetime.now(UTC))
    finally:
        await database.close()


def parsed_week(text: str | None) -> IsoWeek | None:
    """The week that ``--week`` names; None: it was not given. Raises OperatorError."""
    try:
        return IsoWeek.parse(text) if text else None
    except ValueError:
        raise OperatorError(f"--week {text}: no es una semana; escríbala como 2026-W47") from None


def last_complete(records: Records) -> IsoWeek:
    """The last week that is over where the municipality is."""
    return IsoWeek.of(records.now, records.zone).shifted(-1)


def known_area(content: Content, area: str) -> str:
    """The id of an area given by its id or a name. Raises OperatorError."""
    for known in content.areas:
        if fold(area) in (fold(known.id), fold(known.short_name), fold(known.name)):
            return known.id
    named = {one.short_name: one.id for one in content.areas}
    named |= {one.name: one.id for one in content.areas}
    named |= {one.id: one.id for one in content.areas}
    some = ", ".join(sorted(content.area_by_id)[:3])
    near = did_you_mean_one_of(area, named) or f"; hay {len(content.areas)}, como {some}"
    raise OperatorError(f"--area {quoted(area)}: no existe esa área{near}")
