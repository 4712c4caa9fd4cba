"""What can happen to a self-assessment: each step as it is kept, for ever and in order."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.assessments.rounds import StaffFigure
from handlers.content.quality import SelfAssessment

LONGEST_EVIDENCE = 600
LONGEST_SOURCE = 200
LONGEST_GAP = 400


class Level(Struct, frozen=True):
    """One score of the scale, and what it means."""

    score: int
    text: str


class Criterion(Struct, frozen=True):
    """What is looked at, with the name of the dimension that it belongs to.

    ``asks``: the questions to staff that are evidence of it, "questionnaire.question".
    """

    id: str
    dimension: str
    text: str
    asks: tuple[str, ...] = ()


class Edition(Struct, frozen=True):
    """The criteria as the content had them when it was opened: an edit changes none begun."""

    version: int
    threshold: int
    scale: tuple[Level, ...]
    criteria: tuple[Criterion, ...]


class Answer(Struct, frozen=True):
    """What is said of a criterion so far. ``source``: a link, or the name of a document."""

    score: int | None = None
    evidence: str = ""
    source: str = ""
    gap: str = ""


class Opened(Struct, frozen=True, tag="opened"):
    """A draft is begun. ``period``: a year or half of one, 2026 or 2026-S1."""

    area: str
    period: str
    edition: Edition


class Saved(Struct, frozen=True, tag="saved"):
    """The draft as a whole, by the criteria's ids; those without an answer are left out."""

    answers: dict[str, Answer]


Figures = dict[str, tuple[StaffFigure, ...]]
"""What staff answered, by the criteria's ids."""


class Validated(Struct, frozen=True, tag="validated"):
    """Somebody else has checked it: the end. ``figures``: as whoever did saw them."""

    figures: Figures = {}


Event = Opened | Saved | Validated


class AssessmentStep(Struct, frozen=True):
    """One event, by whom and when."""

    at: datetime
    staff: int
    event: Event


def edition_of(content: SelfAssessment) -> Edition:
    """The criteria as they are kept with a self-assessment."""
    return Edition(
        content.version,
        content.threshold,
        tuple(Level(level.score, level.text) for level in content.scale),
        tuple(
            Criterion(one.id, dimension.name, one.text, one.asks)
            for dimension in content.dimensions
            for one in dimension.criteria
        ),
    )
