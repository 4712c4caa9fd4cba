"""The evidence of each kind, as Spanish sentences about what is stored now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.jobs.quality.evidence.records import (
    Records,
    figures_of,
    judged_of,
    readings_shown,
    signals_of,
)
from bot.jobs.quality.indicators import Indicators
from bot.reports.quality import assessment_words
from bot.reports.words import digest_words, figure_words
from handlers.content.model import Content
from handlers.content.quality import Evidence
from handlers.indicators.places import LEAST_STAFF
from handlers.indicators.values import is_covered
from handlers.measures.measures import State
from handlers.quality.intervals import percent
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from storage.cases.timeliness import Timeliness


@dataclass(frozen=True, slots=True)
class Proof:
    """One sentence. ``is_missing``: it says that there is no evidence yet."""

    text: str
    is_missing: bool = False


_BREACHES = "Si alguien accede sin permiso a datos de personas, el caso se anota en un registro."
NOTHING = Proof("Aún no hay cifras publicadas.", is_missing=True)


def proof(kind: Evidence, content: Content, found: Indicators, records: Records) -> Proof:
    """The sentence for one kind of evidence."""
    match kind:
        case Evidence.ANSWERS:
            return _answers(found)
        case Evidence.SATISFACTION:
            return _satisfaction(found)
        case Evidence.LOOKUPS:
            return _lookups(found)
        case Evidence.ONLINE:
            return _online(content)
        case Evidence.COVERAGE:
            return _coverage(content)
        case Evidence.SOURCED:
            return _sourced(content)
        case Evidence.CONTROL:
            return _control(records)
        case Evidence.SELF_ASSESSMENTS:
            return _assessed(content, records)
        case Evidence.MEASURES:
            return _measures_told(records)
        case Evidence.CASES:
            return _cases(records.cases)
        case Evidence.DIGESTS:
            return _digests_told(records)
        case Evidence.READING:
            return _reading(found)
        case Evidence.STAFF_ANSWERS:
            return _staff_told(content, records)
        case Evidence.BREACHES:
            return _breaches(records)
        case Evidence.DESKS:
            return _desks(content)
        case _:
            assert_never(kind)


def _answers(found: Indicators) -> Proof:
    """All answers in the published blocks, including those not yet enough for a measurement."""
    n = sum(block.n for area in found.areas for block in area.blocks)
    areas = sum(bool(area.blocks) for area in found.areas)
    if not n:
        return NOTHING
    where = "un área" if areas == 1 else f"{areas} áreas"
    return Proof(f"{figure_words.answers(n)} en cifras publicadas de {where}.")


def _breaches(records: Records) -> Proof:
    """Only closed breaches: the public page says the same, and the people affected come first."""
    closed = sum(breach.is_closed for breach in records.breaches)
    if not closed:
        return Proof(f"{_BREACHES} Aún no hay ninguno cerrado.")
    some = "Uno está cerrado" if closed == 1 else f"{closed} están cerrados"
    return Proof(f"{_BREACHES} {some} como pide la ley.")


def _satisfaction(found: Indicators) -> Proof:
    if found.digest is None or found.digest.total is None or found.week is None:
        return NOTHING
    outside = digest_words.outside_total_text(found.digest)
    total = found.digest.total
    where = "un área" if total.areas == 1 else f"{total.areas} áreas"
    share = figure_words.share_text(total.satisfied)
    said = f"Semana {found.week.week}: {share} puso nota 6 o 7, en {where}."
    return Proof(f"{said} {outside}" if outside else said)


def _lookups(found: Indicators) -> Proof:
    told = digest_words.lookup_text(found.digest) if found.digest else ""
    if not told or found.week is None:
        return Proof("Aún no se publica cuántas consultas hubo.", is_missing=True)
    return Proof(f"Semana {found.week.week}: {told}")


def _online(content: Content) -> Proof:
    able = sum(service.online is True for service in content.services)
    sentence = f"{able} de {len(content.services)} trámites se pueden hacer en línea."
    return Proof(sentence, is_missing=not able)


def _coverage(content: Content) -> Proof:
    with_service = {service.area for service in content.services}
    able = sum(area.id in with_service for area in content.areas)
    whole = sum(is_covered(area, content) for area in content.areas)
    sentence = (
        f"{able} de {len(content.areas)} áreas tienen información de sus trámites; {whole} tienen"
        " además preguntas para opinar, un responsable y su información revisada."
    )
    return Proof(sentence, is_missing=not able)


def _sourced(content: Content) -> Proof:
    able = sum(service.verified for service in content.services)
    sentence = (
        f"La información de {able} de {len(content.services)} trámites viene de una fuente"
        " publicada; la de las áreas no se cuenta aquí."
    )
    return Proof(sentence, is_missing=not able)


def _control(records: Records) -> Proof:
    if not records.runs:
        return Proof("Aún no se ha hecho un control.", is_missing=True)
    run = records.runs[-1]
    week = IsoWeek.parse(run.week)
    signals, judged = signals_of(run), judged_of(run)
    counted = "1 señal de cambio" if signals == 1 else f"{signals} señales de cambio"
    new = "1 medición nueva" if judged == 1 else f"{judged} mediciones nuevas"
    areas = "se revisó 1 área" if len(run.areas) == 1 else f"se revisaron {len(run.areas)} áreas"
    return Proof(f"Control de la semana {week.week} de {week.year}: {areas}; {new}, {counted}.")


def _assessed(content: Content, records: Records) -> Proof:
    areas = {area.id for area in content.areas}
    newest = {area: assessment for area, assessment in records.assessed.items() if area in areas}
    if not newest:
        return Proof(assessment_words.NONE_VALIDATED, is_missing=True)
    return Proof(assessment_words.summary(newest, records.answered, len(areas)))


def _measures_told(records: Records) -> Proof:
    """Not suppressed, however few: measures are the municipality's work, not citizens'."""
    if not records.measures:
        return Proof("Aún no se ha abierto ninguna medida.", is_missing=True)
    effective = sum(measure.state is State.EFFECTIVE for measure in records.measures)
    without = sum(measure.state is State.DECLINED for measure in records.measures)
    too_few = sum(measure.state is State.TOO_FEW for measure in records.measures)
    still_open = sum(measure.is_open for measure in records.measures)
    each = (
        (effective, "la medida sirvió"),
        (too_few, "no se sabe si sirvió, porque respondieron pocos"),
        (without, "no se tomó una medida, y se dijo por qué"),
        (still_open, "sigue en curso"),
    )
    told = "; ".join(f"en {count}, {said}" for count, said in each if count)
    count = len(records.measures)
    times = "Una vez" if count == 1 else f"{count} veces"
    return Proof(f"{times} hubo que decidir una medida: {told}.")


def _cases(found: Timeliness) -> Proof:
    """The share answered in time if both sides have 10 cases; else only that one has few."""
    late = found.due - found.in_time
    if found.due < THRESHOLD:
        return Proof("Aún son menos de 10 los casos con plazo respondidos.", is_missing=True)
    if late < THRESHOLD or found.in_time < THRESHOLD:
        few = "fuera" if late < THRESHOLD else "dentro"
        return Proof(
            f"De {found.due} casos con plazo, menos de {THRESHOLD} quedaron {few} del plazo."
        )
    return Proof(
        f"De {found.due} casos con plazo, {found.in_time} se respondieron a tiempo;"
        f" {late} se respondieron después o siguen sin respuesta."
    )


def _digests_told(records: Records) -> Proof:
    if not records.published:
        return Proof("Aún no se ha publicado un resumen semanal.", is_missing=True)
    last = records.published[-1]
    readers = records.readers.get(last, 0)
    sent_to = figure_words.how_many(readers, "dirección", "direcciones")
    return Proof(
        f"Resúmenes semanales publicados: {len(records.published)}. El último, de la semana"
        f" {last.week} de {last.year}, se envió a {sent_to} del personal."
    )


def _reading(found: Indicators) -> Proof:
    """Only of areas shown on their own: a total would reveal the suppressed ones."""
    shown = readings_shown(found.digest)
    if not shown:
        sentence = (
            f"Aún no hay un área en que {THRESHOLD} personas que trabajan ahí hayan leído y"
            " comprendido esta política."
        )
        return Proof(sentence, is_missing=True)
    read, staff = (
        sum(getattr(reading, name) for reading in shown.values()) for name in ("part", "n")
    )
    where = "un área" if len(shown) == 1 else f"{len(shown)} áreas"
    return Proof(
        f"Leyeron y comprendieron la política {read} de {staff} personas de {where}"
        f" ({percent(read, staff)} %)."
    )


def _staff_told(content: Content, records: Records) -> Proof:
    """In how many areas the newest round gave a figure; no number of people."""
    if not records.rounds:
        return Proof("Aún no se ha hecho un cuestionario al personal.", is_missing=True)
    newest = max(
        records.rounds, key=lambda staff_round: (staff_round.closes_at, staff_round.number)
    )
    told = sum(
        any(figure.is_told for figure in figures_of(records, newest, area.id))
        for area in content.areas
    )
    sentence = f"Cuestionario al personal {newest.number}, «{newest.title}»"
    if not told:
        return Proof(f"{sentence}: sin respuestas suficientes en las áreas.", is_missing=True)
    have = "tiene" if told == 1 else "tienen"
    return Proof(f"{sentence}: {told} de {len(content.areas)} áreas {have} cifras.")


def _desks(content: Content) -> Proof:
    """Missing while any desk's staff is unknown: its grades then count only with its area's."""
    desks = content.desks
    known = sum(desk.staff is not None for desk in desks)
    if not desks:
        return Proof("No hay mesones con su propio código QR.", is_missing=True)
    if known < len(desks):
        some = f"{len(desks) - known} de los {len(desks)} mesones aún no"
        which = some if known else "ningún mesón"
        return Proof(
            f"De {which} se sabe cuántas personas atienden ahí. Sus notas se cuentan solo con las"
            " de su área.",
            is_missing=True,
        )
    apart = sum((desk.staff or 0) >= LEAST_STAFF for desk in desks)
    return Proof(
        f"{apart} de {len(desks)} mesones se miden aparte: en ellos atienden {LEAST_STAFF} personas"
        " o más."
    )
