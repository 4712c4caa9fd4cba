"""The file for the accreditation: each commitment with its evidence, or with what is missing."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import openpyxl
import pypdfium2 as pdfium
import pytest

from bot.jobs.quality.digest import Wanted, load_digest
from bot.jobs.quality.evidence.loading import load_evidence
from bot.jobs.quality.evidence.proofs import proof
from bot.jobs.quality.evidence.records import load_records
from bot.jobs.quality.indicators import AreaIndicator, Indicators
from bot.reports.quality.evidence.evidence_file import Evidenced, EvidenceFile
from bot.reports.quality.evidence.evidence_pdf import evidence_pdf
from bot.reports.quality.evidence.evidence_xlsx import evidence_xlsx
from bot.reports.quality.staff_words import NOT_ASKED
from handlers.assessments.steps import Answer, AssessmentStep, Opened, Saved, Validated, edition_of
from handlers.content.model import Desk
from handlers.content.quality import Evidence
from handlers.facts.staff import PolicyUnderstood
from handlers.measures.steps import Closed, Declined, Measured, MeasureStep
from handlers.quality.blocks import Block
from handlers.quality.charts import MIN_POINTS
from handlers.quality.control import control_run
from handlers.quality.effects import Effect, Effectiveness, Side
from handlers.quality.parts import alphabetical
from handlers.quality.series import AreaChart
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.assessments import steps as assessments
from storage.cases.timeliness import Timeliness, timeliness
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.times import micros
from storage.measures import steps as measure_steps
from storage.quality import control
from storage.recorded_fact import RecordedFact
from storage.staff.readings import record_readings
from storage.tables.cases import case_notes, cases
from tests.bot.published import AREA, LOW, USUAL, publish_weeks
from tests.handlers.measures.weeks_of_blocks import DECIDED, done, opened
from tests.hired import hired

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DAY = timedelta(days=1)
COMMITMENTS = 6


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await open_database(sqlite_url)
    yield opened
    await opened.close()


def add_case(tx: Transaction, number: int, answered: int | None) -> None:
    """Due ten days ago; answered that many days before, if at all."""
    due, name = NOW - 10 * DAY, f"LS-2026-{number:06}"
    status = "open" if answered is None else "answered"
    tx.execute(
        cases.insert().values(
            number=name, kind="complaint", area=AREA, channel="web", status=status,
            opened_at=micros(due - 20 * DAY), changed_at=0, due_at=micros(due),
        )
    )  # fmt: skip
    if answered is not None:
        for later in (timedelta(0), 30 * DAY):  # what is said after the first answer does not count
            at = micros(due - answered * DAY + later)
            tx.execute(case_notes.insert().values(number=name, author="staff", staff_id=1, at=at))


async def made(database: Database, keyring: Keyring, release: Release) -> EvidenceFile:
    found = await load_evidence(database, keyring, release, NOW)
    assert found is not None
    return found


def commitment(found: EvidenceFile, title: str) -> Evidenced:
    return next(one for one in found.commitments if one.title == title)


def text_of(pdf: bytes) -> str:
    document = pdfium.PdfDocument(pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


async def test_an_empty_installation_names_what_is_missing(
    database: Database, keyring: Keyring, release: Release
) -> None:
    found = await made(database, keyring, release)
    assert len(found.commitments) == COMMITMENTS
    assert all(one.proved or one.missing for one in found.commitments)
    assert "Aún no se ha hecho un control." in commitment(found, "Control de indicadores").missing
    assert "Falta: Aún no hay cifras publicadas." in text_of(evidence_pdf(found))


async def test_answers_of_figures_that_make_no_measurement_are_counted(
    database: Database, keyring: Keyring, release: Release
) -> None:
    records = await load_records(database, keyring, release, NOW)
    week, area = IsoWeek(2026, 30), release.content.area_by_id[AREA]
    shown = AreaIndicator(area, None, AreaChart(AREA), blocks=(Block(AREA, week, week, 25, 40),))
    told = proof(Evidence.ANSWERS, release.content, Indicators(week, NOW, (shown,)), records)
    assert told.text == "40 respuestas en cifras publicadas de un área."


async def test_what_is_on_record_stands_with_its_commitment_in_both_forms(
    database: Database, keyring: Keyring, release: Release
) -> None:
    week = await publish_weeks(database, release, *[USUAL] * MIN_POINTS, LOW)

    def write(tx: Transaction) -> None:
        blocks = control.blocks_up_to(tx, week)
        control.add_run(tx, control_run(week, blocks, release.content.area_by_id, NOW))
        for number in range(30):
            add_case(tx, number, answered=5 if number < 18 else -5 if number < 26 else None)

    await database.write(write)
    assert await database.read(lambda tx: timeliness(tx, NOW)) == Timeliness(26, 18, 4)
    found = await made(database, keyring, release)
    told = commitment(found, "Satisfacer a la comunidad").proved
    assert any(one.startswith("De 30 casos con plazo, 18 se respondieron") for one in told)
    run = "Control de la semana 42 de 2026: se revisaron 28 áreas; 1 medición nueva, 1 señal de "
    run += "cambio."
    assert run in commitment(found, "Control de indicadores").proved

    pages = " ".join(text_of(evidence_pdf(found)).split())
    book = openpyxl.load_workbook(io.BytesIO(evidence_xlsx(found)))
    sheet = [cell for row in book["Compromisos"].iter_rows(values_only=True) for cell in row]
    assert run in pages
    assert run in sheet
    missing = "Falta: Se sabe cuántas consultas son de trámites en línea, no cuántas personas"
    assert f"{missing} se ahorraron la visita." in sheet
    figures = list(book["Cifras por área"].iter_rows(values_only=True))
    assert len(figures) == len(release.content.areas) + 1
    assert next(row for row in figures if row[0] == "Tránsito")[1] == "42 %"
    controlled = list(book["Controles"].iter_rows(min_row=2, values_only=True))
    assert controlled[-1] == ("42 de 2026, desde el 12-10-2026", 28, 1, 1)


async def test_a_side_of_the_cases_under_ten_is_no_number(
    database: Database, keyring: Keyring, release: Release
) -> None:
    def write(tx: Transaction) -> None:
        for number in range(15):
            add_case(tx, number, answered=5 if number < 12 else None)

    await database.write(write)
    told = commitment(await made(database, keyring, release), "Satisfacer a la comunidad").proved
    assert told[0] == "De 15 casos con plazo, menos de 10 quedaron fuera del plazo."
    assert told[1].endswith("se anota en un registro. Aún no hay ninguno cerrado.")


@pytest.mark.parametrize(
    ("staff", "proved", "said"),
    [
        ((), False, "No hay mesones con su propio código QR."),
        ((None, None), False, "De ningún mesón se sabe cuántas personas atienden ahí. "),
        ((4, None), False, "De 1 de los 2 mesones aún no se sabe cuántas personas atienden ahí."),
        ((4, 2, 3), True, "2 de 3 mesones se miden aparte: en ellos atienden 3 personas o más."),
    ],
)
async def test_a_desk_of_which_nobody_says_how_many_attend_is_a_gap(
    database: Database,
    keyring: Keyring,
    release: Release,
    staff: tuple[int | None, ...],
    proved: bool,
    said: str,
) -> None:
    desks = tuple(
        Desk(token=f"Meson{n}", name="Mesón", area=AREA, staff=count)
        for n, count in enumerate(staff)
    )
    changed = replace(release, content=release.content.model_copy(update={"desks": desks}))
    told = commitment(await made(database, keyring, changed), "Control de indicadores")
    of_desks = [one for one in (told.proved if proved else told.missing) if "mes" in one]
    assert [one.startswith(said) for one in of_desks] == [True]


async def test_who_understood_the_policy_is_told_of_areas_with_ten(
    database: Database, keyring: Keyring, release: Release
) -> None:
    policy = release.content.policy
    assert policy is not None

    def write(tx: Transaction) -> None:
        for area, read, people in (("transito", 12, 15), ("aseo", 9, 20)):
            for number in range(people):
                name = f"{area}{number}"
                one = hired(tx, keyring, name, f"{name}@ejemplo.cl", area, NOW - timedelta(days=7))
                if number < read:
                    fact = PolicyUnderstood(one.id, area, policy.edition)
                    record_readings(tx, keyring, [RecordedFact(fact, 1, "telegram", NOW)])

    await database.write(write)
    found = await made(database, keyring, release)
    assert commitment(found, "Desarrollo del personal").proved == (), "only a digest tells it"
    wanted = Wanted(IsoWeek(2026, 47), NOW)
    await load_digest(database, keyring, release, wanted, freeze=True)
    found = await made(database, keyring, release)
    (told,) = commitment(found, "Desarrollo del personal").proved
    assert told == "Leyeron y comprendieron la política 12 de 15 personas de un área (80 %)."
    table = next(one for one in found.tables if one.title == "Lectura de la política")
    assert table.rows == (("Tránsito", "12", "15", "80 %"),)


async def test_why_there_is_no_measure_and_what_could_not_be_told_stand_in_the_file(
    database: Database, keyring: Keyring, release: Release
) -> None:
    few = Effect(Effectiveness.TOO_FEW, Side(10, 20), Side(6, 12), None, Side(), Side(), None)
    acted = (DECIDED, done(), Measured("2026-W40", few, True), Closed("Hay otra caja"))

    def write(tx: Transaction) -> None:
        for events in ((Declined("Fue el temporal", "Pasó"),), acted):
            first = MeasureStep(NOW, 0, opened(AREA))
            number = measure_steps.open_one(tx, keyring, first, release.content.zone)
            for event in events:
                one = measure_steps.find_measure(tx, keyring, release.content.zone, number)
                assert one is not None
                assert measure_steps.add(tx, keyring, one, MeasureStep(NOW, 1, event))

    await database.write(write)
    found = await made(database, keyring, release)
    table = next(one for one in found.tables if one.title == "Medidas")
    assert [(row[8], row[-1]) for row in table.rows] == [
        ("cerrada sin medida", "Sin medida: Fue el temporal"),
        (
            "cerrada sin respuestas suficientes",
            "No hubo respuestas suficientes para medir su efecto. Hubo 20 respuestas antes y 12"
            " después; hacen falta 50 de cada lado.",
        ),
    ]
    told = commitment(found, "Mejora continua").proved
    assert (
        "2 veces hubo que decidir una medida: en 1, no se sabe si sirvió, porque respondieron"
        " pocos; en 1, no se tomó una medida, y se dijo por qué."
    ) in told


async def test_each_criterion_stands_with_its_evidence_or_its_gap(
    database: Database, keyring: Keyring, release: Release
) -> None:
    criteria = release.content.self_assessment
    assert criteria is not None
    edition = edition_of(criteria)
    answers = {one.id: Answer(3, f"Acta de {one.id}") for one in edition.criteria}
    answers["metas"] = Answer(1, "No hay acta", "Memo 4", "Nadie fijó metas")

    def add(tx: Transaction, staff_id: int, event: Saved | Validated) -> None:
        found = assessments.find_assessment(tx, keyring, "A-2026-001")
        assert found is not None
        assert assessments.add(tx, keyring, found, AssessmentStep(NOW, staff_id, event))

    def write(tx: Transaction) -> None:
        first = AssessmentStep(NOW, 1, Opened("transito", "2026-S1", edition))
        assessments.open_one(tx, keyring, first, release.content.zone)
        add(tx, 1, Saved(answers))

    await database.write(write)
    found = await made(database, keyring, release)
    none = "Aún no hay autoevaluaciones validadas."
    assert none in commitment(found, "Mejora continua").missing, "a draft proves nothing"
    await database.write(lambda tx: add(tx, 2, Validated()))
    found = await made(database, keyring, release)
    assert (
        "1 de 28 áreas tienen una autoevaluación validada: 10 criterios con evidencia, 1 con"
        " brecha; de las brechas, 0 tienen una medida."
    ) in commitment(found, "Mejora continua").proved
    table = next(one for one in found.tables if one.title == "Autoevaluaciones")
    areas = list(dict.fromkeys(row[0] for row in table.rows))
    assert areas == sorted(areas, key=alphabetical), "none is ranked"
    told = [row for row in table.rows if row[0] == "Tránsito"]
    assert [row[1] for row in told] == ["primer semestre de 2026"] * 10
    assert told[0][3:] == (
        "1 de 4: No se hace", f"No hay acta (Memo 4)\nFalta: {NOT_ASKED}",
        "Falta: Nadie fijó metas", "aún sin medida",
    )  # fmt: skip
    assert told[1][3:] == (
        "3 de 4: Se hace siempre y está escrito", "Acta de seguimiento", "", "",
    )  # fmt: skip
    others = [row for row in table.rows if row[0] != "Tránsito"]
    assert len(others) == 27
    assert {row[4] for row in others} == {"Falta: aún sin autoevaluación validada."}
    assert "Falta: Nadie fijó metas" in " ".join(text_of(evidence_pdf(found)).split())
    book = openpyxl.load_workbook(io.BytesIO(evidence_xlsx(found)))
    assert book["Autoevaluaciones"].max_row == 1 + 10 + 27
