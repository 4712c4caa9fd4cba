"""Small changes of what happened, by chance: two ratings exchange something, or one is another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from handlers.facts import Found
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

Change = list[tuple[Rating | None, Rating | None]]
"""Ratings as they were and as they are; None: not there."""

_EXCHANGED = (
    ("week",), ("channel",), ("grade", "reason"), ("pending",), ("later",), ("place",), ("topics",),
)  # fmt: skip
"""Two ratings exchange any of these. A reason goes with the grade that it was given for."""


def rated_otherwise(
    random: Random, one: Rating, ratings: Sequence[Rating], block: tuple[int, int], weeks: int
) -> Change:
    """A change of one of a block's ratings, or of two; empty: it came to nothing.

    Whoever has exchanged something is altered as well at times: where a block's sums are published,
    somebody can often be another only if somebody else is at once.
    """
    what = random.choices(("exchange", "alter", "add", "drop"), (6, 4, 1, 1))[0]
    match what:
        case "add":
            new = replace(one, number=ADDED + random.randrange(10**9))
            changed: Change = [(None, _altered_more(random, new, block, weeks))]
        case "drop":
            changed = [(one, None)]
        case "alter":
            new = _altered(random, one, block, weeks)
            changed = [(one, _altered_more(random, new, block, weeks))]
        case _:
            changed = [
                (old, _altered_more(random, new, block, weeks))
                for old, new in _exchanged(random, one, random.choice(ratings))
            ]
    return changed if all(new is None or _can_be(new) for _, new in changed) else []


def _exchanged(random: Random, one: Rating, other: Rating) -> list[tuple[Rating, Rating]]:
    if one is other:
        return []
    number = random.choice((1, 1, 2, 3, 4))
    names = [name for names in random.sample(_EXCHANGED, number) for name in names]
    ours = replace(one, **{name: getattr(other, name) for name in names})
    theirs = replace(other, **{name: getattr(one, name) for name in names})
    return [(one, ours), (other, theirs)]


def _altered_more(random: Random, one: Rating, block: tuple[int, int], weeks: int) -> Rating:
    while random.random() < MORE:
        one = _altered(random, one, block, weeks)
    return one


def asked_otherwise(random: Random, asked: Sequence[Asked], areas: Sequence[str]) -> list[Asked]:
    """A week's lookups, a little changed."""
    found = list(asked)
    for place in random.sample(range(len(found)), min(len(found), random.choice((1, 1, 2, 3)))):
        one = found[place]
        area, where = random.choice(("", *areas)), random.choice((Found.NOTHING, Found.EXTERNAL))
        match random.choice(("move", "say", "exchange")):
            case "move" if area:
                card = random.choice(cards(area))
                found[place] = replace(one, area=area, found=Found.CARD, card=card)
            case "move":
                found[place] = replace(one, area="", found=where, card="", useful=None)
            case "say" if one.area:
                found[place] = replace(one, useful=random.choice((True, False, None)))
            case _:
                found[place] = replace(random.choice(found), number=one.number)
    return found


def _altered(random: Random, one: Rating, block: tuple[int, int], weeks: int) -> Rating:
    """Another grade, reason, channel, week, standing or outcome."""
    what = ("grade", "reason", "channel", "place", "week", "pending", "later", "topics")
    match random.choice(what):
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
            return replace(one, week=random.randint(*block))
        case "pending":
            return replace(one, pending=not one.pending)
        case "topics":
            return replace(one, topics=() if one.topics else comment(random))
        case _:
            return replace(one, later=None if one.later else _later(random, one, block[1], weeks))


def _later(random: Random, one: Rating, last: int, weeks: int) -> Later | None:
    """Once the block is closed, where the year goes on."""
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
