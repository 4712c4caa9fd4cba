"""A reader who solves the digests of a year for the numbers that they hide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from random import Random

from handlers.facts.lookups import LookupResult
from handlers.quality.blocks import Block, open_since
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaDigest, AreaWeek, Digest, Grades, WeekFigures
from handlers.quality.weeks import IsoWeek
from tests.handlers.quality.areas import NAMES, REASONS, area, content

CHANNELS = ("telegram", "web", "whatsapp")
PARTS = ("top", "five", "bottom")
PENDING = ("top", "rest", "ungraded")
LOOKED = ("useful", "useless", "silent")
AREAS = ("a", "b", "c")
FIRST = IsoWeek(2026, 1)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
KNOWN = content(*(area(id_, id_ * 2) for id_ in AREAS))


class Attack:
    """What follows by addition and subtraction from sums that are known."""

    def __init__(self) -> None:
        self._rows: dict[Hashable, dict[Hashable, Fraction]] = {}

    def learn(self, *unknowns: Hashable) -> None:
        """The sum of these unknowns was published."""
        row = self._reduced(dict.fromkeys(unknowns, Fraction(1)))
        if not row:
            return
        pivot = next(iter(row))
        row = {unknown: factor / row[pivot] for unknown, factor in row.items()}
        for other, known in self._rows.items():
            self._rows[other] = _without(known, pivot, row)
        self._rows[pivot] = row

    def equate(self, ones: Iterable[Hashable], others: Iterable[Hashable]) -> None:
        """Two sums are the same, as everybody knows."""
        row = dict.fromkeys(ones, Fraction(1))
        row |= dict.fromkeys(others, Fraction(-1))
        row = self._reduced(row)
        pivot = next(iter(row))
        row = {unknown: factor / row[pivot] for unknown, factor in row.items()}
        self._rows = {key: _without(known, pivot, row) for key, known in self._rows.items()}
        self._rows[pivot] = row

    def knows(self, *unknowns: Hashable) -> bool:
        return not self._reduced(dict.fromkeys(unknowns, Fraction(1)))

    def _reduced(self, row: dict[Hashable, Fraction]) -> dict[Hashable, Fraction]:
        # No row holds another's pivot, so one pass over the row's own unknowns is enough.
        for pivot in [unknown for unknown in row if unknown in self._rows]:
            row = _without(row, pivot, self._rows[pivot])
        return row


def _without(
    row: dict[Hashable, Fraction], pivot: Hashable, known: Mapping[Hashable, Fraction]
) -> dict[Hashable, Fraction]:
    factor = row.get(pivot, Fraction(0))
    combined = dict(row)
    for unknown, other in known.items():
        combined[unknown] = combined.get(unknown, Fraction(0)) - factor * other
    return {unknown: value for unknown, value in combined.items() if value}


# --- a year whose truth is known -------------------------------------------------------------


@dataclass
class AreaTruth:
    """What really happened in one area in one week; corrections change it later."""

    grades: dict[str, list[int]]  # by channel: top, five, bottom
    reasons: dict[str, int]
    pending: list[int]
    looked: list[int]
    ungraded: int
    quit: int

    def cells(self) -> Iterator[tuple[tuple[Hashable, ...], int]]:
        """Every group that a digest may hold a number of."""
        for channel, counts in self.grades.items():
            yield from (((channel, part), n) for part, n in zip(PARTS, counts, strict=True))
        yield from ((("reason", reason), n) for reason, n in self.reasons.items())
        rest = sum(five + bottom for _, five, bottom in self.grades.values())
        yield ("reason", "none"), rest - sum(self.reasons.values())  # below 0 after corrections
        yield from ((("pending", part), n) for part, n in zip(PENDING, self.pending, strict=True))


@dataclass
class Year:
    """Publishes week after week as the service does, and remembers what was true at the time."""

    truth: dict[IsoWeek, dict[str, AreaTruth]] = field(default_factory=dict)
    outside: dict[IsoWeek, list[int]] = field(default_factory=dict)  # nothing found, elsewhere
    blocks: dict[str, list[Block]] = field(default_factory=lambda: defaultdict(list))
    digests: list[Digest] = field(default_factory=list)
    frozen: dict[tuple[str, IsoWeek], dict[tuple[Hashable, ...], int]] = field(default_factory=dict)

    def publish(self, week: IsoWeek) -> None:
        areas = tuple(self._area_week(id_, week) for id_ in AREAS)
        nothing, elsewhere = self.outside[week]
        outside = {LookupResult.NOTHING: nothing, LookupResult.EXTERNAL: elsewhere}
        raw = WeekFigures(week, areas, lookups_without_area=outside)
        self.digests.append(build_digest(raw, KNOWN, NAMES, NOW))
        for block in closed_blocks(raw, KNOWN):
            self.blocks[block.area].append(block)
            for inside in weeks_between(block.first, block.last):
                assert (block.area, inside) not in self.frozen, "blocks overlap"
                self.frozen[block.area, inside] = dict(self.truth[inside][block.area].cells())

    def _area_week(self, id_: str, week: IsoWeek) -> AreaWeek:
        closed = self.blocks[id_]
        since = open_since(closed[-1].last if closed else None, FIRST, week)
        inside = [self.truth[w][id_] for w in weeks_between(since, week)]
        this = self.truth[week][id_]
        graded = sum(map(sum, this.grades.values()))
        top, rest, ungraded = (sum(one.pending[part] for one in inside) for part in range(3))
        return AreaWeek(
            id_,
            since=since,
            grades={
                channel: _grades(one.grades[channel] for one in inside) for channel in CHANNELS
            },
            pending=top + rest + ungraded,
            pending_grades=(rest, 0, 0, 0, 0, 0, top),
            reasons={reason: sum(one.reasons[reason] for one in inside) for reason in REASONS},
            started=graded + this.ungraded,
            graded=graded,
            completed=max(0, graded - this.quit),
            lookups=sum(this.looked),
            useful=this.looked[0],
            not_useful=this.looked[1],
            blocks=tuple(closed),
        )


def _grades(parts: Iterable[list[int]]) -> Grades:
    top, five, bottom = map(sum, zip(*parts, strict=True))
    return (bottom, 0, 0, 0, five, 0, top)


def weeks_between(first: IsoWeek, last: IsoWeek) -> list[IsoWeek]:
    weeks = [first]
    while weeks[-1] < last:
        weeks.append(weeks[-1].shifted(1))
    return weeks


def a_year(random: Random, weeks: int) -> Year:
    """Areas of different sizes; citizens withdraw and change answers of any week before."""
    year = Year()
    sizes = {id_: random.choice((1, 3, 6, 12, 30)) for id_ in AREAS}
    for week in weeks_between(FIRST, FIRST.shifted(weeks - 1)):
        year.truth[week] = {id_: _area_truth(random, sizes[id_]) for id_ in AREAS}
        year.outside[week] = [random.choice((0, 4, 9, 12, 30)), random.choice((0, 9, 10, 40))]
        for _ in range(random.randrange(6)):
            past = year.truth[random.choice(list(year.truth))][random.choice(AREAS)]
            counts = past.grades[random.choice(CHANNELS)]
            part = random.randrange(3)
            if counts[part]:
                counts[part] -= 1
                counts[random.randrange(3)] += random.random() < 0.5
        year.publish(week)
    return year


def _area_truth(random: Random, size: int) -> AreaTruth:
    def some(most: int) -> int:
        return random.randint(0, most)

    grades = {
        channel: [some(2 * size), some(size // 2), some(size)] if random.random() < 0.8 else [0] * 3
        for channel in CHANNELS
    }
    left = sum(five + bottom for _, five, bottom in grades.values())
    reasons = {}
    for reason in REASONS:
        reasons[reason] = some(left)
        left -= reasons[reason]
    return AreaTruth(
        grades=grades,
        reasons=reasons,
        pending=[some(size), some(size), some(size)],
        looked=[some(2 * size), some(size), some(size)],
        ungraded=some(8),
        quit=some(8),
    )


# --- what a reader works out -----------------------------------------------------------------


def learnt_of(id_: str, digests: Iterable[Digest]) -> Attack:
    """All that the digests say of an area's answers.

    A percentage is taken to give its numerator exactly, which it does for small n.
    """
    attack = Attack()
    for digest in digests:
        entry = next(entry for entry in digest.areas if entry.id == id_)
        inside = weeks_between(IsoWeek.parse(entry.first_week), IsoWeek.parse(digest.week))
        _learn_answers(attack, entry, inside)
        pending = {part: [(week, "pending", part) for week in inside] for part in PENDING}
        if entry.pending is not None:
            attack.learn(*(cell for part in PENDING for cell in pending[part]))
        if entry.pending_satisfied:
            attack.learn(*pending["top"])
            attack.learn(*pending["rest"])
    return attack


def _learn_answers(attack: Attack, entry: AreaDigest, inside: list[IsoWeek]) -> None:
    def cells(channels: Iterable[str], *parts: str) -> list[Hashable]:
        return [(week, c, part) for week in inside for c in channels for part in parts]

    if entry.bound:
        attack.learn(*cells(CHANNELS, *PARTS))
    if entry.satisfied is None:
        assert (entry.net, entry.change, entry.channels, entry.reasons) == (None, None, (), ())
        return
    attack.learn(*cells(CHANNELS, "top"))
    attack.learn(*cells(CHANNELS, "five", "bottom"))
    if entry.net:
        attack.learn(*cells(CHANNELS, "bottom"))
    for channel in entry.channels:
        attack.learn(*cells([channel.channel], "top"))
        attack.learn(*cells([channel.channel], "five", "bottom"))
    if entry.other_channels is not None:
        told = {channel.channel for channel in entry.channels}
        attack.learn(*cells([c for c in CHANNELS if c not in told], *PARTS))
    for reason in entry.reasons:
        attack.learn(*((week, "reason", reason.id) for week in inside))
    attack.equate(
        cells(CHANNELS, "five", "bottom"),
        [(week, "reason", reason) for week in inside for reason in (*REASONS, "none")],
    )


def groups(weeks: list[IsoWeek]) -> Iterator[list[tuple[Hashable, ...]]]:
    """Every group that a reader may be curious about, in those weeks together."""
    for channels in (CHANNELS, *((channel,) for channel in CHANNELS)):
        for parts in (PARTS, PARTS[:1], PARTS[1:], PARTS[1:2], PARTS[2:]):
            yield [(week, c, part) for week in weeks for c in channels for part in parts]
    for reason in REASONS:
        yield [(week, "reason", reason) for week in weeks]
    for parts in (PENDING, PENDING[:2], PENDING[:1], PENDING[1:2], PENDING[2:]):
        yield [(week, "pending", part) for week in weeks for part in parts]
