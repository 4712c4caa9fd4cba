"""Facts about cases."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

UNDO = timedelta(seconds=20)
"""How long an answer waits before it is sent, so that staff can take it back."""

CORRECTION = "Corrección: "
"""Before words that put right a filed case, which stays as it is: for whoever answers it."""


class CaseKind(StrEnum):
    """The kind of a case."""

    PERSON = "persona"
    COMPLAINT = "reclamo"
    SUGGESTION = "sugerencia"
    PRAISE = "felicitacion"
    REQUEST = "solicitud"
    CALL = "llamada"


class Due(Struct, frozen=True):
    """A case's deadline, and the rule that gives it, counted from the fact's time."""

    at: datetime
    rule: str


class CaseOpened(Struct, frozen=True, tag="case-opened"):
    """A case was filed; the area's staff, or the general staff, are notified at once."""

    number: str
    kind: CaseKind
    area: str  # empty: unknown, so the general staff gets it
    text: str
    due: Due | None = None  # None: needs no answer
    urgent: bool = False  # somebody may be in danger, so staff on duty are notified too


class CaseExtended(Struct, frozen=True, tag="case-extended"):
    """The citizen added words to a case.

    ``due``: if it was answered already, it reopens with this term.
    """

    number: str
    text: str
    due: Due | None = None
    urgent: bool = False


class CaseReopened(Struct, frozen=True, tag="case-reopened"):
    """The citizen is not satisfied with the answer: the case reopens with a new term."""

    number: str
    due: Due


class AnswerJudged(Struct, frozen=True, tag="answer-judged"):
    """The citizen's judgement of the answer: "yes", "partly" or "no"."""

    number: str
    value: str


class CaseWithdrawn(Struct, frozen=True, tag="case-withdrawn"):
    """The citizen withdrew the case; staff keep its number and words."""

    number: str


class FileOfStaff(Struct, frozen=True):
    """A cleaned and encrypted file sent with an answer. ``size``: bytes before encryption."""

    media_type: str
    encrypted: bytes
    size: int


class CaseMailGiven(Struct, frozen=True, tag="case-mail-given"):
    """The citizen wants answers to a case by mail as well, in this language."""

    number: str
    address: str
    language: str


class CaseAnswered(Struct, frozen=True, tag="case-answered"):
    """A member of staff answered; after ``UNDO`` the citizen gets it through their inbox."""

    number: str
    staff: int
    text: str
    file: FileOfStaff | None = None


class AnswerUndone(Struct, frozen=True, tag="answer-undone"):
    """A member of staff took back their answer before it was sent. ``note``: its note's id."""

    number: str
    staff: int
    note: int


class CaseNoted(Struct, frozen=True, tag="case-noted"):
    """A member of staff wrote a note that only staff see."""

    number: str
    staff: int
    text: str


class CaseRead(Struct, frozen=True, tag="case-read"):
    """A member of staff read the case in their chat."""

    number: str
    staff: int
