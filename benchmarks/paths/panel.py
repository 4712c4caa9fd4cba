"""How long each page of the panel takes with a million answers and 20,000 cases on SQLite."""

from __future__ import annotations

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import Connection, insert

from benchmarks.harness.frame import Section, at_most
from bot.content.release import load_release
from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted
from bot.web.panel import routes, security
from bot.web.panel.visit import Panel
from handlers.facts import Right, RightUsed
from handlers.measures.steps import Opened, Origin, Term
from handlers.messages import Channel, Sender
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from handlers.staff.shifts import Shift
from storage import turns
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.cases import incidents, templates
from storage.cases.templates import Template
from storage.duty import shifts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.engine.times import micros, week_number
from storage.handovers import changing
from storage.measures import steps
from storage.privacy import requests
from storage.quality import card_reports
from storage.responses.answers import Noted
from storage.staff import roles, sessions, staff
from storage.staff.sessions import Limits
from storage.tables.cases import case_notes, cases
from storage.tables.responses import lookups, weekly_sums

ZONE = ZoneInfo("America/Santiago")
NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
ANSWERS = 1_000_000
CASES = 20_000
LOOKUPS = 50_000
CHATS, REQUESTS, PEOPLE, ENTRIES = 200, 50, 30, 20_000
WEEKS = 47  # of the year, that are published and controlled
TIMES = 30
LIMIT_MS, LIMIT_BYTES = 100.0, 60_000
WORDS = "hoyo basura luminaria patente licencia multa espera fila camión árbol perro ruido".split()
PATHS = (
    "/panel",
    "/panel/casos",
    "/panel/casos?estado=todos&p=400",
    "/panel/casos/LS-2026-010000",
    "/panel/casos?q=luminaria",
    "/panel/casos?q=zanahoria",
    "/panel/incidentes",
    "/panel/incidentes/1",
    "/panel/meson",
    "/panel/meson/caso",
    "/panel/meson/nota",
    "/panel/fichas",
    "/panel/fichas/1",
    "/panel/plantillas",
    "/panel/conversaciones",
    "/panel/conversaciones/1",
    "/panel/medidas",
    "/panel/medidas/nueva",
    "/panel/medidas/M-2026-001",
    "/panel/indicadores",
    "/panel/indicadores/transito",
    "/panel/definiciones",
    "/panel/notas",
    "/panel/derechos",
    "/panel/derechos/LS-D-2026-000001",
    "/panel/turnos",
    "/panel/aviso",
    "/panel/avisos",
    "/panel/consultas",
    "/panel/resumenes",
    "/panel/descargas",
    "/panel/personas",
    "/panel/auditoria",
    "/panel/sesiones",
)
_FILES = re.compile(r"/archivos/")  # what citizens sent is given out, and is no page
# What a page does not read costs it nothing; that is what these are here to show.
_ANSWERS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
INSERT INTO answers (response_id, question, questionnaire, kind, value, words, grade, pending, area,
  service, desk, channel, answered_at, week, first_answered_at)
SELECT i, 'grade', 'atencion', 'grade', '6', NULL, 1 + i % 7, 0, 'transito', '', '', 'web',
  {at} - i * 1000000, 202600 + i % 48, {at} FROM n
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: the medians of ``TIMES``, and how large it is."""

    path: str
    median_ms: float
    processor_ms: float  # what is left of it on a machine that does nothing else; with the client
    size: int


def run(quick: bool) -> Section:
    """Every page of the panel; ``quick``: with a hundredth of the rows."""
    measured = asyncio.run(_measure(100 if quick else 1))
    return Section(
        name="panel",
        title=f"The panel's pages at {ANSWERS:,} answers and {CASES:,} cases",
        about=ABOUT,
        results=[
            at_most(
                one.path,
                "ms",
                [one.median_ms],
                LIMIT_MS,
                f"{one.processor_ms:.1f} ms of processor, {one.size / 1000:.1f} kB"
                + ("" if one.size <= LIMIT_BYTES else ", too large"),
            )
            for one in measured
        ],
    )


def paths_without_figures() -> set[str]:
    """The pages that are not measured: none, unless one was added to the panel."""
    asked = [path.partition("?")[0] for path in PATHS]
    pages = {page.path for page in routes.PAGES if page.method == "GET"}
    return {
        page
        for page in pages
        if not _FILES.search(page)
        and not any(re.fullmatch(re.sub(r"{\w+}", "[^/]+", page), path) for path in asked)
    }


async def _measure(parts: int) -> list[Measured]:
    release, keyring = await asyncio.to_thread(load_release), Keyring.fresh()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'opina.db'}"
        await migrate(url)
        database = await open_database(url)
        try:
            token = await database.write(lambda tx: _fill(tx, keyring, release, parts))
            for number in range(1, WEEKS + 1):
                week = IsoWeek(NOW.year, number)
                await run_control(database, keyring, release, Wanted(week, NOW))
            await database.write(lambda tx: _open_measure(tx, keyring))
            return await _ask(database, keyring, release, token)
        finally:
            await database.close()


async def _ask(
    database: Database, keyring: Keyring, release: Release, token: str
) -> list[Measured]:
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
    headers = {"Cookie": f"{security.SESSION_COOKIE}={token}"}
    async with TestServer(app) as server, aiohttp.ClientSession(headers=headers) as client:
        return [await _page(client, str(server.make_url("")).rstrip("/"), path) for path in PATHS]


async def _page(client: aiohttp.ClientSession, url: str, path: str) -> Measured:
    took, worked, size = [], [], 0
    for _ in range(TIMES):
        began, processor = time.perf_counter(), time.process_time()
        async with client.get(url + path, allow_redirects=False) as response:
            size = len(await response.read())
            assert response.status == 200, (path, response.status)
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - processor))
    return Measured(path, statistics.median(took), statistics.median(worked), size)


def _fill(tx: Connection, keyring: Keyring, release: Release, parts: int) -> str:
    random = Random(2026)
    areas = [area.id for area in release.content.areas]
    tx.exec_driver_sql(_ANSWERS.format(count=ANSWERS // parts, at=micros(NOW)))
    rows = [_case(number, areas, keyring, random) for number in range(1, CASES // parts + 1)]
    if parts > 1:
        rows.append(_case(10_000, areas, keyring, random))
    tx.execute(insert(cases), rows)
    tx.execute(insert(case_notes), list(_notes(rows, keyring, random)))
    _add_work(tx, keyring, rows, random)
    tx.execute(insert(weekly_sums), list(_sums(areas, parts, random)))
    _add_people(tx, keyring, areas)
    _add_talk(tx, keyring, areas, random)
    week = week_number(NOW, release.content.zone)
    tx.execute(
        insert(lookups),
        [
            {
                "at": micros(NOW),
                "week": week - n % 4,
                "channel": "web",
                "query": f"{random.choice(WORDS)} {random.choice(WORDS)} {n % 60}",
                "found": "nothing",
                "card": "",
                "area": "",
            }
            for n in range(LOOKUPS // parts)
        ],
    )
    member = staff.add(tx, keyring, "Quien mide", "mide@example.cl", "", NOW)
    for grant in [Grant(role, area) for role in Role for area in ("", "mujer")]:
        roles.give(tx, member.id, grant, NOW)
    return sessions.begin(tx, keyring, member.id, "", NOW)


def _add_work(
    tx: Connection, keyring: Keyring, rows: Sequence[dict[str, Any]], random: Random
) -> None:
    """An incident of 50 cases, 100 reports of cards, 20 templates."""
    chosen = [row["number"] for row in random.sample(rows, 50)]
    incidents.put(tx, incidents.begin(tx, "Corte de luz", 0, NOW), chosen, NOW)
    for number in range(100):
        words = " ".join(random.choices(WORDS, k=10))
        card_reports.add(tx, keyring, "retiro-voluminosos", "aseo", words, number, NOW)
    for number in range(20):
        text = " ".join(random.choices(WORDS, k=40))
        templates.add(tx, Template(0, "", f"Plantilla {number}", text), 0, NOW)


def _sums(areas: Sequence[str], parts: int, random: Random) -> Iterator[dict[str, Any]]:
    """The million answers once more, as each week's figures are made of them."""
    key = {"questionnaire": "atencion", "question": "grade", "channel": "web"}
    rest = {"pending": 0, "service": "", "desk": "", "shard": 0}
    each = max(10, ANSWERS // parts // (len(areas) * (WEEKS + 1)))
    for week in range(1, WEEKS + 2):
        for area in areas:
            good = round(each * random.uniform(0.55, 0.75))
            grades = {f"c{grade}": 0 for grade in range(1, 8)}
            grades |= {"c3": each - good, "c7": good}
            yield {**key, **rest, "week": 202600 + week, "area": area, "n": each, **grades}


def _add_people(tx: Connection, keyring: Keyring, areas: Sequence[str]) -> None:
    """Members of staff with roles and shifts, and a log of what they did."""
    day, weekdays = NOW.date(), frozenset({1, 2, 3, 4, 5})
    for number in range(PEOPLE):
        area = areas[number % len(areas)]
        member = staff.add(tx, keyring, f"Persona {number}", f"p{number}@example.cl", area, NOW)
        roles.give(tx, member.id, Grant(Role.HEAD, area), NOW)
        hours = time_of_day(8, 30), time_of_day(17, 30)
        shifts.add(tx, Shift(member.id, area, day, None, weekdays, *hours, ZONE))
    for number in range(ENTRIES):
        entry = AuditEntry(1 + number % PEOPLE, "case-read", f"LS-2026-{number:06}")
        chain.append(tx, keyring, entry, NOW)


def _add_talk(tx: Connection, keyring: Keyring, areas: Sequence[str], random: Random) -> None:
    """Conversations with a person, of which a few wait, and requests about own data."""
    for number in range(1, CHATS + 1):
        sender = Sender(Channel.WEB, "web", f"contact-{number}")
        (contact,) = turns.find_contacts(tx, keyring, [sender], NOW)
        area = areas[number % len(areas)]
        words = " ".join(random.choices(WORDS, k=12))
        opened = changing.Opened(number, area, words, urgent=False, at=NOW)
        changing.open_(tx, keyring, contact.id, "web", opened)
        for _ in range(10):
            changing.hear(tx, keyring, number, words, NOW)
        if number > 20:
            changing.leave(tx, number, NOW)
        if number <= REQUESTS:
            asked = RightUsed(f"LS-D-2026-{number:06}", Right.OBJECT, NOW, done=False, text=words)
            requests.record_requests(tx, keyring, [Noted(asked, contact.id, "web", NOW)], NOW)


def _open_measure(tx: Connection, keyring: Keyring) -> None:
    term = Term(NOW + timedelta(weeks=2), "POLITICA 10 working days")
    week = str(IsoWeek(NOW.year, WEEKS))
    steps.open_one(tx, keyring, Opened("transito", Origin.SIGNAL, week, week, term), NOW)


def _case(number: int, areas: Sequence[str], keyring: Keyring, random: Random) -> dict[str, Any]:
    at = NOW - timedelta(minutes=random.randrange(1, 365 * 24 * 60))
    return {
        "number": f"LS-2026-{number:06}",
        "kind": "reclamo",
        "area": random.choice(areas),
        "contact_id": None,
        "channel": random.choice(("web", "telegram", "whatsapp")),
        "status": random.choices(("open", "answered", "closed"), (1, 2, 7))[0],
        "opened_at": micros(at),
        "changed_at": micros(at),
        "text": keyring.encrypt(" ".join(random.choices(WORDS, k=30))),
    }


def _notes(
    rows: Sequence[dict[str, Any]], keyring: Keyring, random: Random
) -> Iterator[dict[str, Any]]:
    text = keyring.encrypt(" ".join(random.choices(WORDS, k=30)))
    for row in rows:
        for author in ("citizen", "staff") if row["status"] != "open" else ("citizen",):
            yield {
                "number": row["number"],
                "author": author,
                "staff_id": 0,
                "text": text,
                "at": row["opened_at"] + 60_000_000,
            }


ABOUT = f"""\
Medians of {TIMES} requests a page, on SQLite, for somebody with every role. A page has at most
{LIMIT_BYTES // 1000} kB.
"""
