"""What a turn records of a questionnaire that a citizen answers."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct


class Subject(Struct, frozen=True):
    """What a response is about: the dimensions of every weekly sum. Empty: none."""

    area: str = ""
    service: str = ""
    desk: str = ""


class ResponseOutcome(StrEnum):
    """How a response ended."""

    COMPLETED = "completed"
    CANCELLED = "cancelled"


class ResponseOpened(Struct, frozen=True, tag="response-opened"):
    """A questionnaire was begun. ``origin``: menu, desk, lookup, noticed or change."""

    response: int
    questionnaire: str
    version: int
    subject: Subject
    origin: str


class AnswerGiven(Struct, frozen=True, tag="answer-given"):
    """An answer, first or replaced: unique on (response, question).

    ``value`` is the grade as a digit, a choice's id, ids joined by ``+``, ``yes``/``no``, a
    decimal, an ISO date or free text. ``grade`` is 1–7 for grades, else 0. ``pending``: the
    procedure has not ended, so it is counted apart.
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
    """An answer was taken back; its sum is taken back with it."""

    response: int
    question: str


class ResponsePending(Struct, frozen=True, tag="response-pending"):
    """The procedure that a response is about has not ended: all its answers are counted apart.

    An answer that is given later and is not ``pending`` says that it has.
    """

    response: int


class ResponseClosed(Struct, frozen=True, tag="response-closed"):
    """The questionnaire was finished or given up."""

    response: int
    outcome: ResponseOutcome
    pending: bool = False
