"""The service's schedule: control run, digest, retention and erasures."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from bot.jobs.data.retention import periods_of
from bot.jobs.quality import digest
from bot.jobs.quality.control import run_control
from bot.jobs.schedule import ERASURES_EVERY, RETENTION_EVERY, Schedule, Upkeep
from bot.observability.metrics import Job
from bot.pipeline.intake import Intake
from bot.process import ServiceProcess
from handlers.quality.weeks import IsoWeek
from storage.privacy import erasure, retention


def service_schedule(
    process: ServiceProcess, intake: Intake, base_url: str, *, made_up: bool
) -> Schedule:
    """Build the schedule. ``base_url``: of the digest's pages."""

    here = process.installation

    async def send_digests(week: IsoWeek, due: datetime) -> int:
        if not await digest.had_begun(here.database, here.release, week):
            return 0  # the installation is younger than the week
        now = here.clock()
        wanted = digest.Wanted(week, now, None, made_up)
        await run_control(here.database, here.keyring, here.release, wanted)
        sending = digest.Sending(week, now, base_url, made_up, known_before=due)
        count = await digest.send_digest(here.database, here.keyring, here.release, sending)
        if count:
            process.metrics.digests["all"] += count
            intake.nudge()
        return count

    async def forget() -> None:
        periods = periods_of(here.settings.privacy)
        await retention.sweep(here.database, here.keyring, here.clock(), periods)
        await intake.journal.write_now()

    async def finish_erasures() -> None:
        await here.database.write(partial(erasure.finish_erasures, now=here.clock()))

    return Schedule(
        here.settings.digest,
        here.release.content.zone,
        here.clock,
        send_digests,
        (
            Upkeep(Job.RETENTION, RETENTION_EVERY, forget),
            Upkeep(Job.ERASED_CONTACTS, ERASURES_EVERY, finish_erasures),
        ),
        count_failure=process.metrics.count_failure,
    )
