"""The types of a digest: raw, confidential counts, and the publishable figures made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import msgspec

from handlers.facts.lookups import LookupResult
from handlers.quality.blocks import Block
from handlers.quality.charts import Direction, Rebase
from handlers.quality.weeks import IsoWeek

Grades = tuple[int, int, int, int, int, int, int]
"""The counts of grades 1, 2 … 7."""

NO_GRADES: Grades = (0, 0, 0, 0, 0, 0, 0)
BASELINE_WEEKS = 8
"""Weeks before a block from which its change is measured."""

DUE_WITHIN = timedelta(days=7)
"""A digest counts a case as due if its deadline is within this time, before the next digest."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A citizen's comment on a finished procedure, not yet masked, with the grade given."""

    text: str
    grade: int
    response: int = 0  # its id; a response may have several comments


class OpenCases(msgspec.Struct, frozen=True):
    """Open cases of an area. Not suppressed: its staff see each of them anyway."""

    n: int
    oldest_days: int
    late: int = 0  # overdue
    due: int = 0  # due within DUE_WITHIN


class Unconfirmed(msgspec.Struct, frozen=True):
    """Cards that the area has to confirm. Not suppressed, as ``OpenCases``."""

    n: int
    names: tuple[str, ...]  # the first of them


@dataclass(frozen=True, slots=True)
class AreaWeek:
    """Raw counts of one area in one week. Confidential: nothing is suppressed yet.

    All but ``pending``, ``pending_grades`` and ``apart`` count finished procedures only.
    """

    area: str  # id in the content

    # Of the open block, which goes from ``since`` to the week itself.
    since: IsoWeek | None = None  # None: it is the week alone
    grades: Mapping[str, Grades] = field(default_factory=dict)  # channel → counts of 1 … 7
    pending: int = 0  # responses that said "aún no termina"
    pending_grades: Grades = NO_GRADES  # grades those gave, if any
    apart: int = 0  # grades that were set apart, as parts of bursts: in no other figure
    reasons: Mapping[str, int] = field(default_factory=dict)  # choice id → how often chosen

    # Of the week alone.
    started: int = 0  # responses begun in this week, without the pending ones
    graded: int = 0  # of the started ones, those with a grade
    completed: int = 0  # of the started ones, those that reached the thanks (by now)
    comments: tuple[Verbatim, ...] = ()
    lookups: int = 0  # lookups that led to this area or to one of its cards
    useful: int = 0  # of those, "¿le sirvió?" answered yes
    not_useful: int = 0  # of those, answered no
    asked: Mapping[str, int] = field(default_factory=dict)  # card id → lookups that led to it
    cases: OpenCases | None = None

    blocks: tuple[Block, ...] = ()  # what was published of it before, oldest first


@dataclass(frozen=True, slots=True)
class NotFound:
    """A query that found nothing, and how often it was asked in the week, folded alike."""

    query: str
    times: int


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """All raw figures from which a week's digest is made. Inactive areas may be missing."""

    week: IsoWeek
    areas: tuple[AreaWeek, ...] = ()
    # Lookups that led to no area.
    lookups_without_area: Mapping[LookupResult, int] = field(default_factory=dict)
    not_found: tuple[NotFound, ...] = ()
    rebases: tuple[Rebase, ...] = ()  # baselines that people set anew
    channels: tuple[str, ...] = ()  # over which anybody gave a grade in the last half year


class Share(msgspec.Struct, frozen=True):
    """A percentage of ``n`` answers with its 95 % Wilson interval, in whole percent."""

    n: int
    percent: int
    low: int
    high: int


class Points(msgspec.Struct, frozen=True):
    """The net score (share of 6–7 minus share of 1–4) with its 95 % interval, in points."""

    points: int
    low: int
    high: int


class Bound(msgspec.Struct, frozen=True):
    """A bound of a share, published if fewer than 10 of ``n`` answers are on one side."""

    n: int
    percent: int
    at_least: bool  # otherwise at most


class Census(msgspec.Struct, frozen=True):
    """A complete count, ``part`` of ``n``, so without margin."""

    part: int
    n: int


class Change(msgspec.Struct, frozen=True):
    """The change of the share of 6–7 from the blocks published in 8 weeks before, in points.

    ``points`` is the difference of the two rounded percentages.
    """

    points: int
    low: int
    high: int
    baseline: Share
    first_week: str = ""  # of the baseline
    last_week: str = ""


class ReasonCount(msgspec.Struct, frozen=True):
    id: str
    text: str
    n: int


class ChannelShare(msgspec.Struct, frozen=True):
    """The share of one channel."""

    channel: str
    satisfied: Share


class PlaceShare(msgspec.Struct, frozen=True):
    """The share of one desk, or of one service without its desks."""

    name: str
    is_desk: bool
    satisfied: Share


class Quote(msgspec.Struct, frozen=True):
    """A masked comment; praise if it came with a 6 or 7."""

    text: str
    praise: bool


class Latest(msgspec.Struct, frozen=True):
    """An area's last published figure, while answers for the next one are gathered."""

    first_week: str
    last_week: str
    satisfied: Share | None = None
    bound: Bound | None = None  # instead of it


class ChartVerdict(msgspec.Struct, frozen=True):
    """The verdict of an area's chart that has its baseline. Whole percent."""

    is_new: bool  # a measurement ended in this week
    direction: Direction | None = None  # of its signal
    by_average: bool = False  # the moving average signals, not the point
    percent: int | None = None  # what was judged; None: suppressed, with the limits
    low: int | None = None
    high: int | None = None


class AreaDigest(msgspec.Struct, frozen=True):
    """The publishable figures of one area. None: suppressed, or protecting a suppressed one."""

    id: str
    name: str
    short_name: str
    first_week: str = ""  # the figures are of this week on; empty: of the digest's own
    satisfied: Share | None = None  # its n is the area's n
    bound: Bound | None = None  # instead of it
    latest: Latest | None = None  # instead of both
    net: Points | None = None
    change: Change | None = None
    reasons: tuple[ReasonCount, ...] = ()
    quotes: tuple[Quote, ...] = ()
    channels: tuple[ChannelShare, ...] = ()
    other_channels: int | None = None  # answers of the channels that are not told apart
    pending: int | None = None
    pending_satisfied: Share | None = None
    apart: int | None = None  # answers that were set apart, as parts of bursts
    lookups: int | None = None
    useful: Share | None = None
    asked: tuple[str, ...] = ()  # what was asked for 10 times or more, alphabetical
    cases: OpenCases | None = None
    topics: tuple[str, ...] = ()  # that ten comments or more spoke of, the most frequent first
    unconfirmed: Unconfirmed | None = None  # None: there is nothing to confirm
    chart_points: int = 0  # how many points its control chart has
    verdict: ChartVerdict | None = None  # None: the chart has no baseline yet
    reading: Census | None = None  # staff who understood the policy
    places: tuple[PlaceShare, ...] = ()  # desks and services of the block, each answer in one
    other_places: int | None = None  # answers that are in none of these


class Total(msgspec.Struct, frozen=True):
    """The sum of the areas with a share; never includes another area."""

    areas: int
    satisfied: Share


class MeasureNews(msgspec.Struct, frozen=True):
    """News of a corrective measure.

    ``what``: overdue, to-decide, due, moved (its date), done, measured, declined, stands (declined,
    and the fall lasts), effective or too-few.
    """

    number: str
    area: str
    what: str
    due: date | None = None  # of what is overdue, moved, to be decided or due; until when it stands
    action: str = ""  # that was done, or is to be; why none is
    effect: str = ""  # in words
    judged_by: str = ""  # another indicator than grades 6 and 7, as it is called
    first_due: date | None = None  # that was first decided; None: it holds, or it was kept


class Digest(msgspec.Struct, frozen=True):
    """A week's publishable figures; stored as JSON by msgspec."""

    week: str
    municipality: str
    made_at: datetime
    made_up: bool  # demonstration data
    scope: str | None  # the areas it is about, with + between them; None: all
    areas: tuple[AreaDigest, ...]  # alphabetical
    total: Total | None = None
    lookups: int | None = None  # in all areas and outside them
    not_found: int | None = None
    not_found_queries: tuple[str, ...] = ()
    completion: Share | None = None  # of those who began to rate, in all areas
    topics: tuple[str, ...] = ()  # of the comments of all areas that are not sensitive
    measures: tuple[MeasureNews, ...] = ()  # what is due first, each part by area
    online: Share | None = None  # lookups of what needs no visit, over those of procedures
    cases_month: str = ""  # "2026-10": the month of the next
    cases_in_time: Share | None = None  # answered within their term, of those due in that month
    reading: Census | None = None  # of the areas that are told alone
    edition: str = ""  # of the policy that was read; "": not written down
    zone: str = "America/Santiago"  # in which its times are told
    covered: int = 1  # 2: the week's code covers all its figures; 1: those that it had at first
