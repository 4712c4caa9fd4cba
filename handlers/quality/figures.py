"""What a digest is made from (raw counts, confidential) and what it holds (publishable figures)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import msgspec

from handlers.facts import Found
from handlers.quality.weeks import IsoWeek

Grades = tuple[int, int, int, int, int, int, int]
"""How many gave grade 1, 2 … 7."""

NO_GRADES: Grades = (0, 0, 0, 0, 0, 0, 0)
BASELINE_WEEKS = 8
"""Weeks before the digest's own that a change is compared with."""

HISTORY_WEEKS = 14
"""Earlier weeks a digest reads: the last whole 8-week pool may have ended 7 weeks ago."""


@dataclass(frozen=True, slots=True)
class Verbatim:
    """A citizen's own words about a finished experience, not yet masked, and the grade given."""

    text: str
    grade: int


@dataclass(frozen=True, slots=True)
class AreaWeek:
    """Raw counts of one area in one week. Confidential: small numbers are not suppressed here.

    All but ``pending`` and ``pending_grades`` is about finished experiences only.
    """

    area: str  # id in the content
    grades: Mapping[str, Grades] = field(default_factory=dict)  # channel → counts of 1 … 7
    pending: int = 0  # responses that said "aún no termina"
    pending_grades: Grades = NO_GRADES  # grades those gave, if any
    started: int = 0  # responses begun in this week, without the pending ones
    completed: int = 0  # of the started ones, those that reached the thanks (by now)
    reasons: Mapping[str, int] = field(default_factory=dict)  # choice id → how many chose it
    comments: tuple[Verbatim, ...] = ()
    lookups: int = 0  # lookups that led to this area or to one of its cards
    useful: int = 0  # of those, "¿le sirvió?" answered yes
    not_useful: int = 0  # of those, answered no
    previous: Mapping[IsoWeek, Grades] = field(default_factory=dict)
    # Grades of finished experiences, all channels, of week.previous(HISTORY_WEEKS); absent: none.


@dataclass(frozen=True, slots=True)
class NotFound:
    """A query that found nothing, and how often it was asked in the week (alike once folded)."""

    query: str
    times: int


@dataclass(frozen=True, slots=True)
class WeekFigures:
    """Everything raw that the digest of one week is made from. Areas without activity may lack."""

    week: IsoWeek
    areas: tuple[AreaWeek, ...] = ()
    lookups_without_area: Mapping[Found, int] = field(default_factory=dict)  # that led to no area
    not_found: tuple[NotFound, ...] = ()


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


class Change(msgspec.Struct, frozen=True):
    """Difference in the share of 6–7 from the published ones of the 8 weeks before, in points."""

    points: int
    low: int
    high: int
    clear: bool  # the interval leaves zero out; not yet a signal, that takes a control chart
    baseline: Share
    weeks: int  # how many of the 8 weeks had 10 answers and so count


class ReasonCount(msgspec.Struct, frozen=True):
    id: str
    text: str
    n: int


class ChannelShare(msgspec.Struct, frozen=True):
    """The answers of one channel and how they graded."""

    channel: str
    satisfied: Share


class Quote(msgspec.Struct, frozen=True):
    """A masked comment; praise when it came with a 6 or 7."""

    text: str
    praise: bool


class Pool(msgspec.Struct, frozen=True):
    """The weeks under 10 answers of the last whole 8-week period, taken together."""

    first_week: str
    last_week: str
    satisfied: Share


class AreaDigest(msgspec.Struct, frozen=True):
    """What may be published of one area. ``None`` is: fewer than 10 answers, or protecting them."""

    id: str
    name: str
    short_name: str
    satisfied: Share | None = None  # its n is the area's n
    net: Points | None = None
    change: Change | None = None  # None with ``satisfied`` given: no base yet
    main_reason: str | None = None  # what most named, without the number
    reasons: tuple[ReasonCount, ...] = ()
    quotes: tuple[Quote, ...] = ()
    channels: tuple[ChannelShare, ...] = ()
    other_channels: int | None = None  # answers of the channels that are not told apart
    completion: Share | None = None
    pending: int | None = None
    pending_satisfied: Share | None = None
    lookups: int | None = None
    useful: Share | None = None
    pool: Pool | None = None


class Total(msgspec.Struct, frozen=True):
    """The areas with 10 answers or more taken together; never includes a suppressed one."""

    areas: int
    satisfied: Share


class Digest(msgspec.Struct, frozen=True):
    """The week's publishable figures; encodes to JSON and back with msgspec."""

    week: str
    municipality: str
    made_at: datetime
    made_up: bool  # demonstration data
    scope: str | None  # the one area it is about; None: all
    areas: tuple[AreaDigest, ...]  # alphabetical
    total: Total | None = None
    lookups: int | None = None  # in all areas and outside them
    not_found: int | None = None
    not_found_queries: tuple[str, ...] = ()
