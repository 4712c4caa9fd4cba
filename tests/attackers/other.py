"""Makes another year, with other small numbers, of which exactly the same is published.

Whoever sees the same in two years cannot know in which of them they live: a number that differs
between them is not known, whatever is added, subtracted, multiplied or rounded.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from random import Random

from handlers.content.lexicon import NameWords
from handlers.content.model import Content
from handlers.quality.blocks import Block, Figure
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Digest, WeekFigures
from handlers.quality.series import area_chart
from tests.attackers.proposals import Change, asked_otherwise, rated_otherwise
from tests.attackers.small import NAMES, Key, Span, groups_of, looked_up, spans
from tests.attackers.year import Asked, Rating, Year, area_week, week_figures

MADE = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRUITLESS = 60
"""So many changes are thought of until one concerns the number that is to be another."""

TRIES = (4, 12)
"""Of a number that is to be another: at first, and once the others are."""

Ratings = list[list[Rating]]
"""Of one area, by week."""


@dataclass(slots=True)
class Told:
    """What is published week by week, as the service does, worked out without a database."""

    content: Content
    names: NameWords
    areas: tuple[str, ...]
    ratings: dict[str, Ratings]
    asked: list[list[Asked]]  # by week
    weeks: list[WeekFigures] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    blocks: dict[str, list[Block]] = field(default_factory=lambda: defaultdict(list))

    @property
    def year(self) -> Year:
        rated = (one for weeks in self.ratings.values() for week in weeks for one in week)
        asked = (one for week in self.asked for one in week)
        return Year(
            len(self.asked),
            {one.number: one for one in rated},
            {one.number: one for one in asked},
        )

    def takes(self, area: str, start: int, changed: Ratings) -> bool:
        """Change an area's ratings from week ``start`` on, if what is published stays the same."""
        ratings = list(self.ratings[area])
        end = start + len(changed)
        ratings[start:end] = changed
        weeks, place = list(self.weeks), self.areas.index(area)
        first = weeks[start].areas[place]
        blocks = list(first.blocks)
        for week in range(start, len(weeks)):
            before = weeks[week].areas[place]
            if week >= end and tuple(blocks) == before.blocks:
                break
            made = self._area_week(area, ratings, week, blocks)
            areas = (*weeks[week].areas[:place], made, *weeks[week].areas[place + 1 :])
            weeks[week] = replace(weeks[week], areas=areas)
            if self._digest(weeks[week]) != self.digests[week]:
                return False
            blocks += [b for b in closed_blocks(weeks[week], self.content) if b.area == area]
        told = self.blocks[area]
        blocks += told[len(blocks) :]
        if list(map(_published, blocks)) != list(map(_published, told)):
            return False
        if area_chart(area, blocks) != area_chart(area, told):
            return False
        self.weeks, self.ratings[area], self.blocks[area] = weeks, ratings, blocks
        return True

    def takes_asked(self, week: int, asked: list[Asked]) -> bool:
        """Change a week's lookups, if what is published stays the same."""
        areas = tuple(_looked(one, asked) for one in self.weeks[week].areas)
        figures = week_figures(areas, asked, week)
        if self._digest(figures) != self.digests[week]:
            return False
        self.weeks[week], self.asked[week] = figures, asked
        return True

    def publish(self, week: int) -> None:
        """The next week."""
        areas = [
            self._area_week(area, self.ratings[area], week, self.blocks[area])
            for area in self.areas
        ]
        figures = week_figures(areas, self.asked[week], week)
        self.weeks.append(figures)
        self.digests.append(self._digest(figures))
        for block in closed_blocks(figures, self.content):
            self.blocks[block.area].append(block)

    def _area_week(
        self, area: str, ratings: Ratings, week: int, blocks: Sequence[Block]
    ) -> AreaWeek:
        return _looked(area_week(area, ratings, week, blocks), self.asked[week])

    def _digest(self, figures: WeekFigures) -> Digest:
        return build_digest(figures, self.content, self.names, MADE)


def told(year: Year, content: Content, names: NameWords) -> Told:
    """All that is published of a year."""
    areas = tuple(sorted({one.area for one in year.ratings.values()}))
    ratings: dict[str, Ratings] = {area: [[] for _ in range(year.weeks)] for area in areas}
    for rating in year.ratings.values():
        ratings[rating.area][rating.week].append(rating)
    asked: list[list[Asked]] = [[] for _ in range(year.weeks)]
    for one in year.asked.values():
        asked[one.week].append(one)
    made = Told(content, names, areas, ratings, asked)
    for week in range(year.weeks):
        made.publish(week)
    return made


def change(told: Told, wanted: Iterable[Key], random: Random, patience: float) -> None:
    """Change the year until each of the wanted numbers is another, or patience is at its end."""
    of_block: dict[tuple[str, int], set[Key]] = defaultdict(set)
    of_week: dict[int, set[Key]] = defaultdict(set)
    starts = {
        (area, week): start
        for area in told.areas
        for start, end in spans(told.blocks[area], len(told.weeks))
        for week in range(start, end + 1)
    }
    for key in wanted:
        area, (first, _), name = key
        if name in NAMES:
            of_block[area, starts[area, first]].add(key)
        else:
            of_week[first].add(key)
    for area in told.areas:
        for block in spans(told.blocks[area], len(told.weeks)):
            _Block(told, area, block, of_block[area, block[0]], random).change(patience)
    for week, keys in of_week.items():
        _change_asked(told, week, keys, random, patience)


class _Block:
    """An area's weeks of one block, whose small numbers are to be others."""

    def __init__(
        self, told: Told, area: str, block: Span, wanted: set[Key], random: Random
    ) -> None:
        self._told, self._area, self._block, self._random = told, area, block, random
        self._known: dict[Rating, frozenset[Key]] = {}
        self._before: Counter[Key] = Counter()
        for week in told.ratings[area][block[0] : block[1] + 1]:
            for one in week:
                self._before.update(self._keys(one))
        self._now = self._before.copy()
        self._wanted = wanted

    def change(self, patience: float) -> None:
        for tries in TRIES:
            for aim in sorted(self._wanted):
                for _ in range(tries):
                    if self._now[aim] != self._before[aim]:
                        break
                    self._try(aim, int(FRUITLESS * patience))

    def _try(self, aim: Key, fruitless: int) -> None:
        start, end = self._block
        ratings = [one for week in self._told.ratings[self._area][start : end + 1] for one in week]
        inside = [one for one in ratings if aim in self._keys(one)]
        for _ in range(fruitless if ratings else 0):
            one = self._random.choice(inside or ratings)
            change = rated_otherwise(
                self._random, one, ratings, (start, end), len(self._told.weeks)
            )
            moved: Counter[Key] = Counter()
            for old, new in change:
                moved.subtract(self._keys(old))
                moved.update(self._keys(new))
            if moved[aim] and self._gained(moved) > 0:
                if self._told.takes(self._area, start, _after(ratings, change, start, end)):
                    self._now.update(moved)
                return

    def _gained(self, moved: Counter[Key]) -> int:
        """How many more of the wanted numbers would be others than before."""
        return sum(
            (self._now[key] + by != self._before[key]) - (self._now[key] != self._before[key])
            for key, by in moved.items()
            if key in self._wanted
        )

    def _keys(self, one: Rating | None) -> frozenset[Key]:
        if one is None:
            return frozenset()
        if one in self._known:
            return self._known[one]
        names = list(groups_of(one, one.as_of(self._block[1])))
        weeks = {self._block, (one.week, one.week)}
        keys = frozenset((self._area, span, name) for span in weeks for name in names)
        self._known[one] = keys
        return keys


def _after(ratings: Sequence[Rating], change: Change, start: int, end: int) -> Ratings:
    gone = {old.number for old, _ in change if old is not None}
    kept = [one for one in ratings if one.number not in gone]
    kept += [new for _, new in change if new is not None]
    found: Ratings = [[] for _ in range(start, end + 1)]
    for one in kept:
        found[one.week - start].append(one)
    return found


def _change_asked(told: Told, week: int, wanted: set[Key], random: Random, patience: float) -> None:
    before = now = looked_up(told.asked[week], told.areas, week)

    def others(counts: Mapping[Key, int]) -> int:
        return sum(counts[key] != before[key] for key in wanted)

    for _ in range(int(FRUITLESS * sum(TRIES) * patience)):
        if others(now) == len(wanted):
            return
        proposed = asked_otherwise(random, told.asked[week], told.areas)
        counted = looked_up(proposed, told.areas, week)
        if others(counted) > others(now) and told.takes_asked(week, proposed):
            now = counted


def _looked(one: AreaWeek, asked: Iterable[Asked]) -> AreaWeek:
    asked = [a for a in asked if a.area == one.area]
    return replace(
        one,
        lookups=len(asked),
        useful=sum(a.useful is True for a in asked),
        not_useful=sum(a.useful is False for a in asked),
        asked={one.area: len(asked)} if asked else {},
    )


def _published(block: Block) -> tuple[object, ...]:
    shown = block.satisfied if block.figure is Figure.SHARE else None
    return block.first, block.last, block.n, block.figure, shown
