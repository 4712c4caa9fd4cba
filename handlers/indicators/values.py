"""The value of an indicator in a published week, by the version valid then.

Everything comes from the frozen digest and closed blocks, so it reveals nothing beyond what is
published. Coverage counts content, as of now.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from handlers.content.model import Area, Content
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.numerators import possible_counts
from handlers.quality.blocks import Block
from handlers.quality.figures import AreaDigest, Bound, Census, Digest, Share
from handlers.quality.intervals import percent, rounded_points, wilson
from handlers.quality.parts import share_of
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek


class TargetStatus(Enum):
    """The status of a value against its target."""

    MET = "met"
    NEAR = "near"  # the target lies within the margin
    MISSED = "missed"
    UNKNOWN = "unknown"  # no value
    NO_TARGET = "no target"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in whole percent (points for the net score), with its 95 % interval and ``n``."""

    number: int
    low: int
    high: int
    n: int
    is_bound: bool = False  # only a bound is known, which is the number
    is_exact: bool = False  # a complete count without margin: low and high equal it
    x: int | None = None  # the count of n, if it is published itself
    share: Share | None = None  # of grades 6 and 7, with a net score
    others: Others | None = None  # areas that it does not count, as only a bound is known of them


@dataclass(frozen=True, slots=True)
class Others:
    """Areas that a total leaves out, and the interval of the whole with them.

    They have almost all grades on one side, so the total without them is not the municipality's.
    """

    areas: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class PublishedBlocks:
    """What was published of a week. ``blocks``: those closed in it, by area."""

    week: IsoWeek
    digest: Digest
    blocks: dict[str, Block]


def valid_in(indicators: Iterable[Indicator], week: IsoWeek) -> tuple[Indicator, ...]:
    """Each indicator's newest version valid at the week's end, in the content's order."""
    found: dict[str, Indicator] = {}
    for indicator in indicators:
        before = found.get(indicator.id)
        if indicator.valid_from <= week.sunday and (
            before is None or indicator.version > before.version
        ):
            found[indicator.id] = indicator
    return tuple(found.values())


def municipality_value(
    indicator: Indicator, content: Content, published: PublishedBlocks
) -> Value | None:
    """The municipality's value; None if it is suppressed."""
    digest = published.digest
    match indicator.measured:
        case Metric.SATISFIED:
            return _enough(_total(published), indicator)
        case Metric.COMPLETION:
            share = digest.completion
        case Metric.FOUND:
            return _enough(_found(digest), indicator)
        case Metric.COVERAGE:
            return coverage(content)
        case Metric.CASES_IN_TIME:
            share = digest.cases_in_time
        case Metric.VISITS_SPARED:
            share = digest.online
        case Metric.READING:
            return _enough(_counted(digest.reading), indicator)
        case Metric.NET | Metric.REASON | Metric.USEFUL:
            share = None  # measured of areas only
        case _:
            assert_never(indicator.measured)
    return _enough(_value(share), indicator)


def area_value(indicator: Indicator, area: AreaDigest | None, block: Block | None) -> Value | None:
    """An area's value; None if it is suppressed. ``block``: the area's, closed in that week."""
    if area is None or indicator.scope is not Scope.AREA:
        return None
    match indicator.measured:
        case Metric.SATISFIED:
            said = area.latest or area
            x = block.satisfied if block is not None and area.satisfied is not None else None
            value = _value(said.satisfied, x) or _bounded(said.bound)
        case Metric.NET:
            net, share = area.net, area.satisfied
            value = (
                Value(net.points, net.low, net.high, share.n, share=share)
                if net and share
                else None
            )
        case Metric.REASON:
            value = _reason(indicator, area, block)
        case Metric.USEFUL:
            value = _value(area.useful)
        case Metric.READING:
            value = _counted(area.reading)
        case (
            Metric.COMPLETION
            | Metric.FOUND
            | Metric.COVERAGE
            | Metric.CASES_IN_TIME
            | Metric.VISITS_SPARED
        ):
            value = None  # measured of the municipality only
        case _:
            assert_never(indicator.measured)
    return _enough(value, indicator)


def part_values(indicator: Indicator, area: AreaDigest | None) -> dict[str, Value]:
    """The values of an area's services, desks or channels that the digest shows, by name.

    Channels by id. Suppressed parts are missing.
    """
    shares: Iterable[tuple[str, Share]] = ()
    match indicator.scope:
        case _ if area is None:
            pass
        case Scope.SERVICE | Scope.DESK:
            is_desk = indicator.scope is Scope.DESK
            shares = ((at.name, at.satisfied) for at in area.places if at.is_desk == is_desk)
        case Scope.CHANNEL:
            shares = ((at.channel, at.satisfied) for at in area.channels)
        case Scope.MUNICIPALITY | Scope.AREA:
            pass
        case _:
            assert_never(indicator.scope)
    found = {name: _enough(_value(share), indicator) for name, share in shares}
    return {name: value for name, value in found.items() if value is not None}


def target_status(indicator: Indicator, value: Value | None) -> TargetStatus:
    """Whether the target is met; NEAR if it lies within the value's margin."""
    if indicator.target is None:
        return TargetStatus.NO_TARGET
    if value is None:
        return TargetStatus.UNKNOWN
    within = value.others or value
    low, high = within.low - indicator.target, within.high - indicator.target
    if indicator.less_is_better:
        low, high = -high, -low
    if low >= 0:
        return TargetStatus.MET
    return TargetStatus.MISSED if high < 0 else TargetStatus.NEAR


def coverage(content: Content) -> Value:
    """The share of areas that are covered, now."""
    if not content.areas:
        return Value(0, 0, 0, 0, is_exact=True)
    n, x = len(content.areas), sum(is_covered(area, content) for area in content.areas)
    part = percent(x, n)
    return Value(part, part, part, n, is_exact=True, x=x)


def is_covered(area: Area, content: Content) -> bool:
    """Whether an area has a procedure, a questionnaire, an owner and a confirmed card."""
    has_services = bool(content.services_by_area[area.id])
    is_rated = any(form.about == "area" for form in content.newest.values())
    has_owner, is_confirmed = area.owner is not None, area.confirmed_on is not None
    return has_services and is_rated and has_owner and is_confirmed


def _value(share: Share | None, x: int | None = None) -> Value | None:
    return None if share is None else Value(share.percent, share.low, share.high, share.n, x=x)


def _counted(census: Census | None) -> Value | None:
    if census is None:
        return None
    part = percent(census.part, census.n)
    return Value(part, part, part, census.n, is_exact=True, x=census.part)


def _bounded(bound: Bound | None) -> Value | None:
    if bound is None:
        return None
    least, most = _possible(bound)
    low, high = _limits(least, most, bound.n)
    return Value(bound.percent, low, high, bound.n, is_bound=True)


def _total(published: PublishedBlocks) -> Value | None:
    """The total of areas with a share, whose counts, and so their sum, are published."""
    digest, blocks = published.digest, published.blocks
    summed = [area.id for area in digest.areas if area.satisfied is not None]
    known = all(area in blocks for area in summed)
    x = sum(blocks[area].satisfied for area in summed) if known else None
    value = _value(digest.total.satisfied, x) if digest.total else None
    bounds = [area.bound for area in digest.areas if area.bound is not None]
    return replace(value, others=_others(value, bounds)) if value and bounds else value


def _others(total: Value, bounds: Sequence[Bound]) -> Others:
    counts = possible_counts(total.number, total.n) if total.x is None else (total.x,)
    least = min(counts) + sum(_possible(bound)[0] for bound in bounds)
    most = max(counts) + sum(_possible(bound)[1] for bound in bounds)
    return Others(len(bounds), *_limits(least, most, total.n + sum(one.n for one in bounds)))


def _possible(bound: Bound) -> tuple[int, int]:
    """The least and the most answers with a 6 or 7 behind a bound."""
    hidden = THRESHOLD - 1
    return (bound.n - hidden, bound.n) if bound.at_least else (0, hidden)


def _limits(least: int, most: int, n: int) -> tuple[int, int]:
    """The interval around what is only known to lie between two counts."""
    low, high = wilson(least, n).low, wilson(most, n).high
    return rounded_points(low), rounded_points(high)


def _found(digest: Digest) -> Value | None:
    """Lookups that found something: both counts are published, so their difference may be."""
    if digest.lookups is None or digest.not_found is None:
        return None
    x = digest.lookups - digest.not_found
    return _value(share_of(x, digest.lookups), x)


def _reason(indicator: Indicator, area: AreaDigest, block: Block | None) -> Value | None:
    """A reason over grades 1 to 5, whose number follows from the published share."""
    named = next((reason.n for reason in area.reasons if reason.id == indicator.reason), None)
    if named is None or block is None or area.satisfied is None:
        return None
    return _value(share_of(named, block.n - block.satisfied), named)


def _enough(value: Value | None, indicator: Indicator) -> Value | None:
    return value if value is not None and value.n >= indicator.least else None
