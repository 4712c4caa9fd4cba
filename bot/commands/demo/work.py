"""Made-up work for the demonstration's panel: templates, a wrong card, the desk, a right."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle

from bot.commands.demo.taking import ACCOUNT, largest_area, office_hour, take, web_sender
from handlers.assessments import steps as assessing
from handlers.assessments.rounds import Round, RoundQuestion, round_questions, staff_questionnaires
from handlers.cases.deadlines import calendar_of, first_term
from handlers.content.questionnaires.definition import QuestionKind
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.own_data import Right, RightUsed
from handlers.facts.staff import StaffAnswered
from handlers.measures.after_run import before_week, decide_by
from handlers.measures.steps import Decided, MeasureStep, Meeting, Opened, Origin
from handlers.messages import DeskSource
from handlers.privacy.breaches import steps as breaching
from handlers.privacy.breaches.due import report_by
from handlers.privacy.due import due
from handlers.quality.weeks import IsoWeek
from handlers.release import DEFAULT_LANGUAGE, Release
from storage.assessments import rounds
from storage.assessments import steps as assessments
from storage.cases import entering
from storage.cases.answers import templates
from storage.cases.answers.templates import AnswerTemplate
from storage.cases.entering import DeskEntry
from storage.contacts.needs import next_case_number
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.privacy.breaches import steps as breaches
from storage.quality import card_reports
from storage.quality.card_reports import NewReport

TEMPLATES = (
    ("", "Agradecer y decir cuándo", "Gracias por avisar. Lo vemos esta semana."),
    ("", "Falta un dato", "Para avanzar con {numero} nos falta un dato. ¿Puede decirnos la calle?"),
    ("transito", "Hora para licencia", "Le guardamos una hora. Traiga su carnet y la licencia."),
)
WRONG = "La ficha dice que se atiende hasta las 14:00, y en la puerta dice 13:30."
ON_PAPER = "Pide más bancas en la sala de espera, por las personas mayores."
MEETING = ("Reunión mensual del área, sala de reuniones", 7)
PROBLEM = "En la entrada no se ve qué ventanilla atiende cada trámite."
CAUSE = "Los letreros son anteriores al cambio de ventanillas."
ACTION = "Poner letreros nuevos en la entrada y en cada ventanilla."
ANSWERS = (
    assessing.Answer(3, "Las metas del año están en la sala de personal.", "Acta de marzo"),
    assessing.Answer(2, "Se revisan cuando alguien lo pide.", gap="No hay fechas fijas."),
)
ENOUGH = assessing.Answer(3, "Está escrito y se revisa dos veces al año.", "Carpeta del área")
STAFF_ASKED, GOOD = 30, (13, 19, 11, 16)
"""How many of an area's staff answer a questionnaire, and how many of them say yes or give a good
grade, question by question."""

LOST = "Se mandó a una dirección equivocada una planilla con comentarios."
LOST_EFFECTS = "Alguien ajeno al municipio puede leer lo que esas personas comentaron."
LOST_MEASURES = "Se pidió borrarla, y las planillas ya no se mandan por correo."
RIGHT = "Aparezco con un nombre que no es el mío."


def add_work(
    keyring: Keyring, release: Release, now: datetime, staff_id: int, head: int, tx: Transaction
) -> None:
    """Fill the panel with what a Monday brings besides cases. ``head``: of the largest area."""
    zone = release.content.zone
    for area, title, text in TEMPLATES:
        known = area if area in release.content.area_by_id else ""
        templates.add(tx, AnswerTemplate(0, known, title, text), staff_id, now)
    _report_card(keyring, release, now, staff_id, tx)
    _enter_at_desk(keyring, release, office_hour(now, 1, zone), staff_id, tx)
    _ask_for_right(keyring, release, office_hour(now, 3, zone), tx)
    _agree_in_meeting(keyring, release, now, staff_id, tx)
    _ask_staff(keyring, release, now, staff_id, tx)
    _assess(keyring, release, office_hour(now, 4, zone), staff_id, head, tx)
    _record_breach(keyring, release, now - timedelta(hours=30), staff_id, tx)


def _report_card(
    keyring: Keyring, release: Release, now: datetime, staff_id: int, tx: Transaction
) -> None:
    area = largest_area(release)
    card = release.content.services_by_area[area][0].id
    at = now - timedelta(hours=4)
    card_reports.add(tx, keyring, NewReport(card, area, WRONG, staff_id, at))


def _enter_at_desk(
    keyring: Keyring, release: Release, at: datetime, staff_id: int, tx: Transaction
) -> None:
    content = release.content
    year = at.astimezone(content.zone).year
    number = next_case_number(tx, content.case_prefix, year)
    case = CaseOpened(number, CaseKind.SUGGESTION, "", ON_PAPER, first_term(at, content))
    entry = DeskEntry(DeskSource.PAPER, f"{ACCOUNT}-1", "", staff_id, at)
    entering.enter_case(tx, keyring, entry, case, "")


def _ask_for_right(keyring: Keyring, release: Release, at: datetime, tx: Transaction) -> None:
    content = release.content
    year = at.astimezone(content.zone).year
    number = next_case_number(tx, f"{content.case_prefix}-D", year)
    term = due(Right.RECTIFY, at, content)
    asked = RightUsed(number, Right.RECTIFY, term, done=False, text=RIGHT)
    take(tx, keyring, release, web_sender("right-1"), asked, at)


def _agree_in_meeting(
    keyring: Keyring, release: Release, now: datetime, staff_id: int, tx: Transaction
) -> None:
    """A measure that is decided and falls due this week."""
    content, zone = release.content, release.content.zone
    at, since = office_hour(now, 4, zone), before_week(IsoWeek.of(now, zone))
    term = decide_by(at, content.measure_rules.decide_days, calendar_of(content))
    place, attendance = MEETING
    held = Meeting(at.astimezone(zone).date(), place, attendance)
    weeks = str(since), str(since.shifted(1))
    opened = Opened(largest_area(release), Origin.MEETING, *weeks, term, PROBLEM, held)
    number = steps.open_one(tx, keyring, MeasureStep(at, staff_id, opened), zone)
    measure = steps.find_measure(tx, keyring, zone, number)
    assert measure is not None, "it was opened in this transaction"
    due_on = (now + timedelta(days=3)).astimezone(zone).date()
    steps.add(
        tx, keyring, measure, MeasureStep(at, staff_id, Decided(CAUSE, ACTION, staff_id, due_on))
    )


def _ask_staff(
    keyring: Keyring, release: Release, now: datetime, staff_id: int, tx: Transaction
) -> None:
    """A questionnaire to staff that is closed, with enough answers in one area alone."""
    content = release.content
    at, ends = (office_hour(now, days, content.zone) for days in (12, 2))
    for questionnaire in staff_questionnaires(content):
        asked = round_questions(questionnaire, DEFAULT_LANGUAGE)
        title = questionnaire.title.get(DEFAULT_LANGUAGE, questionnaire.id)
        drafted = Round("", questionnaire.id, questionnaire.version, title, asked, at, ends)
        number = rounds.open_one(tx, keyring, drafted, staff_id, content.zone)
        assert number is not None, "nobody has asked it before"
        for person in range(STAFF_ASKED):
            answers = tuple(
                (question.id, _answer(question, good=person < good))
                for question, good in zip(asked, cycle(GOOD), strict=False)
            )
            answered = StaffAnswered(
                number, staff_id + 1_000 + person, largest_area(release), answers
            )
            rounds.count(tx, keyring, answered, at)


def _answer(asked: RoundQuestion, *, good: bool) -> str:
    values = sorted(asked.values)
    match asked.kind:
        case QuestionKind.YES_NO:
            return "yes" if good else "no"
        case QuestionKind.GRADE:
            return "6" if good else "4"
        case _:
            return values[0] if good else values[-1]


def _assess(
    keyring: Keyring, release: Release, at: datetime, staff_id: int, head: int, tx: Transaction
) -> None:
    """A complete draft by the head, for the quality unit to validate, and one just begun."""
    content = release.content
    if content.self_assessment is None:
        return
    edition = assessing.edition_of(content.self_assessment)
    begun = {
        criterion.id: answered
        for criterion, answered in zip(edition.criteria, ANSWERS, strict=False)
    }
    whole = {criterion.id: ENOUGH for criterion in edition.criteria} | begun
    largest, last = largest_area(release), content.areas[-1].id
    _draft(
        tx, keyring, release, largest, assessing.AssessmentStep(at, head, assessing.Saved(whole))
    )
    if last != largest:
        _draft(
            tx,
            keyring,
            release,
            last,
            assessing.AssessmentStep(at, staff_id, assessing.Saved(begun)),
        )


def _draft(
    tx: Transaction, keyring: Keyring, release: Release, area: str, step: assessing.AssessmentStep
) -> None:
    content, zone = release.content, release.content.zone
    assert content.self_assessment is not None, "it was looked at before"
    edition = assessing.edition_of(content.self_assessment)
    begun = assessing.Opened(area, str(step.at.astimezone(zone).year), edition)
    first = assessing.AssessmentStep(step.at, step.staff, begun)
    number = assessments.open_one(tx, keyring, first, zone)
    draft = assessments.find_assessment(tx, keyring, number)
    assert draft is not None, "it was opened in this transaction"
    assessments.add(tx, keyring, draft, step)


def _record_breach(
    keyring: Keyring, release: Release, at: datetime, staff_id: int, tx: Transaction
) -> None:
    """A breach that has to be reported, and of which nobody is told yet."""
    hours = release.content.privacy.breach_report_hours
    scope = breaching.BreachScope((breaching.DataKind.RATINGS,), areas=(largest_area(release),))
    known = breaching.Description(at, LOST, scope, LOST_EFFECTS, LOST_MEASURES, has_risk=True)
    recorded = breaching.Recorded(known, report_by(at, hours), hours)
    breaches.record(tx, keyring, breaching.BreachStep(at, staff_id, recorded), release.content.zone)
