"""The municipality's own work in a digest: cases in time, visits spared, staff who read the policy.

Each is shown only if it reveals nobody. Cases are those of the last full month, so that no two
figures overlap; later digests of a month repeat the first one's figure. Of staff, only areas in
which ten understood the policy are shown, and the total is the sum of these. A figure changes only
once three more people did: a step of one would reveal what one person did in that week.
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
    """The digest with these figures. ``before``: the digest published last."""
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
    """The share of the week's lookups of procedures that were of ones that can be done online.

    ``procedures``: by card, whether it can. Everybody knows which areas have such procedures, so
    lookups of these areas for anything else are protected too.
    """
    spared, visits = (_led_to(raw, procedures, online) for online in (True, False))
    both = spared + visits
    lookups = {week.area: week.lookups for week in raw.areas}
    others = (sum(lookups[area] for area in part) - part.total() for part in (spared, visits, both))
    return share_of(spared.total(), both.total()) if all_shown(*others) else None


def procedures_asked(raw: WeekFigures, procedures: Mapping[str, bool]) -> tuple[int, int]:
    """The week's lookups of procedures that can be done online, and of all procedures.

    Confidential counts. ``procedures``: as in ``online_share``.
    """
    spared, visits = (_led_to(raw, procedures, online).total() for online in (True, False))
    return spared, spared + visits


def _led_to(raw: WeekFigures, procedures: Mapping[str, bool], online: bool) -> Counter[str]:
    """Lookups of such procedures by area; areas without any are left out."""
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
    """The census of areas in which ten understood it; they may include staff who left."""
    return {
        area: Census(min(read, staff), staff)
        for area, (read, staff) in readers.items()
        if min(read, staff) >= THRESHOLD
    }


def read_elsewhere(digest: Digest) -> Census | None:
    """Readers in the total but in none of its areas, such as staff of the whole municipality."""
    if digest.reading is None:
        return None
    own = [area.reading for area in digest.areas if area.reading is not None]
    part, n = (sum(getattr(census, name) for census in own) for name in ("part", "n"))
    rest = Census(digest.reading.part - part, digest.reading.n - n)
    return rest if rest.n > 0 else None


def _of_edition(before: Digest | None, edition: str) -> Digest | None:
    """The digest, if it is or may be about the same edition of the policy."""
    return before if before is not None and before.edition in ("", edition) else None


def _without_small_steps(
    told: Mapping[str, Census], digest: Digest, before: Digest | None
) -> tuple[dict[str, Census], list[Census]]:
    """The figures by area and elsewhere; a former one is kept if fewer than three changed it."""
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
