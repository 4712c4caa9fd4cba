"""Every figure of /indicadores is in the ZIP beside it, whose own script rebuilds it."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.reports.quality.open_figures import PublishedWeek
from bot.web.public.pages import Public, routes
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.quality import digests
from tests.bot.published import checked, unpacked
from tests.bot.published_series import NOW, SERIES, weeks_of_every_kind

LAST = "2026-W42"
"""The last of the weeks, in which most areas have a figure."""

ROWS = re.compile(r"<li>(.*?)</li>", re.DOTALL)
DETAILS = re.compile(r"<details>.*?</details>", re.DOTALL)
NUMBERS = re.compile(r"[0-9]+")
Rows = list[dict[str, str]]


@pytest.fixture
async def database(sqlite_url: str, release: Release) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url)
    before: IsoWeek | None = None
    for one in weeks_of_every_kind(release):
        week = IsoWeek.parse(one.digest.week)
        if one.digest.week <= LAST:
            await opened.write(lambda tx, args=(one, before): _publish(tx, *args))
        before = week
    yield opened
    await opened.close()


def _publish(tx: object, one: PublishedWeek, before: IsoWeek | None) -> None:
    made = digests.PublishedDigest(
        IsoWeek.parse(one.digest.week), NOW, msgspec.json.encode(one.digest)
    )
    assert digests.publish(tx, made, one.blocks, before) is made


async def test_every_figure_of_the_page_is_rebuilt_from_the_zip(
    database: Database, keyring: Keyring, release: Release, tmp_path: Path
) -> None:
    app = web.Application()
    app.add_routes(routes(Public(database, keyring, release, lambda: NOW)))
    found: dict[str, bytes] = {}
    async with TestServer(app) as server, aiohttp.ClientSession() as client:
        for kind in ("", ".json", ".zip"):
            async with client.get(server.make_url(f"/indicadores{kind}")) as response:
                found[kind] = await response.read()
    folder = unpacked(found[".zip"], tmp_path)
    assert checked(folder)[0] == "Todo coincide."
    told = json.loads(found[".json"])
    areas = {_id(release, one["area"]): one for one in told["areas"]}
    assert areas.keys() == SERIES.keys()
    for area, one in areas.items():
        _is_rebuilt(folder, area, one)
    rebuilt = _of_the_municipality(folder)
    whole = {one["id"]: one for one in told["del_municipio"]}
    assert whole.keys() == rebuilt.keys()
    for id, numbers in rebuilt.items():
        one = whole[id]
        shown = [one[name] for name in ("de", "cifra", "margen_desde", "margen_hasta")]
        assert shown == numbers, id
    _says_nothing_else(found[""].decode(), folder, release)


def _id(release: Release, name: str) -> str:
    return next(area.id for area in release.content.areas if area.short_name == name)


def _read(folder: Path, name: str) -> Rows:
    return list(csv.DictReader((folder / f"{name}.csv").read_text("utf-8").splitlines()))


def _is_rebuilt(folder: Path, area: str, one: dict[str, object]) -> None:
    """The area's newest figure, its measurements and variation, and what was set apart."""
    (figure,) = (
        row
        for row in _read(folder, "cifras")
        if row["area"] == area and row["semana"] == one["hasta_semana"]
    )
    names = ("porcentaje_6_7", "margen_desde", "margen_hasta", "respuestas", "cota")
    shown = ["" if one[name] is None else str(one[name]) for name in names]
    assert shown == [figure[name.removesuffix("_6_7")] for name in names]
    points = [row for row in _read(folder, "graficos") if row["area"] == area]
    measured = [
        (point["hasta_semana"], str(point["respuestas"]), str(point["porcentaje_6_7"] or ""))
        for point in one["mediciones"]
    ]
    assert measured == [(row["hasta"], row["respuestas"], row["porcentaje"]) for row in points]
    said = {"sin señal": "sin cambio", "base": "sin cambio"}
    assert one["variacion"] == said.get(points[-1]["senal"], points[-1]["senal"])
    apart = [
        int(row["respuestas"])
        for row in _read(folder, "partes")
        if (row["semana"], row["area"], row["cifra"]) == (LAST, area, "apartadas")
    ]
    assert apart == ([] if one["apartadas"] is None else [one["apartadas"]])


def _of_the_municipality(folder: Path) -> dict[str, list[int | None]]:
    """By indicator: of how many, the figure and its margin; none where all were counted."""
    parts = {
        row["cifra"]: row
        for row in _read(folder, "partes")
        if (row["semana"], row["area"]) == (LAST, "")
    }
    (total,) = (row for row in _read(folder, "totales") if row["semana"] == LAST)
    cases = next(row for name, row in parts.items() if name.startswith("casos en plazo"))
    read, covered = parts["política leída"], _read(folder, "areas")
    found = {**parts["sin hallar"], "respuestas": parts["consultas"]["respuestas"]}
    coverage = {"porcentaje": covered[-1]["cuenta"], "margen_desde": "", "margen_hasta": ""}
    rows = {
        "nota-6-7-municipio": total,
        "llego-al-final": parts["al final"],
        "encontradas": found,
        "casos-en-plazo": cases,
        "visitas-ahorradas": parts["visitas ahorradas"],
        "politica-leida-municipio": read,
        "cobertura": {**coverage, "respuestas": str(len(covered) - 1)},
    }
    names = ("respuestas", "porcentaje", "margen_desde", "margen_hasta")
    return {
        id: [int(row[name]) if row[name] else None for name in names] for id, row in rows.items()
    }


def _says_nothing_else(page: str, folder: Path, release: Release) -> None:
    """No number stands in the page's lists but those, weeks, and those that texts always hold."""
    known = {"6", "7", str(len(release.content.areas))}
    for file in folder.glob("*.csv"):
        known |= set(NUMBERS.findall(file.read_text("utf-8")))
    known |= {number.lstrip("0") for number in known}
    for row in ROWS.findall(DETAILS.sub("", page)):
        assert set(NUMBERS.findall(re.sub(r"<[^>]*>", " ", row))) <= known, row
