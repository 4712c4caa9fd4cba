"""Finds contacts by keyed hashes, creates new ones, and loads and locks them for their turns."""

# Statements are put together from constants only.
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection

from handlers.messages import Channel, Sender
from handlers.state import Conversation, Staff
from storage.contacts.conversations import restored
from storage.engine.failures import Conflict
from storage.engine.ids import new_id
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.engine.statements import Change, Query
from storage.engine.times import micros, moment, moment_or_none

CHANNELS = {channel.value: channel for channel in Channel}


class ContactRow(Struct, frozen=True):
    """One citizen, or staff member, on one channel."""

    id: int
    channel: Channel
    account: str
    departed: bool = False  # unreachable (blocked us, moved): nothing is sent until they write
    erased: bool = False  # only what an open case needs is kept


class LoadedContact(Struct, frozen=True):
    """A contact and its state, locked: only this transaction can take its next turn."""

    contact: ContactRow
    conversation: Conversation
    staff: Staff | None
    last_incoming_at: datetime | None  # the platform's time of their last message
    # The process that has claimed the last open reply; UNCLAIMED: it waits in the table; None:
    # there is no open reply.
    replies_claimed_by: Owner | None
    has_held: bool = False  # replies are kept until they write
    announced_at: datetime | None = None  # when they were last told that replies wait


UNCLAIMED = Owner("", 0)
"""In place of a process: none has claimed the reply."""

ANNOUNCED = (
    "(SELECT max(CASE WHEN h.code = '' AND h.sent_ref <> '' THEN h.sent_at ELSE 0 END) "
    "FROM outbox h WHERE h.contact_id = {contact} AND h.due_at < 0)"
)
"""When the contact was last told that replies are held; 0: never, NULL: none is."""

_BY_ALIAS = Query(
    "alias bytes",
    "SELECT a.alias, c.id, c.channel, c.account, c.departed_at, c.erased_at FROM {rows} "
    "JOIN contact_aliases a ON a.alias = r.alias JOIN contacts c ON c.id = a.contact_id",
)
_BY_ID = Query(
    "id int",
    "SELECT c.id, c.channel, c.account, c.departed_at, c.erased_at FROM {rows} "
    "JOIN contacts c ON c.id = r.id",
)
_ADD_CONTACTS = Change(
    "id int, channel str, account str, created_at int",
    "INSERT INTO contacts (id, channel, account, created_at) "
    "SELECT :id, :channel, :account, :created_at {from}",
)
_ADD_CONVERSATIONS = Change(
    "contact_id int, state bytes, at int",
    "INSERT INTO conversations (contact_id, state, last_incoming_at, updated_at) "
    "SELECT :contact_id, :state, 0, :at {from}",
)
_ADD_ALIASES = Change(
    "alias bytes, contact_id int, key_version int",
    "INSERT INTO contact_aliases (alias, contact_id, key_version) "
    "SELECT :alias, :contact_id, :key_version {from} WHERE true ON CONFLICT (alias) DO NOTHING",
)
_DROP_ALIASES = Change(
    "contact_id int",
    "DELETE FROM contact_aliases {using} WHERE contact_aliases.contact_id = :contact_id",
)
_SET_ADDRESSES = Change(
    "contact_id int, address bytes",
    "INSERT INTO contact_addresses (contact_id, address) SELECT :contact_id, :address {from} "
    "WHERE true ON CONFLICT (contact_id) DO UPDATE SET address = excluded.address",
)
_ADDRESSES = Query(
    "id int",
    "SELECT a.contact_id, a.address FROM {rows} JOIN contact_addresses a ON a.contact_id = r.id",
)
_LOCK = Query(
    "id int",
    "SELECT 1 FROM {rows} JOIN conversations v ON v.contact_id = r.id "
    "ORDER BY v.contact_id FOR UPDATE OF v",
)
_LOAD = Query(
    "id int",
    "SELECT c.id, c.channel, c.account, c.departed_at, c.erased_at, v.state, v.last_incoming_at, "
    "s.id, s.name, s.area, s.by_chat, s.by_mail, "
    # A contact's open replies are always the last ones, because they are sent in order.
    "(SELECT CASE WHEN o.due_at <= 0 THEN NULL WHEN o.state = 'sending' "
    "THEN o.owner || ':' || o.owner_epoch ELSE '' END "
    "FROM outbox o WHERE o.contact_id = c.id ORDER BY o.seq DESC LIMIT 1), "
    + ANNOUNCED.format(contact="c.id")
    + " FROM {rows} JOIN contacts c ON c.id = r.id JOIN conversations v ON v.contact_id = r.id "
    "LEFT JOIN staff_contacts t ON t.contact_id = r.id LEFT JOIN staff s ON s.id = t.staff_id",
)
_DEPART = Change(
    "id int, at int", "UPDATE contacts SET departed_at = :at {from} WHERE contacts.id = :id"
)


def find_contacts(
    tx: Connection, keyring: Keyring, senders: Sequence[Sender], now: datetime
) -> list[ContactRow]:
    """The contact of each sender, in the order given; unknown ones are created.

    Stores aliases under the newest key, and new addresses of known contacts. Safe if two processes
    meet the same new contact at once.
    """
    search = _Search(keyring, senders)
    search.look_up(tx)
    if search.is_done:
        return [search.known[search.hashes[sender][0][1]] for sender in senders]
    if search.missing() and tx.dialect.name == "postgresql":
        # Another transaction is creating the same contact: wait for it, then look again.
        for alias in sorted(search.hashes[sender][0][1] for sender in search.missing()):
            key = int.from_bytes(alias[:8], signed=True)
            tx.exec_driver_sql("SELECT pg_advisory_xact_lock($1)", (key,))
        search.look_up(tx)
    search.make_missing(tx, now)
    search.note_changes(tx)
    return [search.contact(sender) for sender in senders]


def contact_of(tx: Connection, keyring: Keyring, sender: Sender) -> ContactRow | None:
    """The contact of a sender, if it is known; creates none."""
    search = _Search(keyring, [sender])
    search.look_up(tx)
    return None if search.missing() else search.contact(sender)


def contacts_by_id(tx: Connection, ids: Iterable[int]) -> dict[int, ContactRow]:
    """The contacts with these ids; deleted ones are left out."""
    return {row[0]: _contact(row) for row in _BY_ID.all(tx, _keys(ids))}


def lock(tx: Connection, contact_ids: Iterable[int]) -> None:
    """Lock conversations, in sorted order, until the end of the transaction.

    A separate statement, so that the next one sees what the lock's last holder committed. Not
    needed on SQLite, which has one writer at a time.
    """
    if tx.dialect.name == "postgresql":
        _LOCK.all(tx, _keys(contact_ids))


def load(
    tx: Connection, keyring: Keyring, contacts: Iterable[ContactRow]
) -> dict[int, LoadedContact]:
    """Load contacts with their conversations, by id, locked until the end of the transaction.

    The lock makes the turns of one contact serial across processes. Raises Conflict, on which
    ``Database.write`` retries, if a contact was erased since it was found.
    """
    wanted = {contact.id: contact for contact in contacts}
    lock(tx, wanted)
    loaded = {}
    for row in _LOAD.all(tx, _keys(wanted)):
        found = _loaded(tx, keyring, row)
        if found.contact.erased == wanted[found.contact.id].erased:
            loaded[found.contact.id] = found
    if len(loaded) < len(wanted):
        raise Conflict("a contact was erased meanwhile")
    return loaded


def addresses(tx: Connection, keyring: Keyring, contact_ids: Iterable[int]) -> dict[int, str]:
    """The decrypted address of each contact; erased ones are left out."""
    rows = _ADDRESSES.all(tx, _keys(contact_ids))
    return {row[0]: keyring.decrypt(bytes(row[1])) for row in rows}


def set_departed(tx: Connection, contact_ids: Iterable[int], at: datetime | None) -> None:
    """Mark contacts as unreachable since ``at``, or (None) as reachable."""
    stored = 0 if at is None else micros(at)
    _DEPART.run(tx, [(contact_id, stored) for contact_id in sorted(set(contact_ids))])


def drop_aliases(tx: Connection, contact_ids: Iterable[int]) -> None:
    """Delete the aliases by which these contacts are found."""
    _DROP_ALIASES.run(tx, _keys(contact_ids))


class _Search:
    """Matches one batch's senders with the stored aliases."""

    def __init__(self, keyring: Keyring, senders: Sequence[Sender]) -> None:
        self._keyring = keyring
        self.hashes: dict[Sender, list[tuple[int, bytes]]] = {}
        self._former: dict[Sender, list[tuple[int, bytes]]] = {}
        for sender in senders:
            where = (sender.channel, sender.account)
            hashes = keyring.aliases(*where, sender.address)
            for other in sender.others:
                hashes += keyring.aliases(*where, other)
            self.hashes[sender] = hashes
            if sender.replaces is not None:
                self._former[sender] = keyring.aliases(*where, sender.replaces)
        self.known: dict[bytes, ContactRow] = {}
        self._stored: frozenset[bytes] = frozenset()  # aliases found, before ``make_missing``
        self.is_done = False  # each sender is known by all its identifiers under the newest key

    def look_up(self, tx: Connection) -> None:
        """Find the contacts stored under any of the hashes, including those of older keys."""
        given, current = set[tuple[bytes]](), set[bytes]()
        for version, alias in chain(*self.hashes.values(), *self._former.values()):
            given.add((alias,))
            if version == self._keyring.version:
                current.add(alias)
        for row in _BY_ALIAS.all(tx, sorted(given)):
            self.known[bytes(row[0])] = _contact(row[1:])
        self.is_done = not self._former and current <= self.known.keys()

    def missing(self) -> list[Sender]:
        """Senders without a contact, in the order given."""
        return [sender for sender in self.hashes if self._find(sender) is None]

    def contact(self, sender: Sender) -> ContactRow:
        """The sender's contact, once ``make_missing`` has run."""
        found = self._find(sender)
        assert found is not None
        return found

    def make_missing(self, tx: Connection, now: datetime) -> None:
        """Create a contact with an empty conversation for each sender without one."""
        self._stored = frozenset(self.known)
        made = []
        for sender in self.hashes:
            contact = self._find(sender)
            if contact is None:
                contact = ContactRow(new_id(now), sender.channel, sender.account)
                made.append(contact)
            # So that later senders of this batch find the contact.
            for _, alias in self.hashes[sender]:
                self.known.setdefault(alias, contact)
        at = micros(now)
        _ADD_CONTACTS.run(tx, [(c.id, c.channel.value, c.account, at) for c in made])
        _ADD_CONVERSATIONS.run(tx, [(contact.id, b"", at) for contact in made])

    def note_changes(self, tx: Connection) -> None:
        """Write aliases that are new or known under older keys only, and new addresses."""
        aliases: dict[bytes, tuple[bytes, int, int]] = {}
        moved: set[int] = set()
        addresses: dict[int, str] = {}
        for sender, hashes in self.hashes.items():
            contact = self.contact(sender)
            if sender in self._former and not self._is_stored(hashes):
                moved.add(contact.id)
            if not self._is_stored(hashes[: self._keyring.size]):  # those of the address itself
                addresses[contact.id] = sender.address
            for version, alias in hashes:
                if version == self._keyring.version and alias not in self._stored:
                    aliases[alias] = (alias, contact.id, version)
        drop_aliases(tx, moved)
        _ADD_ALIASES.run(tx, [aliases[alias] for alias in sorted(aliases)])
        _SET_ADDRESSES.run(
            tx, [(id, self._keyring.encrypt(addresses[id])) for id in sorted(addresses)]
        )

    def _is_stored(self, hashes: Iterable[tuple[int, bytes]]) -> bool:
        return any(alias in self._stored for _, alias in hashes)

    def _find(self, sender: Sender) -> ContactRow | None:
        for hashes in (self.hashes[sender], self._former.get(sender, ())):
            for _, alias in hashes:
                if alias in self.known:
                    return self.known[alias]
        return None


def _keys(ids: Iterable[int]) -> list[tuple[int]]:
    return sorted(zip(set(ids), strict=True))


def _contact(row: Sequence[Any]) -> ContactRow:
    id, channel, account, departed_at, erased_at = row[:5]
    return ContactRow(id, CHANNELS[channel], account, departed_at > 0, erased_at > 0)


def _loaded(tx: Connection, keyring: Keyring, row: Sequence[Any]) -> LoadedContact:
    state, last_incoming_at, staff_id, name, area, by_chat, by_mail, claimed_by, told_at = row[5:]
    person = None
    if staff_id is not None:
        person = Staff(staff_id, name, area, bool(by_chat), bool(by_mail))
    return LoadedContact(
        contact=_contact(row),
        conversation=restored(tx, keyring, state),
        staff=person,
        last_incoming_at=moment_or_none(last_incoming_at),
        replies_claimed_by=None if claimed_by is None else _owner(claimed_by),
        has_held=told_at is not None,
        announced_at=moment(told_at) if told_at else None,
    )


def _owner(joined: str) -> Owner:
    """Parse the statement's "name:epoch"; empty: UNCLAIMED."""
    name, _, epoch = joined.rpartition(":")
    return Owner(name, int(epoch)) if name else UNCLAIMED
