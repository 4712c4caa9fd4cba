"""Processes of ``opina`` forked from one that has imported it, as importing is half of a start."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import sys
import time
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from pathlib import Path

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.e2e.preloaded"])
_LOOKS_S = 0.002


class Forked:
    """A module's ``main()`` in a process and session of its own; looks like one of asyncio's."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        out: Path,
        errors: Path,
    ) -> None:
        """``command``: the module and its arguments. Both files are appended to.

        Returns once it leads its own session, so that it can be killed with all that it starts.
        """
        self._process = _FORKS.Process(
            target=_run, args=(command, folder, environment, out, errors)
        )
        self._process.start()  # the first one waits for the imports
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            while os.getsid(self.pid) != self.pid:
                time.sleep(_LOOKS_S)

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """None while it runs; a killed one's is the negative number of the signal."""
        return self._process.exitcode

    def terminate(self) -> None:
        """SIGTERM."""
        self._process.terminate()

    async def wait(self) -> int:
        """Its return code, once it has ended."""
        while (code := self.returncode) is None:
            await asyncio.sleep(_LOOKS_S)
        return code


def _run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], out: Path, errors: Path
) -> None:
    """What a shell does before it runs a program."""
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    nothing = os.open(os.devnull, os.O_RDONLY)
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, opened in enumerate((nothing, os.open(out, append), os.open(errors, append))):
        os.dup2(opened, number)
        os.close(opened)
    module, *sys.argv[1:] = command
    importlib.import_module(module).main()
