"""Gaps of a validated self-assessment, and the measures that they open."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.assessments.assessments import Assessment
from handlers.assessments.steps import Criterion
from handlers.measures.after_run import before_week
from handlers.measures.measures import Measure
from handlers.measures.steps import Deadline, Gap, Opened, Origin
from handlers.quality.weeks import IsoWeek


def measures_of(assessment: Assessment, measures: Iterable[Measure]) -> dict[str, str]:
    """The numbers of the measures opened by its gaps, by criterion."""
    return {
        gap.criterion_id: measure.number
        for measure in measures
        if (gap := measure.opened.gap) is not None and gap.assessment == assessment.number
    }


def opened_by(
    assessment: Assessment, criterion: Criterion, week: IsoWeek, term: Deadline, evidence: str
) -> Opened:
    """The event that opens a gap's measure. ``evidence``: in words, as validated."""
    answer, since = assessment.answer(criterion), before_week(week)
    gap = Gap(criterion.text, evidence, assessment.number, criterion.id)
    first = str(since.shifted(1))
    return Opened(assessment.area, Origin.GAP, str(since), first, term, answer.gap, gap=gap)
