"""The committed replies that a page asks for."""

from __future__ import annotations

from functools import partial

from bot.web.chat.channel import ACCOUNT
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

    async def after(self, token: str, number: int) -> list[Reply]:
        """Those of a token with a larger number, in order. Raises StorageUnavailable."""
        return await self._database.read(partial(self._read, token, number))

    async def file_of(self, token: str, number: int) -> tuple[int, File] | None:
        """The file of a token's reply, with whose it is. Raises StorageUnavailable."""

        def read(tx: Transaction) -> tuple[int, File] | None:
            sender = Sender(Channel.WEB, ACCOUNT, token)
            contact = contacts.contact_of(tx, self._keyring, sender)
            if contact is None:
                return None
            replies = outbox.replies_after(tx, self._keyring, contact.id, number - 1)
            reply = next((one for one in replies if one.number == number), None)
            return None if reply is None or reply.file is None else (contact.id, reply.file)

        return await self._database.read(read)

    def _read(self, token: str, number: int, tx: Transaction) -> list[Reply]:
        sender = Sender(Channel.WEB, ACCOUNT, token)
        contact = contacts.contact_of(tx, self._keyring, sender)
        if contact is None:
            return []
        return outbox.replies_after(tx, self._keyring, contact.id, number)
