"""The panel's pages at 1,000,000 answers and 20,000 cases.

Medians of 30 requests per page, on SQLite, by someone with every role. The limit of a page's size
is 60 kB.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Any

from sqlalchemy import insert

from benchmarks.harness.databases import empty, fill
from benchmarks.harness.frame import Found, Result, at_most, timed
from bot.commands.demo.fill import Demonstration, fill_demo
from bot.content.release import load_release
from bot.installation import installation_of
from bot.jobs.breach_counts import BreachCounts
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from bot.population.words import BLAME, NOT_FOUND
from bot.web.panel import page_table
from handlers.assessments.rounds import staff_questionnaires
from handlers.messages import Channel
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.times import micros, stored_week
from storage.tables.cases import case_notes, cases
from storage.tables.responses import lookups
from tests.bot.web.panel.served_panel import Browser, open_panel

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
# Rows; ``--quick`` has a hundredth of each.
ANSWERS, CASES, LOOKUPS, ENTRIES = 1_000_000, 20_000, 50_000, 20_000
WAITING = 20  # citizens who wait for a person in the chat
FIRST_CHAT = 10**6
WEEKS = 48  # of the year; all but the last are published and have a control run
TIMES = 30
LIMIT_MS, LIMIT_BYTES = 100.0, 60_000
# A value for each placeholder in the pages' addresses.
PLACES = {
    "number": "LS-2025-000010",
    "incident": "1",
    "report": "1",
    "chat": str(FIRST_CHAT),
    "measure": "M-2026-001",
    "assessment": "A-2026-001",
    "round": "C-2026-002",
    "area": "transito",
    "request": "LS-D-2026-000001",
    "breach": "V-2026-001",
}
CHARTS = {  # pages that are empty unless an indicator is chosen
    "/panel/indicadores/{area}/grafico": "?indicador=motivo-espera",
    "/panel/grafico": "?indicador=encontradas",
}
STAFF_ROUNDS = "/panel/cuestionarios"
QUERIES = ("casos?estado=todos&p=400", "casos?q=camión", "casos?q=zanahoria")


def run(quick: bool) -> Found:
    """Every page of the panel; ``quick``: with a hundredth of the rows."""
    return Found(asyncio.run(_measure(100 if quick else 1)))


def paths() -> list[str]:
    """Every page with its query; files, which are served as they are, are left out."""
    pages = [page.path for page in page_table.PAGES if page.method == "GET"]
    shown = [page for page in pages if "/archivos/" not in page]
    found = [page.format(**PLACES) + CHARTS.get(page, "") for page in shown]
    return [*found, *(f"/panel/{query}" for query in QUERIES)]


async def _measure(parts: int) -> list[Result]:
    release, keyring = await asyncio.to_thread(load_release), Keyring.fresh()
    with tempfile.TemporaryDirectory() as folder:
        async with (
            empty(f"sqlite:///{folder}/opina.db") as database,
            open_panel(database, keyring, release) as panel,
        ):
            panel.now = NOW
            await _fill(database, keyring, release, parts)
            for chat in range(FIRST_CHAT, FIRST_CHAT + WAITING):
                await panel.wait_in_chat(chat, PLACES["area"], BLAME[0], Channel.WEB)
            async with panel.signed_in("Todo", *map(Grant, Role)) as browser:
                asked = staff_questionnaires(release.content)[0].id
                await browser.post(STAFF_ROUNDS, questionnaire=asked, until="2026-12-07")
                return [await _page(browser, path) for path in paths()]


async def _page(browser: Browser, path: str) -> Result:
    took_ms, worked_ms, size = list[float](), list[float](), 0
    for _ in range(TIMES):
        with timed(took_ms), timed(worked_ms, time.process_time):
            async with browser.client.get(browser.url + path, allow_redirects=False) as response:
                size = len(await response.read())
        assert response.status == 200, (path, response.status)
    large = "" if size <= LIMIT_BYTES else ", too large"
    note = f"{median(worked_ms):.1f} ms of processor, {size / 1000:.1f} kB{large}"
    return at_most(path, "ms", took_ms, LIMIT_MS, note)


async def _fill(database: Database, keyring: Keyring, release: Release, parts: int) -> None:
    """Add a year of data in large numbers, then the demonstration."""
    weeks = [IsoWeek(NOW.year, number) for number in range(1, WEEKS + 1)]
    await fill(database, keyring, release.content, weeks, ANSWERS // parts)
    areas = list(release.content.area_by_id)
    await database.write(lambda tx: _add(tx, keyring, areas, weeks[-1], parts))
    for week in weeks[:-1]:
        await run_control(database, keyring, release, Wanted(week, NOW))
    await fill_demo(database, keyring, release, Demonstration(NOW, weeks=2))
    installation = installation_of(database, keyring, release, lambda: NOW)
    await BreachCounts(installation, on=list(Channel)).run_once()


def _add(tx: Transaction, keyring: Keyring, areas: list[str], last: IsoWeek, parts: int) -> None:
    """Add cases with their notes, lookups that found nothing, and audit entries."""
    random = Random(2026)
    told = [_case(number, areas, keyring, random) for number in range(1, CASES // parts + 1)]
    tx.execute(insert(cases), told)
    tx.execute(insert(case_notes), [note for case in told for note in _notes(case)])
    asked = {"at": micros(NOW), "channel": "web", "found": "nothing", "card": "", "area": ""}
    missed = [
        asked
        | {"week": stored_week(last) - n % 4, "query": f"{random.choice(NOT_FOUND)} {n % 500}"}
        for n in range(LOOKUPS // parts)
    ]
    tx.execute(insert(lookups), missed)
    for number in range(ENTRIES // parts):
        chain.append(tx, keyring, AuditEntry(1, "case-read", str(number)), NOW)


def _case(number: int, areas: list[str], keyring: Keyring, random: Random) -> dict[str, Any]:
    at = micros(NOW - timedelta(minutes=random.randrange(1, 365 * 24 * 60)))
    return {
        "number": f"LS-2025-{number:06}",
        "kind": "reclamo",
        "area": random.choice(areas),
        "channel": random.choice(("web", "telegram", "whatsapp")),
        "status": random.choices(("open", "answered", "closed"), (1, 2, 7))[0],
        "opened_at": at,
        "changed_at": at,
        "text": keyring.encrypt(". ".join(random.choices(BLAME, k=4))),
    }


def _notes(case: dict[str, Any]) -> list[dict[str, Any]]:
    authors = ("citizen", "staff") if case["status"] != "open" else ("citizen",)
    note = {"number": case["number"], "staff_id": 0, "text": case["text"]}
    return [note | {"author": author, "at": case["opened_at"] + 60_000_000} for author in authors]
