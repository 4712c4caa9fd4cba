"""The readers of the weekly digest, by contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from handlers.messages import Channel
from handlers.staff.permissions import PERMISSIONS, Action, Grant
from storage.engine.times import micros
from storage.staff import roles
from storage.staff.notices import NoticeChoice, choices
from storage.staff.staff import recipients
from storage.tables.contacts import contacts
from storage.tables.staff import staff

CHANNELS = frozenset({Channel.TELEGRAM, Channel.WHATSAPP, Channel.MAIL})


@dataclass(frozen=True, slots=True)
class Reader:
    """One contact to which digests are sent."""

    contact_id: int
    channel: Channel
    staff_id: int
    areas: tuple[str, ...]  # whose figures the person may read; empty: all


def digest_readers(tx: Connection, known_before: datetime | None = None) -> list[Reader]:
    """The contacts of staff that get digests.

    ``known_before``: only staff and contacts added before then, so that newcomers are not sent
    earlier digests.
    """
    chosen, held = choices(tx), roles.by_person(tx)
    readers = [
        Reader(
            recipient.contact_id,
            recipient.channel,
            recipient.staff_id,
            () if "" in areas else areas,
        )
        for recipient in recipients(tx)
        if recipient.channel in CHANNELS and _wants(chosen[recipient.staff_id], recipient.channel)
        if (areas := _areas_read(held.get(recipient.staff_id, ())))
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


def _areas_read(grants: Sequence[Grant]) -> tuple[str, ...]:
    """The areas whose digest these roles may read; the empty one means all."""
    areas = {grant.area for grant in grants if grant.role in PERMISSIONS[Action.READ_DIGESTS]}
    return tuple(sorted(areas))


def _wants(choice: NoticeChoice, channel: Channel) -> bool:
    """Whether the digest goes to this channel: unless the person declined it or this channel."""
    by_channel = choice.mail if channel is Channel.MAIL else choice.chat
    return choice.weekly and (by_channel or not (choice.chat or choice.mail))
