"""The public pages: the same figures as the digest, for everybody, without cookies or scripts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from msgspec.structs import replace as replace_struct

from bot.jobs.quality.told_measures import NO_MORE
from bot.reports.quality.effect_words import NOT_SHOWN, VERDICTS
from bot.reports.words.dates import in_words
from bot.web.middleware import add_headers
from bot.web.public.pages import Public, routes
from handlers.cases.deadlines import DeadlineRule
from handlers.measures.steps import (
    Closed,
    Deadline,
    Decided,
    Declined,
    Done,
    Event,
    Measured,
    MeasureStep,
    Meeting,
    NoteAdded,
    Opened,
    Origin,
    Reopened,
)
from handlers.quality.charts import MIN_POINTS
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.intervals import newcombe
from handlers.quality.parts import alphabetical
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.measures import steps
from storage.quality import notes
from storage.quality.notes import FigureNote
from tests.bot.published import AREA, LOW, USUAL, publish_weeks, with_target

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
PATHS = ("/indicadores", f"/indicadores/{AREA}", "/politica", "/indicadores.csv")
DECIDED = Decided("Falta Juana en la caja", "Otra caja, dice Juana", 7, date(2026, 12, 11))
LATER = replace_struct(DECIDED, due=date(2027, 2, 5))
FEW = Measured(
    "2027-W24",
    Effect(Effectiveness.TOO_FEW, Side(10, 20), Side(6, 12), None, Side(), Side(), None),
    True,
)
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
    assert "No se muestra" not in text
    assert "Faltó personal esa semana" in text
    assert "Áreas aún sin cifra" in text
    chart = (await get(f"/indicadores/{AREA}"))[1]
    assert "Tránsito bajó más de lo esperable en la semana 42" in chart
    assert chart.count("<svg") == 2
    assert (await get("/indicadores/nada"))[0] == 404


async def test_what_areas_lack_is_said_once_for_all_of_them(
    get: Get, database: Database, release: Release
) -> None:
    await publish_weeks(database, release, USUAL)
    text = (await get("/indicadores"))[1]
    assert text.count("No se muestra") == 1
    assert "si un área cambió, mientras no tiene mediciones" in text
    assert "Variación" not in text


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


async def test_what_was_done_about_it_is_told_late_and_without_effect_too(
    get: Get, database: Database, keyring: Keyring, clock: list[datetime], release: Release
) -> None:
    opened = Opened(AREA, Origin.SIGNAL, "2026-W42", "2026-W42", due_after(14))
    waits = NoteAdded("Juana aún no puede")
    none, proved = measured(shown=False), measured(shown=True)
    again = Reopened("Juana no alcanzó", "2027-W06", due_after(98))
    failed = f"{VERDICTS[Effectiveness.UNPROVEN]} {NOT_SHOWN} Antes: semanas 43 a 51; después:"
    failed += " semanas 52 a 6."
    worked = f"{VERDICTS[Effectiveness.EFFECTIVE]} De quienes respondieron, puso nota 6 o 7 el 50 %"
    worked += " antes (240 respuestas) y el 75 % después (480 respuestas)"
    told: tuple[tuple[float, Event, str, bool], ...] = (
        (0, opened, "para decidir qué hacer vence el 7 de diciembre de 2026.", False),
        (15, waits, "para decidir qué hacer venció el 7 de diciembre de 2026.", True),
        (16, DECIDED, "una medida, que debe estar hecha el 11 de diciembre de 2026.", False),
        (20, waits, "debía estar hecha el 11 de diciembre de 2026, y no lo está.", True),
        (21, Done("2026-W51", "Juana"), "Se tomó una medida; se espera su efecto.", False),
        (80, none, f"{failed} Se decidirá otra cosa.", False),
        (81, again, f"{failed} El plazo para decidir qué hacer vence", False),
        (82, DECIDED, f"{failed} Se decidió una medida que debía estar hecha", True),
        (83, Done("2027-W07"), f"{failed} Se tomó una medida", False),
        (140, proved, f"{failed} {worked}", False),
        (141, Closed("Hay otra caja"), f"</strong> «Hay otra caja». {failed}", False),
    )
    number = ""
    for days, event, said, late in told:
        clock[0] = NOW + timedelta(days=days)
        step = MeasureStep(clock[0], 7, event)
        number = await database.write(partial(add_step, keyring, release, number, step))
        for path in ("/indicadores", f"/indicadores/{AREA}"):
            text = (await get(path))[1]
            assert "Las notas bajaron más de lo esperable en la semana 42." in text
            assert said in text.replace("\u00a0", " ")
            assert ("Hicimos:" in text) is (days >= 21)
            assert "Juana" not in text, "what staff write for themselves"
        (one,) = json.loads((await get("/indicadores.json"))[1])["medidas"]
        assert (one["area"], one["atrasada"]) == ("Tránsito", late)
    clock[0] += timedelta(days=366)
    assert "Dijeron" not in (await get("/indicadores"))[1]


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (
            [Declined("Juana dice que llovió", "Fue el temporal")],
            "Se decidió no tomar una medida: «Fue el temporal». Si las notas siguen igual, se"
            " decide otra vez después del 28 de febrero de 2027.",
        ),
        (
            [DECIDED, Done("2026-W51"), FEW],
            "No hubo respuestas suficientes para medir su efecto. Hubo 20 respuestas antes y 12"
            " después; hacen falta 50 de cada lado. Antes: semanas 43 a 51; después: semanas 52 a"
            " 24. Se cerrará así, o se decidirá otra cosa.",
        ),
        (
            [DECIDED, Done("2026-W51"), FEW, Closed("Hay otra caja")],
            "24. Se cerró así: no se puede decir si sirvió.",
        ),
        (
            [DECIDED, LATER],
            "Se decidió una medida, que debe estar hecha el 5 de febrero de 2027. Antes debía"
            f" estar hecha el {in_words(DECIDED.due)}.",
        ),
    ],
    ids=["no measure", "too few", "closed with too few", "a date that was moved"],
)
async def test_what_ended_without_an_effect_is_told_as_such(
    get: Get, database: Database, keyring: Keyring, release: Release, events: list[Event], said: str
) -> None:
    opened = Opened(AREA, Origin.SIGNAL, "2026-W42", "2026-W42", due_after(14))
    number = ""
    for event in (opened, *events):
        step = MeasureStep(NOW, 7, event)
        number = await database.write(partial(add_step, keyring, release, number, step))
    text = (await get("/indicadores"))[1].replace("\u00a0", " ")
    assert said in text
    assert "Juana" not in text


async def test_what_nobody_said_is_told_with_where_it_comes_from(
    get: Get, database: Database, keyring: Keyring, release: Release
) -> None:
    held = Meeting(date(2026, 11, 12), "Sede", 12)
    opened = Opened(
        AREA, Origin.MEETING, "2026-W42", "2026-W42", due_after(14), "Juana lo pidió", held
    )
    await database.write(partial(add_step, keyring, release, "", MeasureStep(NOW, 7, opened)))
    where = "Un acuerdo de una reunión, del 12 de noviembre de 2026."
    for path in ("/indicadores", f"/indicadores/{AREA}"):
        text = (await get(path))[1]
        assert f"<strong>De dónde viene:</strong> {where}" in text
        assert "Dijeron:" not in text
        assert "Juana" not in text
    (one,) = json.loads((await get("/indicadores.json"))[1])["medidas"]
    assert (one["dijeron"], one["viene_de"]) == (None, where)


async def test_a_measure_of_an_area_that_is_no_more_is_told_with_the_name_it_had(
    database: Database, keyring: Keyring, release: Release
) -> None:
    await publish_weeks(database, release, USUAL)
    opened = Opened(AREA, Origin.SIGNAL, "2026-W42", "2026-W42", due_after(-1))
    await database.write(partial(add_step, keyring, release, "", MeasureStep(NOW, 0, opened)))
    left = tuple(area for area in release.content.areas if area.id != AREA)
    fields = {name: getattr(release.content, name) for name in type(release.content).model_fields}
    content = type(release.content).model_construct(**fields | {"areas": left})
    app = web.Application()
    app.add_routes(
        routes(Public(database, keyring, replace(release, content=content), lambda: NOW))
    )
    async with (
        TestServer(app) as server,
        aiohttp.ClientSession() as client,
        client.get(server.make_url("/indicadores")) as response,
    ):
        text = await response.text()
    assert f"<h3>Tránsito ({NO_MORE})</h3>" in text
    assert "El plazo para decidir qué hacer venció" in text
    assert f"/indicadores/{AREA}" not in text


def due_after(days: int) -> Deadline:
    return Deadline(NOW + timedelta(days=days), str(DeadlineRule("POLITICA", 10)))


def measured(*, shown: bool) -> Measured:
    """One that worked, with its numbers; or one of which nothing can be said, and none is shown."""
    verdict = Effectiveness.EFFECTIVE if shown else Effectiveness.UNPROVEN
    sides = Side(120, 240), Side(360, 480), newcombe(360, 480, 120, 240)
    week = "2027-W15" if shown else "2027-W06"
    return Measured(week, Effect(verdict, *sides, Side(), Side(), None), can_be_shown=shown)


def add_step(
    keyring: Keyring, release: Release, number: str, step: MeasureStep, tx: Transaction
) -> str:
    """To the measure of this number; empty: it opens one."""
    zone = release.content.zone
    if not number:
        return steps.open_one(tx, keyring, step, zone)
    measure = steps.find_measure(tx, keyring, zone, number)
    assert measure is not None
    assert steps.add(tx, keyring, measure, step)
    return number


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
    told = "Semana 42: 42 % (entre 30 % y 54 %; 60 respuestas) puso nota 6 o 7, en un área."
    assert told in text.replace("\u00a0", " ")


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


async def test_a_municipality_without_decree_code_or_policy_shows_none(
    database: Database, keyring: Keyring, release: Release
) -> None:
    policy = release.content.policy
    assert policy is not None
    without = policy.model_copy(update={"decree": None, "decreed_on": None, "code": None})
    for shown, status in ((without, 200), (None, 404)):
        content = release.content.model_copy(update={"policy": shown})
        app = web.Application()
        public = Public(database, keyring, replace(release, content=content), lambda: NOW)
        app.add_routes(routes(public))
        async with TestServer(app) as server, aiohttp.ClientSession() as client:
            async with client.get(server.make_url("/politica")) as response:
                assert response.status == status
                text = await response.text()
                assert "None" not in text
                assert "Decreto" not in text
            async with client.get(server.make_url("/indicadores")) as response:
                assert ("/politica" in await response.text()) is (shown is not None)
