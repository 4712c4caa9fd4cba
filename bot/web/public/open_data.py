"""Published figures as data for others: a line of CSV an area, and all of them as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from bot.jobs.quality.indicators import (
    AreaIndicator,
    Indicators,
    headline,
    headline_status,
    of_the_municipality,
)
from bot.reports.quality.charts import chart_words
from bot.reports.quality.indicator_words import TARGET_STATUSES
from bot.reports.quality.said_and_done import SaidAndDone
from bot.reports.words import figure_words
from bot.web.public.words import is_published, variation
from handlers.content.model import Content
from handlers.content.quality import Indicator
from handlers.indicators.values import Value, target_status
from handlers.quality.intervals import percent

FIELDS = (
    "area", "desde_semana", "hasta_semana", "respuestas", "porcentaje_6_7", "margen_desde",
    "margen_hasta", "cota", "variacion", "apartadas", "meta", "frente_a_la_meta",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands in the JSON beside the figures."""

    made_up: bool
    notes: tuple[str, ...]
    measures: Sequence[SaidAndDone]


def as_csv(found: Indicators) -> str:
    """With the mark by which spreadsheets know UTF-8."""
    file = io.StringIO()
    writer = csv.DictWriter(file, FIELDS, lineterminator="\r\n")
    writer.writeheader()
    judging = headline(found)
    writer.writerows(
        _area(one, str(found.week), judging) for one in found.areas if is_published(one)
    )
    return "\ufeff" + file.getvalue()


def as_json(content: Content, found: Indicators, told: Extras) -> bytes:
    """All that the pages show."""
    judging = headline(found)
    body = {
        "municipalidad": content.municipality,
        "datos_ficticios": told.made_up,
        "semana": str(found.week) if found.week else None,
        "hecho": found.made_at,
        "metodo": [*told.notes, *chart_words.EXPLAINED],
        "areas": [
            {**_area(one, str(found.week), judging), "mediciones": _points(one)}
            for one in found.areas
            if is_published(one)
        ],
        "del_municipio": [
            _of_the_municipality(one, value) for one, value in of_the_municipality(content, found)
        ],
        "medidas": [
            {
                "area": one.name,
                "dijeron": one.said if one.is_said else None,
                "viene_de": None if one.is_said else one.said,
                "hicimos": one.done,
                "atrasada": one.is_late,
            }
            for one in told.measures
        ],
        "sin_cifra": [one.area.short_name for one in found.areas if not is_published(one)],
    }
    return msgspec.json.encode(body)


def _of_the_municipality(one: Indicator, value: Value | None) -> dict[str, object]:
    return {
        "id": one.id,
        "version": one.version,
        "nombre": one.name,
        "cifra": value.number if value else None,
        "margen_desde": value.low if value and not value.is_exact else None,
        "margen_hasta": value.high if value and not value.is_exact else None,
        "de": value.n if value else None,
        "meta": one.target,
        "frente_a_la_meta": TARGET_STATUSES[target_status(one, value)][1],
    }


def _area(one: AreaIndicator, week: str, judging: Indicator | None) -> dict[str, object]:
    digest = one.digest
    assert digest is not None
    said = digest.latest or digest
    share, bound = said.satisfied, said.bound
    side = "" if bound is None else "o más" if bound.at_least else "o menos"
    values = (
        one.area.short_name,
        said.first_week or week,
        figure_words.last_week(digest, week),
        share.n if share else bound.n if bound else None,
        share.percent if share else bound.percent if bound else None,
        share.low if share else None,
        share.high if share else None,
        side,
        variation(one),
        digest.apart,
        judging.target if judging else None,
        TARGET_STATUSES[headline_status(judging, one)][1] if judging and judging.target else "",
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
            "dice": chart_words.standing(one.chart, point),
        }
        for point in one.chart.points
    ]
