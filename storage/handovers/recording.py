"""Records the facts of turns about handovers, and notifies staff."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
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
from storage.outbox.inbox import for_each, put_inbox
from storage.recorded_fact import RecordedFact
from storage.staff.staff_contacts import alerted, all_contacts_of_staff
from storage.tables.contacts import contacts
from storage.tables.handovers import handovers

IsSensitive = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class WaitingCitizen:
    """A citizen who waits for a person, and all that they said meanwhile."""

    handover: int
    words: str


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
                notify_of_waiting(tx, keyring, WaitingCitizen(id, text), is_sensitive, now)
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
    waiting: WaitingCitizen,
    is_sensitive: IsSensitive,
    now: datetime,
) -> None:
    """Notify staff (``people.to_tell``) that a citizen waits in the chat."""
    handover = waiting.handover
    chosen = select(handovers.c.area, handovers.c.urgent).where(handovers.c.id == handover)
    row = tx.execute(chosen).one()
    recipients = set(people.to_tell(tx, row.area, sensitive=is_sensitive(row.area), now=now))
    if row.urgent:
        recipients |= set(alerted(tx, row.area, now))
    body = PersonWaits(handover, row.area, waiting.words, urgent=bool(row.urgent))
    event = f"person-waits:{handover}:{micros(now)}"
    put_inbox(tx, keyring, for_each(sorted(recipients), event, body), now)


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
    event = f"person-wrote:{said.id}:{message}"
    put_inbox(tx, keyring, for_each(sorted(notified), event, body), now)


def _is_chat(tx: Connection, contact_id: int) -> bool:
    """Whether the contact is a chat: single messages are not sent by mail."""
    channel = tx.execute(select(contacts.c.channel).where(contacts.c.id == contact_id)).scalar()
    return channel is not None and channel != Channel.MAIL.value
