"""Records a batch of turns, the last step of a message's transaction.

The whole transaction, run by ``bot/pipeline/batch.py``: ``note_events`` · (``seen_formerly``) ·
``find_contacts`` · ``take_inbox`` · ``record_results`` · ``load`` · ``quoted`` · (``step``, whose
needs ``bot/pipeline/source.py`` loads) · ``record``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import Connection

from handlers.facts.own_data import ContactDeparted, DataErased
from handlers.messages import WINDOW, Channel, Reply, Waits
from handlers.state import Conversation, Turn
from storage.assessments.rounds import record_staff_answers
from storage.audit.staff_chat import AUDITED, record_in_log
from storage.cases.attachments import record_files
from storage.cases.changing import record_readings_in_chat
from storage.cases.recording import record_cases
from storage.contacts.contacts import LoadedContact, set_departed
from storage.contacts.conversations import stored
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.engine.statements import Change
from storage.engine.times import micros
from storage.handovers.recording import record_handovers
from storage.measures.chat import ABOUT_MEASURES, record_measures
from storage.outbox import outbox, results
from storage.outbox.outbox import NewReply, OutboxRow, ReplyState
from storage.privacy.erasure import erase
from storage.privacy.requests import record_requests
from storage.recorded_fact import RecordedFact
from storage.responses.answers import ABOUT_ANSWERS, record_answers
from storage.staff.readings import record_readings


@dataclass(frozen=True, slots=True)
class RecordContext:
    """Who records, and when. ``owner`` is this process, which claims the new replies."""

    shard: int
    zone: ZoneInfo
    owner: Owner
    now: datetime
    is_sensitive: Callable[[str], bool] = bool  # of an area id; by default any area is


LOCK_ORDER = (
    "seen_events",
    "contacts",
    "inbox",
    "outbox",
    "conversations",
    "counters",
    "responses",
    "answers",
    "answer_networks",
    "cases",
    "handovers",
    "attachments",
    "privacy_requests",
    "consents",
    "policy_readers",
    "policy_readings",
    "staff_asked",
    "staff_sums",
    "weekly_sums",
    "weekly_counts",
    "counters measure",
    "counters audit",
    "measure_steps",
)
"""The order in which a batch first locks rows of these tables, each sorted, to avoid deadlocks.

Every audited change locks the audit log's counter at its end, so a batch locks it last, as the
panel and the control run do."""


class TurnTaken(Struct, frozen=True):
    """One turn of a loaded contact. ``at``: the time of its facts."""

    loaded: LoadedContact
    at: datetime
    turn: Turn
    incoming_at: datetime | None = None  # when the contact wrote; None for an inbox event
    late: bool = False  # too late to send its replies, and no reply to the contact is in flight
    network: bytes = b""  # as in ``Incoming``
    cause: str = ""  # the inbox event's id; "" if the contact wrote


_SAVE = Change(
    "contact_id int, state bytes, incoming_at int, now int",
    "UPDATE conversations SET state = :state, updated_at = :now, last_incoming_at = "
    "CASE WHEN :incoming_at > last_incoming_at THEN :incoming_at ELSE last_incoming_at END "
    "{from} WHERE conversations.contact_id = :contact_id",
)


def record(
    tx: Connection, keyring: Keyring, turns: Sequence[TurnTaken], context: RecordContext
) -> list[OutboxRow]:
    """Write a batch of turns: states, facts, sums and replies; return the replies in order.

    ``turns`` has each contact's turns in order. After the commit the caller must send the replies
    with ``in_hand``, after those that it has in hand already; the others wait in the outbox.
    """
    kinds = {type(fact) for taken in turns for fact in taken.turn.facts}
    rows, start = [], 0
    for index in _erasing_places(turns) if DataErased in kinds else ():
        # Recorded separately, because it erases what came before it but nothing that follows.
        with_later_turns = {taken.loaded.contact.id for taken in turns[index + 1 :]}
        rows += _record(tx, keyring, turns[start:index], set(), context)
        rows += _record(tx, keyring, turns[index : index + 1], with_later_turns, context)
        start = index + 1
    rows += _record(tx, keyring, turns[start:], set(), context)
    if not kinds.isdisjoint(ABOUT_MEASURES):  # last: what it locks is last in LOCK_ORDER
        record_measures(tx, keyring, about_measures(turns), context.zone)
    if not kinds.isdisjoint(AUDITED):  # as above
        done = (fact for taken in turns for fact in taken.turn.facts)
        record_in_log(tx, keyring, done, context.now)
    return rows


def about_measures(turns: Sequence[TurnTaken]) -> list[RecordedFact]:
    """The facts about measures in these turns, in order."""
    return [
        recorded for recorded in _recorded_facts(turns) if isinstance(recorded.fact, ABOUT_MEASURES)
    ]


def _erasing_places(turns: Sequence[TurnTaken]) -> list[int]:
    """The indices of the turns that erase their contact."""
    return [
        place
        for place, taken in enumerate(turns)
        if any(isinstance(fact, DataErased) for fact in taken.turn.facts)
    ]


def _record(
    tx: Connection,
    keyring: Keyring,
    turns: Sequence[TurnTaken],
    with_later_turns: set[int],
    context: RecordContext,
) -> list[OutboxRow]:
    """As ``record``. ``with_later_turns``: contacts that have turns after these."""
    facts = _recorded_facts(turns)
    movements = record_answers(tx, keyring, facts, context.zone)
    erased, departed = set[int](), set[int]()
    rare = [recorded for recorded in facts if not isinstance(recorded.fact, ABOUT_ANSWERS)]
    if rare:
        erased = {recorded.contact_id for recorded in rare if isinstance(recorded.fact, DataErased)}
        departed = {
            recorded.contact_id for recorded in rare if isinstance(recorded.fact, ContactDeparted)
        }
        _record_rare(tx, keyring, rare, context)
    if erased:
        erase(tx, erased, context.now, with_later_turns=with_later_turns, shard=context.shard)
    _save_conversations(tx, keyring, turns, erased, context.now)
    if departed:
        set_departed(tx, departed, context.now)
        results.fail_all(tx, departed, "departed")
    rows = _queue_replies(tx, keyring, turns, departed, context)
    movements.write(tx, context.shard)
    return rows


def _recorded_facts(turns: Sequence[TurnTaken]) -> list[RecordedFact]:
    facts = []
    for taken in turns:
        contact = taken.loaded.contact
        for fact in taken.turn.facts:
            facts.append(
                RecordedFact(fact, contact.id, contact.channel.value, taken.at, taken.network)
            )
    return facts


def _record_rare(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], context: RecordContext
) -> None:
    record_cases(tx, keyring, facts, context.now)
    record_readings_in_chat(tx, keyring, facts, context.now)
    record_handovers(tx, keyring, facts, context.now, context.is_sensitive)
    record_files(tx, keyring, facts)
    record_requests(tx, keyring, facts, context.now)
    record_readings(tx, keyring, facts)
    record_staff_answers(tx, keyring, facts)


def _save_conversations(
    tx: Connection, keyring: Keyring, turns: Sequence[TurnTaken], erased: set[int], now: datetime
) -> None:
    at = micros(now)
    rows: dict[int, tuple[int, bytes, int, int]] = {}
    for taken in turns:  # a contact's last turn overwrites its earlier ones
        contact_id, conversation = taken.loaded.contact.id, taken.turn.conversation
        if contact_id in erased:
            conversation = Conversation(
                seq=conversation.seq, language=conversation.language, greeted=True
            )
        wrote = micros(taken.incoming_at) if taken.incoming_at else 0
        if contact_id in rows:
            wrote = max(wrote, rows[contact_id][2])
        rows[contact_id] = (contact_id, stored(keyring, conversation), wrote, at)
    _SAVE.run(tx, sorted(rows.values()))


def _queue_replies(
    tx: Connection,
    keyring: Keyring,
    turns: Sequence[TurnTaken],
    departed: set[int],
    context: RecordContext,
) -> list[OutboxRow]:
    closing = [
        (taken.loaded.contact.id, reply.closes)
        for taken in turns
        if taken.loaded.contact.channel is Channel.TELEGRAM  # the only one that can remove buttons
        for reply in taken.turn.replies
        if reply.closes
    ]
    refs = outbox.sent_refs(tx, closing) if closing else {}
    returning = _resume_contacts(tx, turns, departed, context.now)
    replies, rows = [], []
    for taken in turns:
        contact = taken.loaded.contact
        free = (
            taken.loaded.replies_claimed_by in (None, context.owner) and contact.id not in returning
        )
        state = ReplyState.SENDING if free else ReplyState.DUE
        for reply in taken.turn.replies:
            unsent = _why_unsent(taken, reply, departed, context.now)
            why = unsent or (state, "")
            replies.append(NewReply(contact.id, contact.channel, reply, *why, cause=taken.cause))
            if unsent is not None:
                continue
            closes = refs.get((contact.id, reply.closes), "")
            rows.append(_row(taken, reply, context, in_hand=free, closes_ref=closes))
    outbox.add(tx, keyring, replies, context.owner, context.now)
    return rows


def _row(
    taken: TurnTaken, reply: Reply, context: RecordContext, *, in_hand: bool, closes_ref: str
) -> OutboxRow:
    return OutboxRow(
        contact_id=taken.loaded.contact.id,
        seq=reply.number,
        channel=taken.loaded.contact.channel,
        reply=reply,
        in_hand=in_hand,
        owner=context.owner,
        created_at=context.now,
        closes_ref=closes_ref,
        last_incoming_at=taken.incoming_at or taken.loaded.last_incoming_at,
        announced_at=taken.loaded.announced_at,
    )


def _resume_contacts(
    tx: Connection, turns: Sequence[TurnTaken], departed: set[int], now: datetime
) -> set[int]:
    """Mark contacts that wrote as reachable, and make their held replies due within the window.

    Returns the contacts with held replies that became due.
    """
    back, returning = set[int](), set[int]()
    for taken in turns:
        contact = taken.loaded.contact
        if taken.incoming_at is None or contact.id in departed:
            continue
        if contact.departed:
            back.add(contact.id)
        if taken.loaded.has_held and now - taken.incoming_at < WINDOW:
            returning.add(contact.id)
    if back:
        set_departed(tx, back, None)
    if returning:
        results.send_held(tx, returning, now)
    return returning


def _why_unsent(
    taken: TurnTaken, reply: Reply, departed: set[int], now: datetime
) -> tuple[ReplyState, str] | None:
    """The state and code of a reply that cannot arrive or comes too late; None: send it."""
    contact = taken.loaded.contact
    if contact.id in departed or (contact.departed and taken.incoming_at is None):
        return ReplyState.FAILED if reply.waits is Waits.NEVER else ReplyState.HELD, "departed"
    if contact.erased and contact.channel is Channel.WHATSAPP and reply.waits is not Waits.NEVER:
        last = taken.loaded.last_incoming_at
        if last is None or now - last >= WINDOW:  # their next message would make a new contact
            return ReplyState.FAILED, "erased"
    return (ReplyState.STALE, "late") if taken.late else None
