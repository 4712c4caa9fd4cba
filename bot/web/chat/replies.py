"""The committed replies that a page asks for."""

from __future__ import annotations

from functools import partial

from bot.web.chat.requests import ACCOUNT
from bot.web.chat.streams import RepliesAfter
from handlers.messages import Channel, File, Reply, Sender
from storage.contacts import contacts
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.outbox import outbox


class StoredReplies:
    """Reads them from the outbox."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        self._database = database
        self._keyring = keyring

    def of(self, token: str) -> RepliesAfter:
        """Reads those of a token with a larger number, in order; None where nobody is known by it.
        Raises StorageUnavailable.

        Ask once for each open page: when its citizen has everything erased, nothing leads from the
        token to the last answer, which says so, but what this page had read before.
        """
        known = 0

        async def after(number: int) -> list[Reply] | None:
            nonlocal known
            known, replies = await self._database.read(partial(self._read, token, number, known))
            return replies if known else None

        return after

    async def file_of(self, token: str, number: int) -> tuple[int, File] | None:
        """The file of a token's reply, with whose it is. Raises StorageUnavailable."""

        def read(tx: Transaction) -> tuple[int, File] | None:
            sender = Sender(Channel.WEB, ACCOUNT, token)
            contact = contacts.contact_of(tx, self._keyring, sender)
            if contact is None:
                return None
            replies = outbox.replies_after(tx, self._keyring, contact.id, number - 1)
            reply = next((stored for stored in replies if stored.number == number), None)
            return None if reply is None or reply.file is None else (contact.id, reply.file)

        return await self._database.read(read)

    def _read(
        self, token: str, number: int, known: int, tx: Transaction
    ) -> tuple[int, list[Reply]]:
        """The id of the contact that is read of, 0 for none, and its replies."""
        sender = Sender(Channel.WEB, ACCOUNT, token)
        contact = contacts.contact_of(tx, self._keyring, sender)
        current = known if contact is None else contact.id
        if known != current and (left := self._replies(tx, known, number)):
            return known, left
        return current, self._replies(tx, current, number)

    def _replies(self, tx: Transaction, contact_id: int, number: int) -> list[Reply]:
        return outbox.replies_after(tx, self._keyring, contact_id, number) if contact_id else []
