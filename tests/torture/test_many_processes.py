"""Three processes over one PostgreSQL behind a load balancer; the one that polls is killed."""

from __future__ import annotations

import asyncio
import re
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.jobs.channels import poller
from bot.service import SCHEDULER
from handlers.messages import Channel
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.e2e.service import Service
from tests.fakes.telegram.bot_api import FakeTelegram
from tests.fakes.whatsapp.cloud_api import FakeWhatsApp
from tests.torture.balancer import balanced
from tests.torture.campaign import Scene, check, digest_due, settings_of
from tests.torture.kills import AREA, backdate
from tests.torture.lives import people_of, staff_of
from tests.torture.record import Findings, faults_in

pytestmark = [pytest.mark.process, pytest.mark.postgres]

SEED = 20261123
TAKE_OVER_S = 30.0  # what is promised, even where the process died on another machine
WORKS_S = 60.0  # by then each has had something to do, even on a busy machine
ENDS_S = 120.0


class Polls:
    """How many processes asked Telegram for updates at the same time, at most."""

    def __init__(self, telegram: FakeTelegram) -> None:
        self.most = self._now = 0
        self._inner = telegram._poll
        telegram._poll = self._counted

    async def _counted(
        self,
        offset: int,
        limit: int,
        timeout: float,
    ) -> object:
        self._now += 1
        self.most = max(self.most, self._now)
        try:
            return await self._inner(offset, limit, timeout)
        finally:
            self._now -= 1


async def holders(url: str) -> dict[str, str]:
    """Who holds which lease now."""
    database = await open_database(url)
    now = f"{time.time() * 1_000_000:.0f}"
    try:
        rows = await database.read(
            lambda tx: tx.exec_driver_sql(
                f"SELECT name, owner FROM leases WHERE expires_at > {now}"
            ).fetchall()
        )
    finally:
        await database.close()
    return dict(rows)


async def committed(opina: Service) -> int:
    """Turns that this process committed."""
    _, text = await opina.get("/metrics")
    return sum(
        int(float(n)) for n in re.findall(r"^opina_committed_total\{.*\} (\S+)$", text, re.M)
    )


async def each_works(services: list[Service]) -> None:
    """Wait until each of them has committed something more."""
    before = [await committed(service) for service in services]
    async with asyncio.timeout(WORKS_S):
        for service, known in zip(services, before, strict=True):
            while await committed(service) == known:
                await asyncio.sleep(0.2)


async def taken_over(url: str, name: str, dead: str) -> None:
    """Wait until another process holds the lease. Fails after what is promised."""
    async with asyncio.timeout(TAKE_OVER_S):
        while (await holders(url)).get(name, dead) == dead:
            await asyncio.sleep(0.2)


async def test_three_processes_go_on_when_the_one_that_polls_is_killed(
    tmp_path: Path, postgres_url: str
) -> None:
    async with AsyncExitStack() as stack:
        telegram = await stack.enter_async_context(FakeTelegram())
        whatsapp = await stack.enter_async_context(FakeWhatsApp())
        settings = settings_of(telegram, whatsapp, postgres_url, webhook=False)
        settings["database"]["keys"] = str(tmp_path / "keys.toml")
        settings["digest"], week = digest_due(datetime.now(UTC))
        polls = Polls(telegram)
        services = [Service(tmp_path / f"opina{number}", settings) for number in range(3)]
        for opina in services:
            stack.push_async_callback(opina.kill)
        await asyncio.gather(*(opina.start() for opina in services))
        balancer = await stack.enter_async_context(balanced([opina.port for opina in services]))
        whatsapp.webhook_url = f"{balancer.url}/webhooks/whatsapp"
        session = await stack.enter_async_context(
            aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        )
        staff = await staff_of(services[0], telegram, ["all", "one", "two"], AREA)
        await backdate(postgres_url, "%")  # a week before anybody was there is not published
        lives = people_of(SEED, balancer.url, telegram, whatsapp, session)
        try:
            await each_works(services)
            assert polls.most == 1, "one polls at a time"

            owner = (await holders(postgres_url))[poller(Channel.TELEGRAM)]
            (dead,) = [opina for opina in services if f":{opina.pid}:" in owner]
            alive = [opina for opina in services if opina is not dead]
            await dead.kill()
            for name in (poller(Channel.TELEGRAM), SCHEDULER):
                await taken_over(postgres_url, name, owner)
            await each_works(alive)
            await alive[0].command("digest", "--week", week, "--send")
            await lives.end(ENDS_S)
            findings = Findings()
            due = [(person, week) for person in staff]
            keyring = Keyring.read(tmp_path / "keys.toml")
            scene = Scene(postgres_url, keyring, telegram, whatsapp, due)
            await check(scene, alive[0], lives, findings, {})
        finally:
            await lives.stop()
        assert findings.violations == []
        assert int(findings.figures["stored exactly once"]) > 0
        for opina in alive:
            assert await opina.stop() == 0
            assert faults_in(opina.output) == []
