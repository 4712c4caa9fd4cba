"""``opina run`` with a clock that a test moves: ``python -m tests.e2e.moved_clock``.

It goes on as the system's does, as far away from it as the file ``clock`` of the working folder
says in seconds.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.content.folder import load_content
from bot.content.release import PACKAGED
from bot.installation import Installation
from bot.observability.logs import configure
from bot.service import serve
from bot.settings import read_settings
from handlers.cases.deadlines import calendar_of

FILE = "clock"


def working_morning(now: datetime) -> datetime:
    """Ten o'clock of the next working day: staff are told of everything at once."""
    calendar = calendar_of(load_content(PACKAGED))
    return calendar.opening(calendar.after(calendar.local_day(now), 1)) + timedelta(minutes=90)


class MovedClock:
    """The time that the file in a folder says; what the service and its platforms go by."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE

    @classmethod
    def at_work(cls, folder: Path) -> MovedClock:
        """In a new folder, while staff are told of everything at once."""
        clock = cls(folder)
        clock.set(working_morning(datetime.now(UTC)))
        return clock

    def __call__(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))

    def set(self, now: datetime) -> None:
        """It is ``now`` at this moment."""
        self._write((now - datetime.now(UTC)).total_seconds())

    def goes_on(self, **time: float) -> None:
        """So much time passes at once."""
        passed = timedelta(**time).total_seconds()
        self._write(float(self._file.read_text()) + passed)

    def _write(self, seconds: float) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(seconds))
        fresh.replace(self._file)  # whole at any moment


def main() -> None:
    """Run the service of the working folder."""
    configure(pretty=False)
    clock = MovedClock(Path.cwd())
    asyncio.run(serve(Installation(read_settings(None), clock)))


if __name__ == "__main__":
    main()
