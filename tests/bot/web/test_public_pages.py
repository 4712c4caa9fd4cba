"""The public pages: the same figures as the digest, for everybody, without cookies or scripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.web.middleware import add_headers
from bot.web.public.pages import Public, routes
from handlers.quality.charts import MIN_POINTS
from handlers.quality.parts import alphabetical
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.quality import notes
from storage.quality.notes import FigureNote
from tests.bot.published import AREA, LOW, USUAL, publish_weeks, with_target

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATHS = ("/indicadores", f"/indicadores/{AREA}", "/politica", "/indicadores.csv")
Get = Callable[[str], Awaitable[tuple[int, str, dict[str, str]]]]


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


@pytest.fixture
def clock() -> list[datetime]:
    return [NOW]


@pytest.fixture
async def get(
    database: Database, keyring: Keyring, release: Release, clock: list[datetime]
) -> AsyncIterator[Get]:
    app = web.Application()
    app.on_response_prepare.append(add_headers)
    app.add_routes(routes(Public(database, keyring, release, lambda: clock[0])))
    async with TestServer(app) as server, aiohttp.ClientSession() as client:

        async def ask(path: str) -> tuple[int, str, dict[str, str]]:
            async with client.get(server.make_url(path)) as response:
                return response.status, await response.text(), dict(response.headers)

        yield ask


async def test_before_anything_is_published_the_pages_say_so(get: Get) -> None:
    status, text, _ = await get("/indicadores")
    assert (status, "Aún no hay cifras publicadas." in text) == (200, True)
    assert "Aún no hay cifras publicadas." in (await get("/politica"))[1]


async def test_they_are_for_everybody_and_keep_nothing(
    get: Get, database: Database, release: Release
) -> None:
    await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    for path in PATHS:
        status, text, headers = await get(path)
        assert status == 200
        assert "Set-Cookie" not in headers
        assert headers["Cache-Control"] == "public, max-age=60"
        assert "<script" not in text
        assert "style=" not in text
        assert "unsafe" not in headers["Content-Security-Policy"]


async def test_an_area_has_its_figure_trend_and_note_and_the_others_are_silent(
    get: Get, database: Database, release: Release
) -> None:
    week = await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    note = FigureNote(AREA, week, NOW, 7, "Faltó personal esa semana")
    await database.write(lambda tx: notes.add(tx, note))
    text = (await get("/indicadores"))[1]
    assert "<strong>42\u00a0%</strong>" in text
    assert "60\u00a0respuestas" in text
    assert "Variación: bajó." in text
    assert "Faltó personal esa semana" in text
    assert "Áreas aún sin cifra" in text
    chart = (await get(f"/indicadores/{AREA}"))[1]
    assert "Tránsito bajó más de lo esperable en la semana 42" in chart
    assert chart.count("<svg") == 2
    assert (await get("/indicadores/nada"))[0] == 404


async def test_the_files_say_what_the_page_says_in_alphabetical_order(
    get: Get, database: Database, release: Release
) -> None:
    await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    (row,) = csv.DictReader(io.StringIO((await get("/indicadores.csv"))[1].removeprefix("\ufeff")))
    found = json.loads((await get("/indicadores.json"))[1])
    assert (row["respuestas"], row["porcentaje_6_7"], row["variacion"]) == ("60", "42", "bajó")
    assert row["hasta_semana"] == found["semana"] == str(IsoWeek(2026, 42))
    assert len(found["areas"][0]["mediciones"]) == MIN_POINTS + 1
    silent = found["sin_cifra"]
    assert silent == sorted(silent, key=alphabetical)
    assert len(silent) == len(release.content.areas) - 1


async def test_a_page_is_made_once_a_minute(
    get: Get, database: Database, release: Release, clock: list[datetime]
) -> None:
    before = (await get("/indicadores"))[1]
    await publish_weeks(database, release, USUAL)
    assert (await get("/indicadores"))[1] == before
    clock[0] += timedelta(minutes=1)
    assert (await get("/indicadores"))[1] != before


async def test_the_policy_has_its_facts_and_each_commitment_its_evidence_or_its_gap(
    get: Get, database: Database, release: Release
) -> None:
    await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)
    text = (await get("/politica"))[1]
    for fact in ("Decreto N° 1351", "14 de octubre de 2021", "01, del 31 de agosto de 2021"):
        assert fact in text
    assert text.count("<li>") == 6
    for one in text.split("<li>")[1:]:
        assert "<strong>Hoy:</strong>" in one or "<strong>Falta:</strong>" in one
    assert "Semana 42: 42 % (entre 30 % y 54 %; 60 respuestas) puso nota 6 o 7, en un área." in text


async def test_a_target_stands_beside_the_figure_only_where_one_is_defined(
    get: Get, database: Database, keyring: Keyring, release: Release
) -> None:
    await publish_weeks(database, release, USUAL)
    assert "Meta:" not in (await get("/indicadores"))[1]
    aimed = with_target(release, 90)
    app = web.Application()
    app.add_routes(routes(Public(database, keyring, aimed, lambda: NOW)))
    async with TestServer(app) as server, aiohttp.ClientSession() as client:
        for path in ("/indicadores", f"/indicadores/{AREA}"):
            async with client.get(server.make_url(path)) as response:
                said = (await response.text()).replace("\u00a0", " ")
                assert "No cumple la meta: 90 % o más." in said
        async with client.get(server.make_url("/indicadores.csv")) as response:
            (row,) = csv.DictReader(io.StringIO((await response.text()).removeprefix("\ufeff")))
            assert (row["meta"], row["frente_a_la_meta"]) == ("90", "no cumple la meta")
        async with client.get(server.make_url("/indicadores.json")) as response:
            told = await response.json()
            assert told["areas"][0]["meta"] == 90
            whole = {one["id"]: one for one in told["del_municipio"]}
            assert whole["nota-6-7-municipio"]["cifra"] == 75
            assert whole["casos-en-plazo"]["frente_a_la_meta"] == "sin meta fijada"
            assert whole["visitas-ahorradas"]["cifra"] is None
