"""A short campaign of the kill harness, so that it cannot rot; ``make torture`` is the whole."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.torture import erasures
from tests.torture.campaign import Plan, fight
from tests.torture.kills import AIMS, READERS
from tests.torture.record import Findings

pytestmark = pytest.mark.process

ON_SQLITE = ("while busy", "before acknowledgement", "during a digest")
ON_POSTGRESQL = ("after acknowledgement, before the send", "while sending", "during a migration")

SOON_S = 300.0  # a busy machine takes long; nothing waits for this to pass


async def fights(folder: Path, url: str, aims: tuple[str, ...], *, webhook: bool) -> Findings:
    """One kill of each of these aims; `make torture` has them all, many times, on both."""
    until = time.monotonic() + SOON_S
    plan = Plan(len(aims), 20261123, url, webhook, until, print, aims)
    findings = await fight(plan, folder / "opina")
    assert findings.violations == []
    figures = findings.figures
    assert figures["rounds"] == str(len(aims))
    assert all(figures[f"killed {aim}"].startswith("1, ") for aim in aims)
    assert int(figures["answers acknowledged"]) > 0
    return findings


def test_each_aim_is_tried_here_once() -> None:
    assert sorted(ON_SQLITE + ON_POSTGRESQL) == sorted(AIMS)


async def test_nothing_is_lost_in_a_kill(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/opina.db"
    figures = (await fights(tmp_path, url, ON_SQLITE, webhook=False)).figures
    assert figures["digests due"] == str(READERS), "else none could be missed"
    assert figures["killed during a digest"] == "1, hit 1", "some have it, and some do not"


@pytest.mark.postgres
async def test_nothing_is_lost_in_a_kill_on_postgresql(tmp_path: Path, postgres_url: str) -> None:
    await fights(tmp_path, postgres_url, ON_POSTGRESQL, webhook=True)


async def erases(folder: Path, url: str, first: int) -> None:
    """One of the ways in which the service may end; `make torture` has them all."""
    until = time.monotonic() + SOON_S
    findings = await erasures.fight(folder / "opina", url, 1, 20261128, until, first=first)
    assert findings.violations == []
    assert int(findings.figures["erased"]) > 0


async def test_nobody_erased_comes_back_after_a_kill(tmp_path: Path) -> None:
    await erases(tmp_path, f"sqlite:///{tmp_path}/opina.db", 0)


@pytest.mark.postgres
async def test_nobody_erased_comes_back_without_the_journals_disk_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    await erases(tmp_path, postgres_url, 4)
