"""An area's page of a digest draws its chart as it was in that week."""

from __future__ import annotations

from datetime import UTC, datetime

from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.jobs.quality.digest import digest_link
from bot.web.digest_pages import routes
from handlers.quality.charts import MIN_POINTS
from handlers.release import Release
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.bot.published import AREA, LOW, USUAL, publish_weeks

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


async def test_a_page_shows_no_point_of_a_later_week(
    sqlite_url: str, keyring: Keyring, release: Release
) -> None:
    database = await open_database(sqlite_url)
    last = await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW, USUAL)
    app = web.Application()
    app.add_routes(routes(database, keyring, release, lambda: NOW, False))
    found = {}
    async with TestServer(app) as server, ClientSession() as client:
        for week, area in ((last, AREA), (last.shifted(-1), AREA), (last, None)):
            path = digest_link("", keyring, week, area)
            async with client.get(server.make_url(path)) as response:
                found[week, area] = await response.text()
    await database.close()
    assert "Tránsito: sin cambios en la última medición" in found[last, AREA]
    before = found[last.shifted(-1), AREA]
    assert "Tránsito bajó más de lo esperable en la semana 42" in before
    assert "Bajó más de lo esperable por azar: 42" in before.replace("\u00a0", " ")
    assert "<svg" not in found[last, None]
