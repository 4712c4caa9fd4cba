"""The attackers in small; ``python -m tests.attackers`` plays a whole year."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from handlers.assessments.rounds import Round, RoundQuestion, figure
from handlers.content.questionnaires.definition import QuestionKind
from handlers.indicators.work import census_by_area
from handlers.quality.suppression import THRESHOLD
from handlers.release import Release
from tests.attackers.attack import Asked, Outcome, attack, other_towns, report
from tests.attackers.other import MADE, told
from tests.attackers.small import numbers, small_numbers
from tests.attackers.staff import STAFF, numbers_of_staff, staffed_otherwise
from tests.attackers.views import Attacker
from tests.attackers.year import lived, town_content

ASKED = Asked(weeks=2, towns=1, looks=1, patience=0.5, sizes={"transito": 40, "obras": 3})
LIKE_THAT = 0.6
"""The share of small numbers that are others in the second town; a year takes several towns."""


@pytest.fixture
async def outcome(release: Release, sqlite_template: Path, tmp_path: Path) -> Outcome:
    for place in range(1 + ASKED.towns):
        shutil.copy(sqlite_template, tmp_path / f"{place}.db")
    return await attack(release, tmp_path, ASKED)


async def test_no_role_sees_a_difference_where_small_numbers_are_others(outcome: Outcome) -> None:
    for seen in outcome.roles:
        if seen.who is Attacker.ROWS:
            assert seen.different == ["download respuestas"]
            assert len(seen.same) == outcome.in_rows
        else:
            assert seen.different == [], seen.who
            assert len(seen.same) < (1 - LIKE_THAT) * outcome.small
            assert seen.pages >= 7
    assert outcome.small > 100
    assert outcome.published == {"transito"}
    assert [seen.shown for seen in outcome.roles] == [{"transito"}] * len(Attacker)
    assert outcome.good
    assert [len(seen.endings) for seen in outcome.roles] == [2, 2, 1, 2, 2]
    hidden = [replace(seen, shown=set()) for seen in outcome.roles]
    assert not replace(outcome, roles=tuple(hidden)).good, "nobody may see nothing"
    untold = [replace(seen, endings=set()) for seen in outcome.roles]
    assert not replace(outcome, roles=tuple(untold)).good, "nobody may miss why a measure ended"
    *others, rows = outcome.roles
    assert rows.who is Attacker.ROWS
    late = (*others, replace(rows, endings=set()))
    assert replace(outcome, roles=late).good, "but whoever looks once, a year later"
    assert not outcome.complete
    told = report(outcome)
    assert "says nothing of" in told
    assert "not varied: " in told


def test_every_small_number_of_an_area_with_few_answers_can_be_another(release: Release) -> None:
    """In weeks with no or two answers somebody can be another only if somebody else is at once."""
    few = "cementerios"
    asked = Asked(weeks=10, seed=11, seen=3, sizes={few: 4, "transito": 30})
    content = town_content(release.content)
    year = lived(Random(asked.seed), asked.weeks, asked.sizes)
    first = told(year, content, release.lexicon.names)
    small = {
        key: n
        for key, n in small_numbers(first).items()
        if key[0] == few and "lookup" not in key[2]
    }
    towns = other_towns(first, small, asked)
    others = [numbers(town) for town in towns]
    known = set.intersection(*(set(town.year.ratings.items()) for town in (first, *towns)))
    assert len([one for _, one in known if one.area == few]) >= asked.seen
    assert len(first.blocks[few]) == 1
    assert len(small) > 300
    assert [key for key, n in small.items() if all(town[key] == n for town in others)] == []


@pytest.mark.parametrize("seed", range(20))
def test_of_other_staff_the_same_is_told_and_every_small_number_is_another(seed: int) -> None:
    asked = RoundQuestion("metas", QuestionKind.YES_NO, "¿Conoce las metas?")
    closed = Round("C", "personal", 1, "Personal", (asked,), MADE, MADE)
    other = staffed_otherwise(STAFF, Random(seed))
    for area, one in STAFF.items():
        sums = [
            {("metas", "yes"): counted.yes, ("metas", "no"): counted.no}
            for counted in (one, other[area])
        ]
        assert figure(closed, asked, sums[0]) == figure(closed, asked, sums[1])
        readers = [{area: (counted.read, counted.people)} for counted in (one, other[area])]
        assert census_by_area(readers[0]) == census_by_area(readers[1])
        before, now = numbers_of_staff(STAFF)[area], numbers_of_staff(other)[area]
        assert all(now[name] != n for name, n in before.items() if n < THRESHOLD)
