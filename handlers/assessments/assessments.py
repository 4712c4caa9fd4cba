"""A self-assessment built from its steps, and what can be done with it next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import assert_never

from handlers.assessments.rounds import Counts, Round, StaffFigure, figures
from handlers.assessments.steps import (
    Answer,
    AssessmentStep,
    Criterion,
    Edition,
    Event,
    Figures,
    Opened,
    Saved,
    Validated,
)

NOTHING = Answer()


class MissingPart(StrEnum):
    """What a criterion lacks for the self-assessment to be validated."""

    SCORE = "score"
    EVIDENCE = "evidence"
    GAP = "gap"  # described in words, as the score is below the threshold


@dataclass(frozen=True, slots=True)
class Assessment:
    """One self-assessment. ``authors``: everybody who wrote in it.

    ``figures``: the area's staff answers; for a draft, as ``with_figures`` sets them.
    """

    number: str
    area: str
    period: str
    edition: Edition
    steps: tuple[AssessmentStep, ...]
    answers: dict[str, Answer] = field(default_factory=dict)
    authors: frozenset[int] = frozenset()
    validated: AssessmentStep | None = None
    figures: Figures = field(default_factory=dict)

    @property
    def opened_at(self) -> datetime:
        return self.steps[0].at

    @property
    def is_draft(self) -> bool:
        return self.validated is None

    def answer(self, criterion: Criterion) -> Answer:
        """The answer to a criterion; an empty one if there is none."""
        return self.answers.get(criterion.id, NOTHING)

    def staff_figures(self, criterion: Criterion) -> tuple[StaffFigure, ...]:
        """The staff's figures of a criterion's questions, whether they can be shown or not."""
        return self.figures.get(criterion.id, ())

    def is_below(self, answer: Answer) -> bool:
        """Whether a score is a gap."""
        return answer.score is not None and answer.score < self.edition.threshold

    def lacks(self, criterion: Criterion) -> tuple[MissingPart, ...]:
        """What is still missing for a criterion."""
        answer = self.answer(criterion)
        told = any(figure.is_told for figure in self.staff_figures(criterion))
        needed = {
            MissingPart.SCORE: answer.score is not None,
            MissingPart.EVIDENCE: bool(answer.evidence) or told,
            MissingPart.GAP: bool(answer.gap) or not self.is_below(answer),
        }
        return tuple(lack for lack, is_there in needed.items() if not is_there)

    @property
    def complete(self) -> tuple[Criterion, ...]:
        """The criteria for which nothing is missing."""
        return tuple(criterion for criterion in self.edition.criteria if not self.lacks(criterion))

    @property
    def gaps(self) -> tuple[Criterion, ...]:
        """The criteria with a score below the threshold."""
        return tuple(
            criterion
            for criterion in self.edition.criteria
            if self.is_below(self.answer(criterion))
        )

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing for any criterion."""
        return len(self.complete) == len(self.edition.criteria)

    def accepts(self, event: Event, staff: int) -> bool:
        """Whether this person may do this next; nobody may validate what they wrote."""
        match event:
            case Opened():
                return False
            case Saved():
                return self.is_draft
            case Validated():
                return self.is_draft and self.is_complete and staff not in self.authors
            case _:
                assert_never(event)


def assessment_of(number: str, steps: Sequence[AssessmentStep]) -> Assessment:
    """Build the self-assessment of these steps, in order; the first opened it."""
    first = steps[0].event
    assert isinstance(first, Opened), "every self-assessment begins by being opened"
    found = Assessment(number, first.area, first.period, first.edition, tuple(steps))
    for step in steps[1:]:
        match step.event:
            case Saved(answers=answers):
                found = replace(found, answers=answers, authors=found.authors | {step.staff})
            case Validated(figures=figures):
                found = replace(found, validated=step, figures=figures)
    return found


def with_figures(
    draft: Assessment, rounds: Sequence[Round], counts: Mapping[str, Counts], zone: tzinfo
) -> Assessment:
    """A draft with its staff's answers of closed rounds. ``counts``: of its area, by round."""
    since = datetime.combine(_first_day(draft.period), time(), zone)
    found = {
        criterion.id: figures(rounds, criterion.asks, since, counts)
        for criterion in draft.edition.criteria
        if criterion.asks
    }
    return replace(draft, figures=found)


def newest_validated(assessments: Iterable[Assessment]) -> dict[str, Assessment]:
    """Each area's validated one of the newest period; of several, the last validated."""
    done = [
        ((_end(assessment.period), assessment.validated.at, assessment.number), assessment)
        for assessment in assessments
        if assessment.validated
    ]
    return {
        assessment.area: assessment for _, assessment in sorted(done, key=lambda known: known[0])
    }


def draft_of(assessments: Iterable[Assessment], area: str, period: str) -> Assessment | None:
    """The open draft of an area and period, if any."""
    found = (
        assessment
        for assessment in assessments
        if (assessment.area, assessment.period) == (area, period)
    )
    return next((assessment for assessment in found if assessment.is_draft), None)


def periods(year: int) -> tuple[str, ...]:
    """The periods that can be assessed in a year: it and its halves, and the year before's."""
    return tuple(f"{one}{half}" for one in (year, year - 1) for half in ("", "-S1", "-S2"))


def _first_day(period: str) -> date:
    """The first day of a period."""
    year, _, half = period.partition("-")
    return date(int(year), 7 if half == "S2" else 1, 1)


def _end(period: str) -> tuple[str, str]:
    """The year and half in which a period ends; a year ends with its second half."""
    year, _, half = period.partition("-")
    return year, half or "S2"
