"""Makes another year, with other small numbers, of which exactly the same is published.

Whoever sees the same in two years cannot know in which of them they live: a number that differs
between them is not known, by no adding, subtracting, multiplying or rounding.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from random import Random

from handlers.quality.blocks import Figure
from tests.attackers.other import Ratings, Told
from tests.attackers.proposals import Change, Within, aimed, asked_otherwise, rated_otherwise
from tests.attackers.small import (
    Key,
    Span,
    groups_of,
    is_of_staff,
    keys_of_lookup,
    looked_up,
    names_in,
    spans,
)
from tests.attackers.staff import staffed_otherwise
from tests.attackers.year import Rating, number

FRUITLESS = 100
"""How many changes are thought of, at a try, until one might make the number another."""

BROAD = 12
"""How many changes by chance are thought of first, for each number that is to be another."""

TRIES = 4
"""Of each number that is still the same then."""

KNOWN_OF = 3
"""Of a block with few ratings one in this many is known by name, at most."""

MENDED = 40
"""How many changes of others are thought of where one alone would alter the sums of a block."""

ASKED = 1000
"""How many changes by chance are thought of for the lookups of each week."""


def change(
    told: Told, wanted: Iterable[Key], random: Random, patience: float, seen: int = 0
) -> None:
    """Change the year until each of the wanted numbers is another, or patience is at its end.

    ``seen``: how many ratings of each block stay as they are.
    """
    of_block: dict[tuple[str, int], set[Key]] = defaultdict(set)
    of_week: dict[int, set[Key]] = defaultdict(set)

    def blocks_of(area: str) -> Iterator[Span]:
        return spans(told.blocks[area], len(told.weeks))

    starts = {
        (area, week): start
        for area in told.areas
        for start, end in blocks_of(area)
        for week in range(start, end + 1)
    }
    ends = {(area, start): end for area in told.areas for start, end in blocks_of(area)}
    used: set[tuple[str, Span]] = set()
    for key in wanted:
        area, (first, _), name = key
        if is_of_staff(key):
            continue  # all at once
        if name in names_in(area):
            of_block[area, starts[area, first]].add(key)
        else:
            of_week[first].add(key)
    for key in sorted(key for keys in of_block.values() for key in keys if _is_of_a_topic(key)):
        others = [(area, starts[area, key[1][0]]) for area in told.areas if area != key[0]]
        free = {a: (start, ends[a, start]) for a, start in others if not of_block[a, start]}
        chosen = {a: block for a, block in free.items() if (a, block) not in used}
        used |= _make_room(told, key, chosen, random, seen)
    # What all areas are told of together leaves more room to the first.
    for area in random.sample(told.areas, len(told.areas)):
        for block in spans(told.blocks[area], len(told.weeks)):
            wanted_there = of_block[area, block[0]]
            _Block(told, (area, block), wanted_there, random, seen).change(patience)
    told.staffed = staffed_otherwise(told.staffed, random)
    for week, keys in of_week.items():
        _change_asked(told, week, keys, random, patience)


def _is_of_a_topic(key: Key) -> bool:
    return key[2].startswith("topic ")


def _make_room(
    told: Told, key: Key, blocks: Mapping[str, Span], random: Random, seen: int
) -> set[tuple[str, Span]]:
    """Have another area speak less of a topic, of which one more is too many in all together.

    Only in a block of which nothing else is wanted: what is known by name there stays. Returns the
    block that was changed.
    """
    _, weeks, name = key
    for area in random.sample(sorted(blocks), len(blocks)):
        inside = told.ratings[area][weeks[0] : weeks[1] + 1]
        if any(name in groups_of(one, one) for week in inside for one in week):
            _Block(told, (area, blocks[area]), {(area, weeks, name)}, random, seen).change(1)
            return {(area, blocks[area])}
    return set()


class _Block:
    """An area's weeks of one block, whose small numbers are to be others."""

    def __init__(
        self, told: Told, at: tuple[str, Span], wanted: set[Key], random: Random, seen: int
    ) -> None:
        self._told, self._random = told, random
        self._area, self._block = area, block = at
        ratings = [one for week in told.ratings[area][block[0] : block[1] + 1] for one in week]
        self._known = {one.number: self._keys(one) for one in ratings}
        seen = min(seen, len(ratings) // KNOWN_OF)
        self._seen = ratings[:: len(ratings) // seen][:seen] if seen else []
        self._ratings = [one for one in ratings if one not in self._seen]
        self._before = Counter(key for keys in self._known.values() for key in keys)
        self._now = self._before.copy()
        self._wanted = wanted
        self._within = Within(block, len(told.weeks))
        closed = next((b for b in told.blocks[area] if number(b.first) == block[0]), None)
        fixed: tuple[str, ...] = () if closed is None else ("any all", "any 6-7", "any 1-5")
        if closed is not None and closed.figure is not Figure.SHARE:
            fixed = ("any all",)
        self._fixed = [(area, block, name) for name in fixed]  # what the block publishes itself

    def change(self, patience: float) -> None:
        """Any change that brings something first, then what is still the same one by one."""
        broad = int(BROAD * min(1, patience) * len(self._wanted))
        for _ in range(broad if self._ratings else 0):
            self._try(self._proposed(self._random.choice(self._ratings)))
        for aim in sorted(self._wanted):
            for _ in range(int(TRIES * patience)):
                if self._now[aim] != self._before[aim]:
                    break
                self._aim(aim)

    def _aim(self, aim: Key) -> None:
        area, (first, last), name = aim
        alike = (area, self._block, name)  # of other weeks: two may exchange theirs
        those = [
            one
            for one in self._ratings
            if first <= one.week <= last or alike in self._known[one.number]
        ]
        inside = [one for one in those if aim in self._known[one.number]]
        for _ in range(FRUITLESS if self._ratings else 0):
            one = self._random.choice(self._random.choice((inside, those)) or self._ratings)
            change = aimed(self._random, one, self._ratings, name, self._within)
            if self._moves(change, aim) and self._try(change, aim):
                return

    def _moves(self, change: Change, aim: Key) -> bool:
        _, (first, last), name = aim
        by = 0
        for old, new in change:
            by -= old is not None and aim in self._known[old.number]
            if new is not None and first <= new.week <= last:
                by += name in groups_of(new, new.as_of(self._block[1]))
        return by != 0

    def _try(self, change: Change, aim: Key | None = None) -> bool:
        """Whether it would bring something; it is made if nothing else is told then."""
        moved = self._moved(change)
        if not self._balanced(moved):
            mended = None if aim is None else self._mended(change, moved)
            if mended is None:
                return False
            change, moved = mended
        if self._gained(moved) <= 0:
            return False
        gone = {old.number for old, _ in change if old is not None}
        kept = [one for one in self._ratings if one.number not in gone]
        kept += [new for _, new in change if new is not None]
        by_week = _by_week([*self._seen, *kept], self._block)
        if self._told.takes(self._area, self._block[0], by_week):
            self._now.update(moved)
            self._known |= {new.number: self._keys(new) for _, new in change if new is not None}
            self._ratings = kept
        return True

    def _proposed(self, one: Rating) -> Change:
        return rated_otherwise(self._random, one, self._ratings, self._within)

    def _mended(self, change: Change, moved: Counter[Key]) -> tuple[Change, Counter[Key]] | None:
        """The change with another of other ratings, so that the block's sums stay; None: none."""
        gone = {old.number for old, _ in change if old is not None}
        for _ in range(MENDED):
            more = self._proposed(self._random.choice(self._ratings))
            if any(old is not None and old.number in gone for old, _ in more):
                continue
            both = moved.copy()
            both.update(self._moved(more))
            if self._balanced(both):
                return change + more, both
        return None

    def _moved(self, change: Change) -> Counter[Key]:
        """By how much a change alters each number."""
        moved: Counter[Key] = Counter()
        for old, new in change:
            was = self._known[old.number] if old is not None else frozenset()
            now = self._keys(new) if new is not None else frozenset()
            for key in was - now:
                moved[key] -= 1
            for key in now - was:
                moved[key] += 1
        return moved

    def _balanced(self, moved: Mapping[Key, int]) -> bool:
        return not any(moved.get(key) for key in self._fixed)

    def _gained(self, moved: Mapping[Key, int]) -> int:
        """How many more of the wanted numbers would be others than before."""
        return sum(
            (self._now[key] + by != self._before[key]) - (self._now[key] != self._before[key])
            for key, by in moved.items()
            if by and key in self._wanted
        )

    def _keys(self, one: Rating) -> frozenset[Key]:
        names = list(groups_of(one, one.as_of(self._block[1])))
        weeks = {self._block, (one.week, one.week)}
        return frozenset((self._area, span, name) for span in weeks for name in names)


def _by_week(ratings: Iterable[Rating], block: Span) -> Ratings:
    found: Ratings = [[] for _ in range(block[0], block[1] + 1)]
    for one in ratings:
        found[one.week - block[0]].append(one)
    return found


def _change_asked(told: Told, week: int, wanted: set[Key], random: Random, patience: float) -> None:
    """Change a week's lookups until each of the wanted numbers is another, or patience ends.

    Counted is only what a change touches: most bring nothing.
    """
    span = (week, week)
    before = looked_up(told.asked[week], told.areas, week)
    now = Counter(before)
    left = set(wanted)
    for _ in range(int(ASKED * patience)):
        if not left:
            return
        asked = told.asked[week]
        proposed = asked_otherwise(random, asked, told.areas)
        moved: Counter[Key] = Counter()
        for old, new in zip(asked, proposed, strict=True):
            if old is not new:
                moved.subtract(keys_of_lookup(old, span))
                moved.update(keys_of_lookup(new, span))
        touched = {key for key in moved if key in wanted}
        still = {key for key in touched if now[key] + moved[key] == before[key]}
        if len(still) < len(left & touched) and told.takes_asked(week, proposed):
            now.update(moved)
            left = (left - touched) | still
