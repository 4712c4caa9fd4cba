"""What is published of a year, and whether exactly the same is published once it is changed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from msgspec.structs import replace as replace_struct

from handlers.content.model import Content
from handlers.indicators.places import Cells, digest_with_places
from handlers.indicators.work import online_share
from handlers.quality.blocks import Block, Figure
from handlers.quality.comments import shown_topics, topic_counts
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Digest, WeekFigures
from handlers.quality.parts import lookup_cells
from handlers.quality.series import area_chart
from handlers.quality.suppression import hidden_cells
from handlers.text.personal import NameWords
from tests.attackers.staff import STAFF, Staffed
from tests.attackers.year import Asked, Rating, Year, area_week, cells, remembering, week_figures

MADE = datetime(2026, 11, 23, 12, tzinfo=UTC)

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
        spoken = [topic_counts(one.comments, self.content) for one in figures.areas]
        return shown_topics(sum(spoken, Counter()))

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
        return digest_with_places(digest, closed_blocks(figures, content), places, content)


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
    return remembering(Content.model_construct(**fields | {"areas": (content.area_by_id[area],)}))


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
