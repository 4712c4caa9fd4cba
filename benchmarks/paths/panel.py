"""How long each page of the panel takes with a million answers and 20,000 cases on SQLite."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import Connection, insert

from benchmarks.harness.frame import console
from bot.content.release import load_release
from bot.web.panel import routes, security
from bot.web.panel.visit import Panel
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.cases import incidents, templates
from storage.cases.templates import Template
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.engine.times import micros, week_number
from storage.quality import card_reports
from storage.staff import roles, sessions, staff
from storage.staff.sessions import Limits
from storage.tables.cases import case_notes, cases
from storage.tables.responses import lookups

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
ANSWERS = 1_000_000
CASES = 20_000
LOOKUPS = 50_000
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
    "/panel/derechos",
    "/panel/consultas",
    "/panel/resumenes",
    "/panel/descargas",
    "/panel/personas",
    "/panel/auditoria",
    "/panel/sesiones",
)
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


def main() -> None:
    """Fill a database, ask for each page ``TIMES`` times, print the medians."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="a hundredth of the rows")
    parts = 100 if parser.parse_args().quick else 1
    measured = asyncio.run(_measure(parts))
    for one in measured:
        fits = one.median_ms <= LIMIT_MS and one.size <= LIMIT_BYTES
        console.print(
            f"{one.median_ms:7.1f} ms ({one.processor_ms:5.1f} ms of processor)"
            f" {one.size / 1000:5.1f} kB {'' if fits else 'MISSED '}{one.path}",
            highlight=False,
            soft_wrap=True,
        )
    console.print(f"Medians of {TIMES}; at most {LIMIT_MS:g} ms and {LIMIT_BYTES // 1000} kB.")


async def _measure(parts: int) -> list[Measured]:
    release, keyring = await asyncio.to_thread(load_release), Keyring.fresh()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'opina.db'}"
        await migrate(url)
        database = await open_database(url)
        try:
            token = await database.write(lambda tx: _fill(tx, keyring, release, parts))
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


if __name__ == "__main__":
    main()
