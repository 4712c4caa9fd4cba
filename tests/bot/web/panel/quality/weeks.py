"""Weeks of an area: what citizens answer in one, and what is done once it is over."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from handlers.facts.own_data import ConsentGiven
from handlers.facts.responses import Subject
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from tests.bot.web.panel.served_panel import ServedPanel
from tests.handlers.measures.weeks_of_blocks import BASE, LOW, USUAL, monday_after
from tests.storage.scene import Said, closed, grade, opened, sender

TRANSIT = [*BASE, LOW, *[LOW + 5] * 4, *[USUAL] * 9]
"""How many of sixty gave a 6 or 7 in each week: a fall, and four weeks later a recovery."""

OTHER = [USUAL] * len(TRANSIT)


async def rate(panel: ServedPanel, week: IsoWeek, area: str, satisfied: int, start: int) -> None:
    """A week's sixty answers of an area; the first who is not satisfied wants to be told."""
    at = datetime.combine(week.monday + timedelta(days=2), time(15), tzinfo=UTC)
    subject = Subject(area)
    said = []
    for place in range(60):
        value, number = (7 if place < satisfied else 2), start + place
        facts = [opened(number, subject), grade(number, value, subject), closed(number)]
        if place == satisfied:
            facts.append(ConsentGiven("v1"))
        said.append(Said(sender(f"{area}-{number}"), facts, at=at))
    await panel.scene.take(*said)


async def monday(panel: ServedPanel, week: IsoWeek, release: Release) -> None:
    """What is done once a week is over."""
    panel.now = monday_after(week)
    scene = panel.scene
    await run_control(scene.database, scene.keyring, release, Wanted(week, panel.now))
