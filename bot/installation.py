"""What every way of running needs: release, database, intake and delivery, opened in order."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from bot.channels.opening import OpenChannel
from bot.config import Settings
from bot.content.release import release_of
from bot.observability.metrics import Metrics
from bot.observability.process import is_gone, owner_name
from bot.pipeline.delivery import Delivery
from bot.pipeline.documents import Documents
from bot.pipeline.erasure_journal import ErasureJournal
from bot.pipeline.intake import Intake
from bot.pipeline.pacing import Pace
from bot.pipeline.source import BatchContext
from handlers.messages import Channel
from handlers.release import Release
from storage.contacts.events import former_keys_matter
from storage.engine import leases
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.keys_used import open_with_keys
from storage.engine.leases import Lease, Owner
from storage.responses import questionnaires

LEASE = timedelta(seconds=20)

Clock = Callable[[], datetime]

utc_now: Clock = partial(datetime.now, UTC)  # the system's clock: aware


@dataclass(frozen=True, slots=True)
class Ground:
    """What is read and opened before any channel: content, database, keys, who we are."""

    settings: Settings
    release: Release
    database: Database
    keyring: Keyring
    owner: Owner
    shard: int
    metrics: Metrics
    clock: Clock
    former_keys: bool = False  # as ``BatchContext`` says

    def take_lease(self, name: str, tx: Transaction) -> Lease | None:
        """Take or renew a lease; None while another process has it."""
        return leases.acquire(tx, name, self.owner.name, self.clock(), LEASE)

    def process_lease(self) -> str:
        """The lease that shows that this process is alive."""
        return leases.PROCESS + self.owner.name


async def open_ground(settings: Settings, stack: AsyncExitStack, clock: Clock = utc_now) -> Ground:
    """Read the content, bring the database up to date, take the process lease.

    Raises OperatorError for what only the operator can mend, StorageUnavailable.
    """
    release = await asyncio.to_thread(release_of, settings)
    database, keyring = await open_with_keys(settings.database.url, settings.database.keys)
    stack.push_async_callback(database.close)
    release = await database.write(partial(_with_known_versions, release))
    await database.write(partial(release_of_the_gone, clock()))
    name = owner_name()
    lease = await database.write(
        lambda tx: leases.acquire(tx, leases.PROCESS + name, name, clock(), LEASE)
    )
    assert lease is not None, "the owner's name is new, so its lease is free"
    owner, shard = Owner(name, lease.epoch), secrets.randbelow(database.shards)
    former = await database.read(partial(former_keys_matter, now=clock()))
    return Ground(settings, release, database, keyring, owner, shard, Metrics(), clock, former)


def release_of_the_gone(now: datetime, tx: Transaction) -> None:
    """Let go of what processes of this machine hold that were killed, instead of waiting."""
    gone = [owner for owner in leases.owners(tx, now) if is_gone(owner)]
    leases.release_all_of(tx, gone, now)


def open_path(ground: Ground, channels: Mapping[Channel, OpenChannel]) -> tuple[Intake, Delivery]:
    """The path of a message over ``channels``; both still have to be run."""
    delivery = Delivery(
        ground.database,
        ground.keyring,
        {channel: opened.sends for channel, opened in channels.items()},
        ground.owner,
        metrics=ground.metrics,
        clock=ground.clock,
        paces={channel: Pace(opened.per_second) for channel, opened in channels.items()},
        documents=Documents(ground.database, ground.keyring, ground.release, ground.clock).load,
    )
    context = BatchContext(
        ground.keyring,
        ground.release,
        ground.owner,
        ground.clock,
        ground.shard,
        ground.former_keys,
    )
    journal = ErasureJournal(ground.database, ground.settings.database.journal_file)
    intake = Intake(ground.database, context, delivery, ground.metrics, journal)
    return intake, delivery


def _with_known_versions(release: Release, tx: Transaction) -> Release:
    """Keep the questionnaires' versions for good; those only the database has come back."""
    questionnaires.save(tx, release.content.questionnaires)
    known = tuple(questionnaires.everything(tx))
    content = release.content.model_copy(update={"questionnaires": known})
    return replace(release, content=content)
