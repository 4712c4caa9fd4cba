"""Who is sent the weekly digest, and on which of their contacts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from handlers.messages import Channel
from storage.engine.times import micros
from storage.staff.notices import Choice, choices
from storage.staff.staff import Recipient, recipients
from storage.tables.contacts import contacts
from storage.tables.staff import staff

CHANNELS = frozenset({Channel.TELEGRAM, Channel.MAIL})


def digest_readers(tx: Connection, known_before: datetime | None = None) -> list[Recipient]:
    """The contacts of staff on the channels that carry digests.

    ``known_before``: only staff and contacts that were known then; who came later has missed no
    digest of before.
    """
    chosen = choices(tx)
    readers = [
        reader
        for reader in recipients(tx)
        if reader.channel in CHANNELS and _wants(chosen[reader.staff_id], reader.channel)
    ]
    if known_before is None:
        return readers
    limit = micros(known_before)
    known_staff = set(tx.execute(select(staff.c.id).where(staff.c.created_at < limit)).scalars())
    known_contacts = set(
        tx.execute(
            select(contacts.c.id).where(
                contacts.c.id.in_([reader.contact_id for reader in readers]),
                contacts.c.created_at < limit,
            )
        ).scalars()
    )
    return [
        reader
        for reader in readers
        if reader.staff_id in known_staff and reader.contact_id in known_contacts
    ]


def _wants(choice: Choice, channel: Channel) -> bool:
    """Whether the digest goes there: by the ways that were chosen, or by all if none was."""
    by_channel = choice.mail if channel is Channel.MAIL else choice.chat
    return choice.weekly and (by_channel or not (choice.chat or choice.mail))
