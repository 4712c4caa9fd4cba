"""Downloads the files of cases, cleans and stores them, and tells the sender of refusals.

The queue is in the database, so it survives a kill; every step is idempotent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.channels.ports import Failed, FetchPort, RetryLater
from bot.cleaning.refusals import Reason
from bot.cleaning.sandbox import Cleaned, clean
from handlers.messages import Channel, MediaKind
from storage.cases import attachments
from storage.cases.attachments import DueFile
from storage.engine.database import Database
from storage.engine.keyring import Keyring

INTERVAL_S = 2.0
AT_A_TIME = 4
MOST_TRIES = 5  # for a file whose attempts never report a result: it may crash the process
GIVE_UP = timedelta(hours=24)
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=30)

log = structlog.get_logger(__name__)


class Attachments:
    """Processes the files that are due; run by one process at a time."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        channels: Mapping[Channel, FetchPort],
        clock: Callable[[], datetime],
        most: int,
    ) -> None:
        """``most``: the size limit of a file in bytes."""
        self._database = database
        self._keyring = keyring
        self._channels = channels
        self._clock = clock
        self._most = most

    async def run_once(self) -> int:
        """Process up to ``AT_A_TIME`` due files; return how many. Raises StorageUnavailable."""
        now = self._clock()
        due = await self._database.write(
            lambda tx: attachments.claim(tx, self._keyring, now, AT_A_TIME)
        )
        for file in due:
            await self._work_off(file)
        return len(due)

    async def _work_off(self, file: DueFile) -> None:
        if file.attempts > MOST_TRIES and self._clock() - file.at > GIVE_UP:
            await self._refuse(file, Reason.GONE)
            return
        result = await self._fetched(file)
        match result:
            case RetryLater():
                await self._put_off(file, result)
            case Reason():
                await self._refuse(file, result)
            case Cleaned(media_type, content):
                encrypted = await asyncio.to_thread(self._keyring.encrypt_bytes, content)
                kept = encrypted, len(content)
                await self._database.write(
                    lambda tx: attachments.keep(tx, self._keyring, file.id, media_type, kept)
                )

    async def _fetched(self, file: DueFile) -> Cleaned | Reason | RetryLater:
        """The cleaned file. Its bytes are stored already if they came with the message."""
        if file.raw is not None:
            if file.attempts > MOST_TRIES:
                return Reason.UNREADABLE
            data = await asyncio.to_thread(self._keyring.decrypt_bytes, file.raw)
        else:
            channel = self._channels.get(file.channel)
            if channel is None:
                return RetryLater(LONGEST_WAIT, code="channel-off")
            found = await channel.fetch(file.source, self._most)
            if isinstance(found, Failed):
                return Reason(found.code)
            if isinstance(found, RetryLater):
                return found
            data = found.content
        voice = file.kind is MediaKind.VOICE
        return await clean(data, voice=voice, most=self._most)

    async def _put_off(self, file: DueFile, later: RetryLater) -> None:
        doubled = FIRST_WAIT * 2 ** min(file.attempts, 16)
        wait = min(max(later.after, doubled), LONGEST_WAIT)
        log.warning("file not fetched", code=later.code, again_in=str(wait))
        until = self._clock() + wait
        await self._database.write(partial(attachments.put_off, id=file.id, until=until))

    async def _refuse(self, file: DueFile, reason: Reason) -> None:
        log.info("file refused", code=reason.value)
        now = self._clock()
        await self._database.write(
            lambda tx: attachments.refuse(tx, self._keyring, file.id, reason.value, now)
        )
