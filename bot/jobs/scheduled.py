"""What the schedule does in this service: the control run, the digest, and forgetting."""

from __future__ import annotations

from datetime import datetime

from bot.installation import Ground
from bot.jobs.data.retention import periods_of
from bot.jobs.quality import digest
from bot.jobs.quality.control import run_control
from bot.jobs.schedule import Schedule
from bot.pipeline.intake import Intake
from handlers.quality.weeks import IsoWeek
from storage.privacy import retention


def scheduled(ground: Ground, intake: Intake, base_url: str, *, made_up: bool) -> Schedule:
    """The schedule. ``base_url``: where the digest's pages are reached."""

    async def send_digests(week: IsoWeek, due: datetime) -> int:
        now = ground.clock()
        wanted = digest.Wanted(week, now, None, made_up)
        await run_control(ground.database, ground.keyring, ground.release, wanted)
        sending = digest.Sending(week, now, base_url, made_up, known_before=due)
        count = await digest.send_digest(ground.database, ground.keyring, ground.release, sending)
        if count:
            ground.metrics.digests["all"] += count
            intake.nudge()
        return count

    async def forget() -> None:
        periods = periods_of(ground.settings.privacy)
        await retention.sweep(ground.database, ground.keyring, ground.clock(), periods)
        await intake.journal.write_now()

    return Schedule(
        ground.settings.digest,
        ground.release.content.zone,
        ground.clock,
        send_digests,
        forget,
        count_failure=ground.metrics.count_failure,
    )
