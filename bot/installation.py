"""One installation: its settings, keys, database and content, each opened once.

Light to import: what a command does not use, the database above all, is not even imported.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar
from zoneinfo import ZoneInfo

from bot.config import Settings
from bot.interrupts import interruptible
from bot.settings import read_settings
from handlers.errors import OperatorError

if TYPE_CHECKING:
    from handlers.content.model import Content
    from handlers.release import Release
    from storage.engine.database import Database
    from storage.engine.keyring import Keyring

T = TypeVar("T")

Clock = Callable[[], datetime]

utc_now: Clock = partial(datetime.now, UTC)  # the system's clock: aware


class Installation:
    """What an operator has set up. ``async with`` opens its keys and database, and closes them.

    Content is read when it is first asked for. Nothing else closes what is opened here.
    """

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        self._opened: _OpenStore | None = None
        self._opened_at: datetime | None = None

    @classmethod
    def configured(cls, config: Path | None) -> Self:
        """The one that a command's ``--config`` names. Raises OperatorError."""
        return cls(read_settings(config))

    @classmethod
    def existing(cls, config: Path | None) -> Self:
        """As ``configured``. Raises OperatorError where no database is there, and makes none."""
        from storage.engine.opening import missing_file

        here = cls.configured(config)
        if file := missing_file(here.settings.database.url):
            raise OperatorError(
                f"[database] url: {file}: no hay una base de datos ahí; corrija la ruta o la "
                "carpeta desde la que da la orden, o haga una nueva con «opina run»"
            )
        return here

    async def __aenter__(self) -> Self:
        """Bring the database up to date and open it with its keys.

        Raises OperatorError where the keys are missing or another database's, StorageUnavailable.
        """
        from storage.engine.keys_used import open_with_keys

        place = self.settings.database
        database, keyring = await open_with_keys(place.url, place.keys)
        self._opened = _OpenStore(database, keyring)
        self._opened_at = self.clock()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        database, self._opened = self.database, None
        await database.close()

    @property
    def database(self) -> Database:
        return self._parts.database

    @property
    def keyring(self) -> Keyring:
        return self._parts.keyring

    @property
    def opened_at(self) -> datetime:
        """When it was opened, which to a command is now; aware, UTC."""
        assert self._opened_at is not None, "the installation is not open: enter it first"
        return self._opened_at

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone."""
        return self.settings.municipality.zone

    @cached_property
    def release(self) -> Release:
        """All content with its wording and search, which takes a second. Raises ContentError."""
        from bot.content.release import release_of

        return release_of(self.settings)

    @cached_property
    def content(self) -> Content:
        """Areas, services and rules alone, which is quicker. Raises ContentError."""
        if "release" in self.__dict__:  # it was read with all the rest
            return self.release.content
        from bot.content.release import content_of

        return content_of(self.settings)

    @property
    def most_file_bytes(self) -> int:
        """How large a file may be that a citizen sends or is sent."""
        return self.release.content.case_rules.file_megabytes * 1_000_000

    def area_name(self, area: str) -> str:
        """What citizens call an area; its id if it is no longer in the content."""
        found = self.content.area_by_id.get(area)
        return found.short_name if found else area

    async def check_keys(self) -> None:
        """Raise OperatorError unless the keys are the database's, at any revision."""
        from storage.engine.keys_used import keyring_of

        await keyring_of(self.settings.database.url, self.settings.database.keys)

    @asynccontextmanager
    async def open_unmigrated(self) -> AsyncIterator[Database]:
        """The database at any revision, for those who may not change it.

        Raises as ``check_keys`` does.
        """
        from storage.engine.opening import open_database
        from storage.engine.schema import check_whole

        await self.check_keys()
        await check_whole(self.settings.database.url)
        database = await open_database(self.settings.database.url)
        try:
            yield database
        finally:
            await database.close()

    @property
    def _parts(self) -> _OpenStore:
        assert self._opened is not None, "the installation is not open: enter it first"
        return self._opened


@dataclass(frozen=True, slots=True)
class _OpenStore:
    database: Database
    keyring: Keyring


def with_installation(config: Path | None, work: Callable[[Installation], Awaitable[T]]) -> T:
    """Open the installation, do ``work`` and close it. Raises OperatorError, StorageUnavailable."""

    async def run() -> T:
        async with Installation.existing(config) as installation:
            return await work(installation)

    with interruptible():
        return asyncio.run(run())


def installation_of(
    database: Database,
    keyring: Keyring,
    release: Release,
    clock: Clock,
) -> Installation:
    """An installation of parts that are open already; the caller closes them."""
    made = Installation(Settings(), clock)
    made._opened = _OpenStore(database, keyring)
    made.release = release
    return made
