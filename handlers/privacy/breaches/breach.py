"""A security breach built from its steps, and what the law still requires."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import UnionType
from typing import assert_never

from handlers.privacy.breaches.steps import (
    BreachStep,
    CitizensTold,
    CitizensToldOtherwise,
    Closed,
    Corrected,
    Description,
    Event,
    NoteAdded,
    Recorded,
    Reported,
)


class BreachState(StrEnum):
    """The state of a breach."""

    OPEN = "open"
    REPORTED = "reported"
    TOLD = "told"
    CLOSED = "closed"


class OpenDuty(StrEnum):
    """A legal duty not met yet; the first is due at ``Breach.report_by``."""

    REPORT = "report"
    TELL = "tell"


@dataclass(frozen=True, slots=True)
class BreachMessage:
    """A message to the people affected, with the ``place`` of its step.

    It is for everybody whose data had come in by ``at`` and matches ``described``.
    """

    place: int
    at: datetime
    described: Description


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach. ``report_by``: until when the Agency must be told, ``hours`` after noticing."""

    number: str
    description: Description
    report_by: datetime
    hours: int
    steps: tuple[BreachStep, ...]
    reported: Reported | None = None  # the first report
    told: CitizensTold | None = None  # the last message to the people affected
    is_told_otherwise: bool = False  # the people currently described were told in another way
    closing: Closed | None = None  # the last one, if no correction followed

    @property
    def recorded_at(self) -> datetime:
        return self.steps[0].at

    @property
    def is_closed(self) -> bool:
        return self.closing is not None

    @property
    def counted_anew_from(self) -> int:
        """How many steps a count must have seen to be current.

        With fewer, it is of an earlier description or of before the last message.
        """
        return self._last(Recorded | Corrected | CitizensTold)

    @property
    def message(self) -> BreachMessage | None:
        """The last message to the people affected, and whom it is for."""
        place = self._last(CitizensTold)
        if not place:
            return None
        described = breach_of(self.number, self.steps[:place]).description
        return BreachMessage(place, self.steps[place - 1].at, described)

    @property
    def must_report(self) -> bool:
        return self.description.has_risk

    @property
    def must_tell(self) -> bool:
        """Whether the people affected must be told (art. 14 sexies): a risk and special data."""
        return self.must_report and bool(self.description.special)

    @property
    def state(self) -> BreachState:
        if self.is_closed:
            return BreachState.CLOSED
        if OpenDuty.REPORT in self.lacks:
            return BreachState.OPEN
        if self.told or self.is_told_otherwise:
            return BreachState.TOLD
        return BreachState.REPORTED if self.reported else BreachState.OPEN

    @property
    def lacks(self) -> tuple[OpenDuty, ...]:
        """What must be done before it can be closed."""
        found = []
        if self.must_report and self.reported is None:
            found.append(OpenDuty.REPORT)
        if self.must_tell and not (self.told or self.is_told_otherwise):
            found.append(OpenDuty.TELL)
        return tuple(found)

    @property
    def due_at(self) -> datetime | None:
        """Until when the Agency must be told; None if it was, or need not be."""
        waits = OpenDuty.REPORT in self.lacks and not self.is_closed
        return self.report_by if waits else None

    def _last(self, kinds: type[Event] | UnionType) -> int:
        """The place, from 1, of the last step of these kinds; 0 if there is none."""
        places = (at for at, step in enumerate(self.steps, 1) if isinstance(step.event, kinds))
        return max(places, default=0)

    def accepts(self, event: Event) -> bool:
        """Whether this step is allowed now."""
        match event:
            case Recorded():
                return False
            case Corrected() | NoteAdded():
                return True
            case Reported() | CitizensTold() | CitizensToldOtherwise():
                return not self.is_closed
            case Closed():
                return not self.is_closed and not self.lacks
            case _:
                assert_never(event)


def breach_of(number: str, steps: Sequence[BreachStep]) -> Breach:
    """Build the breach of these steps, in order; the first recorded it."""
    first = steps[0].event
    assert isinstance(first, Recorded), "every breach begins by being recorded"
    found = Breach(number, first.description, first.report_by, first.hours, tuple(steps))
    for step in steps[1:]:
        found = _after(found, step.event)
    return found


def _after(breach: Breach, event: Event) -> Breach:
    match event:
        case Recorded() | NoteAdded():
            return breach
        case Corrected(description, report_by, hours):
            return replace(
                breach,
                description=description,
                report_by=report_by,
                hours=hours,
                is_told_otherwise=breach.is_told_otherwise
                and _concerns(description) == _concerns(breach.description),
                closing=None,
            )
        case Reported():
            return replace(breach, reported=breach.reported or event)
        case CitizensTold():
            return replace(breach, told=event)
        case CitizensToldOtherwise():
            return replace(breach, is_told_otherwise=True)
        case Closed():
            return replace(breach, closing=event)
        case _:
            assert_never(event)


def _concerns(known: Description) -> tuple[object, ...]:
    """The people and data of a description, to which a public notice is limited."""
    return known.noticed_at, known.scope, known.special, known.other_data, known.others
