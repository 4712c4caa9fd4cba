"""One batch, inside its transaction: drop duplicates, take each turn, record everything."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from msgspec.structs import replace

from bot.pipeline.source import BatchContext, StoredSource
from handlers.conversation import step
from handlers.errors import StorageUnavailable
from handlers.facts.cases import (
    CaseAnswered,
    CaseExtended,
    CaseMailGiven,
    CaseOpened,
    CaseRead,
    CaseReopened,
    CaseWithdrawn,
)
from handlers.facts.handovers import HandoverAnswered, HandoverEnded, HandoverOpened, HandoverSaid
from handlers.facts.own_data import DataErased, RightUsed
from handlers.facts.staff import StaffLinked
from handlers.messages import Channel, Incoming, Reply
from handlers.needs import Need, NeedTakeOver, complete_turn, supply
from handlers.staff.notices import notify_at
from handlers.state import Conversation, Known, Quoted, Turn
from storage import turns
from storage.cases.recording import notify_substitute
from storage.contacts import contacts
from storage.contacts.contacts import ContactRow, LoadedContact
from storage.contacts.events import note_events, seen_formerly
from storage.engine.database import Transaction
from storage.engine.failures import Conflict, translated
from storage.engine.ids import new_id
from storage.outbox import outbox, quarantine
from storage.outbox.inbox import InboxItem, hold, take_inbox
from storage.outbox.outbox import OutboxRow
from storage.outbox.quarantine import FailedEvent
from storage.staff import pinned_notice
from storage.turns import TurnTaken

INBOX_LIMIT = 64
LATE = timedelta(hours=24)  # platforms redeliver for up to a week; a reply is useless by then
_NOTIFYING = (
    *(CaseOpened, CaseExtended, CaseReopened, CaseWithdrawn, CaseAnswered, CaseRead),
    *(HandoverOpened, HandoverSaid, HandoverAnswered, HandoverEnded),
)
"""Facts that put an event into the inbox of another contact."""

_ALWAYS_ANSWERED = (*_NOTIFYING, CaseMailGiven, DataErased, RightUsed, StaffLinked)
"""Facts whose turn is answered however late the message arrives."""

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class BatchResult:
    """What the intake does once a batch is committed: what to send and what to count."""

    rows: list[OutboxRow] = field(default_factory=list)  # in the order they are sent
    addresses: dict[int, str] = field(default_factory=dict)  # by contact id
    duplicates: list[Channel] = field(default_factory=list)  # one entry per event, as below
    turns: list[Channel] = field(default_factory=list)
    quarantined: list[Channel] = field(default_factory=list)
    for_inbox: bool = False  # the inbox may hold events that are due
    erased: bool = False  # a contact was erased, so the journal must be written


def take_batch(
    context: BatchContext,
    write_results: Callable[[Transaction], None],
    inbox_limit: int,
    given: Sequence[Incoming],
    tx: Transaction,
) -> BatchResult:
    """Take a turn for each event of ``given``, then for up to ``inbox_limit`` inbox events.

    Delivery results are written before contacts are loaded, because they decide which contacts
    still have a reply in flight. Rows are locked in the order of ``turns.LOCK_ORDER``.
    """
    now = context.clock()
    result = BatchResult()
    events = _drop_duplicates(context, given, result, now, tx)
    senders = [event.sender for event in events]
    found = contacts.find_contacts(tx, context.keyring, senders, now)
    inbox = take_inbox(tx, context.keyring, inbox_limit, now) if inbox_limit else []
    result.for_inbox = bool(inbox)  # only the first event of each contact was taken
    write_results(tx)
    loaded = contacts.load(tx, context.keyring, [*found, *(item.contact for item in inbox)])
    quoted = _quoted(context, found, events, tx)
    batch = _Batch(context, loaded, result, now, tx)
    for contact, incoming in zip(found, events, strict=True):
        mark = quoted.get((contact.id, incoming.quotes)) if incoming.quotes else None
        batch.take(contact.id, incoming, mark)
        result.addresses[contact.id] = incoming.sender.address
    for item in inbox:
        batch.take_from_inbox(item)
    result.rows = batch.record()
    if inbox:
        missing = {row.contact_id for row in result.rows} - result.addresses.keys()
        result.addresses.update(contacts.addresses(tx, context.keyring, missing))
    return result


def _quoted(
    context: BatchContext, found: Sequence[ContactRow], events: Sequence[Incoming], tx: Transaction
) -> dict[tuple[int, str], Quoted]:
    """The message of ours that each event quotes, by contact id and the platform's message id."""
    both = zip(found, events, strict=True)
    quoting = [(contact, event.quotes) for contact, event in both if event.quotes]
    return outbox.quoted(tx, context.keyring, quoting) if quoting else {}


def _drop_duplicates(
    context: BatchContext,
    given: Sequence[Incoming],
    result: BatchResult,
    now: datetime,
    tx: Transaction,
) -> list[Incoming]:
    """Drop the events that the database or an earlier place in this batch already has."""
    keys = [
        context.keyring.event_key(event.sender.channel, event.sender.account, event.id)
        for event in given
    ]
    new = note_events(tx, keys, now)
    if context.former_keys:
        new -= _seen_under_former_keys(context, given, keys, tx)
    events = []
    for key, event in zip(keys, given, strict=True):
        if key in new:
            new.discard(key)
            events.append(event)
        else:
            result.duplicates.append(event.sender.channel)
    return events


def _seen_under_former_keys(
    context: BatchContext, given: Sequence[Incoming], keys: Sequence[bytes], tx: Transaction
) -> set[bytes]:
    """The ``keys`` of events that an earlier version stored under another key."""
    hashes = [
        context.keyring.event_hash(event.sender.channel, event.sender.account, event.id)
        for event in given
    ]
    seen = seen_formerly(
        tx, [hashed for key, hashed in zip(keys, hashes, strict=True) if hashed != key]
    )
    return {key for key, hashed in zip(keys, hashes, strict=True) if hashed in seen}


class _Batch:
    """Takes the turns of one transaction in order, each on the state the one before it left."""

    def __init__(
        self,
        context: BatchContext,
        loaded: dict[int, LoadedContact],
        result: BatchResult,
        now: datetime,
        tx: Transaction,
    ) -> None:
        self._context = context
        self._loaded = loaded
        self._result = result
        self._now = now
        self._tx = tx
        standing = pinned_notice.standing(tx) if loaded else None
        self._pinned = standing.pinned if standing is not None else None
        self._current: dict[int, Conversation] = {}
        self._taken: list[TurnTaken] = []
        self._replied: set[int] = set()  # contacts that this batch replies to

    def take(self, contact_id: int, incoming: Incoming, quoted: Quoted | None) -> None:
        """Take one turn; if ``step`` raises, quarantine the event and reply with an apology."""
        loaded = self._loaded[contact_id]
        conversation = self._current.get(contact_id, loaded.conversation)
        turn = self._turn(loaded, conversation, incoming, quoted)
        outside = bool(incoming.sender.address)
        late = outside and self._is_late(loaded, incoming, turn)
        if late:  # its replies are not sent, so the contact is still to be greeted
            greeted = conversation.greeted
            turn = replace(turn, conversation=replace(turn.conversation, greeted=greeted))
        elif turn.replies:
            self._replied.add(contact_id)
        self._current[contact_id] = turn.conversation
        self._taken.append(
            TurnTaken(
                loaded=loaded,
                at=min(self._now, incoming.sent_at) if outside else self._now,
                turn=turn,
                incoming_at=incoming.sent_at if outside else None,
                late=late,
                network=incoming.network,
                cause="" if outside else incoming.id,
            )
        )
        self._result.turns.append(incoming.sender.channel)
        for fact in turn.facts:
            self._result.for_inbox |= isinstance(fact, _NOTIFYING)
            self._result.erased |= isinstance(fact, DataErased)

    def take_from_inbox(self, item: InboxItem) -> None:
        """Take an inbox event's turn now, hold it until it is due, or drop an unwanted notice."""
        loaded, context = self._loaded[item.contact.id], self._context
        channel, content = item.contact.channel, context.release.content
        due_at = notify_at(item.incoming.body, loaded.staff, channel, content, self._now)
        if due_at is None:
            return
        if due_at > self._now:
            hold(self._tx, context.keyring, item, due_at)
            return
        if loaded.staff is not None:
            staff_id = loaded.staff.id
            notify_substitute(self._tx, context.keyring, staff_id, item.incoming, self._now)
        self.take(item.contact.id, item.incoming, None)

    def _turn(
        self,
        loaded: LoadedContact,
        conversation: Conversation,
        incoming: Incoming,
        quoted: Quoted | None,
    ) -> Turn:
        contact_id = loaded.contact.id
        known = Known(
            new_id(self._now),
            loaded.staff,
            self._pinned,
            quoted,
            loaded.has_held,
            mails=self._context.mails,
        )
        take = partial(step, conversation, incoming, release=self._context.release, now=self._now)
        try:
            return complete_turn(take, known, partial(self._supplied, contact_id))
        except (StorageUnavailable, Conflict):
            raise
        except Exception as error:  # one faulty turn must not stop the rest of the batch
            return self._quarantine(contact_id, conversation, incoming, error)

    def _is_late(self, loaded: LoadedContact, incoming: Incoming, turn: Turn) -> bool:
        """Whether the message is too old for its replies to be sent; the turn is stored anyway.

        Never while earlier replies are in flight: a gap would let later ones overtake them.
        """
        if self._now - incoming.sent_at < LATE:
            return False
        on_its_way = loaded.replies_claimed_by is not None or loaded.contact.id in self._replied
        return not on_its_way and not any(isinstance(fact, _ALWAYS_ANSWERED) for fact in turn.facts)

    def record(self) -> list[OutboxRow]:
        """Write every turn taken; return the replies in the order they are sent."""
        context = self._context
        recording = turns.RecordContext(
            context.shard,
            context.release.content.zone,
            context.owner,
            self._now,
            context.release.is_sensitive,
        )
        return turns.record(self._tx, context.keyring, self._taken, recording)

    def _supplied(self, contact_id: int, known: Known, need: Need) -> Known:
        """``known`` with the need loaded in this transaction."""
        source = StoredSource(self._context, contact_id, self._now, self._tx, self._taken)
        if isinstance(need, NeedTakeOver):
            self._result.for_inbox = True  # the citizen gets a notice
        with translated():  # a database fault must fail the batch, not quarantine the turn
            return supply(known, need, source)

    def _quarantine(
        self, contact_id: int, conversation: Conversation, incoming: Incoming, error: Exception
    ) -> Turn:
        """Keep the event that made ``step`` fail, encrypted, and apologise to the citizen."""
        channel = incoming.sender.channel
        log.error("turn failed", channel=channel.value, exc_info=error)
        raw = quarantine.encoded(replace(incoming, network=b""))
        code = f"step:{type(error).__name__}"
        failed = FailedEvent(channel, incoming.id, raw, code, contact_id)
        quarantine.add(self._tx, self._context.keyring, failed, self._now)
        self._result.quarantined.append(channel)
        number = conversation.seq + 1
        wording = self._context.release.wording(conversation.language)
        reply = Reply(number, wording.say("failed"))
        return Turn(replace(conversation, seq=number), (reply,))
