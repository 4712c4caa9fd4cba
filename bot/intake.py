"""Incoming events → one committed batch → acknowledgement: the one path of every message."""

from __future__ import annotations

import asyncio
import secrets
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from time import perf_counter

import structlog
from msgspec.structs import replace
from sqlalchemy import Connection

from bot.channels.ports import DeliveryReport, Overloaded, ReportState
from bot.delivery import Delivery, Identity
from bot.metrics import Metrics
from handlers.conversation import step
from handlers.errors import StorageUnavailable
from handlers.facts import CaseAnswered, CaseExtended, CaseOpened
from handlers.messages import Channel, Incoming, Media, Reply, Text
from handlers.release import Release
from handlers.search.ranking import Ranking
from handlers.state import (
    Conversation,
    Known,
    Need,
    NeedCase,
    NeedCaseNumber,
    NeedMyData,
    NeedRanking,
    NeedStaffCode,
    Quoted,
    Turn,
)
from storage import outbox, quarantine, turns
from storage.database import Database
from storage.keyring import Keyring
from storage.turns import LoadedContact, OutboxRow, TurnTaken

MAX_BATCH = 256  # events committed together
MAX_WAITING = 2_000  # events queued; beyond it channels answer 503
MAX_NEEDS = 6  # a turn asks for each kind of need at most once
INBOX_LOOK_S = 2.0  # how often other processes' inbox events are looked for

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class _Ticket:
    """What one channel handed in, until it is committed."""

    incomings: Sequence[Incoming]
    ranks: Sequence[Ranking | None]
    done: asyncio.Future[None]


@dataclass(slots=True)
class _Taken:
    """What a committed batch came to."""

    rows: list[OutboxRow] = field(default_factory=list)
    addresses: dict[int, str] = field(default_factory=dict)
    duplicates: list[Channel] = field(default_factory=list)
    turns: list[Channel] = field(default_factory=list)
    quarantined: list[Channel] = field(default_factory=list)
    for_inbox: bool = False


class Intake:
    """Takes events from channels and the inbox; each batch is one transaction."""

    def __init__(
        self,
        database: Database,
        keyring: Keyring,
        release: Release,
        delivery: Delivery,
        identity: Identity,
        *,
        metrics: Metrics,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._release = release
        self._delivery = delivery
        self._identity = identity
        self._metrics = metrics
        self._clock = clock
        self._waiting: deque[_Ticket] = deque()
        self._waiting_events = 0
        self._news = asyncio.Event()
        self._look_in_inbox = True
        self._stopping = False
        self._empty = asyncio.Event()
        self._empty.set()

    # What channels call

    async def submit(self, incomings: Sequence[Incoming]) -> None:
        """Return once all of them are committed. Raises StorageUnavailable and Overloaded."""
        if not incomings:
            return
        if self._stopping or self._waiting_events >= MAX_WAITING:
            raise Overloaded("too many events are waiting")
        for incoming in incomings:
            self._metrics.received.labels(incoming.sender.channel.value).inc()
        ranks = [self._rank(incoming) for incoming in incomings]
        ticket = _Ticket(incomings, ranks, asyncio.get_running_loop().create_future())
        self._waiting.append(ticket)
        self._wait_for(len(incomings))
        self._news.set()
        await ticket.done

    async def report(self, reports: Sequence[DeliveryReport]) -> None:
        """Note messages that did not arrive after all. Raises StorageUnavailable."""
        failures = [(r.ref, r.code) for r in reports if r.state is ReportState.FAILED]
        if failures:
            mark = partial(outbox.mark_reported, keyring=self._keyring, failures=failures)
            await self._database.write(mark)
            self._metrics.failed.labels(reports[0].channel.value).inc(len(failures))

    async def set_aside(self, channel: Channel, event_id: str, raw: bytes, code: str) -> None:
        """Quarantine what could not be decoded. Raises StorageUnavailable."""
        await self._database.write(
            lambda tx: quarantine.add(
                tx, self._keyring, channel, event_id, raw, code, self._clock()
            )
        )
        self._metrics.quarantined.labels(channel.value).inc()
        log.error("event set aside", channel=channel.value, code=code)

    def nudge(self) -> None:
        """Something was put into the inbox."""
        self._look_in_inbox = True
        self._news.set()

    async def run(self) -> None:
        """Commit batch after batch; while one commits, the next gathers. Until cancelled."""
        while True:
            try:
                async with asyncio.timeout(INBOX_LOOK_S):
                    await self._news.wait()
            except TimeoutError:
                self._look_in_inbox = True
            self._news.clear()
            while self._waiting or self._look_in_inbox:
                await self._commit(self._gather())

    async def finish(self) -> None:
        """Take nothing more, and wait until everything that was taken is committed."""
        self._stopping = True
        await self._empty.wait()

    # One batch

    def _rank(self, incoming: Incoming) -> Ranking | None:
        body = incoming.body
        text = body.text if isinstance(body, Text) else ""
        text = body.caption if isinstance(body, Media) else text
        return self._release.index.rank(text) if text.strip() else None

    def _gather(self) -> list[_Ticket]:
        tickets: list[_Ticket] = []
        count = 0
        while self._waiting and (not tickets or count + self._next_size() <= MAX_BATCH):
            ticket = self._waiting.popleft()
            tickets.append(ticket)
            count += len(ticket.incomings)
        return tickets

    def _next_size(self) -> int:
        return len(self._waiting[0].incomings)

    async def _commit(self, tickets: list[_Ticket]) -> None:
        look, self._look_in_inbox = self._look_in_inbox, False
        try:
            await self._try(tickets, look)
        except StorageUnavailable as error:
            self._settle(tickets, error)
            if look:  # the inbox keeps what is in it
                await asyncio.sleep(1.0)
                self._look_in_inbox = True
        except Exception as error:
            # A fault of ours outside step(): each ticket alone, and the one that fails set aside.
            log.error("batch failed", events=sum(len(t.incomings) for t in tickets), exc_info=True)
            await self._commit_singly(tickets, error)

    async def _try(self, tickets: list[_Ticket], look: bool) -> None:
        began = perf_counter()
        taken = await self._database.write(partial(self._take, tickets=tickets, look=look))
        self._count(taken, perf_counter() - began)
        self._delivery.offer(taken.rows, taken.addresses)
        if taken.for_inbox:
            self._look_in_inbox = True
        self._settle(tickets, None)

    async def _commit_singly(self, tickets: list[_Ticket], error: Exception) -> None:
        if len(tickets) == 1 and len(tickets[0].incomings) == 1:
            await self._set_aside_ticket(tickets[0], error)
            return
        for ticket in tickets:
            self._wait_for(-len(ticket.incomings))
            for incoming, ranking in zip(ticket.incomings, ticket.ranks, strict=True):
                single = _Ticket([incoming], [ranking], ticket.done.get_loop().create_future())
                self._wait_for(1)
                try:
                    await self._try([single], look=False)
                except StorageUnavailable as unavailable:
                    self._settle([single], unavailable)
                except Exception as fault:
                    await self._set_aside_ticket(single, fault)
                failed = single.done.exception()
                if failed is not None and not ticket.done.done():
                    ticket.done.set_exception(failed)
            if not ticket.done.done():
                ticket.done.set_result(None)

    async def _set_aside_ticket(self, ticket: _Ticket, error: Exception) -> None:
        incoming = ticket.incomings[0]
        raw = quarantine.encoded(incoming)
        try:
            await self.set_aside(
                incoming.sender.channel, incoming.id, raw, f"fault:{type(error).__name__}"
            )
        except StorageUnavailable as unavailable:
            self._settle([ticket], unavailable)
        else:
            self._settle([ticket], None)

    def _settle(self, tickets: Sequence[_Ticket], error: Exception | None) -> None:
        for ticket in tickets:
            self._wait_for(-len(ticket.incomings))
            if ticket.done.done():  # the channel gave up waiting
                continue
            if error is None:
                ticket.done.set_result(None)
            else:
                ticket.done.set_exception(error)

    def _wait_for(self, more: int) -> None:
        self._waiting_events += more
        self._metrics.queue.set(self._waiting_events)
        if self._waiting_events:
            self._empty.clear()
        else:
            self._empty.set()

    def _count(self, taken: _Taken, took_s: float) -> None:
        metrics = self._metrics
        for channel in taken.turns:
            metrics.committed.labels(channel.value).inc()
        for channel in taken.duplicates:
            metrics.duplicate.labels(channel.value).inc()
        for channel in taken.quarantined:
            metrics.quarantined.labels(channel.value).inc()
        if taken.turns:
            metrics.batch.observe(len(taken.turns))
            metrics.commit_s.observe(took_s)

    # Inside the transaction

    def _take(self, tx: Connection, tickets: list[_Ticket], look: bool) -> _Taken:
        now = self._clock()
        result = _Taken()
        given = [
            (incoming, ranking)
            for ticket in tickets
            for incoming, ranking in zip(ticket.incomings, ticket.ranks, strict=True)
        ]
        events = self._fresh(tx, given, result, now)
        senders = [incoming.sender for incoming, _ in events]
        contacts = turns.find_contacts(tx, self._keyring, senders, now)
        inbox = turns.take_inbox(tx, MAX_BATCH) if look else []
        result.for_inbox = len(inbox) == MAX_BATCH
        loaded = turns.load(tx, [*contacts, *(item.contact for item in inbox)])
        quoted = self._quoted(tx, events, contacts)
        batch = _Batch(self, tx, loaded, result, now)
        for contact, (incoming, ranking) in zip(contacts, events, strict=True):
            mark = quoted.get((contact.id, incoming.quotes)) if incoming.quotes else None
            batch.take(contact.id, incoming, ranking, mark)
            result.addresses[contact.id] = incoming.sender.address
        for item in inbox:
            batch.take(item.contact.id, item.incoming, None, None)
        context = turns.RecordContext(
            shard=self._identity.shard,
            zone=self._release.content.zone,
            owner=self._identity.owner,
            epoch=self._identity.epoch,
            now=now,
        )
        result.rows = turns.record(tx, self._keyring, batch.taken, context)
        self._add_addresses(tx, result)
        return result

    def _fresh(
        self,
        tx: Connection,
        given: Sequence[tuple[Incoming, Ranking | None]],
        result: _Taken,
        now: datetime,
    ) -> list[tuple[Incoming, Ranking | None]]:
        """Drop what was seen before, in the database or earlier in this batch."""
        hashes = [
            self._keyring.event_hash(i.sender.channel, i.sender.account, i.id) for i, _ in given
        ]
        new = turns.note_events(tx, hashes, now)
        events = []
        for event_hash, event in zip(hashes, given, strict=True):
            if event_hash in new:
                new.discard(event_hash)
                events.append(event)
            else:
                result.duplicates.append(event[0].sender.channel)
        return events

    def _quoted(
        self,
        tx: Connection,
        events: Sequence[tuple[Incoming, Ranking | None]],
        contacts: Sequence[turns.ContactRow],
    ) -> dict[tuple[int, str], Quoted]:
        pairs = [
            (contact, incoming.quotes)
            for contact, (incoming, _) in zip(contacts, events, strict=True)
            if incoming.quotes
        ]
        return turns.quoted(tx, self._keyring, pairs) if pairs else {}

    def _add_addresses(self, tx: Connection, result: _Taken) -> None:
        missing = {row.contact_id for row in result.rows if row.contact_id not in result.addresses}
        if missing:
            result.addresses.update(turns.addresses(tx, self._keyring, missing))

    # What a batch needs of its intake

    def turn(
        self,
        tx: Connection,
        loaded: LoadedContact,
        was: Conversation,
        incoming: Incoming,
        known: Known,
    ) -> Turn:
        """``step`` upon the conversation ``was``, its needs answered in this transaction."""
        now = self._clock()
        for _ in range(MAX_NEEDS):
            turn = step(was, incoming, known, self._release, now)
            if isinstance(turn, Turn):
                return turn
            known = self._supplied(tx, loaded.contact.id, known, turn)
        raise RuntimeError("a turn keeps asking for what it was given")

    def _supplied(self, tx: Connection, contact_id: int, known: Known, need: Need) -> Known:
        now = self._clock()
        match need:
            case NeedRanking(query):
                return replace(known, searched=self._release.index.rank(query))
            case NeedCaseNumber():
                content = self._release.content
                year = now.astimezone(content.zone).year
                number = turns.next_case_number(tx, content.case_prefix, year)
                return replace(known, case_number=number)
            case NeedMyData():
                return replace(known, my_data=turns.my_data(tx, self._keyring, contact_id))
            case NeedStaffCode(code):
                staff = turns.use_staff_code(tx, self._keyring, code, now)
                return replace(known, staff_code=staff or False)
            case NeedCase(number):
                return replace(known, case_owner=turns.case_exists(tx, number))

    def apology(self, incoming: Incoming, number: int, language: str) -> Reply:
        """What a citizen is told when a turn failed."""
        log.error("turn failed", channel=incoming.sender.channel.value, exc_info=True)
        wording = self._release.wording(language)
        return Reply(number, wording.say("failed"))

    def quarantine(self, tx: Connection, incoming: Incoming, error: Exception) -> None:
        """Keep the event that made ``step`` fail, encrypted, beside the turns of its neighbours."""
        quarantine.add(
            tx,
            self._keyring,
            incoming.sender.channel,
            incoming.id,
            quarantine.encoded(incoming),
            f"step:{type(error).__name__}",
            self._clock(),
        )


_TELL_STAFF = (CaseOpened, CaseExtended, CaseAnswered)  # these leave something in an inbox


class _Batch:
    """Takes the turns of one transaction in order, each on what the one before it left."""

    def __init__(
        self,
        intake: Intake,
        tx: Connection,
        loaded: dict[int, LoadedContact],
        result: _Taken,
        now: datetime,
    ) -> None:
        self._intake = intake
        self._tx = tx
        self._loaded = loaded
        self._result = result
        self._now = now
        self._current: dict[int, Conversation] = {}
        self.taken: list[TurnTaken] = []

    def take(
        self, contact_id: int, incoming: Incoming, ranking: Ranking | None, quoted: Quoted | None
    ) -> None:
        """One turn; a ``step`` that raises is quarantined and answered with an apology."""
        loaded = self._loaded[contact_id]
        conversation = self._current.get(contact_id, loaded.conversation)
        known = Known(
            fresh=secrets.randbits(63), staff=loaded.staff, quoted=quoted, ranking=ranking
        )
        try:
            turn = self._intake.turn(self._tx, loaded, conversation, incoming, known)
        except StorageUnavailable:
            raise
        except Exception as error:  # whatever it is: the neighbours' turns go on
            self._intake.quarantine(self._tx, incoming, error)
            self._result.quarantined.append(incoming.sender.channel)
            turn = self._apologetic(conversation, incoming)
        self._current[contact_id] = turn.conversation
        outside = bool(incoming.sender.address)
        self.taken.append(
            TurnTaken(
                loaded=loaded,
                at=min(self._now, incoming.sent_at) if outside else self._now,
                turn=turn,
                incoming_at=incoming.sent_at if outside else None,
            )
        )
        self._result.turns.append(incoming.sender.channel)
        if any(isinstance(fact, _TELL_STAFF) for fact in turn.facts):
            self._result.for_inbox = True

    def _apologetic(self, conversation: Conversation, incoming: Incoming) -> Turn:
        number = conversation.seq + 1
        reply = self._intake.apology(incoming, number, conversation.language)
        return Turn(replace(conversation, seq=number), (reply,))
