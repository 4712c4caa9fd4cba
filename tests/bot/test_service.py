"""The service's own word on whether it can take messages, as /readyz passes it on."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.installation import installation_of
from bot.jobs.service_schedule import service_schedule
from bot.observability.metrics import Metrics
from bot.pipeline.intake import MAX_WAITING
from bot.process import ServiceProcess
from bot.service import RunningService
from handlers.messages import Channel, Departed, Incoming, Sender
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.audit import chain
from storage.audit.chain import COMMAND_LINE, AuditEntry
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.privacy import notices
from storage.quality.control import kept_run
from storage.quality.digests import weeks_published
from tests.bot.one_process import WEDNESDAY, Clock


async def test_a_full_queue_is_told_until_there_is_room(
    database: Database, keyring: Keyring, release: Release
) -> None:
    owner = Owner("otra:1:1:here:aa", 1)
    installation = installation_of(database, keyring, release, Clock())
    process = ServiceProcess(installation, owner, 0, Metrics())
    many = [
        Incoming(str(n), Sender(Channel.TELEGRAM, "here", str(n)), Departed(), WEDNESDAY)
        for n in range(MAX_WAITING)
    ]
    async with AsyncExitStack() as stack:
        service = RunningService(process, stack, made_up=False)
        async with TestClient(TestServer(service._app())) as client:

            async def readyz() -> tuple[int, list[str]]:
                answer = await client.get("/readyz")
                return answer.status, (await answer.json())["problems"]

            assert await readyz() == (200, [])
            taken = asyncio.create_task(service._intake.submit(many))
            await asyncio.sleep(0)
            assert await readyz() == (503, ["queue: full"])
            running = asyncio.create_task(service._intake.run())
            await taken
            assert await readyz() == (200, [])
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def test_what_the_panel_publishes_is_on_the_privacy_page(
    database: Database, keyring: Keyring, release: Release
) -> None:
    process = ServiceProcess(
        installation_of(database, keyring, release, Clock()),
        Owner("otra:1:1:here:aa", 1),
        0,
        Metrics(),
    )
    async with AsyncExitStack() as stack:
        service = RunningService(process, stack, made_up=False)
        client = await stack.enter_async_context(TestClient(TestServer(service._app())))
        assert "Unidad de Datos" not in await (await client.get("/privacidad")).text()
        said = {"officer": "Unidad de Datos"}
        await database.write(lambda tx: notices.publish(tx, 0, said, 1, WEDNESDAY))
        assert "Unidad de Datos" in await (await client.get("/privacidad")).text()


@pytest.mark.parametrize("weeks", [0, 1])
async def test_the_weekly_control_run_is_kept_of_whole_weeks_also_where_nobody_reads_a_digest(
    database: Database, keyring: Keyring, release: Release, weeks: int
) -> None:
    owner = Owner("otra:1:1:here:aa", 1)
    installation = installation_of(database, keyring, release, Clock())
    process = ServiceProcess(installation, owner, 0, Metrics())
    begun = AuditEntry(COMMAND_LINE, "staff-added", "1")
    at = WEDNESDAY - timedelta(weeks=weeks)
    await database.write(lambda tx: chain.append(tx, keyring, begun, at))
    async with AsyncExitStack() as stack:
        service = RunningService(process, stack, made_up=False)
        schedule = service_schedule(
            process, service._intake, "https://opina.example", made_up=False
        )
        await schedule.run_once()
        await schedule.run_once()
    assert not any(process.metrics.job_failed.values())
    week = IsoWeek.of(WEDNESDAY, release.content.zone).shifted(-1)
    run = await database.read(partial(kept_run, week=week))
    published = await database.read(weeks_published)
    if not weeks:
        assert (run, published) == (None, []), "the week before the first start was nobody's"
        return
    assert run is not None
    assert len(run.areas) == len(release.content.areas)
    assert [one.week for one in published] == [week]
