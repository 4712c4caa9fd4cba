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
    headline_value,
    of_the_municipality,
)
from bot.reports.quality.charts import chart_words
from bot.reports.quality.indicator_words import standing_text
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
    """What the JSON contains besides the figures."""

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
        _area(area, str(found.week), judging) for area in found.areas if is_published(area)
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
            {**_area(area, str(found.week), judging), "mediciones": _points(area)}
            for area in found.areas
            if is_published(area)
        ],
        "del_municipio": [
            _of_the_municipality(indicator, value)
            for indicator, value in of_the_municipality(content, found)
        ],
        "medidas": [
            {
                "area": measure.name,
                "dijeron": measure.said if measure.is_said else None,
                "viene_de": None if measure.is_said else measure.said,
                "hicimos": measure.done,
                "atrasada": measure.is_late,
            }
            for measure in told.measures
        ],
        "sin_cifra": [
            figures.area.short_name for figures in found.areas if not is_published(figures)
        ],
    }
    return msgspec.json.encode(body)


def _of_the_municipality(indicator: Indicator, value: Value | None) -> dict[str, object]:
    return {
        "id": indicator.id,
        "version": indicator.version,
        "nombre": indicator.name,
        "cifra": value.number if value else None,
        "margen_desde": value.low if value and not value.is_exact else None,
        "margen_hasta": value.high if value and not value.is_exact else None,
        "de": value.n if value else None,
        "sin_areas_con_solo_un_limite": value.others.areas if value and value.others else 0,
        "meta": indicator.target,
        "frente_a_la_meta": standing_text(indicator, target_status(indicator, value)),
    }


def _area(figures: AreaIndicator, week: str, judging: Indicator | None) -> dict[str, object]:
    digest = figures.digest
    assert digest is not None
    said = digest.latest or digest
    share, bound = said.satisfied, said.bound
    side = "" if bound is None else "o más" if bound.at_least else "o menos"
    values = (
        figures.area.short_name,
        said.first_week or week,
        figure_words.last_week(digest, week),
        share.n if share else bound.n if bound else None,
        share.percent if share else bound.percent if bound else None,
        share.low if share else None,
        share.high if share else None,
        side,
        variation(figures),
        digest.apart,
        judging.target if judging else None,
        standing_text(judging, target_status(judging, headline_value(judging, figures)))
        if judging and judging.target
        else "",
    )
    return dict(zip(FIELDS, values, strict=True))


def _points(figures: AreaIndicator) -> list[dict[str, object]]:
    return [
        {
            "desde_semana": point.first_week,
            "hasta_semana": point.last_week,
            "respuestas": point.n,
            "porcentaje_6_7": None
            if point.share is None
            else percent(round(point.share * point.n), point.n),
            "dice": chart_words.standing(figures.chart, point),
        }
        for point in figures.chart.points
    ]
