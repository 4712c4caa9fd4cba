"""The municipality's own work in a digest: cases in time, visits spared, staff who read the policy.

Each is told where nobody's number follows. Cases are those of the last whole month, so that no two
figures overlap: a digest of the same month repeats what the first of it said. Of the staff only
areas in which ten understood the policy are told, and the total is theirs alone. What was told last
stays until three more did: a step of one would tell what one person did in that week.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from handlers.content.model import Content
from handlers.indicators.places import LEAST_STAFF
from handlers.quality.figures import Census, Digest, Share, WeekFigures
from handlers.quality.parts import share_of
from handlers.quality.suppression import THRESHOLD, all_shown


@dataclass(frozen=True, slots=True)
class Work:
    """Raw counts. ``month``: "2026-10"; ``in_time`` of ``due`` cases that fell due in it."""

    month: str
    in_time: int
    due: int
    readers: Mapping[str, tuple[int, int]]  # by area: staff who understood the policy, and all
    edition: str = ""  # of the policy


def with_work(digest: Digest, work: Work, online: Share | None, before: Digest | None) -> Digest:
    """The digest with these. ``before``: the one that was published last."""
    told, elsewhere = _without_small_steps(
        census_by_area(work.readers), digest, _of_edition(before, work.edition)
    )
    areas = tuple(replace(area, reading=told.get(area.id)) for area in digest.areas)
    repeats = before is not None and before.cases_month == work.month
    return replace(
        digest,
        areas=areas,
        online=online,
        cases_month=work.month,
        cases_in_time=before.cases_in_time
        if before is not None and repeats
        else share_of(work.in_time, work.due),
        reading=_total([*told.values(), *elsewhere]),
        edition=work.edition,
    )


def online_share(raw: WeekFigures, procedures: Mapping[str, bool]) -> Share | None:
    """Of the week's lookups that led to a procedure, those to one that can be done online.

    ``procedures``: of each card of a procedure, whether it can. Which areas have such procedures
    everybody knows: whoever asked these areas for anything else is a group too.
    """
    spared, visits = (_led_to(raw, procedures, online) for online in (True, False))
    both = spared + visits
    lookups = {week.area: week.lookups for week in raw.areas}
    others = (sum(lookups[area] for area in part) - part.total() for part in (spared, visits, both))
    return share_of(spared.total(), both.total()) if all_shown(*others) else None


def procedures_asked(raw: WeekFigures, procedures: Mapping[str, bool]) -> tuple[int, int]:
    """How many of the week's lookups led to what can be done online, and how many to a procedure.

    Confidential numbers; ``procedures`` as in ``online_share``.
    """
    spared, visits = (_led_to(raw, procedures, online).total() for online in (True, False))
    return spared, spared + visits


def _led_to(raw: WeekFigures, procedures: Mapping[str, bool], online: bool) -> Counter[str]:
    """How often, by area; without those in which nobody asked for one."""
    found: Counter[str] = Counter()
    for week in raw.areas:
        for card, n in week.asked.items():
            if n and procedures.get(card) is online:
                found[week.area] += n
    return found


def online_by_service(content: Content) -> dict[str, bool]:
    """For each card of a procedure, whether it can be done online."""
    return {service.id: service.online is True for service in content.services}


def census_by_area(readers: Mapping[str, tuple[int, int]]) -> dict[str, Census]:
    """The areas in which ten understood it. Staff who left may have been among them."""
    return {
        area: Census(min(read, staff), staff)
        for area, (read, staff) in readers.items()
        if min(read, staff) >= THRESHOLD
    }


def read_elsewhere(digest: Digest) -> Census | None:
    """Those who are told in the total and of none of its areas, as who works for all of them."""
    if digest.reading is None:
        return None
    own = [area.reading for area in digest.areas if area.reading is not None]
    part, n = (sum(getattr(census, name) for census in own) for name in ("part", "n"))
    rest = Census(digest.reading.part - part, digest.reading.n - n)
    return rest if rest.n > 0 else None


def _of_edition(before: Digest | None, edition: str) -> Digest | None:
    """The digest, if it tells who read the same edition; one that does not say may be of it."""
    return before if before is not None and before.edition in ("", edition) else None


def _without_small_steps(
    told: Mapping[str, Census], digest: Digest, before: Digest | None
) -> tuple[dict[str, Census], list[Census]]:
    """By area, and elsewhere; each as it was told before where fewer than three changed it."""
    areas = {area.id for area in digest.areas}
    others = _total([one for area, one in told.items() if area not in areas])
    last = {one.id: one.reading for one in before.areas} if before is not None else {}
    last_elsewhere = read_elsewhere(before) if before is not None else None
    elsewhere = [] if others is None else [_unless_small_step(others, last_elsewhere)]
    own = {
        area: _unless_small_step(one, last.get(area)) for area, one in told.items() if area in areas
    }
    return own, elsewhere


def _unless_small_step(now: Census, before: Census | None) -> Census:
    is_step = before is not None and 0 < abs(now.part - before.part) < LEAST_STAFF
    return before if before is not None and is_step else now


def _total(told: Sequence[Census]) -> Census | None:
    if not told:
        return None
    return Census(sum(census.part for census in told), sum(census.n for census in told))
