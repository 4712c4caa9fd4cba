"""Facts about answering a questionnaire."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Subject(Struct, frozen=True):
    """What a response is about: the dimensions of the weekly sums; empty means none."""

    area: str = ""
    service: str = ""
    desk: str = ""


class ResponseOutcome(StrEnum):
    """How a response ended."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ResponseOpened(Struct, frozen=True, tag="response-opened"):
    """A response began. ``origin``: menu, desk, lookup, noticed (in a message) or change."""

    response: int
    questionnaire: str
    version: int
    subject: Subject
    origin: str


class AnswerGiven(Struct, frozen=True, tag="answer-given"):
    """An answer, first or replaced: unique on (response, question).

    ``value``: the grade as a digit, a choice's id, ids joined by ``+``, ``yes`` or ``no``, a
    decimal, an ISO date or free text. ``grade``: 1–7 for grades, else 0. ``pending``: the
    procedure has not ended, so the answer is counted separately.
    """

    response: int
    questionnaire: str
    question: str
    kind: str
    value: str
    subject: Subject
    grade: int = 0
    pending: bool = False


class AnswerWithdrawn(Struct, frozen=True, tag="answer-withdrawn"):
    """An answer was taken back, and leaves the sums."""

    response: int
    question: str


class ResponsePending(Struct, frozen=True, tag="response-pending"):
    """The procedure has not ended, so all answers of its response are counted separately.

    A later answer without ``pending`` means that it has ended.
    """

    response: int


class ResponseClosed(Struct, frozen=True, tag="response-closed"):
    """The response was finished or abandoned."""

    response: int
    outcome: ResponseOutcome
    pending: bool = False
