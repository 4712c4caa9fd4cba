"""One process at a time does a job; who loses the lease stops, and another one takes over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from bot.installation import installation_of
from bot.jobs.leases import ProcessLeases
from bot.observability.metrics import Metrics
from bot.process import LEASE, ServiceProcess
from handlers.release import Release
from storage.engine import leases
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from tests.bot.one_process import BrokenDatabase, Clock, until

JOB = "job"


class Work:
    """What runs under the lease; knows whether it runs."""

    def __init__(self) -> None:
        self.running = False
        self.begun = 0

    async def __call__(self) -> None:
        self.running = True
        self.begun += 1
        try:
            await asyncio.Event().wait()
        finally:
            self.running = False


class Process:
    """One process's leases, with a clock of its own."""

    def __init__(self, name: str, database: Database, keyring: Keyring, release: Release) -> None:
        self.clock, self.work = Clock(), Work()
        owner = Owner(f"otra:1:1:{name}:aa", 1)
        here = installation_of(database, keyring, release, self.clock)
        self.leases = ProcessLeases(ServiceProcess(here, owner, 0, Metrics()))
        self.counts: list[int] = []
        self.taken_for_dead: list[bool] = []

    @asynccontextmanager
    async def alive(self) -> AsyncIterator[None]:
        tasks = [
            asyncio.create_task(
                self.leases.keep_process(
                    self.counts.append, lambda: self.taken_for_dead.append(True)
                )
            ),
            asyncio.create_task(self.leases.run_under(JOB, self.work)),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.jobs.leases.RENEW_S", 0.02)


async def test_one_works_and_the_other_takes_over_when_the_lease_has_run_out(
    database: Database, keyring: Keyring, release: Release
) -> None:
    one, other = (Process(name, database, keyring, release) for name in ("one", "other"))
    async with other.alive():
        async with one.alive():
            await until(lambda: one.work.running or other.work.running)
            first, second = (one, other) if one.work.running else (other, one)
            await until(lambda: 2 in first.counts)
            assert not second.work.running
        if first is one:  # it died without giving anything back
            other.clock.now += LEASE + timedelta(seconds=1)
        await until(lambda: other.work.running)


async def test_who_loses_the_lease_stops_working(
    database: Database, keyring: Keyring, release: Release
) -> None:
    one, other = (Process(name, database, keyring, release) for name in ("one", "other"))
    async with one.alive():
        await until(lambda: one.work.running)
        other.clock.now += LEASE + timedelta(seconds=1)  # to it, the first one's has run out
        async with other.alive():
            await until(lambda: other.work.running)
            await until(lambda: not one.work.running)
            assert one.work.begun == 1


async def test_what_is_given_back_is_taken_over_at_once(
    database: Database, keyring: Keyring, release: Release
) -> None:
    one, other = (Process(name, database, keyring, release) for name in ("one", "other"))
    async with one.alive():
        await until(lambda: one.work.running)
    await one.leases.give_back()
    async with other.alive():
        await until(lambda: other.work.running)
        await until(lambda: 1 in other.counts)


async def test_who_was_taken_for_dead_is_told_and_does_not_go_on_as_if_nothing_were(
    database: Database, keyring: Keyring, release: Release
) -> None:
    process = Process("one", database, keyring, release)
    async with process.alive():
        await until(lambda: process.counts)
        now = process.clock()
        await database.write(lambda tx: leases.release_all_of(tx, leases.owners(tx, now), now))
        await until(lambda: process.taken_for_dead)
        told = len(process.counts)
        await asyncio.sleep(0.1)
        assert (process.taken_for_dead, len(process.counts)) == ([True], told)


async def test_a_lease_that_ran_out_and_that_nobody_let_go_is_simply_kept(
    database: Database, keyring: Keyring, release: Release
) -> None:
    process = Process("one", database, keyring, release)
    async with process.alive():
        await until(lambda: process.counts)
        process.clock.now += LEASE + timedelta(seconds=1)  # it slept, or its clock was put forward
        told = len(process.counts)
        await until(lambda: len(process.counts) > told)
        assert process.taken_for_dead == []


async def test_a_database_that_cannot_be_written_is_told_until_it_can(
    database: Database, keyring: Keyring, release: Release
) -> None:
    broken = BrokenDatabase(database)
    process = Process("one", broken, keyring, release)
    async with process.alive():
        await until(lambda: process.counts)
        broken.failures = 1_000_000
        await until(lambda: not process.leases.kept)
        broken.failures = 0
        await until(lambda: process.leases.kept)
