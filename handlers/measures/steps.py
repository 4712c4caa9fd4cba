"""The steps of a measure, as they are stored for good and in order."""

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
"""Origins that include the decision: cause, action, owner and date are required to open them."""


class Deadline(Struct, frozen=True):
    """A date, and the rule that gives it."""

    due_at: datetime
    rule: str  # handlers.cases.deadlines.Rule


class Meeting(Struct, frozen=True):
    """The details of a meeting from its record (acta), besides the agreement."""

    held_on: date
    place: str
    attendance: int


class Gap(Struct, frozen=True):
    """A criterion of a self-assessment that is not met, with its evidence.

    ``assessment``, ``criterion_id``: of a self-assessment made in the panel; otherwise empty.
    """

    criterion: str
    evidence: str
    assessment: str = ""
    criterion_id: str = ""


class JudgedBy(Struct, frozen=True):
    """The indicator by which a measure is judged, as defined at its opening.

    ``measured``, ``scope``, ``part``: as in its series. Measures opened before indicators could be
    chosen are judged by grades 6 and 7 of their area.
    """

    indicator: str = "nota-6-7"
    version: int = 1
    measured: Metric = Metric.SATISFIED
    scope: Scope = Scope.AREA
    part: str = ""
    name: str = "Nota 6 o 7"
    part_name: str = ""  # the part's name for people
    less_is_better: bool = False

    @property
    def is_default(self) -> bool:
        """Whether it is grades 6 and 7 of an area, the indicator of control runs."""
        return (self.measured, self.scope) == (Metric.SATISFIED, Scope.AREA)

    @property
    def key(self) -> str:
        """Its key in forms, addresses and commands; empty for the default."""
        if self.is_default:
            return ""
        return f"{self.indicator}:{self.part}" if self.scope in PARTS else self.indicator

    def series(self, area: str) -> Series:
        """The series that counts it, for a measure of that area."""
        where = "" if self.scope is Scope.MUNICIPALITY else area
        return Series(self.measured, self.scope, where, self.part)

    @property
    def label(self) -> str:
        """Its name beside its area's: ``Nota 6 o 7: Mesón de Rentas``."""
        if self.scope is Scope.MUNICIPALITY:
            return f"{self.name} (todo el municipio)"
        return f"{self.name}: {self.part_name}" if self.scope in PARTS else self.name

    @property
    def label_unless_default(self) -> str:
        """Its label; empty for the default."""
        return "" if self.is_default else self.label


GRADES = JudgedBy()


class Opened(Struct, frozen=True, tag="opened"):
    """A measure was opened and is to be decided.

    ``since``: "before" begins after this week. ``heard_from``: the first week of the answers that
    led to it.
    """

    area: str
    origin: Origin
    since: str
    heard_from: str
    term: Deadline
    problem: str = ""  # empty: the signal
    meeting: Meeting | None = None
    gap: Gap | None = None
    judged_by: JudgedBy = GRADES


class SignalledAgain(Struct, frozen=True, tag="signalled-again"):
    """The chart signalled a fall while the measure was open, or declined and standing."""

    week: str


class Assigned(Struct, frozen=True, tag="taken"):
    """The person who did the step took responsibility for the measure."""


class Decided(Struct, frozen=True, tag="decided"):
    """What will be done, by whom and until when. ``owner``: a staff id."""

    cause: str
    action: str
    owner: int
    due: date


class Declined(Struct, frozen=True, tag="declined"):
    """The measure was declined, which ends it.

    ``told``: the reason for the public page; empty if it was declined before that was required.
    """

    reason: str
    told: str = ""


class NoteAdded(Struct, frozen=True, tag="noted"):
    """A note of something that was done."""

    text: str


class Done(Struct, frozen=True, tag="done"):
    """The action is done. "After" begins after ``week``."""

    week: str
    text: str = ""


class ComparisonAreas(Struct, frozen=True):
    """The change in the same weeks in areas without a measure whose numbers can be shown."""

    areas: int
    before: Side
    after: Side
    change: Estimate | None  # None: too few answers on one side


class Measured(Struct, frozen=True, tag="measured"):
    """The effect, from the frozen blocks up to ``week``.

    ``can_be_shown``: the area's numbers, and the baseline behind the interval's spread, are sums of
    published ones. The verdict compares with all areas without a measure; ``beside``: those of
    them that can be shown. ``term``: until when it must be closed or reopened; None for measures
    from before that had a deadline.
    """

    week: str
    effect: Effect
    can_be_shown: bool
    beside: ComparisonAreas = ComparisonAreas(0, Side(), Side(), None)
    term: Deadline | None = None


class Closed(Struct, frozen=True, tag="closed"):
    """The measure was closed, as effective or with too few answers to tell.

    ``told``: the text for citizens who gave the answers and for the public page.
    """

    told: str


class Reopened(Struct, frozen=True, tag="reopened"):
    """The measure was reopened to be decided again: it did not work, or a step was a mistake."""

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
    """One event, by whom and when. ``staff`` 0: the service or the command line."""

    at: datetime
    staff: int
    event: Event
