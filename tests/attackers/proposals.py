"""Small changes of what happened, by chance: two ratings exchange something, or one is another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from msgspec.structs import replace

from handlers.facts.lookups import LookupResult
from tests.attackers.year import (
    CHANNELS,
    ELSEWHERE,
    PLACES,
    REASONS,
    Asked,
    Later,
    Rating,
    What,
    cards,
    comment,
)

ADDED = 10**7
"""Ratings that are added have numbers from here on."""

MORE = 0.4  # how often something else is altered as well
SWAPPED = 0.6  # how often what is aimed at is exchanged, and not altered

Change = list[tuple[Rating | None, Rating | None]]
"""Ratings as they were and as they are; None: not there."""


@dataclass(frozen=True, slots=True)
class Within:
    """Where a change may be made: in a block, first and last week, of a year of as many weeks."""

    block: tuple[int, int]
    weeks: int


_EXCHANGED = (
    ("week",), ("channel",), ("grade", "reason"), ("pending",), ("later",), ("place",), ("topics",),
)  # fmt: skip
"""Two ratings exchange any of these. A reason goes with the grade that it was given for."""


_WHAT = ("grade", "reason", "channel", "place", "week", "pending", "later", "topics")
"""Of a rating may be altered."""

_MATTERS = {
    "topic": ("topics", "week", "pending"),
    "reason": ("reason", "grade", "week"),
    "pending": ("pending", "week", "grade"),
    "ungraded": ("grade", "week", "pending"),
    "place": ("place", "grade", "week"),
    "corrected": ("later", "week"),
    "withdrawn": ("later", "week"),
    "erased": ("later", "week"),
}
"""What decides whether a rating is in a group, by the first word of its name."""

_OF_A_CHANNEL = ("grade", "channel", "week", "pending")


def aimed(random: Random, one: Rating, ratings: Sequence[Rating], name: str, at: Within) -> Change:
    """A change that is likely to make the number of that group another; empty: it came to nothing.

    An exchange leaves most sums of a block as they are.
    """
    what = random.choice(_MATTERS.get(name.partition(" ")[0], _OF_A_CHANNEL))
    if random.random() < SWAPPED:
        names = next(names for names in _EXCHANGED if what in names)
        pairs = _exchanged(one, random.choice(ratings), names)
    elif what == "topics":  # just that one: most comments speak of others
        pairs = [(one, _speaking(one, name.partition(" ")[2]))]
    else:
        pairs = [(one, _altered(random, one, at, what))]
    return _possible([(old, _altered_more(random, new, at)) for old, new in pairs])


def rated_otherwise(random: Random, one: Rating, ratings: Sequence[Rating], at: Within) -> Change:
    """A change of one of a block's ratings, or of two; empty: it came to nothing.

    Whoever has exchanged something is altered as well at times: where a block's sums are published,
    somebody can often be another only if somebody else is at once.
    """
    what = random.choices(("exchange", "alter", "add", "drop"), (6, 4, 1, 1))[0]
    match what:
        case "add":
            new = replace(one, number=ADDED + random.randrange(10**9))
            changed: Change = [(None, _altered_more(random, new, at))]
        case "drop":
            changed = [(one, None)]
        case "alter":
            new = _altered(random, one, at, random.choice(_WHAT))
            changed = [(one, _altered_more(random, new, at))]
        case _:
            number = random.choice((1, 1, 2, 3, 4))
            names = [name for names in random.sample(_EXCHANGED, number) for name in names]
            changed = [
                (old, _altered_more(random, new, at))
                for old, new in _exchanged(one, random.choice(ratings), names)
            ]
    return _possible(changed)


def _speaking(one: Rating, topic: str) -> Rating:
    """The rating with a comment that speaks of a topic, or no more; of two at most, as any."""
    others = [other for other in one.topics if other != topic][:1]
    spoken = others if topic in one.topics else [*others, topic]
    return replace(one, topics=tuple(sorted(spoken)))


def _possible(change: Change) -> Change:
    return change if all(new is None or _can_be(new) for _, new in change) else []


def _exchanged(one: Rating, other: Rating, names: Sequence[str]) -> list[tuple[Rating, Rating]]:
    if one is other:
        return []
    ours = replace(one, **{name: getattr(other, name) for name in names})
    theirs = replace(other, **{name: getattr(one, name) for name in names})
    return [(one, ours), (other, theirs)]


def _altered_more(random: Random, one: Rating, at: Within) -> Rating:
    while random.random() < MORE:
        one = _altered(random, one, at, random.choice(_WHAT))
    return one


def asked_otherwise(random: Random, asked: Sequence[Asked], areas: Sequence[str]) -> list[Asked]:
    """A week's lookups, a little changed."""
    found = list(asked)
    for place in random.sample(range(len(found)), min(len(found), random.choice((1, 1, 2, 3)))):
        one = found[place]
        area, where = (
            random.choice(("", *areas)),
            random.choice((LookupResult.NOTHING, LookupResult.EXTERNAL)),
        )
        match random.choice(("move", "say", "exchange")):
            case "move" if area:
                card = random.choice(cards(area))
                found[place] = replace(one, area=area, found=LookupResult.CARD, card=card)
            case "move":
                found[place] = replace(one, area="", found=where, card="", useful=None)
            case "say" if one.area:
                found[place] = replace(one, useful=random.choice((True, False, None)))
            case _:
                found[place] = replace(random.choice(found), number=one.number)
    return found


def _altered(random: Random, one: Rating, at: Within, what: str) -> Rating:
    """The rating with something else of that."""
    match what:
        case "grade":
            grade = random.randint(0, 7)
            low = 0 < grade < 6
            return replace(
                one,
                grade=grade,
                reason=random.choice(("", *REASONS)) if low else "",
                later=one.later if grade else None,
                topics=one.topics if grade else (),
            )
        case "reason":
            return replace(one, reason=random.choice(("", *REASONS)))
        case "channel":
            return replace(one, channel=random.choice(CHANNELS))
        case "place":
            places = list(PLACES.get(one.area, (ELSEWHERE,)))
            return replace(one, place=random.choice(places))
        case "week":
            return replace(one, week=random.randint(*at.block))
        case "pending":
            return replace(one, pending=not one.pending)
        case "topics":
            return replace(one, topics=() if one.topics else comment(random))
        case _:
            return replace(one, later=None if one.later else _later(random, one, at))


def _later(random: Random, one: Rating, at: Within) -> Later | None:
    """Once the block is closed, where the year goes on."""
    (_, last), weeks = at.block, at.weeks
    earliest = last + 1 if last + 1 < weeks else one.week + 1
    if earliest >= weeks:
        return None
    what = random.choice(list(What))
    grade = random.randint(1, 7) if what is What.CORRECTS else 0
    return Later(random.randint(earliest, weeks - 1), what, grade)


def _can_be(one: Rating) -> bool:
    """Whether the assistant would have let it come about."""
    if one.later is not None and (one.later.week <= one.week or not one.grade):
        return False
    if one.topics and not one.grade:
        return False
    return not one.reason or 0 < one.grade < 6
