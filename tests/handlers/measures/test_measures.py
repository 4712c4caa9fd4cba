"""A measure's states, and what may be done in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from handlers.measures import board
from handlers.measures.measures import State, Verb, measure_of
from handlers.measures.standing import STANDS_WEEKS
from handlers.measures.steps import (
    Assigned,
    Closed,
    Declined,
    Event,
    Measured,
    MeasureStep,
    NoteAdded,
    Reopened,
    SignalledAgain,
)
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.weeks import IsoWeek
from tests.handlers.measures.weeks_of_blocks import (
    CALENDAR,
    DECIDED,
    ROSA,
    SIGNAL,
    ZONE,
    done,
    measure,
    monday_after,
    opened,
)

SIDES = (Side(30, 60), Side(50, 60))


def told(verdict: Effectiveness) -> Measured:
    effect = Effect(verdict, *SIDES, None, Side(), Side(), None)
    return Measured(str(SIGNAL.shifted(12)), effect, True)


TERM = opened().term
AGAIN = Reopened("Fue un error", opened().since, TERM)
EFFECTIVE, UNPROVEN = told(Effectiveness.EFFECTIVE), told(Effectiveness.UNPROVEN)
TOO_FEW = told(Effectiveness.TOO_FEW)


@pytest.mark.parametrize(
    ("events", "state", "first"),
    [
        ([], State.TO_DECIDE, Verb.DECIDE),
        (
            [SignalledAgain("2026-W14"), NoteAdded("Se habló"), Assigned()],
            State.TO_DECIDE,
            Verb.DECIDE,
        ),
        ([Declined("Fue el temporal")], State.DECLINED, Verb.REOPEN),
        ([Declined("Por error"), AGAIN], State.TO_DECIDE, Verb.DECIDE),
        ([DECIDED, done(), AGAIN], State.TO_DECIDE, Verb.DECIDE),
        ([DECIDED], State.DECIDED, Verb.DO),
        ([DECIDED, replace(DECIDED, action="Otra caja")], State.DECIDED, Verb.DO),
        ([DECIDED, Declined("No hay presupuesto")], State.DECLINED, Verb.REOPEN),
        ([DECIDED, done()], State.DONE, Verb.NOTE),
        ([DECIDED, done(), EFFECTIVE], State.MEASURED, Verb.CLOSE),
        ([DECIDED, done(), UNPROVEN], State.MEASURED, Verb.REOPEN),
        ([DECIDED, done(), TOO_FEW], State.MEASURED, Verb.CLOSE),
        ([DECIDED, done(), TOO_FEW, Closed("Hay otra caja")], State.TOO_FEW, None),
        ([Declined("Fue el temporal"), SignalledAgain("2026-W14")], State.DECLINED, Verb.REOPEN),
        ([DECIDED, done(), EFFECTIVE, Closed("Hay otra caja")], State.EFFECTIVE, None),
        (
            [DECIDED, done(), UNPROVEN, Reopened("No bastó", "2026-W25", TERM)],
            State.TO_DECIDE,
            Verb.DECIDE,
        ),
    ],
)
def test_where_it_stands_and_what_is_asked_for_next(
    events: Sequence[Event], state: State, first: Verb | None
) -> None:
    found = measure(opened(), *events)
    assert found.state is state
    assert (found.verbs[0] if found.verbs else None) is first
    assert found.is_open is (state not in (State.EFFECTIVE, State.TOO_FEW, State.DECLINED))
    assert (found.ending is None) is found.is_open
    assert len(found.steps) == len(events) + 1


def test_what_did_not_work_cannot_be_closed_and_what_did_cannot_be_reopened() -> None:
    assert Verb.CLOSE not in measure(opened(), DECIDED, done(), UNPROVEN).verbs
    assert Verb.REOPEN not in measure(opened(), DECIDED, done(), EFFECTIVE).verbs
    assert Verb.REOPEN in measure(opened(), DECIDED, done(), TOO_FEW).verbs


def test_what_is_due_is_the_decision_the_action_and_what_follows_from_the_effect() -> None:
    undecided = measure(opened())
    assert undecided.due_at == TERM.due_at
    assert not undecided.is_overdue(TERM.due_at)
    assert undecided.is_overdue(TERM.due_at + timedelta(seconds=1))
    decided = measure(opened(), DECIDED)
    assert decided.due_at is not None
    assert CALENDAR.local_day(decided.due_at) == DECIDED.due
    told_by = replace(UNPROVEN, term=TERM)
    assert measure(opened(), DECIDED, done(), told_by).due_at == TERM.due_at
    proved = replace(EFFECTIVE, term=TERM)
    for events in (
        [Declined("x")],
        [DECIDED, done()],
        [DECIDED, done(), EFFECTIVE],  # as it was kept before that had a deadline
        [DECIDED, done(), proved, Closed("Hay otra caja")],
    ):
        assert not measure(opened(), *events).is_overdue(monday_after(SIGNAL.shifted(500)))


def test_what_was_decided_can_be_changed_until_it_is_done() -> None:
    later = replace(DECIDED, due=DECIDED.due + timedelta(days=30), owner=DECIDED.owner + 1)
    changed = measure(opened(), DECIDED, later)
    assert (changed.decision, changed.owner) == (later, later.owner)
    assert changed.due_at is not None
    assert CALENDAR.local_day(changed.due_at) == later.due
    for verb in (Verb.DECIDE, Verb.DECLINE):
        assert verb in changed.verbs
        assert verb not in measure(opened(), DECIDED, done()).verbs


def test_reopening_forgets_the_decision_and_counts_before_from_then_on() -> None:
    again = measure(opened(), DECIDED, done(), UNPROVEN, Reopened("No bastó", "2026-W25", TERM))
    assert (again.decision, again.done_week, again.measured) == (None, None, None)
    assert str(again.since) == "2026-W25"


def test_whoever_takes_it_sees_to_it() -> None:
    assert measure(opened()).owner == 0
    assert measure(opened(), Assigned()).owner == ROSA


def test_every_event_is_read_as_it_was_written() -> None:
    events: list[Event] = [
        opened(), SignalledAgain("2026-W14"), Assigned(), DECIDED, Declined("x"), NoteAdded("y"),
        done(), EFFECTIVE, Closed("Hay otra caja"), Reopened("No bastó", "2026-W25", TERM),
    ]  # fmt: skip
    for event in events:
        assert msgspec.json.decode(msgspec.json.encode(event), type=Event) == event


@pytest.mark.parametrize("events", [[Declined("Por error")], [DECIDED, done()]])
def test_a_step_that_was_a_mistake_counts_as_never_done(events: Sequence[Event]) -> None:
    before = measure(opened(), *events)
    assert before.reopened_since == opened_since()
    again = Reopened("Fue un error", str(before.reopened_since), TERM)
    after = measure(opened(), *events, again)
    assert (after.ended_at, after.done_week, after.since) == (None, None, opened_since())
    measured = measure(opened(), DECIDED, done(), UNPROVEN)
    assert measured.reopened_since == measured.done_week


def opened_since() -> IsoWeek:
    return IsoWeek.parse(opened().since)


REOPENED = Reopened("No bastó", "2026-W25", TERM)
LATER = replace(DECIDED, due=DECIDED.due + timedelta(days=100))


@pytest.mark.parametrize(
    ("events", "news"),
    [
        ([], {"to-decide"}),
        ([Declined("x", "Pasó")], {"declined"}),
        ([Declined("x", "Pasó"), SignalledAgain("2026-W14")], {"declined"}),
        ([Declined("x"), AGAIN], {"to-decide"}),
        ([DECIDED, replace(DECIDED, cause="Otra")], set()),
        ([DECIDED, LATER], {"moved"}),
        ([DECIDED, LATER, replace(LATER, action="Otra caja")], {"moved"}),
        ([DECIDED, LATER, AGAIN, LATER], {"moved"}),
        ([DECIDED, done()], {"done"}),
        ([DECIDED, done(), replace(UNPROVEN, term=TERM)], {"done", "measured", "due"}),
        ([DECIDED, done(), UNPROVEN, REOPENED], {"measured", "to-decide"}),
        ([DECIDED, done(), EFFECTIVE], {"done", "measured"}),
        ([DECIDED, done(), EFFECTIVE, Closed("Hay otra caja")], {"done", "effective"}),
        ([DECIDED, done(), TOO_FEW, Closed("Hay otra caja")], {"done", "too-few"}),
    ],
)
def test_what_became_of_it_in_a_week_is_news(events: Sequence[Event], news: set[str]) -> None:
    found = measure(opened(), *events)
    week, now = IsoWeek.of(found.opened_at, ZONE), TERM.due_at
    told = board.news([found], week, now, ZONE, lambda then, _: f"{then.done_week}")
    assert {one.what for one in told} == news
    effects = [one.effect for one in told if one.what in ("measured", "effective", "too-few")]
    assert set(effects) <= {str(SIGNAL.shifted(4))}, "as it was measured"
    later = board.news([found], week.shifted(2), now, ZONE, lambda *_: "")
    assert {one.what for one in later} <= {"due", "to-decide"}
    first = [one.first_due for one in told if one.first_due is not None]
    is_moved = DECIDED in events and bool({"moved", "to-decide"} & news)
    assert first == ([DECIDED.due] if is_moved else [])


@pytest.mark.parametrize(
    ("events", "moved_from", "promised"),
    [
        ([DECIDED], None, DECIDED.due),
        ([DECIDED, LATER], DECIDED.due, DECIDED.due),
        ([DECIDED, done(), AGAIN], DECIDED.due, DECIDED.due),
        ([DECIDED, Declined("x"), AGAIN, LATER], DECIDED.due, DECIDED.due),
        ([DECIDED, done(), AGAIN, DECIDED], None, DECIDED.due),
        ([DECIDED, done(), UNPROVEN, REOPENED, LATER], DECIDED.due, LATER.due),
    ],
)
def test_the_first_date_stays_in_sight_also_once_it_is_opened_again(
    events: Sequence[Event], moved_from: date | None, promised: date
) -> None:
    found = measure(opened(), *events)
    assert (found.moved_from, found.promised) == (moved_from, promised)


def test_what_is_to_be_decided_is_news_from_the_start_and_what_stands_while_it_does() -> None:
    undecided = measure(opened())
    (told,) = board.news([undecided], SIGNAL, undecided.opened_at, ZONE, lambda *_: "")
    assert (told.what, told.due) == ("to-decide", CALENDAR.local_day(TERM.due_at))
    acted = measure(opened("aseo"), DECIDED, done(), number="M-2026-002")
    week, now = IsoWeek.of(undecided.opened_at, ZONE), TERM.due_at
    both = board.news([acted, undecided], week, now, ZONE, lambda *_: "")
    assert [one.what for one in both] == ["to-decide", "done"], "what is due comes first"
    at = undecided.opened_at
    steps = [undecided.steps[0], MeasureStep(at, ROSA, Declined("x", "Pasó"))]
    steps.append(MeasureStep(at + timedelta(days=7), 0, SignalledAgain("2026-W14")))
    stands = measure_of("M-2026-001", steps, ZONE)
    week = IsoWeek.of(steps[-1].at, ZONE)
    (told,) = board.news([stands], week, steps[-1].at, ZONE, lambda *_: "")
    until = IsoWeek.of(at, ZONE).shifted(STANDS_WEEKS)
    assert (told.what, told.due) == ("stands", until.sunday)
