"""The steps of a self-assessment, as they are stored for good and in order."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from handlers.assessments.rounds import StaffFigure
from handlers.content.quality import SelfAssessment

LONGEST_EVIDENCE = 600
LONGEST_SOURCE = 200
LONGEST_GAP = 400


class Level(Struct, frozen=True):
    """One score of the scale, with its meaning."""

    score: int
    text: str


class Criterion(Struct, frozen=True):
    """One criterion, with the name of its dimension.

    ``asks``: the questions to staff that are evidence of it, "questionnaire.question".
    """

    id: str
    dimension: str
    text: str
    asks: tuple[str, ...] = ()


class Edition(Struct, frozen=True):
    """The criteria of the content at the opening, unaffected by later edits."""

    version: int
    threshold: int
    scale: tuple[Level, ...]
    criteria: tuple[Criterion, ...]


class Answer(Struct, frozen=True):
    """The answer to a criterion so far. ``source``: a link or a document's name."""

    score: int | None = None
    evidence: str = ""
    source: str = ""
    gap: str = ""


class Opened(Struct, frozen=True, tag="opened"):
    """A draft was opened. ``period``: a year or half of one, 2026 or 2026-S1."""

    area: str
    period: str
    edition: Edition


class Saved(Struct, frozen=True, tag="saved"):
    """The whole draft was saved: the answers, by criterion id."""

    answers: dict[str, Answer]


Figures = dict[str, tuple[StaffFigure, ...]]
"""Figures of staff's answers, by criterion id."""


class Validated(Struct, frozen=True, tag="validated"):
    """Somebody other than its authors validated it: the last step. ``figures``: as seen then."""

    figures: Figures = {}


Event = Opened | Saved | Validated


class AssessmentStep(Struct, frozen=True):
    """One event, by whom and when."""

    at: datetime
    staff: int
    event: Event


def edition_of(content: SelfAssessment) -> Edition:
    """The content's criteria in the form stored with a self-assessment."""
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
