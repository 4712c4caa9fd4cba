"""A short campaign of the kill harness, so that it cannot rot; ``make torture`` is the whole."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.torture.campaign import Plan, fight

pytestmark = pytest.mark.process

SOON_S = 120.0


async def fights(folder: Path, url: str, rounds: int, *, webhook: bool) -> None:
    plan = Plan(rounds, 20261123, url, webhook, time.monotonic() + SOON_S, print)
    findings = await fight(plan, folder / "town")
    assert findings.violations == []
    assert findings.figures["rounds"] == str(rounds)
    assert int(findings.figures["answers stored"]) > 0


async def test_nothing_is_lost_in_a_few_kills(tmp_path: Path) -> None:
    await fights(tmp_path, f"sqlite:///{tmp_path}/opina.db", 3, webhook=False)


@pytest.mark.postgres
async def test_nothing_is_lost_in_a_few_kills_on_postgresql(
    tmp_path: Path, postgres_url: str
) -> None:
    await fights(tmp_path, postgres_url, 3, webhook=True)
