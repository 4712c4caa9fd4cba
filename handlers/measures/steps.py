"""What can happen to a measure: each step as it is kept, for ever and in order."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct

from handlers.content.quality import PARTS, Metric, Scope
from handlers.indicators.counts import Series
from handlers.quality.effects import Effect, Side
from handlers.quality.intervals import Estimate


class Origin(StrEnum):
    """Where a measure comes from."""

    SIGNAL = "signal"  # of a control chart
    PLAN = "plan"  # improvement plan
    TRAINING = "training"
    MEETING = "meeting"  # an agreement in the record of a meeting
    GAP = "gap"  # found by a self-assessment


DECIDED_AT_ONCE = frozenset({Origin.PLAN, Origin.TRAINING})
"""They are decisions: without cause, action, owner and date they are not opened."""


class Deadline(Struct, frozen=True):
    """Until when something has to be decided, and the rule that says so."""

    due_at: datetime
    rule: str  # handlers.cases.deadlines.Rule


class Meeting(Struct, frozen=True):
    """What a record (acta) says of a meeting besides the agreement."""

    held_on: date
    place: str
    attendance: int


class Gap(Struct, frozen=True):
    """The criterion of a self-assessment that is not met, and the evidence of it.

    ``assessment`` and ``criterion_id``: of the one that was filled in here; empty: of another.
    """

    criterion: str
    evidence: str
    assessment: str = ""
    criterion_id: str = ""


class JudgedBy(Struct, frozen=True):
    """The indicator by which a measure is judged, as it was defined when the measure was opened.

    ``measured``, ``scope``, ``part``: as in its series. What was opened before indicators could be
    chosen is judged by grades 6 and 7 of its area.
    """

    indicator: str = "nota-6-7"
    version: int = 1
    measured: Metric = Metric.SATISFIED
    scope: Scope = Scope.AREA
    part: str = ""
    name: str = "Nota 6 o 7"
    part_name: str = ""  # as people call the part
    less_is_better: bool = False

    @property
    def is_default(self) -> bool:
        """Whether it is grades 6 and 7 of an area, which control runs judge."""
        return (self.measured, self.scope) == (Metric.SATISFIED, Scope.AREA)

    @property
    def key(self) -> str:
        """What a form, an address or a command names it by; empty: the default."""
        if self.is_default:
            return ""
        return f"{self.indicator}:{self.part}" if self.scope in PARTS else self.indicator

    def series(self, area: str) -> Series:
        """What is counted of it, for a measure of that area."""
        where = "" if self.scope is Scope.MUNICIPALITY else area
        return Series(self.measured, self.scope, where, self.part)

    @property
    def label(self) -> str:
        """``Nota 6 o 7: Mesón de Rentas``: what it is called beside its area's name."""
        if self.scope is Scope.MUNICIPALITY:
            return f"{self.name} (todo el municipio)"
        return f"{self.name}: {self.part_name}" if self.scope in PARTS else self.name

    @property
    def label_unless_default(self) -> str:
        """Its label; empty for the default, which goes without saying."""
        return "" if self.is_default else self.label


GRADES = JudgedBy()


class Opened(Struct, frozen=True, tag="opened"):
    """A measure is to be decided.

    ``since``: "before" is what comes after this week. ``heard_from``: with this week began the
    answers that it follows from.
    """

    area: str
    origin: Origin
    since: str
    heard_from: str
    term: Deadline
    problem: str = ""  # empty: the signal's
    meeting: Meeting | None = None
    gap: Gap | None = None
    judged_by: JudgedBy = GRADES


class SignalledAgain(Struct, frozen=True, tag="signalled-again"):
    """The chart signalled a fall while the measure was open, or while "no measure" stood."""

    week: str


class Assigned(Struct, frozen=True, tag="taken"):
    """The person who did the step is responsible for it from now on."""


class Decided(Struct, frozen=True, tag="decided"):
    """What is done about it, by whom and until when. ``owner`` is a member of staff."""

    cause: str
    action: str
    owner: int
    due: date


class Declined(Struct, frozen=True, tag="declined"):
    """No measure, for this reason: the end. ``told``: the reason as everybody reads it on the
    public page; empty: it was declined before it was asked for."""

    reason: str
    told: str = ""


class NoteAdded(Struct, frozen=True, tag="noted"):
    """Something that was done on the way."""

    text: str


class Done(Struct, frozen=True, tag="done"):
    """The action is done. "After" is what comes after ``week``."""

    week: str
    text: str = ""


class ComparisonAreas(Struct, frozen=True):
    """What areas without a measure did in the same weeks, of those whose numbers can be shown."""

    areas: int
    before: Side
    after: Side
    change: Estimate | None  # None: too few answers on a side


class Measured(Struct, frozen=True, tag="measured"):
    """The effect, from the frozen blocks up to ``week``.

    ``can_be_shown``: the area's numbers are sums of published ones, and so is the baseline whose
    spread is in the interval. The verdict is reached beside
    all areas without a measure; ``beside`` are those of them that can be shown. ``term``: until
    when it has to be closed or opened again; None: it was measured before that had a deadline.
    """

    week: str
    effect: Effect
    can_be_shown: bool
    beside: ComparisonAreas = ComparisonAreas(0, Side(), Side(), None)
    term: Deadline | None = None


class Closed(Struct, frozen=True, tag="closed"):
    """The end: it was effective, or too few answered to tell. ``told``: what those who gave the
    answers, and everybody on the public page, are told of it."""

    told: str


class Reopened(Struct, frozen=True, tag="reopened"):
    """Something else is to be decided: the effect did not show, or a step was a mistake."""

    reason: str
    since: str
    term: Deadline


Event = (
    Opened
    | SignalledAgain
    | Assigned
    | Decided
    | Declined
    | NoteAdded
    | Done
    | Measured
    | Closed
    | Reopened
)


class MeasureStep(Struct, frozen=True):
    """One event, by whom and when. ``staff`` 0: the service, or the command line."""

    at: datetime
    staff: int
    event: Event
