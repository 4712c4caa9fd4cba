"""What a self-assessment lacks, who may validate it, and which one of an area counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.assessments.assessments import (
    Assessment,
    MissingPart,
    assessment_of,
    draft_of,
    newest_validated,
    periods,
)
from handlers.assessments.gaps import measures_of, opened_by
from handlers.assessments.steps import (
    Answer,
    AssessmentStep,
    Criterion,
    Edition,
    Event,
    Level,
    Opened,
    Saved,
    Validated,
)
from handlers.measures.steps import Deadline, Gap, Origin
from handlers.quality.weeks import IsoWeek

NOW = datetime(2026, 11, 18, 15, tzinfo=UTC)
GOALS, TRAINING = Criterion("metas", "Dirección", "Hay metas"), Criterion("curso", "Gente", "Curso")
SCALE = (Level(1, "No"), Level(2, "A veces"), Level(3, "Sí"))
EDITION = Edition(1, 2, SCALE, (GOALS, TRAINING))
WHOLE = Answer(3, "Plan 2026")
GAP = Answer(1, "No hay registro", "Acta 3", "Nadie se capacita")


def made(
    *events: tuple[int, Event], period: str = "2026", number: str = "A-2026-001"
) -> Assessment:
    """One that was opened by 9, and then had these events, a minute apart."""
    steps = [AssessmentStep(NOW, 9, Opened("obras", period, EDITION))]
    for staff, event in events:
        steps.append(AssessmentStep(steps[-1].at + timedelta(minutes=1), staff, event))
    return assessment_of(number, steps)


@pytest.mark.parametrize(
    ("answer", "lacks"),
    [
        (Answer(), (MissingPart.SCORE, MissingPart.EVIDENCE)),
        (Answer(evidence="Plan"), (MissingPart.SCORE,)),
        (Answer(3), (MissingPart.EVIDENCE,)),
        (
            Answer(3, source="https://ejemplo.cl"),
            (MissingPart.EVIDENCE,),
        ),  # a link alone says nothing
        (Answer(2, "Plan"), ()),  # at the threshold is no gap
        (Answer(1, "Plan"), (MissingPart.GAP,)),
        (Answer(1), (MissingPart.EVIDENCE, MissingPart.GAP)),
        (GAP, ()),
    ],
)
def test_nothing_is_validated_without_score_evidence_and_the_gap_in_words(
    answer: Answer, lacks: tuple[MissingPart, ...]
) -> None:
    found = made((1, Saved({"metas": WHOLE, "curso": answer})))
    assert found.lacks(TRAINING) == lacks
    assert found.is_complete is (not lacks)
    assert found.accepts(Validated(), 2) is (not lacks)


def test_who_wrote_in_it_does_not_validate_it_and_who_opened_it_may() -> None:
    answers = {"metas": WHOLE, "curso": GAP}
    found = made((1, Saved({"metas": WHOLE})), (2, Saved(answers)))
    assert [found.accepts(Validated(), staff) for staff in (1, 2, 3, 9)] == [
        False,
        False,
        True,
        True,
    ]


def test_what_is_validated_takes_nothing_more() -> None:
    found = made((1, Saved({"metas": WHOLE, "curso": GAP})), (2, Validated()))
    assert not found.is_draft
    for event in (Saved({}), Validated(), Opened("obras", "2026", EDITION)):
        assert not found.accepts(event, 3)
    assert draft_of([found], "obras", "2026") is None


def test_of_one_period_the_one_that_was_validated_last_counts() -> None:
    whole = Saved({"metas": WHOLE, "curso": WHOLE})
    later = made((1, whole), (1, whole), (2, Validated()), number="A-2026-001")
    first = made((1, whole), (2, Validated()), number="A-2026-002")
    draft = made((1, whole), number="A-2026-003")
    assert newest_validated([later, first, draft]) == {"obras": later}


@pytest.mark.parametrize(
    ("earlier", "newer"),
    [("2025", "2026"), ("2025-S2", "2026-S1"), ("2026-S1", "2026-S2"), ("2026-S1", "2026")],
)
def test_one_of_an_earlier_period_that_is_validated_late_does_not_count(
    earlier: str, newer: str
) -> None:
    whole = Saved({"metas": WHOLE, "curso": WHOLE})
    counts = made((1, whole), (2, Validated()), period=newer)
    late = made((1, whole), (1, whole), (2, Validated()), period=earlier, number="A-2026-002")
    assert newest_validated([counts, late]) == {"obras": counts}


def test_a_gap_opens_a_measure_that_takes_criterion_and_evidence_over() -> None:
    found = made((1, Saved({"metas": WHOLE, "curso": GAP})), (2, Validated()))
    assert found.gaps == (TRAINING,)
    opened = opened_by(found, TRAINING, IsoWeek(2026, 47), Deadline(NOW, "POLITICA"), "Acta 3")
    assert (opened.area, opened.origin, opened.problem) == ("obras", Origin.GAP, GAP.gap)
    assert opened.gap == Gap("Curso", "Acta 3", "A-2026-001", "curso")
    assert (opened.since, opened.heard_from) == ("2026-W35", "2026-W36")
    assert measures_of(found, []) == {}


def test_a_year_and_its_halves_can_be_assessed_in_it_and_in_the_next() -> None:
    assert periods(2027) == ("2027", "2027-S1", "2027-S2", "2026", "2026-S1", "2026-S2")
