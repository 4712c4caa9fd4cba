"""The panel's pages at 1,000,000 answers and 20,000 cases.

Medians of 30 requests a page, on SQLite, for somebody with every role. A page has at most 60 kB.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Connection, insert

from benchmarks.harness.databases import Filling, empty, fill
from benchmarks.harness.frame import Found, Result, at_most
from bot.commands.demo.fill import WHO_SHOWS, Demonstration, fill_demo, way_in
from bot.content.release import load_release
from bot.installation import of_parts
from bot.jobs.breach_counts import BreachCounts
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from bot.population.words import BLAME, NOT_FOUND
from bot.web.panel import page_table, routes, security
from bot.web.panel.visit import Panel
from handlers.assessments.rounds import Round, asked_of, offered
from handlers.content.model import Content
from handlers.messages import Channel, Sender
from handlers.quality.weeks import IsoWeek
from handlers.release import DEFAULT_LANGUAGE, Release
from storage.assessments import rounds
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.contacts.contacts import find_contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.times import micros, stored_week
from storage.handovers import changing
from storage.staff import sessions, sign_in
from storage.staff.sessions import Limits
from storage.tables.cases import case_notes, cases
from storage.tables.responses import lookups

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
ANSWERS = 1_000_000
CASES = 20_000
LOOKUPS = 50_000
WAITING, ENTRIES = 20, 20_000
FIRST_CHAT = 10**6
WEEKS = 48  # of the year, of which all but the last are published and controlled
TIMES = 30
LIMIT_MS, LIMIT_BYTES = 100.0, 60_000
# Each page with a place in its address, and one of what lies there.
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
QUERIES = ("casos?estado=todos&p=400", "casos?q=camión", "casos?q=zanahoria")


def run(quick: bool) -> Found:
    """Every page of the panel; ``quick``: with a hundredth of the rows."""
    return Found(asyncio.run(_measure(100 if quick else 1)))


def paths() -> list[str]:
    """Every page but files, which are given out as they are; with what it is asked for."""
    pages = [page.path for page in page_table.PAGES if page.method == "GET"]
    found = [page.format(**PLACES) for page in pages if "/archivos/" not in page]
    return [*found, *(f"/panel/{query}" for query in QUERIES)]


async def _measure(parts: int) -> list[Result]:
    release, keyring = await asyncio.to_thread(load_release), Keyring.fresh()
    with tempfile.TemporaryDirectory() as folder:
        async with empty(f"sqlite:///{Path(folder) / 'opina.db'}") as database:
            await _fill(database, keyring, release, parts)
            token = await database.write(lambda tx: _signed_in(tx, keyring))
            panel = Panel(
                database,
                keyring,
                release,
                clock=lambda: NOW,
                base_url=lambda: "http://127.0.0.1",
                nudge=lambda: None,
                limits=Limits(),
                sender=lambda request: request.remote or "",
            )
            app = web.Application()
            app.add_routes(routes.routes(panel))
            cookie = {"Cookie": f"{security.SESSION_COOKIE}={token}"}
            async with TestClient(TestServer(app), headers=cookie) as client:
                return [await _page(client, path) for path in paths()]


async def _page(client: TestClient[web.Request, web.Application], path: str) -> Result:
    took_ms, worked_ms, size = [], [], 0
    for _ in range(TIMES):
        began, processor = time.perf_counter(), time.process_time()
        async with client.get(path, allow_redirects=False) as response:
            size = len(await response.read())
            assert response.status == 200, (path, response.status)
        took_ms.append(1000 * (time.perf_counter() - began))
        worked_ms.append(1000 * (time.process_time() - processor))
    large = "" if size <= LIMIT_BYTES else ", too large"
    note = f"{median(worked_ms):.1f} ms of processor, {size / 1000:.1f} kB{large}"
    return at_most(path, "ms", took_ms, LIMIT_MS, note)


async def _fill(database: Database, keyring: Keyring, release: Release, parts: int) -> None:
    """The demonstration, after a year with many of all that is asked by number."""
    areas = [area.id for area in release.content.areas]
    weeks = [IsoWeek(NOW.year, number) for number in range(1, WEEKS + 1)]
    stored = [stored_week(week) for week in weeks]
    start = weeks[0].bounds(release.content.zone)[0]
    await fill(database, keyring, Filling(ANSWERS // parts, stored, areas, start))
    await database.write(lambda tx: _add(tx, keyring, areas, stored[-1], parts))
    for week in weeks[:-1]:
        await run_control(database, keyring, release, Wanted(week, NOW))
    await fill_demo(database, keyring, release, Demonstration(NOW, weeks=2))
    await database.write(lambda tx: _ask_staff(tx, keyring, release.content))
    counts = BreachCounts(of_parts(database, keyring, release, lambda: NOW), on=list(Channel))
    await counts.look()


def _ask_staff(tx: Connection, keyring: Keyring, content: Content) -> None:
    """A questionnaire that waits for an answer."""
    asked = offered(content)[0]
    questions, ends = asked_of(asked, DEFAULT_LANGUAGE), NOW + timedelta(days=7)
    drafted = Round("", asked.id, asked.version, asked.id, questions, NOW, ends)
    assert rounds.open_one(tx, keyring, drafted, 0, content.zone) == PLACES["round"]


def _signed_in(tx: Connection, keyring: Keyring) -> str:
    """The cookie of somebody who may do everything."""
    way_in(tx, keyring, NOW)
    who = sign_in.staff_with(tx, WHO_SHOWS)
    assert who is not None
    return sessions.begin(tx, keyring, who, "", NOW)


def _add(tx: Connection, keyring: Keyring, areas: list[str], week: int, parts: int) -> None:
    random = Random(2026)
    rows = [_case(number, areas, keyring, random) for number in range(1, CASES // parts + 1)]
    tx.execute(insert(cases), rows)
    tx.execute(insert(case_notes), [note for row in rows for note in _notes(row)])
    for number in range(ENTRIES // parts):
        chain.append(tx, keyring, AuditEntry(1, "case-read", str(number)), NOW)
    for number in range(FIRST_CHAT, FIRST_CHAT + WAITING):
        sender = Sender(Channel.WEB, "web", f"contact-{number}")
        (contact,) = find_contacts(tx, keyring, [sender], NOW)
        opened = changing.Opened(number, areas[0], random.choice(BLAME), urgent=False, at=NOW)
        changing.open_(tx, keyring, contact.id, "web", opened)
    asked = {"at": micros(NOW), "channel": "web", "found": "nothing", "card": "", "area": ""}
    rows = [
        {**asked, "week": week - n % 4, "query": f"{random.choice(NOT_FOUND)} {n % 500}"}
        for n in range(LOOKUPS // parts)
    ]
    tx.execute(insert(lookups), rows)


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


def _notes(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    note = {"number": row["number"], "staff_id": 0, "text": row["text"]}
    for author in ("citizen", "staff") if row["status"] != "open" else ("citizen",):
        yield {**note, "author": author, "at": row["opened_at"] + 60_000_000}
