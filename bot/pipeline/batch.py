"""One batch of events inside its transaction: duplicates out, turns taken, everything recorded."""

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
LATE = timedelta(hours=24)  # platforms try for up to a week; by then a reply is of no use
_FOR_AN_INBOX = (
    *(CaseOpened, CaseExtended, CaseReopened, CaseWithdrawn, CaseAnswered, CaseRead),
    *(HandoverOpened, HandoverSaid, HandoverAnswered, HandoverEnded),
)
_ALWAYS_ANSWERED = (*_FOR_AN_INBOX, CaseMailGiven, DataErased, RightUsed, StaffLinked)

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class BatchResult:
    """What came of a batch, for after its commit."""

    rows: list[OutboxRow] = field(default_factory=list)
    addresses: dict[int, str] = field(default_factory=dict)
    duplicates: list[Channel] = field(default_factory=list)
    turns: list[Channel] = field(default_factory=list)
    quarantined: list[Channel] = field(default_factory=list)
    for_inbox: bool = False  # something waits in an inbox now
    erased: bool = False  # a contact was erased; the journal is to be written


def take_batch(
    context: BatchContext,
    write_results: Callable[[Transaction], None],
    inbox_limit: int,
    given: Sequence[Incoming],
    tx: Transaction,
) -> BatchResult:
    """Take every event's turn, in order, and those of the inbox's first events; record it all.

    Results of earlier replies are written first: they tell which contacts have none on its way.
    Locks are taken in the order that ``turns.LOCK_ORDER`` gives.
    """
    now = context.clock()
    result = BatchResult()
    events = _drop_duplicates(context, given, result, now, tx)
    senders = [event.sender for event in events]
    found = contacts.find_contacts(tx, context.keyring, senders, now)
    inbox = take_inbox(tx, context.keyring, inbox_limit, now) if inbox_limit else []
    result.for_inbox = bool(inbox)  # of each contact only the first was taken
    write_results(tx)
    loaded = contacts.load(tx, context.keyring, [*found, *(item.contact for item in inbox)])
    quoted = _quoted(context, found, events, tx)
    batch = _Batch(context, loaded, result, now, tx)
    for contact, incoming in zip(found, events, strict=True):
        mark = quoted.get((contact.id, incoming.quotes)) if incoming.quotes else None
        batch.take(contact.id, incoming, mark)
        result.addresses[contact.id] = incoming.sender.address
    for item in inbox:
        if _is_due_now(context, item, loaded[item.contact.id], now, tx):
            batch.take(item.contact.id, item.incoming, None)
    result.rows = batch.record()
    if inbox:
        missing = {row.contact_id for row in result.rows} - result.addresses.keys()
        result.addresses.update(contacts.addresses(tx, context.keyring, missing))
    return result


def _quoted(
    context: BatchContext, found: Sequence[ContactRow], events: Sequence[Incoming], tx: Transaction
) -> dict[tuple[int, str], Quoted]:
    """Which of our messages the events quote."""
    both = zip(found, events, strict=True)
    quoting = [(contact, event.quotes) for contact, event in both if event.quotes]
    return outbox.quoted(tx, context.keyring, quoting) if quoting else {}


def _is_due_now(
    context: BatchContext, item: InboxItem, loaded: LoadedContact, now: datetime, tx: Transaction
) -> bool:
    """Whether the event's turn is due now. Else it is held until then, or dropped, if its member
    of staff wants no such notices."""
    channel, content = item.contact.channel, context.release.content
    at = notify_at(item.incoming.body, loaded.staff, channel, content, now)
    if at is None:
        return False
    if at > now:
        hold(tx, context.keyring, item, at)
        return False
    if loaded.staff is not None:
        notify_substitute(tx, context.keyring, loaded.staff.id, item.incoming, now)
    return True


def _drop_duplicates(
    context: BatchContext,
    given: Sequence[Incoming],
    result: BatchResult,
    now: datetime,
    tx: Transaction,
) -> list[Incoming]:
    """Drop what was seen before, in the database or earlier in this batch."""
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
    """The keys of events that are stored under the key of a version before an upgrade."""
    hashes = [
        context.keyring.event_hash(event.sender.channel, event.sender.account, event.id)
        for event in given
    ]
    seen = seen_formerly(
        tx, [hashed for key, hashed in zip(keys, hashes, strict=True) if hashed != key]
    )
    return {key for key, hashed in zip(keys, hashes, strict=True) if hashed in seen}


class _Batch:
    """Takes the turns of one transaction in order, each on what the one before it left."""

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
        self._replied: set[int] = set()  # contacts to whom a reply goes out

    def take(self, contact_id: int, incoming: Incoming, quoted: Quoted | None) -> None:
        """One turn; a ``step`` that raises is quarantined and answered with an apology."""
        loaded = self._loaded[contact_id]
        conversation = self._current.get(contact_id, loaded.conversation)
        turn = self._turn(loaded, conversation, incoming, quoted)
        outside = bool(incoming.sender.address)
        late = outside and self._is_late(loaded, incoming, turn)
        if late:  # what it would have been told first, it is told first the next time
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
            self._result.for_inbox |= isinstance(fact, _FOR_AN_INBOX)
            self._result.erased |= isinstance(fact, DataErased)

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
        except Exception as error:  # any fault: the neighbours' turns go on
            return self._quarantine(contact_id, conversation, incoming, error)

    def _is_late(self, loaded: LoadedContact, incoming: Incoming, turn: Turn) -> bool:
        """Whether a turn is stored without its replies being sent.

        Not while earlier replies are on their way: a gap would let later ones overtake them.
        """
        if self._now - incoming.sent_at < LATE:
            return False
        on_its_way = loaded.replies_claimed_by is not None or loaded.contact.id in self._replied
        return not on_its_way and not any(isinstance(fact, _ALWAYS_ANSWERED) for fact in turn.facts)

    def record(self) -> list[OutboxRow]:
        """Write every turn taken; the replies in order."""
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
        """A need, answered in this transaction."""
        source = StoredSource(self._context, contact_id, self._now, self._tx, self._taken)
        if isinstance(need, NeedTakeOver):
            self._result.for_inbox = True  # the citizen is told
        with translated():  # the database's faults are not the turn's
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
