"""What a municipality promises, measures and assesses: policy, indicators, self-assessment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from handlers.content.fields import Day, Id, OneLine, StrictBool, StrictInt, StrictModel

MOST_CRITERIA = 40
"""As many as fit one page and one form."""


class Evidence(StrEnum):
    """Evidence of a commitment that can be counted at any moment."""

    ANSWERS = "answers"  # published ones
    SATISFACTION = "satisfaction"
    LOOKUPS = "lookups"
    ONLINE = "online"  # procedures that can be done without coming
    COVERAGE = "coverage"  # areas with procedures on record, and those with all that they need
    SOURCED = "sourced"  # procedures whose card rests on a published source
    CONTROL = "control"  # the last control run
    SELF_ASSESSMENTS = "self-assessments"  # areas with a validated one, and what they found
    MEASURES = "measures"  # corrective measures, and which were effective
    CASES = "cases"  # answered within their term
    DIGESTS = "digests"  # weekly digests that the staff got
    READING = "reading"  # staff who read the policy and understood it
    STAFF_ANSWERS = "staff-answers"  # areas of which a questionnaire to staff has a figure
    BREACHES = "breaches"  # the register of breaches of security
    DESKS = "desks"  # those of which is known how many attend, so that they can be told apart


class Commitment(StrictModel):
    """One commitment of the quality policy, with its evidence and what is missing."""

    title: OneLine
    text: OneLine
    evidence: tuple[Evidence, ...] = ()
    gap: OneLine | None = None  # what cannot be proved yet

    @model_validator(mode="after")
    def _is_proved_or_says_why_not(self) -> Commitment:
        if not self.evidence and self.gap is None:
            raise ValueError("falta evidence o gap: diga qué lo prueba o qué falta")
        return self


class PolicyQuestion(StrictModel):
    """A question to staff about the policy. ``right``: the number, from 1, of the right choice."""

    text: OneLine
    choices: Annotated[tuple[OneLine, ...], Field(min_length=2, max_length=4)]
    right: StrictInt

    @model_validator(mode="after")
    def _has_a_right_choice(self) -> PolicyQuestion:
        if not 1 <= self.right <= len(self.choices):
            raise ValueError("right: no hay esa alternativa; va de 1 a la cantidad de choices")
        return self


class Policy(StrictModel):
    """The quality policy as approved; decree and code are optional."""

    name: OneLine
    decree: OneLine | None = None
    decreed_on: Day | None = None
    code: OneLine | None = None
    version: OneLine
    dated: Day
    aim: OneLine
    commitments: Annotated[tuple[Commitment, ...], Field(min_length=1)]
    questions: Annotated[tuple[PolicyQuestion, ...], Field(max_length=3)] = ()

    @property
    def edition(self) -> str:
        """The id of this version; having read another one does not count."""
        return f"{self.code}-{self.version}" if self.code else self.version


class Metric(StrEnum):
    """Numerator and denominator of an indicator; computed in ``handlers.indicators.values``."""

    SATISFIED = "satisfied"  # grades 6 and 7 over all grades
    NET = "net"  # the share of 6 and 7 less that of 1 to 4
    REASON = "reason"  # one reason over all grades 1 to 5
    COMPLETION = "completion"  # reached the end over began
    FOUND = "found"  # lookups that found something over all
    USEFUL = "useful"  # "¿le sirvió?" yes over yes and no
    COVERAGE = "coverage"  # areas with catalogue, owner and a confirmed card over all
    CASES_IN_TIME = "cases-in-time"  # answered within their term over all that fell due
    VISITS_SPARED = "visits-spared"  # lookups of what can be done online over those of procedures
    READING = "reading"  # staff who read the policy and understood it over all


class Scope(StrEnum):
    """What an indicator measures: the municipality, each area, or each part shown of an area."""

    MUNICIPALITY = "municipality"
    AREA = "area"
    SERVICE = "service"
    DESK = "desk"
    CHANNEL = "channel"


PARTS = (Scope.SERVICE, Scope.DESK, Scope.CHANNEL)


class Indicator(StrictModel):
    """One version of an indicator's definition, valid for weeks that end from its date on."""

    id: Id
    version: Annotated[StrictInt, Field(ge=1)]
    valid_from: Day
    name: OneLine
    measured: Metric
    scope: Scope
    period: Literal["block", "week", "month", "now"]
    least: Annotated[StrictInt, Field(ge=10)] = 10  # fewest answers for a value
    reason: Id | None = None  # the choice, of ``reason``
    # Percent, or points of ``net``.
    target: Annotated[StrictInt, Field(ge=-100, le=100)] | None = None
    target_is_example: StrictBool = False  # of a demonstration: nobody decided it
    less_is_better: StrictBool = False
    chart: StrictBool = False  # it has a control chart


class Level(StrictModel):
    """One score of the scale, and what it means."""

    score: Annotated[StrictInt, Field(ge=0, le=100)]
    text: OneLine


class Criterion(StrictModel):
    """A criterion, stated as what should be the case.

    ``asks``: the questions to staff whose answers are evidence of it, "questionnaire.question".
    """

    id: Id
    text: OneLine
    asks: tuple[OneLine, ...] = ()


class Dimension(StrictModel):
    """An area of management (ámbito de gestión) with its criteria."""

    id: Id
    name: OneLine
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class SelfAssessment(StrictModel):
    """One version of the self-assessment. A draft keeps the criteria with which it was opened."""

    version: Annotated[StrictInt, Field(ge=1)]
    threshold: StrictInt  # a score below it is a gap
    scale: Annotated[tuple[Level, ...], Field(min_length=2, max_length=10)]
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]

    @field_validator("scale")
    @classmethod
    def _scores_rise(cls, scale: tuple[Level, ...]) -> tuple[Level, ...]:
        scores = [level.score for level in scale]
        if scores != sorted(set(scores)):
            raise ValueError("puntajes que suban de uno al siguiente, sin repetir ninguno")
        return scale

    @field_validator("dimensions")
    @classmethod
    def _ids_are_of_one(cls, dimensions: tuple[Dimension, ...]) -> tuple[Dimension, ...]:
        criteria = [one.id for dimension in dimensions for one in dimension.criteria]
        for repeated in _repeated(dimension.id for dimension in dimensions):
            raise ValueError(f"un id distinto en cada ámbito; {repeated} está dos veces")
        for repeated in _repeated(criteria):
            raise ValueError(f"un id distinto en cada criterio; {repeated} está dos veces")
        if len(criteria) > MOST_CRITERIA:
            raise ValueError(f"{MOST_CRITERIA} criterios o menos en total; hay {len(criteria)}")
        return dimensions

    @model_validator(mode="after")
    def _threshold_divides_the_scale(self) -> SelfAssessment:
        scores = [level.score for level in self.scale]
        if self.threshold not in scores[1:]:
            allowed = ", ".join(map(str, scores[1:]))
            raise ValueError(f"en threshold un puntaje de scale que no sea el más bajo: {allowed}")
        return self


def _repeated(ids: Iterable[str]) -> list[str]:
    return [one for one, times in Counter(ids).items() if times > 1]
