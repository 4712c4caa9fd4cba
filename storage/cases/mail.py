"""Mail addresses that citizens give for the answers to a case, as separate contacts.

Each belongs to one citizen's cases alone, so that it can be erased with them.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, delete, select, update

from handlers.facts.cases import CaseMailGiven
from handlers.messages import Channel, Sender
from handlers.state import Conversation
from storage.contacts.contacts import find_contacts, set_departed
from storage.contacts.conversations import stored
from storage.engine.keyring import Keyring
from storage.recorded_fact import RecordedFact
from storage.tables.cases import cases
from storage.tables.contacts import contact_addresses, contact_aliases, contacts, conversations
from storage.tables.outbox import inbox, outbox


def give(tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: CaseMailGiven) -> None:
    """Send this case's answers to the address as well; it replaces an earlier address."""
    own = (cases.c.number == fact.number) & (cases.c.contact_id == recorded.contact_id)
    row = tx.execute(select(cases.c.mail_contact_id).where(own)).first()
    if row is None:
        return
    sender = Sender(Channel.MAIL, f"case:{recorded.contact_id}", fact.address)
    (contact,) = find_contacts(tx, keyring, [sender], recorded.at)
    new = (conversations.c.contact_id == contact.id) & (conversations.c.state == b"")
    spoken = stored(keyring, Conversation(language=fact.language, greeted=True))
    tx.execute(update(conversations).where(new).values(state=spoken))
    tx.execute(update(cases).where(own).values(mail_contact_id=contact.id))
    set_departed(tx, [contact.id], None)  # a mail may have bounced before
    if row.mail_contact_id is not None:
        forget_unused(tx, {row.mail_contact_id})


def forget_of_cases(tx: Connection, numbers: Collection[str]) -> None:
    """Remove the addresses of these cases, whose text is being erased."""
    chosen = cases.c.number.in_(numbers) & cases.c.mail_contact_id.is_not(None)
    ids = set(tx.execute(select(cases.c.mail_contact_id).where(chosen)).scalars())
    if ids:
        tx.execute(update(cases).where(chosen).values(mail_contact_id=None))
        forget_unused(tx, ids)


def forget_unused(tx: Connection, ids: Collection[int]) -> None:
    """Delete the mail contacts among these that no case refers to any more."""
    named = set(
        tx.execute(
            select(cases.c.mail_contact_id).where(cases.c.mail_contact_id.in_(ids))
        ).scalars()
    )
    gone = sorted(set(ids) - named)
    for table in (outbox, inbox, contact_addresses, contact_aliases, conversations):
        tx.execute(delete(table).where(table.c.contact_id.in_(gone)))
    tx.execute(delete(contacts).where(contacts.c.id.in_(gone)))
