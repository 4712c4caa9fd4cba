"""The public pages: what was published of each area, and the quality policy with its evidence.

They need no script, set no cookie, and are made anew once a minute at most.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import web
from markupsafe import Markup

from bot.jobs.quality.evidence.proofs import proof
from bot.jobs.quality.evidence.records import load_records
from bot.jobs.quality.figures import load_figures
from bot.jobs.quality.indicators import (
    Indicators,
    headline,
    load_indicators,
    of_the_municipality,
)
from bot.jobs.quality.told_measures import load_told_measures
from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_marks import chart_marks, note_events
from bot.reports.quality.charts.chart_svg import NARROW, WIDE, chart_svg
from bot.reports.quality.said_and_done import SaidAndDone
from bot.reports.words import digest_words, figure_words
from bot.reports.words.dates import in_words, week_label, with_weekday
from bot.web.public.open_data import Extras, as_csv, as_json
from bot.web.public.words import is_published, municipality_row, row_of, untold
from bot.web.static import StaticFiles
from bot.web.templates import templates
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring

FOLDER = Path(__file__).parent
FRESH = timedelta(minutes=1)
HEADERS = {
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}


@dataclass(frozen=True, slots=True)
class Public:
    """What the pages stand on. ``made_up``: the answers are a demonstration's."""

    database: Database
    keyring: Keyring
    release: Release
    clock: Callable[[], datetime]
    made_up: bool = False


def routes(public: Public) -> list[web.AbstractRouteDef]:
    """GET /indicadores, its areas, as CSV, JSON and ZIP to be checked, and /politica."""
    pages = _Pages(public)
    return [
        *pages.files.routes,
        web.get("/indicadores", pages.cached(pages.indicators)),
        web.get("/indicadores.csv", pages.cached(pages.csv)),
        web.get("/indicadores.json", pages.cached(pages.json)),
        web.get("/indicadores.zip", pages.cached(pages.zip)),
        web.get("/indicadores/{area}", pages.cached(pages.area)),
        web.get("/politica", pages.cached(pages.policy)),
    ]


@dataclass(frozen=True, slots=True)
class _Rendered:
    body: str | bytes
    content_type: str = "text/html"
    file: str = ""  # the name under which it is kept


class _Pages:
    def __init__(self, public: Public) -> None:
        self._public = public
        self._kept: dict[str, tuple[datetime, _Rendered]] = {}
        self.files = StaticFiles("/publico")
        self._environment = templates(FOLDER / "templates")
        self._environment.globals.update(
            municipality=public.release.content.municipality,
            has_policy=public.release.content.policy is not None,
            made_up=public.made_up,
            assets=self.files.urls,
            words=chart_words,
            digest_words=digest_words,
        )
        self._environment.filters["day"] = self._day
        self._environment.filters["date"] = in_words
        self._environment.filters["week"] = week_label

    def cached(
        self, make: Callable[[str], Awaitable[_Rendered | None]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Answer from what was made less than a minute ago."""

        async def answer(request: web.Request) -> web.Response:
            path, now = request.path, self._public.clock()
            kept = self._kept.get(path)
            if kept is None or not kept[0] <= now < kept[0] + FRESH:
                made = await make(request.match_info.get("area", ""))
                if made is None:
                    raise web.HTTPNotFound
                kept = self._kept[path] = (now, made)
            return _response(kept[1])

        return answer

    async def indicators(self, _: str) -> _Rendered:
        found = await self._found()
        shown = [area for area in found.areas if is_published(area)]
        silent = [figures.area.short_name for figures in found.areas if not is_published(figures)]
        judging = headline(found)
        rows = [row_of(area, str(found.week), judging) for area in shown]
        content = self._public.release.content
        told = of_the_municipality(content, found)
        whole = [
            municipality_row(indicator, value) for indicator, value in told if value is not None
        ]
        return self._page(
            "indicators.html.j2",
            found=found,
            rows=rows,
            untold=untold(rows),
            silent=silent,
            whole=whole,
            measures=await self._measures(),
        )

    async def area(self, area: str) -> _Rendered | None:
        found = await self._found()
        figures = found.of(area)
        if figures is None:
            return None
        name = figures.area.short_name
        marks = chart_marks(figures.chart, note_events(figures.notes))
        last = figure_words.last_week(figures.digest, str(found.week)) if figures.digest else ""
        return self._page(
            "area.html.j2",
            found=found,
            one=figures,
            row=row_of(figures, str(found.week), headline(found))
            if is_published(figures)
            else None,
            marks=marks,
            caption=chart_words.caption(figures.chart) + chart_words.undrawn(figures.chart, last),
            title=chart_words.title(figures.chart, name),
            # Our own markup, every text in it escaped.
            wide=Markup(chart_svg(figures.chart, name, WIDE, marks)),
            narrow=Markup(chart_svg(figures.chart, name, NARROW, marks)),
            measures=[told for told in await self._measures() if told.area == area],
        )

    async def csv(self, _: str) -> _Rendered:
        return _Rendered(as_csv(await self._found()), "text/csv")

    async def json(self, _: str) -> _Rendered:
        found = await self._found()
        told = Extras(self._public.made_up, _notes(found), await self._measures())
        body = as_json(self._public.release.content, found, told)
        return _Rendered(body.decode(), "application/json")

    async def zip(self, _: str) -> _Rendered:
        public = self._public
        made = await load_figures(public.database, public.keyring, public.release.content)
        return _Rendered(made, "application/zip", "cifras-publicadas.zip")

    async def policy(self, _: str) -> _Rendered | None:
        content = self._public.release.content
        if content.policy is None:
            return None
        found = await self._found()
        public = self._public
        records = await load_records(
            public.database, public.keyring, public.release, public.clock()
        )
        proved = [
            (commitment, [proof(kind, content, found, records) for kind in commitment.evidence])
            for commitment in content.policy.commitments
        ]
        return self._page("policy.html.j2", policy=content.policy, proved=proved, found=found)

    async def _found(self) -> Indicators:
        return await load_indicators(self._public.database, self._public.release)

    async def _measures(self) -> list[SaidAndDone]:
        public = self._public
        content = public.release.content
        return await load_told_measures(public.database, public.keyring, content, public.clock())

    def _page(self, template: str, *, found: Indicators, **values: object) -> _Rendered:
        return _Rendered(
            self._environment.get_template(template).render(
                found=found, notes=_notes(found), **values
            )
        )

    def _day(self, at: datetime) -> str:
        return with_weekday(at.astimezone(self._public.release.content.zone))


def _response(made: _Rendered) -> web.Response:
    if isinstance(made.body, str):
        return web.Response(text=made.body, content_type=made.content_type, headers=HEADERS)
    kept_as = {"Content-Disposition": f'attachment; filename="{made.file}"'}
    return web.Response(
        body=made.body, content_type=made.content_type, headers={**HEADERS, **kept_as}
    )


def _notes(found: Indicators) -> tuple[str, ...]:
    return digest_words.notes(found.digest) if found.digest else ()
