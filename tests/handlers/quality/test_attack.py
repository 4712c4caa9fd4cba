"""A reader of every digest of a year adds and subtracts: no number under 10 comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from fractions import Fraction
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.facts import Found
from handlers.quality.blocks import Block, Figure, open_since
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaDigest, AreaWeek, Digest, Grades, WeekFigures
from handlers.quality.weeks import IsoWeek
from tests.handlers.quality.test_digest import NAMES, REASONS, area, content

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
        outside = {Found.NOTHING: nothing, Found.EXTERNAL: elsewhere}
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


def check_answers(year: Year) -> int:
    """Nothing under 10 is known of any block, nor of a week within it; how much was published."""
    published = 0
    for id_ in AREAS:
        attack = learnt_of(id_, year.digests)
        for block in year.blocks[id_]:
            weeks = weeks_between(block.first, block.last)
            published += 1
            for chosen in [weeks, *([week] for week in weeks if len(weeks) > 1)]:
                for group in groups(chosen):
                    # A cell begins with its week.
                    size = sum(year.frozen[id_, week].get(tuple(cell), 0) for week, *cell in group)
                    assert size >= 10 or not attack.knows(*group), (id_, group, size)
            # Who gave no reason; or, where it is negative, who gave one and a 6 or 7 afterwards.
            none = [(week, "reason", "none") for week in weeks]
            size = sum(year.frozen[id_, week]["reason", "none"] for week in weeks)
            assert abs(size) >= 10 or not attack.knows(*none), (id_, none, size)
    return published


def check_lookups(year: Year) -> None:
    for digest in year.digests:
        week = IsoWeek.parse(digest.week)
        attack = Attack()
        of = {id_: [(id_, part) for part in LOOKED] for id_ in AREAS}
        for entry in digest.areas:
            if entry.lookups is not None:
                attack.learn(*of[entry.id])
            if entry.useful:
                attack.learn((entry.id, "useful"))
                attack.learn((entry.id, "useless"))
        if digest.lookups is not None:
            attack.learn(*(cell for id_ in AREAS for cell in of[id_]), "nothing", "elsewhere")
        if digest.not_found is not None:
            attack.learn("nothing")
        sizes: dict[Hashable, int] = dict(
            zip(("nothing", "elsewhere"), year.outside[week], strict=True)
        )
        for id_ in AREAS:
            looked = year.truth[week][id_].looked
            sizes |= dict(zip(of[id_], looked, strict=True))
            silent = [of[id_], of[id_][:2]]
            for group in silent:
                size = sum(sizes[cell] for cell in group)
                assert size >= 10 or not attack.knows(*group)
        for cell, size in sizes.items():
            assert size >= 10 or not attack.knows(cell), (cell, size)


def check_sums(year: Year) -> None:
    """Totals and what a change is measured from are sums of what was published."""
    said: dict[str, list[tuple[IsoWeek, IsoWeek, int]]] = defaultdict(list)
    for digest in year.digests:
        week = IsoWeek.parse(digest.week)
        shares = [entry for entry in digest.areas if entry.satisfied]
        n = sum(entry.satisfied.n for entry in shares if entry.satisfied)
        assert (digest.total and (digest.total.areas, digest.total.satisfied.n)) == (
            (len(shares), n) if shares else None
        )
        for entry in shares:
            if entry.change:
                first, last = map(IsoWeek.parse, (entry.change.first_week, entry.change.last_week))
                earlier = [
                    size for begin, end, size in said[entry.id] if first <= begin <= end <= last
                ]
                assert entry.change.baseline.n == sum(earlier)
        for entry in shares:
            assert entry.satisfied is not None
            said[entry.id].append((IsoWeek.parse(entry.first_week), week, entry.satisfied.n))


@pytest.mark.parametrize("seed", range(3))
def test_a_year_of_digests_with_corrections_gives_no_number_under_10_back(seed: int) -> None:
    year = a_year(Random(seed), 52)
    assert check_answers(year) >= 10, "something was published"
    check_lookups(year)
    check_sums(year)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.randoms(use_true_random=False), st.integers(1, 10))
def test_no_number_under_10_can_be_worked_out_of_digests(random: Random, weeks: int) -> None:
    year = a_year(random, weeks)
    check_answers(year)
    check_lookups(year)
    check_sums(year)


def test_every_figure_alone_has_ten_on_each_side() -> None:
    for seed in range(20):
        for digest in a_year(Random(seed), 8).digests:
            for entry in digest.areas:
                shares = [entry.satisfied, entry.pending_satisfied, entry.useful]
                shares += [channel.satisfied for channel in entry.channels]
                if entry.change:
                    shares.append(entry.change.baseline)
                for share in (*shares, digest.completion):
                    if share:
                        # Other numerators of the same percentage are within half a percent of n.
                        top = share.n * share.percent / 100
                        assert min(top, share.n - top) >= 10 - share.n / 200
                assert all(reason.n >= 10 for reason in entry.reasons)


def test_a_late_correction_changes_no_digest_and_no_later_sum_of_a_closed_block() -> None:
    straight, corrected = a_year(Random(4), 20), Year()
    for week, truth in straight.truth.items():
        corrected.truth[week], corrected.outside[week] = truth, straight.outside[week]
        corrected.publish(week)
        for id_, blocks in corrected.blocks.items():
            for block in blocks:  # everything is withdrawn that can be, once it is published
                for inside in weeks_between(block.first, block.last):
                    truth_then = corrected.truth[inside][id_]
                    for counts in truth_then.grades.values():
                        counts[:] = [0, 0, 0]
    check_sums(corrected)
    assert any(entry.change for digest in corrected.digests for entry in digest.areas)


def test_the_attack_succeeds_where_a_total_would_include_a_hidden_area() -> None:
    attack = Attack()
    attack.learn("a", "b")
    attack.learn("a", "b", "c")
    assert attack.knows("c")
    assert not attack.knows("a")


def test_the_attack_succeeds_on_the_parts_of_a_share_as_they_were_shown_before() -> None:
    attack = Attack()
    everybody = [(FIRST, "web", part) for part in PARTS]
    attack.learn(*everybody)
    attack.learn(everybody[0])
    assert attack.knows(*everybody[1:])


def test_a_bound_says_only_that_a_side_is_under_10() -> None:
    known = content(area("a", "Aa"))
    seen = {
        build_digest(
            WeekFigures(FIRST, (AreaWeek("a", grades={"web": (0, 0, 0, 0, low, 0, 60 - low)}),)),
            known,
            NAMES,
            NOW,
        )
        for low in range(10)
    }
    assert len(seen) == 1
    assert Block("a", FIRST, FIRST, 51, 60).figure is Figure.AT_LEAST
