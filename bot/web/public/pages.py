"""The public pages: what was published of each area, and the quality policy with its evidence.

They need no script, set no cookie, and are made anew once a minute at most.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from aiohttp import web
from markupsafe import Markup

from bot.jobs.quality.evidence.proofs import proof
from bot.jobs.quality.evidence.records import load_records
from bot.jobs.quality.figures import load_figures
from bot.jobs.quality.indicators import (
    AreaIndicator,
    Indicators,
    headline,
    headline_standing,
    load_indicators,
    of_the_municipality,
)
from bot.reports.quality.charts import chart_words
from bot.reports.quality.charts.chart_marks import chart_marks, note_events
from bot.reports.quality.charts.chart_svg import NARROW, WIDE, chart_svg
from bot.reports.quality.indicator_words import STANDINGS, definition_text, mark, value_text
from bot.reports.quality.said_and_done import SaidAndDone, said_and_done
from bot.reports.words import area_words, digest_words, figure_words
from bot.reports.words.dates import in_words, week_label, with_weekday
from bot.web.static import StaticFiles
from bot.web.templates import templates
from handlers.content.quality import Indicator
from handlers.errors import StorageUnavailable
from handlers.indicators.values import Standing, Value, standing
from handlers.quality.charts import Direction
from handlers.quality.intervals import percent
from handlers.quality.suppression import THRESHOLD
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.measures import steps

FOLDER = Path(__file__).parent
FRESH = timedelta(minutes=1)
HEADERS = {
    "Cache-Control": "public, max-age=60",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
}
VARIATION = {Direction.FALL: "bajó", Direction.RISE: "subió", None: "sin cambio"}
NO_BASE = "aún sin base"  # in the data that can be checked
UNJUDGED = "si cambió, mientras faltan mediciones para decirlo"
BY_CHANNEL = f"las notas por canal, si alguna cifra sería de menos de {THRESHOLD} respuestas"
FIELDS = (
    "area", "desde_semana", "hasta_semana", "respuestas", "porcentaje_6_7", "margen_desde",
    "margen_hasta", "cota", "variacion", "apartadas", "meta", "frente_a_la_meta",
)  # fmt: skip


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
class _Made:
    body: str | bytes
    content_type: str = "text/html"
    file: str = ""  # the name under which it is kept


class _Pages:
    def __init__(self, public: Public) -> None:
        self._public = public
        self._kept: dict[str, tuple[datetime, _Made]] = {}
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
        self, make: Callable[[str], Awaitable[_Made | None]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Answer from what was made less than a minute ago."""

        async def answer(request: web.Request) -> web.Response:
            path, now = request.path, self._public.clock()
            kept = self._kept.get(path)
            if kept is None or not kept[0] <= now < kept[0] + FRESH:
                try:
                    made = await make(request.match_info.get("area", ""))
                except StorageUnavailable:
                    raise web.HTTPServiceUnavailable(headers={"Retry-After": "60"}) from None
                if made is None:
                    raise web.HTTPNotFound
                kept = self._kept[path] = (now, made)
            return _response(kept[1])

        return answer

    async def indicators(self, _: str) -> _Made:
        found = await self._found()
        shown = [one for one in found.areas if _last(one)]
        silent = [one.area.short_name for one in found.areas if not _last(one)]
        judging = headline(found)
        rows = [_row(one, str(found.week), judging) for one in shown]
        content = self._public.release.content
        told = of_the_municipality(content, found)
        whole = [_whole(one, value) for one, value in told if value is not None]
        return self._page(
            "indicators.html.j2",
            found=found,
            rows=rows,
            untold=_untold(rows),
            silent=silent,
            whole=whole,
            measures=await self._measures(),
        )

    async def area(self, area: str) -> _Made | None:
        found = await self._found()
        one = found.of(area)
        if one is None:
            return None
        name = one.area.short_name
        marks = chart_marks(one.chart, note_events(one.notes))
        return self._page(
            "area.html.j2",
            found=found,
            one=one,
            row=_row(one, str(found.week), headline(found)) if _last(one) else None,
            marks=marks,
            title=chart_words.title(one.chart, name),
            # Our own markup, every text in it escaped.
            wide=Markup(chart_svg(one.chart, name, WIDE, marks)),
            narrow=Markup(chart_svg(one.chart, name, NARROW, marks)),
            measures=[told for told in await self._measures() if told.area == area],
        )

    async def csv(self, _: str) -> _Made:
        found = await self._found()
        file = io.StringIO()
        writer = csv.DictWriter(file, FIELDS, lineterminator="\r\n")
        writer.writeheader()
        judging = headline(found)
        writer.writerows(_data(one, str(found.week), judging) for one in found.areas if _last(one))
        return _Made("\ufeff" + file.getvalue(), "text/csv")

    async def json(self, _: str) -> _Made:
        found = await self._found()
        content = self._public.release.content
        judging = headline(found)
        body = {
            "municipalidad": content.municipality,
            "datos_ficticios": self._public.made_up,
            "semana": str(found.week) if found.week else None,
            "hecho": found.made_at,
            "metodo": [*_notes(found), *chart_words.EXPLAINED],
            "areas": [
                {**_data(one, str(found.week), judging), "mediciones": _points(one)}
                for one in found.areas
                if _last(one)
            ],
            "del_municipio": [
                {
                    "id": one.id,
                    "version": one.version,
                    "nombre": one.name,
                    "cifra": value.number if value else None,
                    "margen_desde": value.low if value and not value.is_exact else None,
                    "margen_hasta": value.high if value and not value.is_exact else None,
                    "de": value.n if value else None,
                    "meta": one.target,
                    "frente_a_la_meta": STANDINGS[standing(one, value)][1],
                }
                for one, value in of_the_municipality(content, found)
            ],
            "medidas": [
                {
                    "area": one.name,
                    "dijeron": one.said if one.is_said else None,
                    "viene_de": None if one.is_said else one.said,
                    "hicimos": one.done,
                    "atrasada": one.is_late,
                }
                for one in await self._measures()
            ],
            "sin_cifra": [one.area.short_name for one in found.areas if not _last(one)],
        }
        return _Made(msgspec.json.encode(body).decode(), "application/json")

    async def zip(self, _: str) -> _Made:
        public = self._public
        made = await load_figures(public.database, public.keyring, public.release.content)
        return _Made(made, "application/zip", "cifras-publicadas.zip")

    async def policy(self, _: str) -> _Made | None:
        content = self._public.release.content
        if content.policy is None:
            return None
        found = await self._found()
        public = self._public
        records = await load_records(
            public.database, public.keyring, public.release, public.clock()
        )
        proved = [
            (one, [proof(kind, content, found, records) for kind in one.evidence])
            for one in content.policy.commitments
        ]
        return self._page("policy.html.j2", policy=content.policy, proved=proved, found=found)

    async def _found(self) -> Indicators:
        return await load_indicators(self._public.database, self._public.release)

    async def _measures(self) -> list[SaidAndDone]:
        public, content = self._public, self._public.release.content
        found = await public.database.read(
            lambda tx: steps.everything(tx, public.keyring, content.zone)
        )
        names = {area.id: area.short_name for area in content.areas}
        return said_and_done(found, names, public.clock(), content.zone)

    def _page(self, template: str, *, found: Indicators, **values: object) -> _Made:
        return _Made(
            self._environment.get_template(template).render(
                found=found, notes=_notes(found), **values
            )
        )

    def _day(self, at: datetime) -> str:
        return with_weekday(at.astimezone(self._public.release.content.zone))


def _response(made: _Made) -> web.Response:
    if isinstance(made.body, str):
        return web.Response(text=made.body, content_type=made.content_type, headers=HEADERS)
    kept_as = {"Content-Disposition": f'attachment; filename="{made.file}"'}
    return web.Response(
        body=made.body, content_type=made.content_type, headers={**HEADERS, **kept_as}
    )


def _notes(found: Indicators) -> tuple[str, ...]:
    return digest_words.notes(found.digest) if found.digest else ()


def _last(one: AreaIndicator) -> bool:
    """Whether anything was ever published of its grades."""
    digest = one.digest
    return digest is not None and bool(digest.satisfied or digest.bound or digest.latest)


@dataclass(frozen=True, slots=True)
class Row:
    """An area's newest figure in words."""

    area: str
    name: str
    percent: str
    rest: str
    variation: str  # a sentence; empty: it cannot be told yet
    channels: tuple[str, ...]  # none: they are not told apart
    apart: str
    note: str
    target: str  # empty: none is defined


@dataclass(frozen=True, slots=True)
class Whole:
    """An indicator of the whole municipality in words. ``target`` empty: none is set."""

    name: str
    percent: str
    rest: str  # its margin, and of how many
    target: str
    definition: str


def _whole(one: Indicator, value: Value) -> Whole:
    percent, _, rest = value_text(one, value).partition(" (")
    return Whole(
        one.name,
        percent,
        rest.removesuffix(")"),
        _target(one, standing(one, value)),
        definition_text(one),
    )


def _target(one: Indicator, how: Standing) -> str:
    """``No cumple la meta: 70 % o más``; empty where there is none."""
    if one.target is None:
        return ""
    said = figure_words.unbroken(mark(one, how).words)
    return said[:1].upper() + said[1:]


def _row(one: AreaIndicator, week: str, judging: Indicator | None) -> Row:
    digest = one.digest
    assert digest is not None
    said = digest.latest or digest
    last = digest.latest.last_week if digest.latest else week
    channels = area_words.channel_lines(digest) if digest.satisfied and digest.channels else []
    return Row(
        one.area.id,
        one.area.short_name,
        figure_words.headline_percent(said),
        figure_words.unbroken(figure_words.headline_rest(said, last)),
        f"Variación: {_variation(one)}." if one.chart.judged else "",
        tuple(figure_words.unbroken(channel) for channel in channels),
        "" if digest.apart is None else area_words.apart_text(digest.apart),
        one.notes[0].text if one.notes else "",
        "" if judging is None else _target(judging, headline_standing(judging, one)),
    )


def _untold(rows: Sequence[Row]) -> str:
    """What some areas lack, said once for all of them; empty: none lacks anything."""
    lacking = [UNJUDGED] * any(not row.variation for row in rows)
    lacking += [BY_CHANNEL] * any(not row.channels for row in rows)
    return f"No se muestra {', ni '.join(lacking)}." if lacking else ""


def _variation(one: AreaIndicator) -> str:
    judged = one.chart.judged
    return VARIATION[judged[-1].direction] if judged else NO_BASE


def _data(one: AreaIndicator, week: str, judging: Indicator | None) -> dict[str, object]:
    digest = one.digest
    assert digest is not None
    said = digest.latest or digest
    share, bound = said.satisfied, said.bound
    side = "" if bound is None else "o más" if bound.at_least else "o menos"
    values = (
        one.area.short_name,
        said.first_week or week,
        digest.latest.last_week if digest.latest else week,
        share.n if share else bound.n if bound else None,
        share.percent if share else bound.percent if bound else None,
        share.low if share else None,
        share.high if share else None,
        side,
        _variation(one),
        digest.apart,
        judging.target if judging else None,
        STANDINGS[headline_standing(judging, one)][1] if judging and judging.target else "",
    )
    return dict(zip(FIELDS, values, strict=True))


def _points(one: AreaIndicator) -> list[dict[str, object]]:
    return [
        {
            "desde_semana": point.first_week,
            "hasta_semana": point.last_week,
            "respuestas": point.n,
            "porcentaje_6_7": None
            if point.share is None
            else percent(round(point.share * point.n), point.n),
            "dice": chart_words.standing(point),
        }
        for point in one.chart.points
    ]
