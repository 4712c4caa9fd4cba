"""The page of a digest, at an address that cannot be guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.jobs.quality.digest import WHOLE, Wanted, area_pages, is_signed, load_digest
from bot.jobs.quality.indicators import load_chart
from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import PATH
from handlers.errors import OperatorError
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.quality import digests as stored

HEADERS = {
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "private, no-store",
    # The page is the mail: styles inside, nothing from elsewhere, no script.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
}


def routes(
    database: Database,
    keyring: Keyring,
    release: Release,
    clock: Callable[[], datetime],
    made_up: bool,
) -> list[web.RouteDef]:
    """GET /resumen/{week}/{area}/{signature}: the whole digest; 404 for any other signature."""

    async def page(request: web.Request) -> web.Response:
        place = request.match_info
        if not is_signed(keyring, place["week"], place["area"], place["signature"]):
            raise web.HTTPNotFound(headers=HEADERS)
        area = None if place["area"] == WHOLE else place["area"]
        wanted = Wanted(IsoWeek.parse(place["week"]), clock(), area, made_up)

        # What was never published has no page: a page made on request would change with every
        # answer, and tell one from the next.
        kept = await database.read(lambda tx: stored.published(tx, wanted.week))
        if kept is None:
            raise web.HTTPNotFound(headers=HEADERS)
        try:
            digest = await load_digest(database, keyring, release, wanted, freeze=False)
        except OperatorError:  # an area that is in neither the digest nor the content
            raise web.HTTPNotFound(headers=HEADERS) from None
        pages = area_pages("", keyring, digest)
        scope = digest.scope.split("+") if digest.scope else ()
        charts = {area: await load_chart(database, area, wanted.week) for area in scope}
        text = html_mail(digest, pages=pages, charts=charts)
        return web.Response(text=text, content_type="text/html", headers=HEADERS)

    return [web.get(f"{PATH}/{{week}}/{{area}}/{{signature}}", page)]
