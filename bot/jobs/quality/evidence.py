"""What proves each commitment of the quality policy: sentences from what is stored now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.jobs.quality.indicators import Indicators, load_indicators
from bot.reports.quality import assessment_words, measure_words, staff_words
from bot.reports.quality.charts import chart_words
from bot.reports.quality.evidence.evidence_file import MISSING, Evidenced, EvidenceFile, Table
from bot.reports.words import digest_words, figure_words
from handlers.assessments.assessments import Assessment, newest_validated
from handlers.assessments.gaps import measures_of
from handlers.assessments.rounds import Counts, Round, StaffFigure, figure
from handlers.content.model import Content
from handlers.content.quality import Commitment, Evidence
from handlers.indicators.places import LEAST_STAFF
from handlers.indicators.values import is_covered
from handlers.measures.measures import Measure, State
from handlers.quality.control import ControlRun, Standing
from handlers.quality.intervals import percent
from handlers.quality.parts import by_name
from handlers.quality.suppression import THRESHOLD
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.assessments import rounds
from storage.assessments import steps as assessment_steps
from storage.cases.timeliness import Timeliness, timeliness
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.measures.steps import everything
from storage.quality import control, digests
from storage.staff.readings import readings


@dataclass(frozen=True, slots=True)
class Proof:
    """One sentence; ``is_missing``: it says that there is nothing yet."""

    text: str
    is_missing: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """What is on record beside the figures, oldest first."""

    runs: list[ControlRun]
    measures: list[Measure]
    cases: Timeliness
    published: list[IsoWeek]
    readers: dict[IsoWeek, int]  # of each week's digest
    understood: dict[str, tuple[int, int]]  # by area: staff who understood the policy, and all
    assessed: dict[str, Assessment]  # the newest validated one of each area
    rounds: list[Round]  # questionnaires to staff that are closed
    staff_counts: Mapping[str, Mapping[str, Counts]]  # their answers, by area and round

    @property
    def answered(self) -> assessment_words.Measures:
        """The measures that gaps opened."""
        return {one.number: measures_of(one, self.measures) for one in self.assessed.values()}


NOTHING = Proof("Aún no hay cifras publicadas.", is_missing=True)


async def load_records(
    database: Database, keyring: Keyring, release: Release, now: datetime
) -> Records:
    """Everything on one snapshot. Raises StorageUnavailable."""
    policy = release.content.policy

    def read(tx: Transaction) -> Records:
        closed = [one for one in rounds.everything(tx) if not one.is_open(now)]
        return Records(
            control.kept_runs(tx),
            everything(tx, keyring, release.content.zone),
            timeliness(tx, now),
            [one.week for one in reversed(digests.weeks_published(tx))],
            digests.readers_by_week(tx),
            readings(tx, policy.edition) if policy is not None else {},
            newest_validated(assessment_steps.everything(tx, keyring)),
            closed,
            rounds.counts(tx, closed),
        )

    return await database.read(read)


async def load_evidence(
    database: Database,
    keyring: Keyring,
    release: Release,
    now: datetime,
    advance: Callable[[], None] = lambda: None,
) -> EvidenceFile | None:
    """Each commitment with its evidence or what is missing; None: the content has no policy."""
    content = release.content
    if content.policy is None:
        return None
    found = await load_indicators(database, release)
    records = await load_records(database, keyring, release, now)
    commitments = []
    for commitment in content.policy.commitments:
        commitments.append(_evidenced(commitment, content, found, records))
        advance()
    return EvidenceFile(
        municipality=content.municipality,
        policy=content.policy,
        made_at=now.astimezone(content.zone),
        made_up=found.digest is not None and found.digest.made_up,
        commitments=tuple(commitments),
        tables=(
            _figures(found),
            assessment_words.table(records.assessed, records.answered, release),
            _measures(records, release),
            _runs(records),
            _digests(records),
            _readings(records, release),
            _staff_answers(records, release),
        ),
        notes=digest_words.notes(found.digest) if found.digest else (),
    )


def proof(kind: Evidence, content: Content, found: Indicators, records: Records) -> Proof:
    """What is there now of one kind of evidence."""
    match kind:
        case Evidence.ANSWERS:
            return _answers(found)
        case Evidence.SATISFACTION:
            return _satisfaction(found)
        case Evidence.LOOKUPS:
            told = digest_words.lookup_text(found.digest) if found.digest else ""
            if not told or found.week is None:
                return Proof("Aún no se publica cuántas consultas hubo.", is_missing=True)
            return Proof(f"Semana {found.week.week}: {told}")
        case Evidence.ONLINE:
            able = sum(service.online is True for service in content.services)
            said = f"{able} de {len(content.services)} trámites se pueden hacer en línea."
            return Proof(said, is_missing=not able)
        case Evidence.COVERAGE:
            with_service = {service.area for service in content.services}
            able = sum(area.id in with_service for area in content.areas)
            whole = sum(is_covered(area, content) for area in content.areas)
            said = (
                f"{able} de {len(content.areas)} áreas tienen trámites con ficha; {whole} tienen"
                " además cuestionario, responsable y ficha confirmada."
            )
            return Proof(said, is_missing=not able)
        case Evidence.SOURCED:
            able = sum(service.verified for service in content.services)
            said = f"{able} de {len(content.services)} fichas se apoyan en una fuente publicada."
            return Proof(said, is_missing=not able)
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
            return _reading(records)
        case Evidence.STAFF_ANSWERS:
            return _staff_told(content, records)
        case Evidence.DESKS:
            return _desks(content)
        case _:
            assert_never(kind)


def _evidenced(
    commitment: Commitment, content: Content, found: Indicators, records: Records
) -> Evidenced:
    proofs = [proof(kind, content, found, records) for kind in commitment.evidence]
    missing = [one.text for one in proofs if one.is_missing]
    if commitment.gap is not None:
        missing.append(commitment.gap)
    proved = tuple(one.text for one in proofs if not one.is_missing)
    return Evidenced(commitment.title, commitment.text, proved, tuple(missing))


def _answers(found: Indicators) -> Proof:
    n = sum(point.n for one in found.areas for point in one.chart.points)
    areas = sum(bool(one.chart.points) for one in found.areas)
    if not n:
        return NOTHING
    where = "un área" if areas == 1 else f"{areas} áreas"
    return Proof(f"{figure_words.answers(n)} en mediciones publicadas de {where}.")


def _satisfaction(found: Indicators) -> Proof:
    if found.digest is None or found.digest.total is None or found.week is None:
        return NOTHING
    total = found.digest.total
    where = "un área" if total.areas == 1 else f"{total.areas} áreas"
    share = figure_words.share_text(total.satisfied)
    return Proof(f"Semana {found.week.week}: {share} puso nota 6 o 7, en {where}.")


def _control(records: Records) -> Proof:
    if not records.runs:
        return Proof("Aún no se ha hecho un control.", is_missing=True)
    run = records.runs[-1]
    week = IsoWeek.parse(run.week)
    signals, judged = _signals(run), _judged(run)
    counted = "1 señal de cambio" if signals == 1 else f"{signals} señales de cambio"
    new = "1 medición nueva" if judged == 1 else f"{judged} mediciones nuevas"
    return Proof(
        f"Control de la semana {week.week} de {week.year}: se revisaron {len(run.areas)} áreas;"
        f" {new}, {counted}."
    )


def _assessed(content: Content, records: Records) -> Proof:
    areas = {area.id for area in content.areas}
    newest = {area: one for area, one in records.assessed.items() if area in areas}
    if not newest:
        return Proof(assessment_words.NONE_VALIDATED, is_missing=True)
    return Proof(assessment_words.told(newest, records.answered, len(areas)))


def _measures_told(records: Records) -> Proof:
    """Measures are work of the municipality, none of citizens: small numbers of them are told."""
    if not records.measures:
        return Proof("Aún no se ha abierto ninguna medida.", is_missing=True)
    effective = sum(one.state is State.EFFECTIVE for one in records.measures)
    without = sum(one.state is State.DECLINED for one in records.measures)
    still_open = len(records.measures) - effective - without
    return Proof(
        f"Medidas abiertas hasta hoy: {len(records.measures)}. Cerradas como efectivas:"
        f" {effective}; cerradas sin medida, con su motivo: {without}; en curso: {still_open}."
    )


def _cases(found: Timeliness) -> Proof:
    """A share where both of its sides have ten; else only that there are few on one."""
    late = found.due - found.in_time
    if found.due < THRESHOLD:
        return Proof("Aún son menos de 10 los casos con plazo respondidos.", is_missing=True)
    if late < THRESHOLD or found.in_time < THRESHOLD:
        few = "fuera" if late < THRESHOLD else "dentro"
        return Proof(f"De {found.due} casos con plazo, menos de {THRESHOLD} quedaron {few} de él.")
    return Proof(
        f"De {found.due} casos con plazo, {found.in_time} se respondieron dentro de él;"
        f" {late} se respondieron después o siguen sin respuesta."
    )


def _digests_told(records: Records) -> Proof:
    if not records.published:
        return Proof("Aún no se ha publicado un resumen semanal.", is_missing=True)
    last = records.published[-1]
    readers = records.readers.get(last, 0)
    return Proof(
        f"Resúmenes semanales publicados: {len(records.published)}. El último, de la semana"
        f" {last.week} de {last.year}, se envió a {readers} direcciones del personal."
    )


def _reading(records: Records) -> Proof:
    """Of the areas that are shown alone: a total with the others would tell theirs."""
    shown = _readings_shown(records)
    if not shown:
        said = f"Aún no hay un área en que la hayan leído y comprendido {THRESHOLD} personas."
        return Proof(said, is_missing=True)
    read, staff = (sum(counts) for counts in zip(*shown.values(), strict=True))
    where = "un área" if len(shown) == 1 else f"{len(shown)} áreas"
    return Proof(
        f"Leyeron y comprendieron la política {read} de {staff} personas de {where}"
        f" ({percent(read, staff)} %)."
    )


def _staff_told(content: Content, records: Records) -> Proof:
    """Of the newest round: in how many areas there is a figure. No number of people is in it."""
    if not records.rounds:
        return Proof("Aún no se ha hecho un cuestionario al personal.", is_missing=True)
    newest = max(records.rounds, key=lambda one: (one.closes_at, one.number))
    told = sum(
        any(one.is_told for one in _figures_of(records, newest, area.id)) for area in content.areas
    )
    said = f"Cuestionario al personal {newest.number}, «{newest.title}»"
    if not told:
        return Proof(f"{said}: sin respuestas suficientes en las áreas.", is_missing=True)
    return Proof(f"{said}: {told} de {len(content.areas)} áreas tienen cifras.")


def _staff_answers(records: Records, release: Release) -> Table:
    """Every figure of every round, and the areas without any."""
    rows: list[tuple[str, ...]] = []
    for one in records.rounds:
        for area in by_name(release.content.areas):
            found = [told for told in _figures_of(records, one, area.id) if told.is_told]
            rows += [
                (one.number, area.short_name, told.question, staff_words.value_text(told))
                for told in found
            ]
            if not found:
                missing = f"{MISSING}{staff_words.TOO_FEW}."
                rows.append((one.number, area.short_name, one.title, missing))
    header = ("Cuestionario", "Área", "Pregunta", "Respuesta")
    return Table("Cuestionarios al personal", header, tuple(rows), (14, 18, 40, 44))


def _figures_of(records: Records, one: Round, area: str) -> list[StaffFigure]:
    counts = records.staff_counts.get(area, {}).get(one.number, {})
    return [figure(one, question, counts) for question in one.questions]


def _desks(content: Content) -> Proof:
    """A gap for as long as one is left: its grades are told with its area, whoever attends."""
    desks = content.desks
    known = sum(desk.staff is not None for desk in desks)
    if not desks:
        return Proof("No hay mesones con su propio código QR.", is_missing=True)
    if known < len(desks):
        return Proof(
            f"Se sabe cuántas personas atienden en {known} de {len(desks)} mesones. Las notas de"
            " los demás se cuentan con su área.",
            is_missing=True,
        )
    apart = sum((desk.staff or 0) >= LEAST_STAFF for desk in desks)
    return Proof(
        f"{apart} de {len(desks)} mesones se miden aparte: en ellos atienden {LEAST_STAFF} personas"
        " o más."
    )


def _readings(records: Records, release: Release) -> Table:
    rows = sorted(
        (
            release.area_name(area) or "Todo el municipio",
            str(read),
            str(staff),
            f"{percent(read, staff)} %",
        )
        for area, (read, staff) in _readings_shown(records).items()
    )
    header = ("Área", "Leyeron y comprendieron", "Personas", "Porcentaje")
    return Table("Lectura de la política", header, tuple(rows), (30, 24, 14, 14))


def _readings_shown(records: Records) -> dict[str, tuple[int, int]]:
    """Areas in which ten understood it. Whoever left may have been one of them."""
    return {
        area: (min(read, staff), staff)
        for area, (read, staff) in records.understood.items()
        if min(read, staff) >= THRESHOLD
    }


def _figures(found: Indicators) -> Table:
    rows = []
    for one in found.areas:
        said = one.digest and (one.digest.latest or one.digest)
        if one.digest is None or not said or not (said.satisfied or said.bound):
            rows.append((one.area.short_name, "aún sin cifra", "", ""))
            continue
        last = one.digest.latest.last_week if one.digest.latest else str(found.week)
        rest = figure_words.headline_rest(said, last)
        rows.append(
            (
                one.area.short_name,
                figure_words.headline_percent(said),
                rest if "semana" in rest else f"{rest} · semana {IsoWeek.parse(last).week}",
                chart_words.title(one.chart, one.area.short_name),
            )
        )
    header = ("Área", "Nota 6 o 7", "Margen, respuestas y semanas", "Gráfico de control")
    return Table("Cifras por área", header, tuple(rows), (22, 14, 42, 50))


def _measures(records: Records, release: Release) -> Table:
    zone = release.content.zone
    rows = tuple(
        (
            one.number,
            release.area_name(one.area),
            measure_words.ORIGINS[one.opened.origin],
            f"{one.opened_at.astimezone(zone):%d-%m-%Y}",
            measure_words.STATES[one.state],
            one.decision.action if one.decision else "",
            measure_words.effect_text(one.measured) if one.measured else "",
        )
        for one in records.measures
    )
    header = ("Medida", "Área", "Origen", "Abierta", "Estado", "Acción", "Efecto")
    return Table("Medidas", header, rows, (12, 16, 18, 12, 18, 28, 44))


def _runs(records: Records) -> Table:
    rows = tuple(
        (run.week, str(len(run.areas)), str(_judged(run)), str(_signals(run)))
        for run in records.runs
    )
    header = ("Semana", "Áreas", "Con una medición nueva", "Señales")
    return Table("Controles", header, rows, (14, 12, 24, 12))


def _digests(records: Records) -> Table:
    rows = tuple((str(week), str(records.readers.get(week, 0))) for week in records.published)
    return Table("Resúmenes", ("Semana", "Direcciones del personal"), rows, (14, 26))


def _signals(run: ControlRun) -> int:
    return len(run.standing(Standing.SIGNAL))


def _judged(run: ControlRun) -> int:
    return _signals(run) + len(run.standing(Standing.QUIET))
