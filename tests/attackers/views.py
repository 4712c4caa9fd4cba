"""What each role can see of a town: the real pages, downloads and mails over a real database."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from functools import partial
from html import unescape
from pathlib import Path

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.jobs.quality.control import run_control
from bot.jobs.quality.digest import Wanted, area_pages, load_digest, mailed
from bot.web import digest_pages
from bot.web.public import pages as public_pages
from handlers.quality.charts import Rebase
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.quality import control
from tests.attackers import measures, staff
from tests.attackers.year import FALLEN, FALLS, FIRST, Year, at, said_in
from tests.bot.web.panel.served_panel import Browser, ServedPanel, open_panel
from tests.storage.scene import ZONE

BY_CHANCE = re.compile(r'name="(?:form_token|form)" value="[^"]+"')
HREF = re.compile(r'href="(/(?:panel|resumen)[^"#]*)')
AREA_PAGE = re.compile(r"/panel/(?:indicadores|personas\?area=)/?([a-z-]+)")
NOT_FIGURES = ("/panel/sesiones", "/panel/salir", "/panel/consultas", "/panel/personas")
"""One's own sessions; rows of lookups, which are logged as such; staff."""

REBASED = 19
"""How many weeks after the fall somebody sets the baseline anew."""

Page = tuple[str, str]
"""An address, and what stood there."""


class Attacker(Enum):
    """Who looks, with all that this role may open."""

    PUBLIC = "public"
    VIEWER = "viewer"
    HEAD = "area head"
    QUALITY = "quality, without rows"
    ROWS = "quality, with rows"  # sees everything: whether a difference would be noticed


GRANTS = {
    Attacker.VIEWER: Grant(Role.VIEWER),
    Attacker.HEAD: Grant(Role.HEAD, FALLS),
    Attacker.QUALITY: Grant(Role.QUALITY),
    Attacker.ROWS: Grant(Role.QUALITY),
}


@dataclass(slots=True)
class Lived:
    """A year that is being lived through, a week at a time."""

    year: Year
    town: ServedPanel
    release: Release
    url: str  # of the public pages and the digests'
    client: aiohttp.ClientSession
    areas: frozenset[str]
    seen: dict[Attacker, set[str]] = field(default_factory=dict)  # digests that were opened

    async def week(self, number: int) -> None:
        """Citizens write, and on Monday the digest and the control run are made."""
        scene, week, content = self.town.scene, at(number), self.release.content
        if number == 0:
            await scene.write(lambda tx: measures.begin(tx, scene.keyring, content, self.areas))
        said = list(said_in(self.year, number))
        for start in range(0, len(said), 500):
            await scene.take(*said[start : start + 500])
        self.town.now = measures.monday_after(week)
        await run_control(scene.database, scene.keyring, self.release, Wanted(week, self.town.now))
        await scene.write(lambda tx: measures.act(tx, scene.keyring, content, self.town.now))
        if number == staff.BEGIN:
            staffed = self.year.staffed
            begin = partial(staff.begin, keyring=scene.keyring, content=content, staffed=staffed)
            await scene.write(lambda tx: begin(tx, now=self.town.now))
        if number == staff.CLOSED:
            await scene.write(lambda tx: staff.assess(tx, scene.keyring, self.town.now))
        if number == FALLEN.stop + REBASED:
            await scene.write(lambda tx: self._set_base(tx, week))

    def _set_base(self, tx: Transaction, week: IsoWeek) -> None:
        first = str(at(FALLEN.stop))
        control.add_rebase(tx, Rebase(FALLS, first, str(week), self.town.now, 1, "Otra sede"))

    async def pages(self, who: Attacker) -> AsyncIterator[Page]:
        """All that the attacker can open this week."""
        if who is Attacker.PUBLIC:
            for path in self._public():
                yield path, await self._open(path)
            return
        grant = GRANTS[who]
        async with self.town.signed_in(who.value, grant) as browser:
            async for page in self._crawled(who, browser):
                yield page
            rows = ("respuestas",) if who is Attacker.ROWS else ()
            for what in ("cifras", "casos", *rows):
                answer = await browser.post("/panel/descargas", what=what, format="csv")
                yield f"download {what}", answer.text
            if who is Attacker.QUALITY:
                yield "download expediente", await _evidence(browser)
        yield "mail", await self._mail(grant)

    def _public(self) -> Iterable[str]:
        yield from (f"/indicadores{kind}" for kind in ("", ".csv", ".json", ".zip"))
        yield "/politica"
        yield from (f"/indicadores/{area}" for area in sorted(self.areas))

    async def _crawled(self, who: Attacker, browser: Browser) -> AsyncIterator[Page]:
        waiting, seen = ["/panel"], {"/panel", *NOT_FIGURES}
        digests = self.seen.setdefault(who, set())
        while waiting:
            path = waiting.pop()
            if path.startswith("/resumen"):
                text = await self._open(path)
            else:
                answer = await browser.get(path)
                text = BY_CHANCE.sub("", answer.text)
            yield path, text
            for link in map(unescape, HREF.findall(text)):
                area = AREA_PAGE.match(link)
                if link in seen | digests or (area and area[1] not in self.areas):
                    continue
                if link.startswith("/resumen"):
                    digests.add(link)
                seen.add(link)
                waiting.append(link)

    async def _open(self, path: str) -> str:
        async with self.client.get(self.url + path) as response:
            assert response.status in (200, 404), path
            body = await response.read()
        if path.endswith(".zip"):
            return hashlib.sha256(body).hexdigest()
        return body.decode()

    async def _mail(self, grant: Grant) -> str:
        scene, now = self.town.scene, self.town.now
        week = IsoWeek.of(now - timedelta(days=3), ZONE)
        wanted = Wanted(week, now, grant.area or None)
        digest = await load_digest(
            scene.database, scene.keyring, self.release, wanted, freeze=False
        )
        mail = mailed(digest, "", area_pages("", scene.keyring, digest))
        return f"{mail.subject}\n{mail.text}\n{mail.html}"


async def _evidence(browser: Browser) -> str:
    """The file for the accreditation, as it is written."""
    data = {"form_token": browser.form_token, "format": "pdf"}
    headers = {"Sec-Fetch-Site": "same-origin"}
    async with browser.client.post(
        f"{browser.url}/panel/descargas/expediente", data=data, headers=headers
    ) as response:
        assert response.status == 200
        return (await response.read()).hex()


@asynccontextmanager
async def living(
    year: Year, release: Release, keyring: Keyring, file: Path
) -> AsyncIterator[Lived]:
    """A town of its own on SQLite, with all its pages."""
    url = f"sqlite:///{file}"
    await migrate(url)
    database = await open_database(url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        town = await stack.enter_async_context(open_panel(database, keyring, release))
        town.now = measures.monday_after(FIRST.shifted(-1))
        server = await stack.enter_async_context(TestServer(_public_app(database, town, release)))
        client = await stack.enter_async_context(aiohttp.ClientSession())
        areas = frozenset(one.area for one in year.ratings.values())
        address = str(server.make_url("")).rstrip("/")
        yield Lived(year, town, release, address, client, areas)


def _public_app(database: Database, town: ServedPanel, release: Release) -> web.Application:
    keyring = town.scene.keyring
    app = web.Application()
    public = public_pages.Public(database, keyring, release, lambda: town.now)
    app.add_routes(public_pages.routes(public))
    app.add_routes(digest_pages.routes(database, keyring, release, lambda: town.now, False))
    return app
