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

from msgspec.structs import replace as replace_struct

from handlers.content.model import Content
from handlers.indicators.places import Cells, in_places
from handlers.indicators.work import online_share
from handlers.quality.blocks import Block, Figure
from handlers.quality.comments import topics_named, topics_spoken_of
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Digest, WeekFigures
from handlers.quality.parts import lookup_cells
from handlers.quality.series import area_chart
from handlers.quality.suppression import hidden_cells
from handlers.text.personal import NameWords
from tests.attackers.proposals import Change, asked_otherwise, rated_otherwise
from tests.attackers.small import Key, Span, groups_of, is_of_staff, looked_up, names_in, spans
from tests.attackers.staff import STAFF, Staffed, staffed_otherwise
from tests.attackers.year import Asked, Rating, Year, area_week, cells, number, week_figures

MADE = datetime(2026, 11, 23, 12, tzinfo=UTC)
FRUITLESS = 100
"""So many changes are thought of, at a try, until one might make the number another."""

BROAD = 12
"""So many changes by chance are thought of first, for each number that is to be another."""

TRIES = 4
"""Of each number that is still the same then."""

MENDED = 40
"""So many changes of others are thought of where one alone would alter the sums of a block."""

ASKED = 1000
"""So many changes by chance are thought of for the lookups of each week."""

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
    alone: Mapping[str, Content]  # the content with one area alone, by area
    procedures: Mapping[str, bool]
    weeks: list[WeekFigures] = field(default_factory=list)
    cells: list[dict[str, Cells]] = field(default_factory=list)  # by week and area
    digests: list[Digest] = field(default_factory=list)
    by_area: list[dict[str, Digest]] = field(default_factory=list)  # by week: of each area alone
    blocks: dict[str, list[Block]] = field(default_factory=lambda: defaultdict(list))
    staffed: Staffed = field(default_factory=lambda: STAFF)

    @property
    def year(self) -> Year:
        rated = (one for weeks in self.ratings.values() for week in weeks for one in week)
        asked = (one for week in self.asked for one in week)
        return Year(
            len(self.asked),
            {one.number: one for one in rated},
            {one.number: one for one in asked},
            self.staffed,
        )

    def takes(self, area: str, start: int, changed: Ratings) -> bool:
        """Change an area's ratings from week ``start`` on, if what is published stays the same.

        Of other areas nothing is said otherwise then: their own answers are the same, those of the
        municipality are told with each area, and the sum is of what is published of each. What the
        comments of all areas speak of is looked at besides.
        """
        ratings = list(self.ratings[area])
        end = start + len(changed)
        ratings[start:end] = changed
        weeks, places, place = list(self.weeks), list(self.cells), self.areas.index(area)
        blocks = list(weeks[start].areas[place].blocks)
        told = self.blocks[area]
        for week in range(start, len(weeks)):
            before = weeks[week].areas[place]
            if week >= end and tuple(blocks) == before.blocks:
                break
            made = self._area_week(area, ratings, week, blocks)
            areas = (*weeks[week].areas[:place], made, *weeks[week].areas[place + 1 :])
            weeks[week] = replace(weeks[week], areas=areas)
            blocks += [b for b in closed_blocks(weeks[week], self.content) if b.area == area]
            if not _same(blocks, told[: len(blocks)]):
                return False
            since = made.since or weeks[week].week
            places[week] = {**places[week], area: cells(ratings, since, week)}
            digest = self._digest(weeks[week], places[week], self.alone[area])
            if digest != self.by_area[week][area]:
                return False
            if self._topics(weeks[week]) != self.digests[week].topics:
                return False
        blocks += told[len(blocks) :]
        if not _same(blocks, told):
            return False
        if blocks != told and area_chart(area, blocks) != area_chart(area, told):
            return False
        self.weeks, self.cells = weeks, places
        self.ratings[area], self.blocks[area] = ratings, blocks
        return True

    def takes_asked(self, week: int, asked: list[Asked]) -> bool:
        """Change a week's lookups, if what is published stays the same."""
        areas = tuple(_looked(one, asked) for one in self.weeks[week].areas)
        figures = week_figures(areas, asked, week)
        places = self.cells[week]
        if self._seen(figures) != self._seen(self.weeks[week]):
            return False
        if self._digest(figures, places, self.content) != self.digests[week]:
            return False
        self.weeks[week], self.asked[week] = figures, asked
        self.by_area[week] = self._apart(figures, places)
        return True

    def publish(self, week: int) -> None:
        """The next week."""
        areas = [
            self._area_week(area, self.ratings[area], week, self.blocks[area])
            for area in self.areas
        ]
        figures = week_figures(areas, self.asked[week], week)
        places = {
            one.area: cells(self.ratings[one.area], one.since or figures.week, week)
            for one in areas
        }
        self.weeks.append(figures)
        self.cells.append(places)
        self.digests.append(self._digest(figures, places, self.content))
        self.by_area.append(self._apart(figures, places))
        for block in closed_blocks(figures, self.content):
            self.blocks[block.area].append(block)

    def _area_week(
        self, area: str, ratings: Ratings, week: int, blocks: Sequence[Block]
    ) -> AreaWeek:
        return _looked(area_week(area, ratings, week, blocks), self.asked[week])

    def _topics(self, figures: WeekFigures) -> tuple[str, ...]:
        """What the comments of all areas speak of, as the digest names it."""
        spoken = [topics_spoken_of(one.comments, self.content) for one in figures.areas]
        return topics_named(sum(spoken, Counter()))

    def _seen(self, figures: WeekFigures) -> dict[str, int]:
        """Most changes are told by these alone."""
        found = lookup_cells(figures, self.content)
        hidden = hidden_cells(found)
        return {cell: n for cell, n in found.items() if cell not in hidden}

    def _apart(self, figures: WeekFigures, places: Mapping[str, Cells]) -> dict[str, Digest]:
        return {
            area: self._digest(figures, places, content) for area, content in self.alone.items()
        }

    def _digest(
        self, figures: WeekFigures, places: Mapping[str, Cells], content: Content
    ) -> Digest:
        digest = build_digest(figures, content, self.names, MADE)
        digest = replace_struct(digest, online=online_share(figures, self.procedures))
        return in_places(digest, closed_blocks(figures, content), places, content)


def told(year: Year, content: Content, names: NameWords) -> Told:
    """All that is published of a year."""
    areas = tuple(sorted({one.area for one in year.ratings.values()}))
    ratings: dict[str, Ratings] = {area: [[] for _ in range(year.weeks)] for area in areas}
    for rating in year.ratings.values():
        ratings[rating.area][rating.week].append(rating)
    asked: list[list[Asked]] = [[] for _ in range(year.weeks)]
    for one in year.asked.values():
        asked[one.week].append(one)
    online = {service.id: service.online is True for service in content.services}
    alone = {area: _with_one(content, area) for area in areas}
    made = Told(content, names, areas, ratings, asked, alone, online, staffed=year.staffed)
    for week in range(year.weeks):
        made.publish(week)
    return made


def _with_one(content: Content, area: str) -> Content:
    fields = {name: getattr(content, name) for name in Content.model_fields}
    return Content.model_construct(**fields | {"areas": (content.area_by_id[area],)})


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
        if is_of_staff(key):
            continue  # all at once
        if name in names_in(area):
            of_block[area, starts[area, first]].add(key)
        else:
            of_week[first].add(key)
    for area in told.areas:
        for block in spans(told.blocks[area], len(told.weeks)):
            _Block(told, area, block, of_block[area, block[0]], random).change(patience)
    told.staffed = staffed_otherwise(told.staffed, random)
    for week, keys in of_week.items():
        _change_asked(told, week, keys, random, patience)


class _Block:
    """An area's weeks of one block, whose small numbers are to be others."""

    def __init__(
        self, told: Told, area: str, block: Span, wanted: set[Key], random: Random
    ) -> None:
        self._told, self._area, self._block, self._random = told, area, block, random
        self._ratings = [
            one for week in told.ratings[area][block[0] : block[1] + 1] for one in week
        ]
        self._known = {one.number: self._keys(one) for one in self._ratings}
        self._before = Counter(key for keys in self._known.values() for key in keys)
        self._now = self._before.copy()
        self._wanted = wanted
        closed = next((b for b in told.blocks[area] if number(b.first) == block[0]), None)
        fixed = () if closed is None else ("any all", "any 6-7", "any 1-5")
        if closed is not None and closed.figure is not Figure.SHARE:
            fixed = ("any all",)
        self._fixed = [(area, block, name) for name in fixed]  # what the block publishes itself

    def change(self, patience: float) -> None:
        """Any change that brings something first, then what is still the same one by one."""
        for _ in range(int(BROAD * patience * len(self._wanted)) if self._ratings else 0):
            self._try(self._random.choice(self._ratings))
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
            if self._try(self._random.choice(inside or those or self._ratings), aim):
                return

    def _try(self, one: Rating, aim: Key | None = None) -> bool:
        """Whether a change of it would bring something; it is made if nothing else is told then."""
        change = self._proposed(one)
        moved = self._moved(change)
        if aim is not None and not moved[aim]:
            return False
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
        if self._told.takes(self._area, self._block[0], _by_week(kept, self._block)):
            self._now.update(moved)
            self._known |= {new.number: self._keys(new) for _, new in change if new is not None}
            self._ratings = kept
        return True

    def _proposed(self, one: Rating) -> Change:
        weeks = len(self._told.weeks)
        return rated_otherwise(self._random, one, self._ratings, self._block, weeks)

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
    before = now = looked_up(told.asked[week], told.areas, week)

    def others(counts: Mapping[Key, int]) -> int:
        return sum(counts[key] != before[key] for key in wanted)

    for _ in range(int(ASKED * patience)):
        if others(now) == len(wanted):
            return
        proposed = asked_otherwise(random, told.asked[week], told.areas)
        counted = looked_up(proposed, told.areas, week)
        if others(counted) > others(now) and told.takes_asked(week, proposed):
            now = counted


def _looked(one: AreaWeek, asked: Iterable[Asked]) -> AreaWeek:
    asked = [a for a in asked if a.area == one.area]
    by_card = Counter(a.card for a in asked)
    return replace(
        one,
        lookups=len(asked),
        useful=sum(a.useful is True for a in asked),
        not_useful=sum(a.useful is False for a in asked),
        asked=dict(by_card),
    )


def _same(blocks: Sequence[Block], told: Sequence[Block]) -> bool:
    """Whether the same is published of both."""
    return blocks == told or list(map(_published, blocks)) == list(map(_published, told))


def _published(block: Block) -> tuple[object, ...]:
    shown = block.satisfied if block.figure is Figure.SHARE else None
    return block.first, block.last, block.n, block.figure, shown
