"""A short campaign of the kill harness, so that it cannot rot; ``make torture`` is the whole."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.torture import erasures
from tests.torture.campaign import Plan, fight
from tests.torture.kills import AIMS, READERS

pytestmark = pytest.mark.process

SOON_S = 120.0


async def fights(folder: Path, url: str, *, webhook: bool) -> None:
    """One kill of each aim."""
    plan = Plan(len(AIMS), 20261123, url, webhook, time.monotonic() + SOON_S, print)
    findings = await fight(plan, folder / "town")
    assert findings.violations == []
    figures = findings.figures
    assert figures["rounds"] == str(len(AIMS))
    assert all(figures[f"killed {aim}"].startswith("1, ") for aim in AIMS)
    assert int(figures["answers acknowledged"]) > 0
    assert figures["digests due"] == str(READERS), "else none could be missed"
    assert figures["killed during a digest"] == "1, hit 1", "some have it, and some do not"


async def test_nothing_is_lost_in_a_kill_of_each_kind(tmp_path: Path) -> None:
    await fights(tmp_path, f"sqlite:///{tmp_path}/opina.db", webhook=False)


@pytest.mark.postgres
async def test_nothing_is_lost_in_a_kill_of_each_kind_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    await fights(tmp_path, postgres_url, webhook=True)


async def erases(folder: Path, url: str, first: int) -> None:
    """Two of the ways in which the service may end."""
    until = time.monotonic() + SOON_S
    findings = await erasures.fight(folder / "town", url, 2, 20261128, until, first=first)
    assert findings.violations == []
    assert int(findings.figures["erased"]) > 0


async def test_nobody_erased_comes_back_after_a_kill(tmp_path: Path) -> None:
    await erases(tmp_path, f"sqlite:///{tmp_path}/opina.db", 0)


@pytest.mark.postgres
async def test_nobody_erased_comes_back_without_the_journals_disk_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    await erases(tmp_path, postgres_url, 4)
