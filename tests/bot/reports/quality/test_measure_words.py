"""An effect in one sentence, and what the digest says of measures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import CHAT_LIMIT, chat_text, plain_text, summary_text
from bot.reports.quality.effect_words import effect_sentence, effect_text
from bot.reports.quality.measure_words import digest_lines
from bot.reports.words.figure_words import NO_FIGURE
from handlers.content.quality import Metric, Scope
from handlers.indicators.counts import CHARTED
from handlers.measures.steps import ComparisonAreas, JudgedBy, Measured
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.figures import AreaDigest, Digest, MeasureNews
from handlers.quality.intervals import newcombe

BEFORE, AFTER = Side(120, 240), Side(360, 480)
STILL = (Side(1800, 2400), Side(3600, 4800))


BESIDE = ComparisonAreas(10, *STILL, newcombe(STILL[1].x, STILL[1].n, STILL[0].x, STILL[0].n))


def effect(*, change: bool = True) -> Effect:
    found = newcombe(AFTER.x, AFTER.n, BEFORE.x, BEFORE.n) if change else None
    verdict = Effectiveness.EFFECTIVE if change else Effectiveness.TOO_FEW
    return Effect(verdict, BEFORE, AFTER, found, *STILL, None)


@pytest.mark.parametrize(
    ("measured", "said"),
    [
        (
            Measured("2027-W02", effect(), True, BESIDE),
            "De quienes respondieron, puso nota 6 o 7 el 50 % antes (240 respuestas) y el 75 %"
            " después (480 respuestas), una diferencia de +25 puntos (entre +18 y +32), y en 10"
            " áreas sin medida fue de 0 puntos (entre −2 y +2) en las mismas semanas.",
        ),
        (
            Measured("2027-W02", effect(), True),
            "De quienes respondieron, puso nota 6 o 7 el 50 % antes (240 respuestas) y el 75 %"
            " después (480 respuestas), una diferencia de +25 puntos (entre +18 y +32); otras áreas"
            " con que compararla no tienen cifras de esas semanas.",
        ),
        (
            Measured("2027-W02", effect(), False, BESIDE),
            "Sus cifras no se muestran: con ellas se sabría de menos de 10 respuestas.",
        ),
        (
            Measured("2027-W02", effect(change=False), True, BESIDE),
            "Hubo 240 respuestas antes y 480 después; hacen falta 50 de cada lado.",
        ),
        (Measured("2027-W02", effect(change=False), False), "Hacen falta 50 de cada lado."),
    ],
)
def test_an_effect_is_one_sentence(measured: Measured, said: str) -> None:
    assert effect_sentence(measured) == said
    assert said.count(". ") == 0
    assert effect_text(measured).endswith(said)


def judged(measured: Metric, scope: Scope, part: str = "", **more: Any) -> JudgedBy:
    return JudgedBy("x", 1, measured, scope, part, "X", **more)


SHARES = "el 50 % antes (240 {many}) y el 75 % después (480 {many}), una diferencia de +25"
KINDS = [
    (
        judged(Metric.REASON, Scope.AREA, "espera", part_name="Espera", less_is_better=True),
        "De quienes pusieron nota 1 a 5, nombró «Espera»",
        "respuestas",
        "puntos (entre +18 y +32), y menos es mejor, y en 10 áreas sin medida fue de 0 puntos",
    ),
    (
        judged(Metric.USEFUL, Scope.AREA),
        "De quienes dijeron si les sirvió lo encontrado, dijo que sí",
        "respuestas",
        "puntos (entre +18 y +32), y en 10 áreas sin medida fue de 0 puntos",
    ),
    (
        judged(Metric.SATISFIED, Scope.DESK, "GnN7sR", part_name="Mesón de Rentas"),
        "De quienes respondieron sobre «Mesón de Rentas», puso nota 6 o 7",
        "respuestas",
        "puntos (entre +18 y +32), y en 10 áreas",
    ),
    (
        judged(Metric.SATISFIED, Scope.CHANNEL, "whatsapp", part_name="WhatsApp"),
        "De quienes respondieron por WhatsApp, puso nota 6 o 7",
        "respuestas",
        "puntos (entre +18 y +32), y en 10 áreas",
    ),
    (
        judged(Metric.SATISFIED, Scope.CHANNEL, "papel", part_name="En papel"),
        "De quienes respondieron en papel, puso nota 6 o 7",
        "respuestas",
        "puntos (entre +18 y +32), y en 10 áreas",
    ),
    (
        judged(Metric.COMPLETION, Scope.MUNICIPALITY),
        "De quienes empezaron a responder en todo el municipio, llegó al final",
        "respuestas",
        "puntos (entre +18 y +32); es de todo el municipio",
    ),
    (
        judged(Metric.FOUND, Scope.MUNICIPALITY),
        "De las consultas en todo el municipio, encontró algo",
        "consultas",
        "puntos (entre +18 y +32); es de todo el municipio",
    ),
    (
        judged(Metric.VISITS_SPARED, Scope.MUNICIPALITY),
        "De las consultas de trámites en todo el municipio, fue de uno que se hace en línea",
        "consultas",
        "puntos (entre +18 y +32); es de todo el municipio",
    ),
    (
        judged(Metric.CASES_IN_TIME, Scope.MUNICIPALITY),
        "De los casos que vencían en todo el municipio, se respondió en su plazo",
        "casos",
        "puntos (entre +18 y +32); es de todo el municipio",
    ),
]


@pytest.mark.parametrize(("by", "begins", "many", "ends"), KINDS)
def test_each_indicator_has_its_own_words(by: JudgedBy, begins: str, many: str, ends: str) -> None:
    found = Measured("2027-W02", effect(), True, BESIDE)
    said = effect_sentence(found, by)
    assert said.startswith(f"{begins} {SHARES.format(many=many)} {ends}")
    few = effect_text(Measured("2027-W02", effect(change=False), True), by)
    assert few.startswith(f"No hubo {many} suficientes para medir su efecto. Hubo 240 {many} antes")
    hidden = effect_sentence(replace(found, can_be_shown=False), by)
    assert hidden.endswith(f"de menos de 10 {many}.")
    assert {by.measured for by, *_ in KINDS} == {*CHARTED, Metric.SATISFIED}


NEWS = (
    MeasureNews("M-2026-001", "aseo", "overdue", due=date(2026, 12, 4)),
    MeasureNews("M-2026-002", "obras", "done", action="Abrir otra caja."),
    MeasureNews("M-2026-003", "transito", "effective", effect="Puso nota 6 o 7 el 75 %."),
    MeasureNews("M-2026-004", "aseo", "done", action="Otra caja", judged_by="Motivo: Espera"),
    MeasureNews("M-2026-005", "aseo", "due", due=date(2026, 12, 18)),
    MeasureNews("M-2026-006", "aseo", "due", due=date(2026, 12, 19), action="Un cartel."),
    MeasureNews("M-2026-007", "aseo", "measured", effect="No se puede decir que sirviera."),
    MeasureNews("M-2026-008", "aseo", "declined", action="Llovió, y pasó."),
    MeasureNews("M-2026-009", "aseo", "declined"),
    MeasureNews("M-2026-010", "aseo", "to-decide", due=date(2026, 12, 28)),
    MeasureNews("M-2026-011", "aseo", "stands", due=date(2027, 3, 14)),
    MeasureNews("M-2026-012", "aseo", "too-few", effect="Hacen falta 50 de cada lado."),
)
AREAS = tuple(AreaDigest(id, id, id.capitalize()) for id in ("aseo", "obras", "transito"))
DIGEST = Digest(
    "2026-W50", "La Serena", datetime(2026, 12, 14, tzinfo=UTC), False, None, AREAS, measures=NEWS
)
LINES = [
    "Aseo, M-2026-001: atrasada (era hasta el 4 de diciembre de 2026).",
    "Obras, M-2026-002: hecha: Abrir otra caja.",
    "Transito, M-2026-003: cerrada como efectiva. Puso nota 6 o 7 el 75 %.",
    "Aseo, M-2026-004, que se mide en «Motivo: Espera»: hecha: Otra caja.",
    "Aseo, M-2026-005: por decidir, a más tardar el 18 de diciembre de 2026.",
    "Aseo, M-2026-006: debe estar hecha el 19 de diciembre de 2026: Un cartel.",
    "Aseo, M-2026-007: se midió su efecto. No se puede decir que sirviera.",
    "Aseo, M-2026-008: se decidió no tomar una medida: Llovió, y pasó.",
    "Aseo, M-2026-009: se decidió no tomar una medida.",
    "Aseo, M-2026-010: por decidir, a más tardar el 28 de diciembre de 2026.",
    "Aseo, M-2026-011: sigue baja, sin bajar más. Se decidió no tomar una medida, y eso rige hasta"
    " el 14 de marzo de 2027.",
    "Aseo, M-2026-012: cerrada. Hacen falta 50 de cada lado.",
]


FIRST_DUE = date(2026, 12, 4)
MOVED = (
    MeasureNews("M-2026-013", "aseo", "moved", due=date(2027, 2, 26), first_due=FIRST_DUE),
    MeasureNews("M-2026-014", "aseo", "overdue", due=date(2026, 12, 9), first_due=FIRST_DUE),
    MeasureNews("M-2026-015", "aseo", "due", date(2026, 12, 19), "Un cartel", first_due=FIRST_DUE),
    MeasureNews("M-2026-016", "aseo", "done", action="Un cartel.", first_due=FIRST_DUE),
    MeasureNews("M-2026-017", "aseo", "to-decide", due=date(2026, 12, 28), first_due=FIRST_DUE),
)
MOVED_LINES = [
    "Aseo, M-2026-013: cambió su fecha, ahora es el 26 de febrero de 2027; antes, el 4 de diciembre"
    " de 2026.",
    "Aseo, M-2026-014: atrasada (era hasta el 9 de diciembre de 2026; antes, el 4 de diciembre de"
    " 2026).",
    "Aseo, M-2026-015: debe estar hecha el 19 de diciembre de 2026; antes, el 4 de diciembre de"
    " 2026: Un cartel.",
    "Aseo, M-2026-016: hecha, y debía estarlo el 4 de diciembre de 2026: Un cartel.",
    "Aseo, M-2026-017: por decidir, a más tardar el 28 de diciembre de 2026; debía estar hecha el 4"
    " de diciembre de 2026.",
]


def test_the_digest_says_what_is_due_and_what_became_of_each() -> None:
    assert digest_lines(DIGEST) == LINES
    assert digest_lines(replace(DIGEST, measures=MOVED)) == MOVED_LINES
    for text in (plain_text(DIGEST), summary_text(DIGEST, "x"), html_mail(DIGEST)):
        flat = " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())
        assert "Medidas" in flat
        assert all(line in flat for line in LINES)
        assert flat.lower().index("medidas") < flat.lower().index(NO_FIGURE.lower()), (
            "it comes first"
        )
    chat = chat_text(DIGEST, "https://opina.example.cl/x")
    assert (
        "Medidas: 1 atrasada, 1 por decidir, 2 vencen en estos 7 días, 2 hechas, 1 con su efecto"
        " medido, 2 cerradas sin medida, 1 se decidió no tomarla, y sigue así, 1 cerrada como"
        " efectiva, 1 cerrada sin respuestas suficientes." in chat
    )
    assert len(chat) <= CHAT_LIMIT


def test_without_measures_the_digest_has_no_such_part() -> None:
    quiet = replace(DIGEST, measures=())
    for text in (plain_text(quiet), chat_text(quiet, "x"), html_mail(quiet)):
        assert "Medidas" not in text
