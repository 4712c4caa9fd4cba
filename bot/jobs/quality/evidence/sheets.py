"""The tables of the evidence: figures, measures, control runs, digests and staff answers."""

from __future__ import annotations

from bot.jobs.quality.evidence.records import (
    Records,
    figures_of,
    judged_of,
    readings_shown,
    signals_of,
)
from bot.jobs.quality.indicators import Indicators
from bot.reports.quality import measure_words, staff_words
from bot.reports.quality.charts import chart_words
from bot.reports.quality.effect_words import effect_text
from bot.reports.quality.evidence.evidence_file import MISSING, EvidenceTable
from bot.reports.words import figure_words
from handlers.measures.measures import Measure
from handlers.measures.steps import Declined
from handlers.quality.intervals import percent
from handlers.quality.parts import by_name
from handlers.quality.weeks import IsoWeek
from handlers.release import Release


def figures(found: Indicators) -> EvidenceTable:
    """Each area's newest published figure."""
    rows = []
    for shown in found.areas:
        said = shown.digest and (shown.digest.latest or shown.digest)
        if shown.digest is None or not said or not (said.satisfied or said.bound):
            rows.append((shown.area.short_name, "aún sin cifra", "", ""))
            continue
        last = figure_words.last_week(shown.digest, str(found.week))
        rest = figure_words.headline_rest(said, last)
        rows.append(
            (
                shown.area.short_name,
                figure_words.headline_percent(said),
                rest if "semana" in rest else f"{rest} · semana {IsoWeek.parse(last).week}",
                chart_words.title(shown.chart, shown.area.short_name),
            )
        )
    header = ("Área", "Nota 6 o 7", "Margen, respuestas y semanas", "Gráfico de control")
    return EvidenceTable("Cifras por área", header, tuple(rows), (22, 14, 42, 50))


def measures(records: Records, release: Release) -> EvidenceTable:
    """Every measure, with its state and its effect."""
    zone = release.content.zone
    rows = tuple(
        (
            measure.number,
            release.area_name(measure.area),
            measure_words.ORIGINS[measure.opened.origin],
            f"{measure.opened_at.astimezone(zone):%d-%m-%Y}",
            measure.opened.problem or "Bajó más de lo esperable",
            measure.decision.cause if measure.decision else "",
            measure.decision.action if measure.decision else "",
            f"{measure.due_at.astimezone(zone):%d-%m-%Y}" if measure.due_at else "",
            measure_words.STATES[measure.state],
            measure.judged_by.label,
            _came_of(measure),
        )
        for measure in records.measures
    )
    header = ("Medida", "Área", "Origen", "Abierta", "Problema", "Causa", "Acción", "Plazo")
    widths = (15, 16, 16, 15, 24, 22, 24, 15)
    told = ("Estado", "Indicador", "Efecto")
    return EvidenceTable("Medidas", (*header, *told), rows, (*widths, 14, 18, 36))


def _came_of(measure: Measure) -> str:
    """The measured effect, or why the signal led to no measure."""
    if measure.measured is not None:
        return effect_text(measure.measured, measure.judged_by)
    ending = measure.ending
    return f"Sin medida: {ending.reason}" if isinstance(ending, Declined) else ""


def runs(records: Records) -> EvidenceTable:
    """The control runs, with how many points each judged."""
    rows = tuple(
        (
            _week(IsoWeek.parse(run.week)),
            str(len(run.areas)),
            str(judged_of(run)),
            str(signals_of(run)),
        )
        for run in records.runs
    )
    header = ("Semana", "Áreas", "Con una medición nueva", "Señales")
    return EvidenceTable("Controles", header, rows, (26, 12, 24, 12))


def digests(records: Records) -> EvidenceTable:
    """The published digests, with how many staff addresses got each."""
    rows = tuple((_week(week), str(records.readers.get(week, 0))) for week in records.published)
    return EvidenceTable("Resúmenes", ("Semana", "Direcciones del personal"), rows, (26, 26))


def _week(week: IsoWeek) -> str:
    """A week's name with its year."""
    return f"{week.week} de {week.year}, desde el {week.monday:%d-%m-%Y}"


def readings(found: Indicators, release: Release) -> EvidenceTable:
    """How many staff understood the policy, for each area that is shown on its own."""
    rows = sorted(
        (
            release.area_name(area) or "Todo el municipio",
            str(reading.part),
            str(reading.n),
            f"{percent(reading.part, reading.n)} %",
        )
        for area, reading in readings_shown(found.digest).items()
    )
    header = ("Área", "Leyeron y comprendieron", "Personas", "Porcentaje")
    return EvidenceTable("Lectura de la política", header, tuple(rows), (30, 24, 14, 14))


def staff_answers(records: Records, release: Release) -> EvidenceTable:
    """Every figure of every round of questions to staff, and the areas without one."""
    rows: list[tuple[str, ...]] = []
    for staff_round in records.rounds:
        for area in by_name(release.content.areas):
            found = [told for told in figures_of(records, staff_round, area.id) if told.is_told]
            rows += [
                (staff_round.number, area.short_name, told.question, staff_words.value_text(told))
                for told in found
            ]
            if not found:
                missing = f"{MISSING}{staff_words.TOO_FEW}."
                rows.append((staff_round.number, area.short_name, "Todas", missing))
    header = ("Cuestionario", "Área", "Pregunta", "Respuesta")
    return EvidenceTable("Cuestionarios al personal", header, tuple(rows), (14, 18, 40, 44))
