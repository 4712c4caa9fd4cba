"""Weeks of published blocks, as many weekly digests would have left them."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from handlers.quality.blocks import Block
from handlers.quality.digest import build_digest, closed_blocks
from handlers.quality.figures import AreaWeek, Grades, WeekFigures
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.quality import digests

FIRST = IsoWeek(2026, 30)
N = 60
USUAL, LOW = 45, 25
AREA = "transito"


def grades(satisfied: int, n: int = N) -> Grades:
    return 0, 0, 0, n - satisfied, 0, 0, satisfied


def unpacked(packed: bytes, folder: Path) -> Path:
    """The ZIP of published figures as somebody opens it."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(folder)
    return folder


def checked(folder: Path, *codes: str) -> list[str]:
    """What the ZIP's own script says, run by itself; its code says whether all is alike."""
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", "-W", "error", "comprobar.py", *codes],
        cwd=folder, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    assert done.returncode == (0 if lines[0] == "Todo coincide." else 1)
    return lines


async def publish_weeks(
    database: Database, release: Release, *satisfied: int, area: str = AREA
) -> IsoWeek:
    """A digest a week, in each of which some of 60 gave ``area`` a 7; returns the last week."""
    blocks: list[Block] = []
    for later, x in enumerate(satisfied):
        week = FIRST.shifted(later)
        now = datetime(2026, 7, 27, 12, tzinfo=UTC) + timedelta(weeks=later)
        counted = AreaWeek(area, since=week, grades={"web": grades(x)}, blocks=tuple(blocks))
        raw = WeekFigures(week, (counted,))
        digest = build_digest(raw, release.content, release.lexicon.names, now)
        closed = closed_blocks(raw, release.content)
        made = digests.PublishedDigest(week, now, msgspec.json.encode(digest))
        after = FIRST.shifted(later - 1) if later else None

        def keep(tx: Transaction, made=made, closed=closed, after=after) -> object:
            return digests.publish(tx, made, closed, after)

        assert await database.write(keep) is made
        blocks += closed
    return FIRST.shifted(len(satisfied) - 1)


def with_target(release: Release, target: int) -> Release:
    """The release with a target for every area's share of 6 and 7, from the first version on."""
    content = release.content
    aimed = tuple(
        one.model_copy(update={"target": target}) if one.id == "nota-6-7" else one
        for one in content.indicators
    )
    return replace(release, content=content.model_copy(update={"indicators": aimed}))
