"""The small numbers that nobody may learn: the groups under ten that a reader is curious about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from handlers.quality.blocks import Block
from handlers.quality.suppression import THRESHOLD
from tests.attackers.staff import BEGIN, CLOSED, numbers_of_staff
from tests.attackers.year import (
    CHANNELS,
    ELSEWHERE,
    PLACES,
    REASONS,
    TOPICS,
    Asked,
    Rating,
    What,
    cards,
    number,
)

if TYPE_CHECKING:
    from tests.attackers.other import Told

Span = tuple[int, int]
"""First and last week."""

Key = tuple[str, Span, str]
"""Area, weeks, and which group."""

SIDES = ("all", "6-7", "1-5", "5", "1-4")
LATER = {What.CORRECTS: "corrected", What.WITHDRAWS: "withdrawn", What.ERASES: "erased"}
AFTERWARDS = frozenset(LATER.values())
NAMES = (
    *(f"{channel} {side}" for channel in ("any", *CHANNELS) for side in SIDES),
    *(f"reason {reason}" for reason in (*REASONS, "none")),
    *(f"pending {side}" for side in ("all", "6-7", "1-5", "ungraded")),
    "ungraded",
    *(f"topic {topic}" for topic in TOPICS),
    *LATER.values(),
)


def names_in(area: str) -> tuple[str, ...]:
    """The groups of an area's ratings, those of its services and desks too."""
    places = [place for place in PLACES.get(area, ()) if place != ELSEWHERE]
    return (*NAMES, *(_at(place, side) for place in places for side in ("6-7", "1-5")))


def small_numbers(told: Told) -> dict[Key, int]:
    """All that is under ten in a year."""
    return {key: n for key, n in numbers(told).items() if n < THRESHOLD}


def is_of_staff(key: Key) -> bool:
    """Whether it is about staff, of whom there are sums alone."""
    return key[2].startswith("staff ")


def numbers(told: Told) -> dict[Key, int]:
    """How many are in each group, of blocks, of the weeks within them, and of lookups."""
    found: dict[Key, int] = {}
    for area in told.areas:
        for start, end in spans(told.blocks[area], len(told.weeks)):
            for weeks in weeks_of(start, end):
                inside = told.ratings[area][weeks[0] : weeks[1] + 1]
                counts = groups(area, inside, end)
                if weeks[0] == len(told.weeks) - 1:  # nothing comes after the last week
                    counts = {name: n for name, n in counts.items() if name not in AFTERWARDS}
                found |= {(area, weeks, name): n for name, n in counts.items()}
    if len(told.asked) > CLOSED:
        for area, counts in numbers_of_staff(told.staffed).items():
            found |= {(area, (BEGIN, CLOSED), name): n for name, n in counts.items()}
    for week, asked in enumerate(told.asked):
        found |= looked_up(asked, told.areas, week)
    return found


def spans(blocks: Sequence[Block], weeks: int) -> Iterator[Span]:
    """The weeks of each block, and those that are gathered since the last."""
    start = 0
    for block in blocks:
        start, end = number(block.first), number(block.last)
        yield start, end
        start = end + 1
    if start < weeks:
        yield start, weeks - 1


def weeks_of(start: int, end: int) -> list[Span]:
    """A block's weeks together, and each of them."""
    alone = [(week, week) for week in range(start, end + 1)]
    return [(start, end), *(alone if start < end else ())]


def groups(area: str, weeks: Iterable[Iterable[Rating]], known: int) -> dict[str, int]:
    """How many are in each group, as it counted once week ``known`` was over."""
    counts = dict.fromkeys(names_in(area), 0)
    for week in weeks:
        for one in week:
            for name in groups_of(one, one.as_of(known)):
                counts[name] += 1
    return counts


def looked_up(asked: Iterable[Asked], areas: Iterable[str], week: int) -> dict[Key, int]:
    """A week's lookups by area and what was said of them; those that led nowhere."""
    span = (week, week)
    found: dict[Key, int] = {
        (area, span, f"lookup {said}"): 0 for area in areas for said in ("all", True, False, None)
    }
    found |= {("", span, f"lookup {where}"): 0 for where in ("nothing", "external")}
    found |= {(area, span, f"lookup of {card}"): 0 for area in areas for card in cards(area)}
    for one in asked:
        for key in keys_of_lookup(one, span):
            found[key] += 1
    return found


def keys_of_lookup(one: Asked, span: Span) -> Iterator[Key]:
    """The groups of one lookup."""
    for said in ("all", one.useful, f"of {one.card}") if one.area else (one.found.value,):
        yield one.area, span, f"lookup {said}"


def groups_of(one: Rating, now: Rating) -> Iterator[str]:
    if one.later is not None:
        yield LATER[one.later.what]
    for topic in one.topics if not one.pending else ():
        yield f"topic {topic}"
    if one.pending:
        yield "pending all"
        yield f"pending {_side(now.grade) or 'ungraded'}"
        return
    if not now.grade:
        yield "ungraded"
        return
    sides = ["all", _side(now.grade)]
    if now.grade < 6:
        sides.append("5" if now.grade == 5 else "1-4")
        yield f"reason {now.reason or 'none'}"
    if one.place != ELSEWHERE:
        yield _at(one.place, sides[1])
    for side in sides:
        yield f"any {side}"
        yield f"{now.channel} {side}"


def _at(place: tuple[str, str], side: str) -> str:
    return f"place {''.join(place)} {side}"


def _side(grade: int) -> str:
    return "" if not grade else "6-7" if grade > 5 else "1-5"
