"""Opens what every way of running needs: the installation, the lease, intake and delivery."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from bot.channels.opening import OpenChannel
from bot.installation import Installation
from bot.observability.metrics import Metrics
from bot.observability.process import is_gone, owner_name
from bot.pipeline.delivery import Delivery
from bot.pipeline.documents import Documents
from bot.pipeline.erasure_journal import ErasureJournal, unwritable_journal
from bot.pipeline.intake import Intake
from bot.pipeline.pacing import Pace
from bot.pipeline.results import Outbox
from bot.pipeline.sending import PacedChannel
from bot.pipeline.source import BatchContext
from handlers.errors import OperatorError
from handlers.messages import Channel
from handlers.release import Release
from storage.contacts.events import former_keys_matter
from storage.engine import leases
from storage.engine.database import Transaction
from storage.engine.leases import Lease, Owner
from storage.responses import questionnaires

LEASE = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    """One process of the service on an open installation: its owner name, shard and metrics."""

    installation: Installation
    owner: Owner
    shard: int
    metrics: Metrics
    former_keys: bool = False  # as in ``BatchContext``

    def take_lease(self, name: str, tx: Transaction) -> Lease | None:
        """Take or renew a lease; None while another process holds it."""
        return leases.acquire(tx, name, self.owner.name, self.installation.clock(), LEASE)

    def own_lease(self) -> str:
        """The name of the lease that shows that this process is alive."""
        return leases.PROCESS + self.owner.name


async def open_process(installation: Installation, stack: AsyncExitStack) -> ServiceProcess:
    """Read the content, migrate and open the database, take the process lease.

    Raises OperatorError for what only the operator can mend, StorageUnavailable.
    """
    clock = installation.clock
    if problem := unwritable_journal(installation.settings.database.journal_file):
        raise OperatorError(problem)  # a restore would bring back contacts erased from now on
    release = await asyncio.to_thread(lambda: installation.release)
    await stack.enter_async_context(installation)
    database = installation.database
    installation.release = await database.write(partial(_with_known_versions, release))
    await database.write(partial(release_of_the_gone, clock()))
    name = owner_name()
    lease = await database.write(
        lambda tx: leases.acquire(tx, leases.PROCESS + name, name, clock(), LEASE)
    )
    assert lease is not None, "the owner's name is new, so its lease is free"
    owner, shard = Owner(name, lease.epoch), secrets.randbelow(database.shards)
    former = await database.read(partial(former_keys_matter, now=clock()))
    return ServiceProcess(installation, owner, shard, Metrics(), former)


def release_of_the_gone(now: datetime, tx: Transaction) -> None:
    """Release what killed processes of this machine hold, instead of waiting for it to expire."""
    gone = [owner for owner in leases.owners(tx, now) if is_gone(owner)]
    leases.release_all_of(tx, gone, now)


def open_path(
    process: ServiceProcess, channels: Mapping[Channel, OpenChannel]
) -> tuple[Intake, Delivery]:
    """The intake and the delivery of ``channels``, neither of them running yet."""
    here, database = process.installation, process.installation.database
    paced = {
        channel: PacedChannel(opened.sends, Pace(opened.per_second))
        for channel, opened in channels.items()
    }
    outbox = Outbox(database, here.keyring, process.owner, here.clock)
    delivery = Delivery(outbox, paced, Documents(here).load, process.metrics)
    context = BatchContext(
        here.keyring,
        here.release,
        process.owner,
        here.clock,
        process.shard,
        mails=Channel.MAIL in channels,
        former_keys=process.former_keys,
    )
    journal = ErasureJournal(database, here.settings.database.journal_file)
    intake = Intake(database, context, delivery, process.metrics, journal)
    return intake, delivery


def _with_known_versions(release: Release, tx: Transaction) -> Release:
    """Store the release's questionnaires; return the release with all versions ever stored."""
    questionnaires.save(tx, release.content.questionnaires)
    known = tuple(questionnaires.all_questionnaires(tx))
    content = release.content.model_copy(update={"questionnaires": known})
    return replace(release, content=content)
