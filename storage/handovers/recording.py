"""Records the facts of turns about handovers, and notifies staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from handlers.facts.handovers import (
    HandoverAnswered,
    HandoverEnded,
    HandoverFiled,
    HandoverLeft,
    HandoverOpened,
    HandoverSaid,
)
from handlers.handover import HandoverStatus
from handlers.messages import Channel, PersonWaits
from storage.engine.keyring import Keyring
from storage.engine.times import micros
from storage.handovers import changing, people
from storage.handovers.changing import NewHandover, StaffActing
from storage.outbox.inbox import put_for_each
from storage.recorded_fact import RecordedFact
from storage.staff.staff_contacts import alerted, all_contacts_of_staff
from storage.tables.contacts import contacts
from storage.tables.handovers import handovers

IsSensitive = Callable[[str], bool]


def record_handovers(
    tx: Connection,
    keyring: Keyring,
    facts: Sequence[RecordedFact],
    now: datetime,
    is_sensitive: IsSensitive,
) -> None:
    """Record the facts about handovers. They are rare, so one statement each."""
    for recorded in facts:
        match recorded.fact:
            case HandoverOpened(id, area, text, urgent):
                opened = NewHandover(id, area, text, urgent, recorded.at)
                changing.open_(tx, keyring, recorded.contact_id, recorded.channel, opened)
                notify_of_waiting(tx, keyring, id, is_sensitive, now, text=text)
            case HandoverSaid() as said:
                _record_message(tx, keyring, recorded, said, now)
            case HandoverLeft(id):
                changing.leave(tx, id, recorded.at)
            case HandoverFiled(id, number):
                changing.file(tx, id, number, recorded.at)
            case HandoverAnswered(id, staff, text):
                changing.answer(tx, keyring, StaffActing(id, staff, now), text)
            case HandoverEnded(id, staff):
                changing.end(tx, keyring, StaffActing(id, staff, now))
            case _:
                pass


def notify_of_waiting(
    tx: Connection,
    keyring: Keyring,
    handover: int,
    is_sensitive: IsSensitive,
    now: datetime,
    *,
    text: str,
) -> None:
    """Notify staff (``people.to_tell``) that a citizen waits in the chat."""
    chosen = select(handovers.c.area, handovers.c.urgent).where(handovers.c.id == handover)
    row = tx.execute(chosen).one()
    recipients = set(people.to_tell(tx, row.area, sensitive=is_sensitive(row.area), now=now))
    if row.urgent:
        recipients |= set(alerted(tx, row.area, now))
    body = PersonWaits(handover, row.area, text, urgent=bool(row.urgent))
    put_for_each(
        tx, keyring, sorted(recipients), f"person-waits:{handover}:{micros(now)}", body, now
    )


def _record_message(
    tx: Connection, keyring: Keyring, recorded: RecordedFact, said: HandoverSaid, now: datetime
) -> None:
    """Add a citizen's message, and send it to the chat of the member of staff who answers."""
    message = changing.record_words(tx, keyring, said, recorded.at)
    own = handovers.c.id == said.id
    row = tx.execute(select(handovers).where(own)).one()
    notified: set[int] = set()
    if row.status == HandoverStatus.TAKEN.value:
        reached = all_contacts_of_staff(tx, [row.staff_id])
        notified = {contact for contact in reached if _is_chat(tx, contact)}
    if said.urgent:
        changing.mark_urgent(tx, said.id)
        notified |= set(alerted(tx, row.area, now))
    body = PersonWaits(said.id, row.area, said.text, added=True, urgent=said.urgent, file=said.file)
    put_for_each(tx, keyring, sorted(notified), f"person-wrote:{said.id}:{message}", body, now)


def _is_chat(tx: Connection, contact_id: int) -> bool:
    """Whether the contact is a chat: single messages are not sent by mail."""
    channel = tx.execute(select(contacts.c.channel).where(contacts.c.id == contact_id)).scalar()
    return channel is not None and channel != Channel.MAIL.value
