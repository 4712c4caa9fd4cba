"""How commands write: at most 80 columns, a bar where it takes long."""

from __future__ import annotations

import shutil
import sys
import time
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.reports.words.figure_words import how_many

COLUMNS = 80
PATIENCE_S = 2.0


def out() -> Console:
    """The standard output, with colour only where somebody looks at it."""
    return Console(
        width=min(COLUMNS, shutil.get_terminal_size((COLUMNS, 24)).columns),
        highlight=False,
        soft_wrap=False,
    )


def say(text: str) -> None:
    """A line about the work itself: on the standard error, so that results can be piped."""
    print(text, file=sys.stderr)


class Bar:
    """A progress bar on the standard error, which appears after two seconds of work.

    Where the standard error is no terminal it stays away.
    """

    def __init__(self, what: str, total: int) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._progress.add_task(what, total=total)
        self._appears_at = time.monotonic() + PATIENCE_S
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._progress.stop()

    def advance(self, steps: int = 1) -> None:
        """``steps`` more are done."""
        self._progress.advance(self._task, steps)
        if not self._shown and time.monotonic() >= self._appears_at:
            self._shown = self._progress.console.is_terminal
            if self._shown:
                self._progress.start()


class Rows:
    """How many rows of which table are done, on the standard error, where somebody looks at it."""

    def __init__(self, what: str) -> None:
        self._console = Console(stderr=True)
        self._status = self._console.status(what)
        self._what = what
        self._table = ""
        self._count = 0

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._status.stop()

    def advance(self, table: str, rows: int) -> None:
        """``rows`` more of a table are done."""
        self._count = rows + (self._count if table == self._table else 0)
        self._table = table
        self._status.update(f"{self._what} {table}: {how_many(self._count, 'fila', 'filas')}")
