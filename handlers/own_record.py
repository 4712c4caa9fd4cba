"""What is stored of a contact, as it is shown to that contact and taken along."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.facts.responses import Subject

LINE_WITHDRAWN = "(La persona retiró la solicitud.)"
LINE_REOPENED = "(La respuesta no resolvió lo pedido: el caso se abrió otra vez.)"
OWN_LINES = frozenset({LINE_WITHDRAWN, LINE_REOPENED})
"""What stands in a case for an act of its citizen's: no words of theirs."""


class MyData(Struct, frozen=True):
    """What is stored of a contact: the answer to VER."""

    since: datetime
    responses: tuple[tuple[str, str, datetime], ...]  # area, grade or "", when
    comments: tuple[tuple[str, str], ...]  # area, words
    cases: tuple[tuple[str, str], ...]  # number, status
    requests: tuple[tuple[str, str, str, datetime], ...] = ()  # number, right, status, due
    told: bool = False  # agreed to be told what was done
    blocked: bool = False  # what it said is not used
    handovers: tuple[datetime, ...] = ()  # when each conversation with a person began
    mails: tuple[str, ...] = ()  # where answers to cases go as well
    breaches: tuple[datetime, ...] = ()  # when it was told of each breach of its data


class StoredAnswer(Struct, frozen=True):
    """One answer of a contact as it is stored; ``value`` holds the words of free text."""

    question: str
    kind: str
    value: str
    at: datetime


class StoredResponse(Struct, frozen=True):
    """One response of a contact as it is stored."""

    questionnaire: str
    version: int
    subject: Subject
    channel: str
    pending: bool
    started_at: datetime
    outcome: str
    answers: tuple[StoredAnswer, ...]


class StoredFile(Struct, frozen=True):
    """One file of a case. ``state``: due, kept or refused."""

    id: int
    kind: str
    state: str
    media_type: str
    size: int  # bytes
    at: datetime
    answer: int = 0  # of staff, that it came with; 0: the citizen sent it


class StoredCase(Struct, frozen=True):
    """One case of a contact; ``notes`` are author (or what staff did), words and time."""

    number: str
    kind: str
    area: str
    status: str
    opened_at: datetime
    text: str
    notes: tuple[tuple[str, str, datetime], ...]
    due_at: datetime | None = None
    files: tuple[StoredFile, ...] = ()
    mail: str = ""  # where its answers go as well


class StoredRequest(Struct, frozen=True):
    """One request about own data."""

    number: str
    right: str
    status: str
    asked_at: datetime
    due_at: datetime
    text: str
    answer: str


class StoredHandover(Struct, frozen=True):
    """One conversation with a person; ``said``: whether it was the citizen, words and time."""

    area: str
    opened_at: datetime
    ended_at: datetime | None
    said: tuple[tuple[bool, str, datetime], ...] = ()
    files: tuple[StoredFile, ...] = ()


class StoredConsent(Struct, frozen=True):
    """One consent, with the version of its text."""

    purpose: str
    version: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None


class StoredWarning(Struct, frozen=True):
    """That the contact was told of a breach of its data: in which words, and how far they got."""

    number: str
    told_at: datetime
    state: str
    text: str


class MyRecord(Struct, frozen=True):
    """All that is stored of a contact, for the file that it takes along."""

    channel: str
    address: str
    since: datetime
    responses: tuple[StoredResponse, ...] = ()
    cases: tuple[StoredCase, ...] = ()
    requests: tuple[StoredRequest, ...] = ()
    consents: tuple[StoredConsent, ...] = ()
    handovers: tuple[StoredHandover, ...] = ()
    breaches: tuple[StoredWarning, ...] = ()
