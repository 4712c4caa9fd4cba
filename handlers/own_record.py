"""Everything stored about a contact, as shown to them and given to them as files."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.facts.responses import Subject

LINE_WITHDRAWN = "(La persona retiró la solicitud.)"
LINE_REOPENED = "(La respuesta no resolvió lo pedido: el caso se abrió otra vez.)"
OWN_LINES = frozenset({LINE_WITHDRAWN, LINE_REOPENED})
"""Notes that stand for an act of the citizen, not for words of theirs."""


class MyData(Struct, frozen=True):
    """A summary of what is stored about a contact: the answer to VER."""

    since: datetime
    responses: tuple[tuple[str, str, datetime], ...]  # area, grade or "", when
    comments: tuple[tuple[str, str], ...]  # area, words
    cases: tuple[tuple[str, str], ...]  # number, status
    requests: tuple[tuple[str, str, str, datetime], ...] = ()  # number, right, status, due
    told: bool = False  # consent to be told what was done
    blocked: bool = False  # data is blocked from use
    handovers: tuple[datetime, ...] = ()  # when each conversation with a person began
    mails: tuple[str, ...] = ()  # addresses for answers to cases
    breaches: tuple[datetime, ...] = ()  # when the contact was told of each breach


class StoredAnswer(Struct, frozen=True):
    """One stored answer; ``value`` has the words of free text."""

    question: str
    kind: str
    value: str
    at: datetime


class StoredResponse(Struct, frozen=True):
    """One stored response."""

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
    answer: int = 0  # the id of the answer that it came with; 0: the citizen sent it


class StoredCase(Struct, frozen=True):
    """One case. ``notes``: author (or what staff did), words and time of each."""

    number: str
    kind: str
    area: str
    status: str
    opened_at: datetime
    text: str
    notes: tuple[tuple[str, str, datetime], ...]
    due_at: datetime | None = None
    files: tuple[StoredFile, ...] = ()
    mail: str = ""  # address for its answers


class StoredRequest(Struct, frozen=True):
    """One data-rights request."""

    number: str
    right: str
    status: str
    asked_at: datetime
    due_at: datetime
    text: str
    answer: str


class StoredHandover(Struct, frozen=True):
    """One handover. ``said``: whether it was the citizen, words and time of each message."""

    area: str
    opened_at: datetime
    ended_at: datetime | None
    said: tuple[tuple[bool, str, datetime], ...] = ()
    files: tuple[StoredFile, ...] = ()


class StoredConsent(Struct, frozen=True):
    """One consent, with the version of the text agreed to."""

    purpose: str
    version: str
    channel: str
    given_at: datetime
    withdrawn_at: datetime | None


class StoredWarning(Struct, frozen=True):
    """A message about a breach sent to the contact, and its delivery state."""

    number: str
    told_at: datetime
    state: str
    text: str


class MyRecord(Struct, frozen=True):
    """Everything stored about a contact, for the files that they get."""

    channel: str
    address: str
    since: datetime
    responses: tuple[StoredResponse, ...] = ()
    cases: tuple[StoredCase, ...] = ()
    requests: tuple[StoredRequest, ...] = ()
    consents: tuple[StoredConsent, ...] = ()
    handovers: tuple[StoredHandover, ...] = ()
    breaches: tuple[StoredWarning, ...] = ()
