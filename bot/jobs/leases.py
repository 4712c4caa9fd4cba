"""Keeps a process's leases: one shows that it is alive, others give it a job to itself."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from bot.process import ServiceProcess, release_of_the_gone
from handlers.errors import StorageUnavailable
from storage.engine import leases
from storage.engine.database import Transaction

RENEW_S = 5.0  # a quarter of process.LEASE, so three renewals in a row may fail

log = structlog.get_logger(__name__)


class ProcessLeases:
    """The leases of one process."""

    def __init__(self, process: ServiceProcess) -> None:
        self._process = process
        self._database = process.installation.database
        self._names = {process.own_lease()}
        self.kept = True  # the latest renewal of the process lease succeeded

    async def keep_process(
        self, tell_count: Callable[[int], None], taken_for_dead: Callable[[], None]
    ) -> None:
        """Renew the process lease, so that others do not take over this process's replies.

        ``tell_count`` is called with the number of live processes at each renewal.
        ``taken_for_dead`` is called, and renewing ends, once another process has released this
        lease: by then others treat this process's replies as lost. It cannot go on under a new
        epoch, because what it has in hand is stored under the old one.
        """

        def keep(tx: Transaction) -> int | None:
            now = self._process.installation.clock()
            lease = self._process.take_lease(self._process.own_lease(), tx)
            if lease is None or lease.epoch != self._process.owner.epoch:
                return None
            release_of_the_gone(now, tx)
            return leases.count_processes(tx, now)

        while True:
            try:
                count = await self._database.write(keep)
            except StorageUnavailable as error:
                if self.kept:
                    log.error("the database cannot be written", reason=str(error))
                self.kept = False
            else:
                if not self.kept:
                    log.info("the database can be written again")
                self.kept = True
                if count is None:
                    log.error("taken for dead by another process", owner=self._process.owner.name)
                    taken_for_dead()
                    return
                tell_count(count)
            await asyncio.sleep(RENEW_S)

    async def run_under(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """Run ``work`` whenever this process holds the lease; cancel it when the lease is lost."""
        self._names.add(name)
        while True:
            with contextlib.suppress(StorageUnavailable):
                if await self._take(name):
                    await self._work_while_held(name, work)
            await asyncio.sleep(RENEW_S)

    async def give_back(self) -> None:
        """Release the leases, so that others need not wait for them to expire."""

        def release(tx: Transaction) -> None:
            for name in sorted(self._names):
                lease = self._process.take_lease(name, tx)
                if lease is not None:
                    leases.release(tx, lease)

        await self._database.write(release)

    async def _take(self, name: str) -> bool:
        lease = await self._database.write(partial(self._process.take_lease, name))
        return lease is not None

    async def _work_while_held(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        async def renew() -> None:
            while True:
                await asyncio.sleep(RENEW_S)
                if not await self._take(name):
                    return

        working, renewing = asyncio.ensure_future(work()), asyncio.ensure_future(renew())
        try:
            await asyncio.wait((working, renewing), return_when=asyncio.FIRST_COMPLETED)
        finally:
            working.cancel()
            renewing.cancel()
            results = await asyncio.gather(working, renewing, return_exceptions=True)
        for result in results:
            if isinstance(result, Exception):
                raise result
