"""Staff of the attackers' towns: who read the policy, what they answered, how areas assess
themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from handlers.assessments.rounds import ENOUGH, Round, round_questions, staff_questionnaires
from handlers.assessments.steps import Answer, AssessmentStep, Opened, Saved, Validated, edition_of
from handlers.content.model import Content
from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.staff import PolicyUnderstood, StaffAnswered
from handlers.quality.suppression import THRESHOLD
from storage.assessments import rounds, steps
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.recorded_fact import RecordedFact
from storage.staff import staff
from storage.staff.readings import record_readings
from tests.storage.scene import ZONE

BEGIN, CLOSED = 2, 4
"""In these weeks staff are hired and asked, and the questionnaire is over."""

FIRST_PERSON = 1_000
"""Who answers is told apart by numbers from here on, which are nobody's in the panel."""

AUTHOR, CHECKER = 901, 902
EVIDENCE = Answer(3, "Está en el manual")


@dataclass(frozen=True, slots=True)
class AreaStaff:
    """How many of ``people`` understood the policy; how many of those asked said yes, or no."""

    people: int
    read: int
    yes: int
    no: int


Staffed = Mapping[str, AreaStaff]

STAFF: Staffed = {
    "transito": AreaStaff(people=15, read=12, yes=14, no=12),  # all of it is told
    "aseo": AreaStaff(people=9, read=4, yes=22, no=3),  # a bound
    "obras": AreaStaff(people=12, read=9, yes=7, no=2),  # nothing
    "deportes": AreaStaff(people=11, read=0, yes=0, no=25),  # a bound on the other side
}


def numbers_of_staff(staffed: Staffed) -> dict[str, dict[str, int]]:
    """How many are in each group, by area.

    Who did not read the policy is no secret where ten did: the policy itself has "Tránsito: 18 of
    22 have read it".
    """
    return {
        area: {
            "staff who read": one.read,
            "staff yes": one.yes,
            "staff no": one.no,
        }
        for area, one in staffed.items()
    }


def staffed_otherwise(staffed: Staffed, random: Random) -> Staffed:
    """Other numbers wherever they are small; what is told of them is the same."""
    return {area: _otherwise(one, random) for area, one in staffed.items()}


def _otherwise(one: AreaStaff, random: Random) -> AreaStaff:
    read, yes, no, n = one.read, one.yes, one.no, one.yes + one.no
    if read < THRESHOLD:
        read = _another(random, read, min(THRESHOLD, one.people + 1))
    if n < ENOUGH:
        yes, no = _another(random, yes, THRESHOLD), _another(random, no, THRESHOLD)
    elif no < THRESHOLD:
        no = _another(random, no, THRESHOLD)
        yes = n - no
    elif yes < THRESHOLD:
        yes = _another(random, yes, THRESHOLD)
        no = n - yes
    return AreaStaff(one.people, read, yes, no)


def _another(random: Random, number: int, end: int) -> int:
    return random.choice([other for other in range(end) if other != number])


def begin(
    tx: Transaction, keyring: Keyring, content: Content, staffed: Staffed, now: datetime
) -> None:
    """Staff are hired, read the policy, and answer what they are asked; areas begin a draft."""
    assert content.policy is not None
    assert content.self_assessment is not None
    (form,) = staff_questionnaires(content)
    asked = round_questions(form, "es-CL")
    ends = now + timedelta(days=5)
    drafted = Round("", form.id, form.version, "Trabajar en su área", asked, now, ends)
    number = rounds.open_one(tx, keyring, drafted, AUTHOR, ZONE)
    assert number is not None
    person = iter(range(FIRST_PERSON, FIRST_PERSON + 10_000))
    for area, one in staffed.items():
        for place in range(one.people):
            staff.add(
                tx,
                keyring,
                staff.NewMember(f"{area} {place}", f"{area}-{place}@ejemplo.cl", area),
                now,
            )
            if place < one.read:
                read = PolicyUnderstood(next(person), area, content.policy.edition)
                record_readings(tx, keyring, [RecordedFact(read, 0, "telegram", now)])
        for said in (*[True] * one.yes, *[False] * one.no):
            answers = tuple((question.id, _value(question.kind, good=said)) for question in asked)
            assert rounds.count(
                tx, keyring, StaffAnswered(number, next(person), area, answers), now
            )
        begun = Opened(area, str(now.year), edition_of(content.self_assessment))
        steps.open_one(tx, keyring, AssessmentStep(now, AUTHOR, begun), ZONE)


def assess(tx: Transaction, keyring: Keyring, now: datetime) -> None:
    """The drafts are filled in and validated, with what staff answered."""
    for one in steps.as_they_stand(tx, steps.all_assessments(tx, keyring), now, ZONE):
        answers = {criterion.id: EVIDENCE for criterion in one.edition.criteria}
        assert steps.add(tx, keyring, one, AssessmentStep(now, AUTHOR, Saved(answers)))
        saved = steps.find_assessment(tx, keyring, one.number)
        assert saved is not None
        (filled,) = steps.as_they_stand(tx, [saved], now, ZONE)
        assert steps.add(
            tx, keyring, filled, AssessmentStep(now, CHECKER, Validated(filled.figures))
        )


def _value(kind: QuestionKind, *, good: bool) -> str:
    if kind is QuestionKind.YES_NO:
        return "yes" if good else "no"
    return "6" if good else "4"
