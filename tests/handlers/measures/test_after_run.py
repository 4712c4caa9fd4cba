"""What a control run opens and measures: once, from what was published, and beside other areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from msgspec.structs import replace

from handlers.measures.after_run import LONGEST_WEEKS, MEASURED_WEEKS, Consequence, consequences
from handlers.measures.history import History
from handlers.measures.measures import Measure, with_step
from handlers.measures.standing import STANDS_WEEKS
from handlers.measures.steps import (
    Closed,
    Declined,
    Event,
    Measured,
    MeasureStep,
    Opened,
    Origin,
    SignalledAgain,
)
from handlers.quality.blocks import Block
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.weeks import IsoWeek
from tests.handlers.measures.weeks_of_blocks import (
    BASE,
    CALENDAR,
    DECIDED,
    LOW,
    SIGNAL,
    USUAL,
    ZONE,
    areas_with,
    done,
    measure,
    monday_after,
    opened,
    run_of,
    up_to,
)

TERM = opened().term
FALLEN = areas_with(obras=[*BASE, LOW, *[LOW + 5] * 4, *[USUAL] * 40], aseo=[USUAL] * 57)
NOTHING = Effect(Effectiveness.TOO_FEW, Side(), Side(), None, Side(), Side(), None)
ENDED = Closed("Hay otra caja")
LATER = SIGNAL.shifted(4 + MEASURED_WEEKS)  # eight weeks after the action


def after(week: IsoWeek, blocks: dict[str, list[Block]], *measures: Measure) -> list[Consequence]:
    return list(consequences(run_of(week, blocks), History(up_to(week, blocks)), measures, TERM))


def effect_at(week: IsoWeek, blocks: dict[str, list[Block]], *others: Measure) -> Measured | None:
    """What is told of the measure of obras in a run."""
    acted = measure(opened(), DECIDED, done())
    told = [f.event for f in after(week, blocks, acted, *others) if f.number == acted.number]
    found = [event for event in told if isinstance(event, Measured)]
    return found[0] if found else None


def test_a_fall_opens_a_measure_of_its_area_and_a_quiet_week_none() -> None:
    assert after(SIGNAL.shifted(-1), FALLEN) == []
    (found,) = after(SIGNAL, FALLEN)
    assert found == Consequence("", Opened("obras", Origin.SIGNAL, str(SIGNAL), str(SIGNAL), TERM))


def test_a_rise_opens_nothing() -> None:
    risen = areas_with(obras=[*BASE, 58], aseo=[USUAL] * 13)
    assert run_of(SIGNAL, risen).areas[1].judged is not None
    assert after(SIGNAL, risen) == []


@pytest.mark.parametrize(
    "events", [(), (DECIDED,), (DECIDED, done())], ids=["to decide", "decided", "done"]
)
def test_another_fall_stands_in_the_measure_that_is_open(events: tuple[object, ...]) -> None:
    again = after(SIGNAL.shifted(1), FALLEN, measure(opened(), *events))
    assert again == [Consequence("M-2026-001", SignalledAgain(str(SIGNAL.shifted(1))))]


AGREED = replace(opened(since=SIGNAL.shifted(-2)), origin=Origin.MEETING)


def test_a_fall_is_not_answered_by_what_a_person_opened_for_another_reason() -> None:
    (found,) = after(SIGNAL, FALLEN, measure(AGREED, DECIDED))
    assert isinstance(found.event, Opened)
    assert found.number == ""
    fell, agreed = measure(opened()), measure(AGREED, DECIDED, number="M-2026-002")
    (again,) = after(SIGNAL.shifted(1), FALLEN, fell, agreed)
    assert again == Consequence("M-2026-001", SignalledAgain(str(SIGNAL.shifted(1))))


NO_MEASURE = Declined("Fue el temporal", "Pasó con el temporal")
A_LITTLE = [LOW] * 2 + [LOW + 10] * 5 + [USUAL + 2] + [LOW + 10] * 2
STAYS, FURTHER, RISEN = [LOW] * 16, [LOW] * 3 + [LOW - 13] * 3, [LOW] * 3 + [USUAL] * 4 + [LOW]


@pytest.mark.parametrize(
    ("after_the_fall", "events", "asked"),
    [
        (STAYS, (NO_MEASURE,), [STANDS_WEEKS + 2]),  # it was decided in the week after the signal
        (FURTHER, (NO_MEASURE,), [5]),
        (RISEN, (NO_MEASURE,), [8]),  # it is another fall
        (A_LITTLE, (NO_MEASURE,), []),  # one good week is no return to the base
        # What was not decided of a fall says nothing of one.
        (STAYS, (DECIDED, done(0), Measured("2026-W14", NOTHING, True), ENDED), range(1, 17)),
    ],
    ids=["stays", "falls further", "rises and falls", "rises a little", "closed"],
)
def test_no_measure_stands_while_the_fall_stays_as_it_was(
    after_the_fall: list[int], events: tuple[Event, ...], asked: Sequence[int]
) -> None:
    blocks = areas_with(obras=[*BASE, LOW, *after_the_fall])
    ended = measure(opened(), *events)
    found = {}
    for week in range(1, len(after_the_fall) + 1):
        for one in after(SIGNAL.shifted(week), blocks, ended):
            found[week] = one
            if one.number:
                assert one == Consequence(ended.number, SignalledAgain(str(SIGNAL.shifted(week))))
                ended = with_step(
                    ended, MeasureStep(monday_after(SIGNAL.shifted(week)), 0, one.event), ZONE
                )
                assert not ended.is_open
    openings = [week for week, one in found.items() if not one.number]
    assert openings[: len(asked) or None] == [*asked]
    assert found[1].number == ("" if 1 in asked else ended.number)


def test_whether_no_measure_stands_tells_nothing_that_is_hidden() -> None:
    """A week is published as a bound: how many were below it makes no difference."""
    declined = measure(opened(), SignalledAgain(str(SIGNAL.shifted(1))), NO_MEASURE)
    found = [
        after(SIGNAL.shifted(2), areas_with(obras=[*BASE, LOW - 10, LOW - 10, hidden]), declined)
        for hidden in (0, 9)
    ]
    assert found[0] == found[1]
    assert found[0][0].number == declined.number


def test_no_measure_about_anything_else_says_nothing_of_a_fall() -> None:
    agreed = replace(opened(), origin=Origin.MEETING, problem="Abrir los sábados")
    declined = measure(agreed, SignalledAgain(str(SIGNAL)), NO_MEASURE)
    (found,) = after(SIGNAL.shifted(1), areas_with(obras=[*BASE, LOW, LOW]), declined)
    assert isinstance(found.event, Opened)


def test_ten_working_days_leave_out_weekends_and_holidays() -> None:
    # Of Monday 30 March 2026; 3 April is Good Friday, and the 4th a Saturday.
    assert CALENDAR.local_day(monday_after(SIGNAL)) == date(2026, 3, 30)
    assert CALENDAR.local_day(TERM.due_at) == date(2026, 4, 14)


def test_the_effect_is_told_once_and_not_before_eight_weeks_have_passed() -> None:
    assert effect_at(LATER.shifted(-1), FALLEN) is None
    found = effect_at(LATER, FALLEN)
    assert found is not None
    assert found.effect.verdict is Effectiveness.EFFECTIVE
    # The signal's week is on no side: four weeks of 30, then eight of 45, beside aseo's.
    assert (found.effect.before, found.effect.after) == (Side(120, 240), Side(360, 480))
    assert (found.beside.areas, found.beside.before) == (1, Side(180, 240))
    assert (found.week, found.can_be_shown) == (str(LATER), True)
    told = measure(opened(), DECIDED, done(), found)
    assert after(LATER.shifted(1), FALLEN, told) == []


def test_what_did_not_rise_is_not_called_effective() -> None:
    stays = areas_with(obras=[*BASE, LOW, *[LOW + 5] * 44], aseo=[USUAL] * 57)
    found = effect_at(LATER, stays)
    assert found is not None
    assert found.effect.verdict is Effectiveness.UNPROVEN


def test_answers_are_awaited_for_half_a_year_and_then_it_is_said_that_they_are_few() -> None:
    silent = {
        "obras": [b for b in FALLEN["obras"] if b.first <= SIGNAL.shifted(4)],
        "aseo": FALLEN["aseo"],
    }
    last = SIGNAL.shifted(4 + LONGEST_WEEKS)
    assert effect_at(last.shifted(-1), silent) is None
    found = effect_at(last, silent)
    assert found is not None
    assert (found.effect.verdict, found.effect.change) == (Effectiveness.TOO_FEW, None)


def test_areas_that_did_something_of_their_own_are_not_set_beside_it() -> None:
    three = {**FALLEN, **areas_with(cultura=[USUAL] * 57)}
    own = measure(opened("aseo", SIGNAL.shifted(2)), DECIDED, number="M-2026-002")
    declined = measure(opened("aseo", SIGNAL.shifted(2)), Declined("Es ruido"), number="M-2026-002")
    found = [effect_at(LATER, three, other) for other in (own, declined)]
    assert [told.beside.areas for told in found if told is not None] == [1, 2]


def test_a_measure_that_ended_before_does_not_count_as_one_of_the_same_weeks() -> None:
    earlier = SIGNAL.shifted(-1)
    told = effect_at(LATER, FALLEN)
    assert told is not None
    ended = [DECIDED, done(-3), Measured(str(earlier), told.effect, True), Closed("Hay otra caja")]
    of_aseo = measure(opened("aseo", SIGNAL.shifted(-9)), *ended, number="M-2026-000")
    found = effect_at(LATER, FALLEN, of_aseo)
    assert found is not None
    assert found.beside.areas == 1


def test_numbers_beside_a_hidden_one_are_not_shown_and_hidden_ones_are_in_no_shown_sum() -> None:
    base = SIGNAL.shifted(-9)  # the interval is widened by the spread of the baseline
    for area, week, can_be_shown, others in (
        ("obras", SIGNAL.shifted(6), False, 1),
        ("obras", base, False, 1),
        ("aseo", SIGNAL.shifted(6), True, 0),
        ("aseo", base, True, 1),
    ):
        bound = Block(area, week, week, 55, 60)  # fewer than ten unsatisfied
        blocks = {
            **FALLEN,
            area: [bound if block.first == bound.first else block for block in FALLEN[area]],
        }
        found = effect_at(LATER, blocks)
        assert found is not None
        assert (found.can_be_shown, found.beside.areas) == (can_be_shown, others)
        # The verdict is reached beside all of them.
        assert found.effect.others_after.n == 480
