"""A reader of every digest of a year adds and subtracts: no number under 10 comes out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.quality.blocks import Block, Figure
from handlers.quality.digest import build_digest
from handlers.quality.figures import AreaWeek, WeekFigures
from handlers.quality.weeks import IsoWeek
from tests.handlers.quality.areas import NAMES, area, content
from tests.handlers.quality.attack import (
    AREAS,
    FIRST,
    LOOKED,
    NOW,
    PARTS,
    Attack,
    Year,
    a_year,
    groups,
    learnt_of,
    weeks_between,
)


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
