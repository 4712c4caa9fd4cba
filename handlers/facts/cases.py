"""What a turn records of a case."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

UNDO = timedelta(seconds=20)
"""How long an answer waits before it is sent to the citizen, and can be taken back."""

CORRECTION = "Corrección: "
"""Before words that put right a filed case, which stays as it is: for whoever answers it."""


class CaseKind(StrEnum):
    """Why a citizen asked for a person."""

    PERSON = "persona"
    COMPLAINT = "reclamo"
    SUGGESTION = "sugerencia"
    PRAISE = "felicitacion"
    REQUEST = "solicitud"
    CALL = "llamada"


class Due(Struct, frozen=True):
    """When a case lapses, and the rule that says so; it counts from the moment of its fact."""

    at: datetime
    rule: str


class CaseOpened(Struct, frozen=True, tag="case-opened"):
    """A numbered case; the area's staff (or the duty contact) are told at once."""

    number: str
    kind: CaseKind
    area: str  # empty: no area known, the general staff takes it
    text: str
    due: Due | None = None  # None: it needs no answer
    urgent: bool = False  # somebody may be in danger: staff on duty are notified too


class CaseExtended(Struct, frozen=True, tag="case-extended"):
    """The citizen added words to an open case.

    ``due``: if it was answered already, it is open again, and this is its new term.
    """

    number: str
    text: str
    due: Due | None = None
    urgent: bool = False


class CaseReopened(Struct, frozen=True, tag="case-reopened"):
    """The answer is not what the citizen asked for: the case is open again, with a new term."""

    number: str
    due: Due


class AnswerJudged(Struct, frozen=True, tag="answer-judged"):
    """Whether the answer is what the citizen asked for: "yes", "partly" or "no"."""

    number: str
    value: str


class CaseWithdrawn(Struct, frozen=True, tag="case-withdrawn"):
    """The citizen took the case back; its number and words stay for those who read it."""

    number: str


class FileOfStaff(Struct, frozen=True):
    """A file that goes with an answer, written anew and encrypted. ``size``: bytes before that."""

    media_type: str
    encrypted: bytes
    size: int


class CaseMailGiven(Struct, frozen=True, tag="case-mail-given"):
    """Answers to a case go to this address as well, in this language."""

    number: str
    address: str
    language: str


class CaseAnswered(Struct, frozen=True, tag="case-answered"):
    """A staff member answered; the citizen gets it as an incoming of their own, after ``UNDO``."""

    number: str
    staff: int
    text: str
    file: FileOfStaff | None = None


class AnswerUndone(Struct, frozen=True, tag="answer-undone"):
    """A staff member took their answer back before it was sent. ``note``: its id."""

    number: str
    staff: int
    note: int


class CaseNoted(Struct, frozen=True, tag="case-noted"):
    """A staff member wrote a note that only staff see."""

    number: str
    staff: int
    text: str


class CaseRead(Struct, frozen=True, tag="case-read"):
    """A staff member had the case shown in their chat."""

    number: str
    staff: int
