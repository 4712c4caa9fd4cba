"""Each figure is told with how many of how many it is, what is left out, and which version."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from bot.reports.quality.effect_words import effect_parts
from bot.reports.quality.explain_text import explain_parts
from bot.reports.quality.indicator_words import LEFT_OUT, made_of
from handlers.content.quality import Indicator, Metric, Scope
from handlers.indicators.values import Value
from handlers.measures.steps import GRADES, ComparisonAreas, JudgedBy, Measured
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.figures import ChannelShare, Share
from handlers.quality.intervals import Estimate
from tests.bot.reports.digests.sample_digest import DIGEST, TRANSITO


def defined(measured: Metric, scope: Scope = Scope.AREA) -> Indicator:
    return Indicator(
        id="uno",
        version=3,
        valid_from=date(2026, 1, 1),
        name="Uno",
        measured=measured,
        scope=scope,
        period="block",
    )


@pytest.mark.parametrize(
    ("measured", "value", "said"),
    [
        (Metric.SATISFIED, Value(75, 63, 84, 60), "45 de 60 respuestas tienen nota 6 o 7."),
        (
            Metric.SATISFIED,
            Value(82, 82, 100, 50, is_bound=True),
            "Cuántas de 50 respuestas, no se muestra: con ese número se sabría de menos de 10",
        ),
        (
            Metric.NET,
            Value(40, 20, 60, 50, share=Share(50, 60, 46, 72)),
            "30 de 50 respuestas tienen nota 6 o 7, y 10, nota 1 a 4.",
        ),
        (Metric.REASON, Value(30, 18, 45, 40, x=12), "12 de 40 respuestas con nota 1 a 5 nombran"),
        (
            Metric.COMPLETION,
            Value(94, 91, 95, 1662),
            "Entre 1.554 y 1.570 de 1.662 opiniones que se empezaron llegaron al final, según el"
            " porcentaje, que es lo que se publica.",
        ),
        (Metric.FOUND, Value(68, 59, 76, 110, x=75), "75 de 110 consultas encontraron algo."),
        (Metric.USEFUL, Value(50, 36, 64, 48), "24 de 48 personas que contestaron dijeron que sí."),
        (Metric.COVERAGE, Value(50, 50, 50, 2, x=1), "De 2 áreas, con las cuatro cosas: 1."),
        (Metric.CASES_IN_TIME, Value(80, 70, 90, 50), "40 de 50 casos se respondieron a tiempo."),
        (Metric.VISITS_SPARED, Value(20, 10, 30, 60), "12 de 60 consultas son de trámites que se"),
        (Metric.READING, Value(60, 60, 60, 200, x=120), "120 de 200 personas la leyeron y"),
    ],
)
def test_a_figure_is_so_many_of_so_many_without_what_is_left_out(
    measured: Metric, value: Value, said: str
) -> None:
    told = made_of(defined(measured), value)
    assert said in told
    left = LEFT_OUT[measured]
    assert told.endswith(f"No se cuentan {left}." if left else "No se deja nada fuera.")


def test_a_channel_without_a_definition_of_its_own_goes_by_its_areas() -> None:
    area = replace(TRANSITO, channels=(ChannelShare("web", Share(40, 60, 45, 74)),))
    ((name, made),) = explain_parts([defined(Metric.SATISFIED)], DIGEST, area)
    assert name == "Uno, Página web: 60 % (entre 45 % y 74 %; 40 respuestas)"
    assert made.startswith("24 de 40 respuestas tienen nota 6 o 7. No se cuentan trámites sin")
    assert "Versión 3" in made


BESIDE = ComparisonAreas(2, Side(80, 150), Side(80, 150), Estimate(0, -0.1, 0.1))


@pytest.mark.parametrize(
    ("by", "can_be_shown", "said"),
    [
        (
            GRADES,
            True,
            "Antes 500 de 1.009, después 70 de 100. En las áreas sin medida: antes 80 de 150,"
            " después 80 de 150. No se cuentan trámites sin terminar",
        ),
        (
            JudgedBy("les-sirvio", 2, Metric.USEFUL, name="Les sirvió"),
            True,
            "Antes entre 500 y 509 de 1.009, después 70 de 100.",
        ),
        (GRADES, False, "No se cuentan trámites sin terminar"),
    ],
)
def test_an_effect_is_so_many_of_so_many_on_each_side(
    by: JudgedBy, can_be_shown: bool, said: str
) -> None:
    found = Effect(
        Effectiveness.EFFECTIVE,
        Side(500, 1009),
        Side(70, 100),
        Estimate(0.2, 0.1, 0.3),
        BESIDE.before,
        BESIDE.after,
        BESIDE.change,
    )
    told = effect_parts(Measured("2026-W40", found, can_be_shown, BESIDE), by)
    assert told.startswith(said)
    assert told.endswith(f"Se juzga con «{by.name}», versión {by.version}.")
