"""Self-assessments in Spanish: periods, gaps, and the section of the accreditation file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.reports.quality import staff_words
from bot.reports.quality.evidence.evidence_file import MISSING, EvidenceTable
from handlers.assessments.assessments import Assessment, MissingPart
from handlers.assessments.steps import Answer, AssessmentStep, Criterion, Opened, Saved, Validated
from handlers.quality.parts import by_name
from handlers.release import Release

LACKS = {
    MissingPart.SCORE: "el puntaje",
    MissingPart.EVIDENCE: "la evidencia",
    MissingPart.GAP: "qué brecha hay",
}
NONE_VALIDATED = "Aún no hay autoevaluaciones validadas."
_HALVES = {"S1": "primer semestre", "S2": "segundo semestre"}
_DID = {Opened: "La abrió", Saved: "La guardó", Validated: "La validó"}

Measures = Mapping[str, Mapping[str, str]]
"""Numbers of the measures opened by gaps, by self-assessment and criterion."""


def period(code: str) -> str:
    """``año 2026``, ``primer semestre de 2026``."""
    year, _, half = code.partition("-")
    return f"{_HALVES[half]} de {year}" if half in _HALVES else f"año {year}"


def lacking(lacks: Sequence[MissingPart]) -> str:
    """``falta el puntaje y la evidencia``; empty if nothing is missing."""
    *first, last = [LACKS[lack] for lack in lacks] or [""]
    listed = f"{', '.join(first)} y {last}" if first else last
    return f"falta {listed}" if listed else ""


def score(assessment: Assessment, answer: Answer) -> str:
    """``2 de 4: Se hace a veces``; empty without a score."""
    scale = assessment.edition.scale
    found = next((level for level in scale if level.score == answer.score), None)
    return f"{found.score} de {scale[-1].score}: {found.text}" if found else ""


def step_text(step: AssessmentStep, names: Mapping[int, str]) -> str:
    """``La validó Ana``."""
    return f"{_DID[type(step.event)]} {names.get(step.staff, 'una persona que ya no está')}"


def summary(newest: Mapping[str, Assessment], measures: Measures, areas: int) -> str:
    """How many areas have a self-assessment, and what they found.

    Small numbers are not suppressed, because they are not about citizens.
    """
    with_one = f"{len(newest)} de {areas} áreas tienen una autoevaluación validada"
    criteria = sum(len(assessment.edition.criteria) for assessment in newest.values())
    gaps = sum(len(assessment.gaps) for assessment in newest.values())
    opened = sum(len(measures.get(assessment.number, ())) for assessment in newest.values())
    return (
        f"{with_one}: {criteria} criterios con evidencia, {gaps} con brecha; de las brechas,"
        f" {opened} tienen una medida."
    )


def table(newest: Mapping[str, Assessment], measures: Measures, release: Release) -> EvidenceTable:
    """Each criterion with its evidence or gap, and each area without a self-assessment."""
    rows: list[tuple[str, ...]] = []
    areas = release.content.areas if release.content.self_assessment else ()
    for area in by_name(areas):
        found = newest.get(area.id)
        if found is None:
            none = f"{MISSING}aún sin autoevaluación validada."
            rows.append((area.short_name, "", "", "", none, "", ""))
            continue
        opened = measures.get(found.number, {})
        rows += [
            _row(area.short_name, found, criterion, opened.get(criterion.id, ""))
            for criterion in found.edition.criteria
        ]
    header = ("Área", "Período", "Criterio", "Puntaje", "Evidencia", "Brecha", "Medida")
    return EvidenceTable("Autoevaluaciones", header, tuple(rows), (16, 12, 32, 20, 36, 28, 12))


def _row(name: str, found: Assessment, criterion: Criterion, measure: str) -> tuple[str, ...]:
    answer = found.answer(criterion)
    missing = staff_words.missing(found, criterion)
    evidence = [staff_words.evidence(found, criterion), missing and f"{MISSING}{missing}"]
    is_gap = found.is_below(answer)
    return (
        name,
        period(found.period),
        f"{criterion.dimension}: {criterion.text}",
        score(found, answer),
        "\n".join(filter(None, evidence)),
        MISSING + answer.gap if is_gap else answer.gap,
        measure or ("aún sin medida" if is_gap else ""),
    )
