"""One installation: its settings, keys, database and content, each opened at most once.

Imports inside functions keep commands quick: one that needs no database does not import it.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO, TypeVar
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

utc_now: Clock = partial(datetime.now, UTC)


class Installation:
    """What an operator has set up. ``async with`` opens its keys and database and closes them.

    Content is read at the first access.
    """

    def __init__(self, settings: Settings, clock: Clock = utc_now) -> None:
        self.settings = settings
        self.clock = clock
        self._opened: _OpenStore | None = None
        self._opened_at: datetime | None = None

    @classmethod
    def configured(cls, config: Path | None) -> Self:
        """The installation of a command's ``--config``. Raises OperatorError."""
        return cls(read_settings(config))

    @classmethod
    def existing(cls, config: Path | None) -> Self:
        """As ``configured``, but raises OperatorError if its database does not exist yet."""
        from storage.engine.opening import missing_file

        here = cls.configured(config)
        if file := missing_file(here.settings.database.url):
            raise OperatorError(
                f"[database] url: {file}: no hay una base de datos ahí; corrija la ruta o la "
                "carpeta desde la que da la orden, o haga una nueva con «opina run»"
            )
        return here

    async def __aenter__(self) -> Self:
        """Migrate the database and open it with its keys.

        Raises OperatorError if the keys are missing or not this database's, StorageUnavailable.
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
        """When it was opened, aware and in UTC: the ``now`` of a command."""
        assert self._opened_at is not None, "the installation is not open: enter it first"
        return self._opened_at

    @property
    def zone(self) -> ZoneInfo:
        """The municipality's time zone."""
        return self.settings.municipality.zone

    @cached_property
    def release(self) -> Release:
        """All content with wording and search index; takes about 1 s. Raises ContentError."""
        from bot.content.release import release_of

        return release_of(self.settings)

    @cached_property
    def content(self) -> Content:
        """Areas, services and rules only, which is quicker to read. Raises ContentError."""
        if "release" in self.__dict__:  # already read, with everything else
            return self.release.content
        from bot.content.release import content_of

        return content_of(self.settings)

    @property
    def most_file_bytes(self) -> int:
        """The largest file, in bytes, that a citizen may send or be sent."""
        return self.release.content.case_rules.file_megabytes * 1_000_000

    def area_name(self, area: str) -> str:
        """The area's short name; its id if the content no longer has it."""
        found = self.content.area_by_id.get(area)
        return found.short_name if found else area

    async def check_keys(self) -> None:
        """Raise OperatorError unless the keys fit the database, at any schema revision."""
        from storage.engine.keys_used import keyring_of

        await keyring_of(self.settings.database.url, self.settings.database.keys)

    @asynccontextmanager
    async def open_unmigrated(self) -> AsyncIterator[Database]:
        """Open the database without migrating it, for commands that only read.

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


def with_installation(
    config: Path | None, work: Callable[[Installation], Awaitable[T]], *, first: bool = False
) -> T:
    """Open the installation, run ``work`` and close it. Raises OperatorError, StorageUnavailable.

    ``first``: the command may create the database; otherwise it must exist.
    """

    async def run() -> T:
        installation = (Installation.configured if first else Installation.existing)(config)
        if first:
            announce_new_database(installation.settings, sys.stderr)
        async with installation:
            return await work(installation)

    with interruptible():
        return asyncio.run(run())


def announce_new_database(settings: Settings, out: TextIO) -> None:
    """Print the name of an SQLite file about to be created, which may be a mistyped path."""
    from storage.engine.opening import missing_file

    if file := missing_file(settings.database.url):
        print(f"Nueva base de datos: {file}", file=out, flush=True)


def installation_of(
    database: Database,
    keyring: Keyring,
    release: Release,
    clock: Clock,
) -> Installation:
    """An installation made of parts that are already open; the caller closes them."""
    made = Installation(Settings(), clock)
    made._opened = _OpenStore(database, keyring)
    made.release = release
    return made
