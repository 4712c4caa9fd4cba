"""A measure built from its steps, and what may be done with it next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo

from handlers.cases.deadlines import end_of_day
from handlers.measures.steps import (
    Assigned,
    Closed,
    Decided,
    Declined,
    Done,
    Event,
    JudgedBy,
    Measured,
    MeasureStep,
    NoteAdded,
    Opened,
    Reopened,
    SignalledAgain,
)
from handlers.quality.effects import Effectiveness
from handlers.quality.weeks import IsoWeek


class State(StrEnum):
    """The state of a measure."""

    TO_DECIDE = "to-decide"
    DECIDED = "decided"
    DONE = "done"  # its effect is awaited
    MEASURED = "measured"
    EFFECTIVE = "effective"
    TOO_FEW = "too-few"  # closed with too few answers to tell whether it worked
    DECLINED = "declined"


OPEN = frozenset({State.TO_DECIDE, State.DECIDED, State.DONE, State.MEASURED})


class Verb(StrEnum):
    """What a person can do with a measure."""

    TAKE = "take"
    DECIDE = "decide"
    DECLINE = "decline"
    NOTE = "note"
    DO = "do"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. ``due_at``: of the next step; None if nothing is due."""

    number: str
    opened: Opened
    opened_at: datetime
    state: State
    opened_in: IsoWeek
    since: IsoWeek  # "before" begins after this week
    due_at: datetime | None
    steps: tuple[MeasureStep, ...]
    owner: int = 0
    decision: Decided | None = None
    done_week: IsoWeek | None = None
    measured: Measured | None = None
    ended_at: datetime | None = None
    ended_in: IsoWeek | None = None

    @property
    def area(self) -> str:
        return self.opened.area

    @property
    def judged_by(self) -> JudgedBy:
        return self.opened.judged_by

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_overdue(self, now: datetime) -> bool:
        """Whether the next step should have been done by now."""
        return self.due_at is not None and now > self.due_at

    @property
    def verbs(self) -> tuple[Verb, ...]:
        """What can be done with it now, the expected step first."""
        match self.state:
            case State.TO_DECIDE:
                return (Verb.DECIDE, Verb.DECLINE, Verb.TAKE, Verb.NOTE)
            case State.DECIDED:
                return (Verb.DO, Verb.NOTE, Verb.DECIDE, Verb.DECLINE, Verb.TAKE)
            case State.DONE:
                return (Verb.NOTE, Verb.REOPEN)
            case State.MEASURED:
                return (*self._verbs_of_effect, Verb.NOTE)
            case State.DECLINED:
                return (Verb.REOPEN,)
            case State.EFFECTIVE | State.TOO_FEW:
                return ()
            case _:
                assert_never(self.state)

    @property
    def _verbs_of_effect(self) -> tuple[Verb, ...]:
        if self.has_too_few:
            return (Verb.CLOSE, Verb.REOPEN)
        return (Verb.CLOSE,) if self.is_proved else (Verb.REOPEN,)

    @property
    def heard_in(self) -> tuple[IsoWeek, IsoWeek]:
        """The weeks of the answers that led to it, up to the action."""
        first = IsoWeek.parse(self.opened.heard_from)
        return first, self.done_week or first

    @property
    def reopened_since(self) -> IsoWeek:
        """The week after which "before" begins if it is reopened now.

        An action recorded by mistake, or a decline, counts as never done.
        """
        done = self.done_week if self.measured is not None else None
        return done or self.since

    @property
    def promised(self) -> date | None:
        """The first date decided since the effect was last measured; None without one.

        Reopening keeps it: what was declined or done by mistake is still due.
        """
        promised: date | None = None
        for step in self.steps:
            if isinstance(step.event, Measured):
                promised = None
            elif isinstance(step.event, Decided):
                promised = promised or step.event.due
        return promised

    @property
    def moved_from(self) -> date | None:
        """The first date ever decided, if another holds now or none since it was reopened."""
        dues = (step.event.due for step in self.steps if isinstance(step.event, Decided))
        first = next(dues, None)
        return first if self.decision is None or self.decision.due != first else None

    @property
    def is_proved(self) -> bool:
        """Whether it was found to be effective."""
        return self._verdict is Effectiveness.EFFECTIVE

    @property
    def has_too_few(self) -> bool:
        """Whether the longest wait is over with too few answers to measure its effect."""
        return self._verdict is Effectiveness.TOO_FEW

    @property
    def _verdict(self) -> Effectiveness | None:
        return self.measured.effect.verdict if self.measured is not None else None

    @property
    def ending(self) -> Closed | Declined | None:
        """The event that ended it; None while it is open."""
        if self.is_open:
            return None
        events = (step.event for step in reversed(self.steps))
        return next(event for event in events if isinstance(event, Closed | Declined))


def measure_of(number: str, steps: Sequence[MeasureStep], zone: ZoneInfo) -> Measure:
    """Build the measure of these steps, in order; the first opened it."""
    first = steps[0]
    assert isinstance(first.event, Opened), "every measure begins by being opened"
    measure = Measure(
        number,
        first.event,
        first.at,
        State.TO_DECIDE,
        IsoWeek.of(first.at, zone),
        IsoWeek.parse(first.event.since),
        first.event.term.due_at,
        (first,),
    )
    for step in steps[1:]:
        measure = _after(measure, step, zone)
    return replace(measure, steps=tuple(steps))


def as_of(measure: Measure, at: datetime, zone: ZoneInfo) -> Measure | None:
    """The measure as it was right before ``at``; None if it was not opened yet."""
    steps = [step for step in measure.steps if step.at < at]
    return measure_of(measure.number, steps, zone) if steps else None


def with_step(measure: Measure, step: MeasureStep, zone: ZoneInfo) -> Measure:
    """The measure after one more step."""
    return replace(_after(measure, step, zone), steps=(*measure.steps, step))


def _after(measure: Measure, step: MeasureStep, zone: ZoneInfo) -> Measure:
    match step.event:
        case Assigned():
            return replace(measure, owner=step.staff)
        case Decided(owner=owner, due=due) as decision:
            return replace(
                measure,
                state=State.DECIDED,
                owner=owner,
                decision=decision,
                due_at=end_of_day(due, zone),
            )
        case Declined():
            return _ended(measure, State.DECLINED, step, zone)
        case Done(week=week):
            done = IsoWeek.parse(week)
            return replace(measure, state=State.DONE, due_at=None, done_week=done)
        case Measured() as found:
            due_at = found.term.due_at if found.term else None
            return replace(measure, state=State.MEASURED, measured=found, due_at=due_at)
        case Closed():
            state = State.TOO_FEW if measure.has_too_few else State.EFFECTIVE
            return _ended(measure, state, step, zone)
        case Reopened(since=since, term=term):
            return replace(
                measure,
                state=State.TO_DECIDE,
                since=IsoWeek.parse(since),
                due_at=term.due_at,
                decision=None,
                done_week=None,
                measured=None,
                ended_at=None,
                ended_in=None,
            )
        case Opened() | SignalledAgain() | NoteAdded():
            return measure
        case _:
            assert_never(step.event)


def _ended(measure: Measure, state: State, step: MeasureStep, zone: ZoneInfo) -> Measure:
    week = IsoWeek.of(step.at, zone)
    return replace(measure, state=state, due_at=None, ended_at=step.at, ended_in=week)


def verb_of(event: Event) -> Verb | None:
    """The action by which a person causes this event; None if the service does."""
    match event:
        case Assigned():
            return Verb.TAKE
        case Decided():
            return Verb.DECIDE
        case Declined():
            return Verb.DECLINE
        case NoteAdded():
            return Verb.NOTE
        case Done():
            return Verb.DO
        case Closed():
            return Verb.CLOSE
        case Reopened():
            return Verb.REOPEN
        case Opened() | SignalledAgain() | Measured():
            return None
        case _:
            assert_never(event)


def is_complete(decision: Decided, today: date) -> bool:
    """Whether a decision is complete and its date is in the future."""
    said = decision.cause.strip() and decision.action.strip()
    return bool(said) and decision.owner > 0 and decision.due >= today
