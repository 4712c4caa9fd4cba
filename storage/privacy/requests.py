"""Data-rights requests with their legal dates, and consents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    Row,
    Select,
    Text,
    cast,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
)

from handlers.errors import OpinaError
from handlers.facts.own_data import ConsentGiven, ConsentWithdrawn, Right, RightLifted, RightUsed
from handlers.messages import Announcement, RightAnswer
from handlers.quality.weeks import IsoWeek
from storage.engine.keyring import Keyring
from storage.engine.times import micros, moment, moment_or_none, stored_week
from storage.outbox.inbox import ForContact, put_inbox, take_back
from storage.recorded_fact import RecordedFact
from storage.responses.blocking import STANDS
from storage.tables.cases import cases
from storage.tables.contacts import contacts
from storage.tables.outbox import inbox, outbox
from storage.tables.privacy import consents, privacy_requests
from storage.tables.responses import responses

OPEN, GRANTED, REFUSED, LIFTED = "open", "granted", "refused", "lifted"
NEWS = "news"
"""The consent to be told what was done about one's feedback."""

_requests = privacy_requests.c


class CannotDecide(OpinaError):
    """The request is unknown, or in another state than what is done with it needs."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What was done about a request, or why not.

    ``due``: when it is sent; until then it can be taken back. None: at once.
    """

    number: str
    words: str
    granted: bool
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """A longer term of a request, and why."""

    number: str
    words: str
    days: int


@dataclass(frozen=True, slots=True)
class Reopening:
    """A decided request that is to be decided anew, until when, and why."""

    number: str
    words: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Raters:
    """Who rated an area; ``weeks``: in these alone, first and last included."""

    area: str
    weeks: tuple[IsoWeek, IsoWeek] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request, for those who decide it. ``text`` None: there was none, or it was erased."""

    number: str
    right: Right
    channel: str
    status: str
    asked_at: datetime
    due_at: datetime
    extended: bool
    decided_at: datetime | None
    text: str | None
    answer: str | None  # the last decision, also while it is reconsidered
    reachable: bool  # the contact was not erased


def record_requests(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], now: datetime
) -> None:
    """Record requests and consents. They are rare, so one statement each."""
    for recorded in facts:
        match recorded.fact:
            case RightUsed() as fact:
                _file(tx, keyring, recorded, fact)
            case RightLifted(right):
                _lift(tx, recorded.contact_id, right, now)
            case ConsentGiven(version):
                _withdraw(tx, recorded.contact_id, recorded.at)  # a contact has one consent at most
                tx.execute(
                    insert(consents).values(
                        contact_id=recorded.contact_id,
                        purpose=NEWS,
                        version=version,
                        channel=recorded.channel,
                        given_at=micros(recorded.at),
                    )
                )
            case ConsentWithdrawn():
                _withdraw(tx, recorded.contact_id, recorded.at)
            case _:
                pass


def list_requests(tx: Connection, keyring: Keyring, *, only_open: bool = False) -> list[Request]:
    """The requests in the order of their due dates, or only the undecided ones."""
    query = select(privacy_requests).order_by(_requests.due_at, _requests.number)
    if only_open:
        query = query.where(_requests.status == OPEN)
    return [_request(keyring, row) for row in tx.execute(query)]


def find_request(tx: Connection, keyring: Keyring, number: str) -> Request | None:
    """The request with this number; None if there is none."""
    row = tx.execute(select(privacy_requests).where(_requests.number == number)).first()
    return None if row is None else _request(keyring, row)


def cases_of(tx: Connection, number: str) -> list[str]:
    """The numbers of the cases of the contact who made the request, the newest first."""
    own = select(cases.c.number).join(privacy_requests, _requests.contact_id == cases.c.contact_id)
    found = own.where(_requests.number == number).order_by(cases.c.number.desc())
    return list(tx.execute(found).scalars())


def decide(tx: Connection, keyring: Keyring, decision: Decision, now: datetime) -> bool:
    """Close a request; return whether the contact can be told. Raises CannotDecide."""
    number, words = decision.number, decision.words
    status = GRANTED if decision.granted else REFUSED
    row = tx.execute(
        update(privacy_requests)
        .where(_requests.number == number, _requests.status == OPEN)
        .values(status=status, decided_at=micros(now), answer=keyring.encrypt(words))
        .returning(_requests.contact_id, _requests.due_at)
    ).first()
    if row is None:
        raise CannotDecide(number)
    body = RightAnswer(number, status, words)
    answer = _answer(row.contact_id, body, row.due_at, decision.due)
    put_inbox(tx, keyring, answer, now)
    return bool(answer)


def can_be_undone(tx: Connection, number: str, now: datetime) -> bool:
    """Whether a decision is not sent yet. One that cannot be sent to anybody is final."""
    waiting = inbox.c.event_id.in_(_decisions(tx, number)) & (inbox.c.due_at > micros(now))
    return tx.execute(select(inbox.c.id).where(waiting)).first() is not None


def undo_decision(tx: Connection, keyring: Keyring, number: str, now: datetime) -> str | None:
    """Take back a decision that is not sent yet; return its text, None if it is too late."""
    if not any(take_back(tx, event, now) for event in _decisions(tx, number)):
        return None
    own = _requests.number == number
    words = tx.execute(select(_requests.answer).where(own)).scalar()
    reopened = update(privacy_requests).where(own)
    tx.execute(reopened.values(status=OPEN, decided_at=0, answer=None))
    return keyring.decrypt_or_none(words) or ""


def _decisions(tx: Connection, number: str) -> list[str]:
    """The possible ids of the inbox event of the decision within the term that runs."""
    term = tx.execute(select(_requests.due_at).where(_requests.number == number)).scalar()
    return [_event(number, status, term or 0) for status in (GRANTED, REFUSED)]


def _event(number: str, status: str, term: int) -> str:
    """One event a term: what is decided anew is told anew."""
    return f"right:{number}:{status}:{term}"


def extend(tx: Connection, keyring: Keyring, extension: Extension, now: datetime) -> datetime:
    """Extend a request's term once; return the new date. Raises CannotDecide."""
    number = extension.number
    found = find_request(tx, keyring, number)
    if found is None or found.status != OPEN or found.extended or found.right is Right.BLOCK:
        raise CannotDecide(number)
    due = found.due_at + timedelta(days=extension.days)
    row = tx.execute(
        update(privacy_requests)
        .where(_requests.number == number)
        .values(due_at=micros(due), extended_at=micros(now))
        .returning(_requests.contact_id)
    ).one()
    body = RightAnswer(number, "extended", extension.words, due.isoformat())
    put_inbox(tx, keyring, _answer(row.contact_id, body, micros(due)), now)
    return due


def can_be_reopened(tx: Connection, request: Request, now: datetime) -> bool:
    """Whether a person decided it, and the citizen can be told that it is decided anew."""
    decided = request.status in (GRANTED, REFUSED) and request.answer is not None
    return decided and request.reachable and not can_be_undone(tx, request.number, now)


def reopen(tx: Connection, keyring: Keyring, reopening: Reopening, now: datetime) -> None:
    """Let a decided request be decided anew, with a new term. Raises CannotDecide."""
    number = reopening.number
    found = find_request(tx, keyring, number)
    if found is None or not can_be_reopened(tx, found, now):
        raise CannotDecide(number)
    row = tx.execute(
        update(privacy_requests)
        .where(_requests.number == number)
        .values(status=OPEN, decided_at=0, due_at=micros(reopening.due))
        .returning(_requests.contact_id)
    ).one()
    body = RightAnswer(number, "reopened", reopening.words, reopening.due.isoformat())
    put_inbox(tx, keyring, _answer(row.contact_id, body, micros(now)), now)


def notify_raters(
    tx: Connection, keyring: Keyring, raters: Raters, body: Announcement, now: datetime
) -> int:
    """Send news of what was done to all raters who agreed; return to how many.

    A contact does not get the same text twice, as far back as sent messages are kept.
    """
    event = f"news:{raters.area}:{keyring.ref_hash(body.text)}:"
    chosen = _who_agreed(raters.area, event)
    if raters.weeks is not None:
        first, last = raters.weeks
        within = responses.c.week.between(stored_week(first), stored_week(last))
        chosen = chosen.where(within)
    items = [
        ForContact(contact_id, f"{event}{contact_id}", body)
        for contact_id in tx.execute(chosen).scalars()
    ]
    put_inbox(tx, keyring, items, now)
    return len(items)


def _who_agreed(area: str, event: str) -> Select[int]:
    """Contacts who rated the area, agreed to be told, and have not got this event."""
    own = literal(event) + cast(consents.c.contact_id, Text)
    waits = exists().where(inbox.c.event_id == own)
    was_sent = exists().where(outbox.c.contact_id == consents.c.contact_id, outbox.c.cause == own)
    return (
        select(consents.c.contact_id)
        .join(responses, responses.c.contact_id == consents.c.contact_id)
        .join(contacts, contacts.c.id == consents.c.contact_id)
        .where(
            responses.c.area == area,
            consents.c.purpose == NEWS,
            consents.c.withdrawn_at == 0,
            contacts.c.departed_at == 0,
            contacts.c.erased_at == 0,
            ~waits,
            ~was_sent,
        )
        .distinct()
        .order_by(consents.c.contact_id)
    )


def forget(tx: Connection, contact_ids: Sequence[int]) -> None:
    """Delete erased contacts' texts and close their open requests, which cannot be answered.

    Numbers and dates stay, to prove that the law was kept.
    """
    own = _requests.contact_id.in_(contact_ids)
    tx.execute(
        update(privacy_requests)
        .where(own, _requests.status == OPEN)
        .values(status=LIFTED, decided_at=_requests.asked_at)
    )
    tx.execute(update(privacy_requests).where(own).values(contact_id=None, text=None, answer=None))
    tx.execute(delete(consents).where(consents.c.contact_id.in_(contact_ids)))


def _file(tx: Connection, keyring: Keyring, recorded: RecordedFact, fact: RightUsed) -> None:
    at = micros(recorded.at)
    tx.execute(
        insert(privacy_requests).values(
            number=fact.number,
            kind=fact.right.value,
            contact_id=recorded.contact_id,
            channel=recorded.channel,
            status=GRANTED if fact.done else OPEN,
            asked_at=at,
            due_at=micros(fact.due),
            decided_at=at if fact.done else 0,
            text=keyring.encrypt(fact.text) if fact.text else None,
        )
    )


def _lift(tx: Connection, contact_id: int, right: Right, now: datetime) -> None:
    """Lift the contact's requests by this right; objections in words are for a person to decide."""
    stands = (_requests.contact_id == contact_id) & _requests.status.in_(STANDS)
    own = update(privacy_requests).where(stands, _requests.kind == right.value)
    if right is Right.OBJECT:
        own = own.where(_requests.text.is_(None))
    tx.execute(own.values(status=LIFTED, decided_at=micros(now)))


def _withdraw(tx: Connection, contact_id: int, at: datetime) -> None:
    tx.execute(
        update(consents)
        .where(consents.c.contact_id == contact_id, consents.c.withdrawn_at == 0)
        .values(withdrawn_at=micros(at))
    )


def _answer(
    contact_id: int | None, body: RightAnswer, term: int, due: datetime | None = None
) -> list[ForContact]:
    """The answer for the contact; none where the contact was erased."""
    event = _event(body.number, body.status, term)
    return [] if contact_id is None else [ForContact(contact_id, event, body, due)]


def _request(keyring: Keyring, row: Row[tuple[object, ...]]) -> Request:
    return Request(
        number=row.number,
        right=Right(row.kind),
        channel=row.channel,
        status=row.status,
        asked_at=moment(row.asked_at),
        due_at=moment(row.due_at),
        extended=row.extended_at > 0,
        decided_at=moment_or_none(row.decided_at),
        text=keyring.decrypt_or_none(row.text),
        answer=keyring.decrypt_or_none(row.answer),
        reachable=row.contact_id is not None,
    )
