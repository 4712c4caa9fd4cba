"""Strangers' attempts to get in: one at a time, and few from an address.

A storm of them would otherwise take the database from citizens and from those who are signed in.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.staff.sign_in import may_try

T = TypeVar("T")

PER_NETWORK = 40  # a whole building may stand behind one address
REFUSED_FOR = timedelta(seconds=30)  # without asking the database again
REMEMBERED = 10_000


class Attempts:
    """Of all who are not signed in, in this process; they are counted in the database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring
        self._turn = asyncio.Lock()
        self._refused: OrderedDict[str, datetime] = OrderedDict()

    async def make(
        self, sender: str, now: datetime, attempt: Callable[[Transaction], T]
    ) -> T | None:
        """What ``attempt`` says; None: there were too many from this address.

        Raises StorageUnavailable.
        """

        def write(tx: Transaction) -> tuple[T | None, bool]:
            if not self._may_try(tx, sender, now):
                return None, False
            return attempt(tx), True

        return await self._alone(sender, now, write)

    async def make_uncounted(
        self, sender: str, now: datetime, attempt: Callable[[Transaction], T | None]
    ) -> T | None:
        """As ``make``, but only what fails (None) counts: the others began by a counted one."""

        def write(tx: Transaction) -> tuple[T | None, bool]:
            said = attempt(tx)
            return said, said is not None or self._may_try(tx, sender, now)

        return await self._alone(sender, now, write)

    async def _alone(
        self, sender: str, now: datetime, write: Callable[[Transaction], tuple[T | None, bool]]
    ) -> T | None:
        """``write`` also says whether this address may try again."""
        async with self._turn:
            if self._is_refused(sender, now):
                return None
            said, goes_on = await self._database.write(write)
        if not goes_on:
            self._refuse(sender, now)
        return said

    def _may_try(self, tx: Transaction, sender: str, now: datetime) -> bool:
        return may_try(tx, self._keyring, sender, PER_NETWORK, now)

    def _is_refused(self, sender: str, now: datetime) -> bool:
        at = self._refused.get(sender)
        return at is not None and abs(now - at) < REFUSED_FOR

    def _refuse(self, sender: str, now: datetime) -> None:
        self._refused[sender] = now
        self._refused.move_to_end(sender)
        if len(self._refused) > REMEMBERED:
            self._refused.popitem(last=False)
