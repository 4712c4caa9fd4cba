"""The attackers in small; ``python -m tests.attackers`` plays a whole year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from handlers.release import Release
from tests.attackers.attack import Asked, Outcome, attack, report
from tests.attackers.views import Attacker

ASKED = Asked(weeks=2, towns=1, looks=1, patience=0.2, sizes={"transito": 40, "obras": 3})
LIKE_THAT = 0.6
"""Of the small numbers so many are others in the second town; a year takes several towns."""


@pytest.fixture
async def outcome(release: Release, sqlite_template: Path, tmp_path: Path) -> Outcome:
    for place in range(1 + ASKED.towns):
        shutil.copy(sqlite_template, tmp_path / f"{place}.db")
    return await attack(release, tmp_path, ASKED)


async def test_no_role_sees_a_difference_where_small_numbers_are_others(outcome: Outcome) -> None:
    for seen in outcome.roles:
        if seen.who is Attacker.ROWS:
            assert seen.different == ["download respuestas"]
            assert len(seen.known) == outcome.small
        else:
            assert seen.different == [], seen.who
            assert len(seen.known) < (1 - LIKE_THAT) * outcome.small
            assert seen.pages >= 7
    assert outcome.small > 100
    assert "numbers known" in report(outcome)
