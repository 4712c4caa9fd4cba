"""Reads everything stored about one contact, for the rights of access and portability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, exists, select

from handlers.facts.responses import Subject
from handlers.own_record import (
    MyData,
    MyRecord,
    StoredAnswer,
    StoredCase,
    StoredConsent,
    StoredHandover,
    StoredRequest,
    StoredResponse,
    StoredWarning,
)
from handlers.privacy.breaches.steps import BreachStep, CitizensTold
from storage.cases import attachments
from storage.engine.keyring import Keyring
from storage.engine.times import moment, moment_or_none
from storage.privacy.breaches import steps
from storage.responses.answers import WORDS
from storage.responses.blocking import is_blocked
from storage.tables.cases import case_notes, cases
from storage.tables.contacts import contact_addresses, contacts
from storage.tables.handovers import handover_messages, handovers
from storage.tables.privacy import breach_messages, consents, privacy_requests
from storage.tables.responses import answers, responses


def my_data(tx: Connection, keyring: Keyring, contact_id: int) -> MyData:
    """A summary of what is stored about a contact, oldest first."""
    record = my_record(tx, keyring, contact_id)
    agreed = exists().where(consents.c.contact_id == contact_id, consents.c.withdrawn_at == 0)
    blocked = is_blocked(contacts.c.id)
    flags = tx.execute(select(agreed, blocked).where(contacts.c.id == contact_id)).first()
    given = [
        (response.subject.area, answer)
        for response in record.responses
        for answer in response.answers
    ]
    texts = sorted(
        ((answer.at, area, answer.value) for area, answer in given if answer.kind == WORDS),
        key=lambda text: text[0],
    )
    return MyData(
        since=record.since,
        responses=tuple((r.subject.area, _grade(r), r.started_at) for r in record.responses),
        comments=tuple((area, words) for _, area, words in texts),
        cases=tuple((case.number, case.status) for case in record.cases),
        requests=tuple((r.number, r.right, r.status, r.due_at) for r in record.requests),
        told=bool(flags and flags[0]),
        blocked=bool(flags and flags[1]),
        handovers=tuple(handover.opened_at for handover in record.handovers),
        breaches=tuple(breach.told_at for breach in record.breaches),
        mails=tuple(dict.fromkeys(case.mail for case in record.cases if case.mail)),
    )


def my_record(tx: Connection, keyring: Keyring, contact_id: int) -> MyRecord:
    """Everything stored about a contact, each kind oldest first, without erased words."""
    known = tx.execute(
        select(contacts.c.channel, contacts.c.created_at, contact_addresses.c.address)
        .outerjoin(contact_addresses, contact_addresses.c.contact_id == contacts.c.id)
        .where(contacts.c.id == contact_id)
    ).first()
    return MyRecord(
        channel=known.channel if known else "",
        address=keyring.decrypt(known.address) if known and known.address else "",
        since=moment(known.created_at if known else 0),
        responses=_responses(tx, keyring, contact_id),
        cases=_cases(tx, keyring, contact_id),
        requests=_requests(tx, keyring, contact_id),
        consents=_consents(tx, contact_id),
        handovers=_handovers(tx, keyring, contact_id),
        breaches=_breaches(tx, keyring, contact_id),
    )


def _grade(response: StoredResponse) -> str:
    """The response's grade: the first if a long questionnaire has several, "" without one."""
    return next((answer.value for answer in response.answers if answer.kind == "grade"), "")


def _responses(tx: Connection, keyring: Keyring, contact_id: int) -> tuple[StoredResponse, ...]:
    given: dict[int, list[StoredAnswer]] = defaultdict(list)
    found = tx.execute(
        select(answers)
        .join(responses, responses.c.id == answers.c.response_id)
        .where(responses.c.contact_id == contact_id)
        .order_by(answers.c.answered_at, answers.c.question)
    )
    for row in found:
        if row.kind == WORDS and row.words is None:
            continue
        value = keyring.decrypt(row.words) if row.kind == WORDS else row.value
        answer = StoredAnswer(row.question, row.kind, value, moment(row.answered_at))
        given[row.response_id].append(answer)
    rows = tx.execute(
        select(responses)
        .where(responses.c.contact_id == contact_id)
        .order_by(responses.c.started_at, responses.c.id)
    )
    return tuple(
        StoredResponse(
            questionnaire=row.questionnaire,
            version=row.version,
            subject=Subject(row.area, row.service, row.desk),
            channel=row.channel,
            pending=row.pending == 1,
            started_at=moment(row.started_at),
            outcome=row.outcome,
            answers=tuple(given[row.id]),
        )
        for row in rows
    )


def _cases(tx: Connection, keyring: Keyring, contact_id: int) -> tuple[StoredCase, ...]:
    notes: dict[str, list[tuple[str, str, datetime]]] = defaultdict(list)
    found = tx.execute(
        select(case_notes)
        .join(cases, cases.c.number == case_notes.c.number)
        .where(
            cases.c.contact_id == contact_id,
            case_notes.c.text.is_not(None),
            case_notes.c.author != "internal",
        )
        .order_by(case_notes.c.at, case_notes.c.id)
    )
    for row in found:
        notes[row.number].append((row.author, keyring.decrypt(row.text), moment(row.at)))
    files = attachments.of_contact(tx, contact_id)
    rows = tx.execute(
        select(cases, contact_addresses.c.address)
        .outerjoin(contact_addresses, contact_addresses.c.contact_id == cases.c.mail_contact_id)
        .where(cases.c.contact_id == contact_id)
        .order_by(cases.c.opened_at, cases.c.number)
    )
    return tuple(
        StoredCase(
            number=row.number,
            kind=row.kind,
            area=row.area,
            status=row.status,
            opened_at=moment(row.opened_at),
            text=keyring.decrypt_or_none(row.text) or "",
            notes=tuple(notes[row.number]),
            due_at=moment_or_none(row.due_at),
            files=tuple(files.get(row.number, ())),
            mail=keyring.decrypt_or_none(row.address) or "",
        )
        for row in rows
    )


def _handovers(tx: Connection, keyring: Keyring, contact_id: int) -> tuple[StoredHandover, ...]:
    messages_of: dict[int, list[tuple[bool, str, datetime]]] = defaultdict(list)
    found = tx.execute(
        select(handover_messages)
        .join(handovers, handovers.c.id == handover_messages.c.handover_id)
        .where(handovers.c.contact_id == contact_id, handover_messages.c.text.is_not(None))
        .order_by(handover_messages.c.id)
    )
    for row in found:
        message = (row.staff_id == 0, keyring.decrypt(row.text), moment(row.at))
        messages_of[row.handover_id].append(message)
    files = attachments.of_contact_in_chats(tx, contact_id)
    own = handovers.c.contact_id == contact_id
    rows = tx.execute(select(handovers).where(own).order_by(handovers.c.opened_at))
    return tuple(
        StoredHandover(
            area=row.area,
            opened_at=moment(row.opened_at),
            ended_at=moment_or_none(row.ended_at),
            said=tuple(messages_of[row.id]),
            files=tuple(files.get(row.id, ())),
        )
        for row in rows
    )


def _requests(tx: Connection, keyring: Keyring, contact_id: int) -> tuple[StoredRequest, ...]:
    rows = tx.execute(
        select(privacy_requests)
        .where(privacy_requests.c.contact_id == contact_id)
        .order_by(privacy_requests.c.asked_at, privacy_requests.c.number)
    )
    return tuple(
        StoredRequest(
            number=row.number,
            right=row.kind,
            status=row.status,
            asked_at=moment(row.asked_at),
            due_at=moment(row.due_at),
            text=keyring.decrypt_or_none(row.text) or "",
            answer=keyring.decrypt_or_none(row.answer) or "",
        )
        for row in rows
    )


def _breaches(tx: Connection, keyring: Keyring, contact_id: int) -> tuple[StoredWarning, ...]:
    rows = tx.execute(
        select(breach_messages)
        .where(breach_messages.c.contact_id == contact_id, breach_messages.c.told_at > 0)
        .order_by(breach_messages.c.told_at, breach_messages.c.number)
    ).all()
    sent = steps.messages_sent(tx, keyring, [row.number for row in rows]) if rows else {}
    return tuple(
        StoredWarning(
            number=row.number,
            told_at=moment(row.told_at),
            state=row.state,
            text=_last_words(sent.get(row.number, ()), moment(row.told_at)),
        )
        for row in rows
    )


def _last_words(messages: Sequence[BreachStep], at: datetime) -> str:
    """The message to the people affected by a breach, as of a moment."""
    said = [
        message.event.text
        for message in messages
        if isinstance(message.event, CitizensTold) and message.at <= at
    ]
    return said[-1] if said else ""


def _consents(tx: Connection, contact_id: int) -> tuple[StoredConsent, ...]:
    rows = tx.execute(
        select(consents).where(consents.c.contact_id == contact_id).order_by(consents.c.id)
    )
    return tuple(
        StoredConsent(
            purpose=row.purpose,
            version=row.version,
            channel=row.channel,
            given_at=moment(row.given_at),
            withdrawn_at=moment_or_none(row.withdrawn_at),
        )
        for row in rows
    )
