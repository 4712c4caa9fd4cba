"""Made-up work for the demonstration's panel: templates, a wrong card, the desk, a right."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

from bot.commands.demo.writer import ACCOUNT, DemoWriter, web_sender
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
from handlers.release import DEFAULT_LANGUAGE
from storage.assessments import rounds
from storage.assessments import steps as assessments
from storage.cases import entering
from storage.cases.answers import templates
from storage.cases.answers.templates import AnswerTemplate
from storage.cases.entering import DeskEntry
from storage.contacts.needs import next_case_number
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
"""How many of an area's staff answer a questionnaire, and how many of those answer each question
with a yes or a good grade."""

LOST = "Se mandó a una dirección equivocada una planilla con comentarios."
LOST_EFFECTS = "Alguien ajeno al municipio puede leer lo que esas personas comentaron."
LOST_MEASURES = "Se pidió borrarla, y las planillas ya no se mandan por correo."
RIGHT = "Aparezco con un nombre que no es el mío."


def add_work(demo: DemoWriter, head: int) -> None:
    """Fill the panel with what a Monday brings besides cases. ``head``: of the largest area."""
    for area, title, text in TEMPLATES:
        known = area if area in demo.content.area_by_id else ""
        templates.add(demo.tx, AnswerTemplate(0, known, title, text), demo.staff_id, demo.now)
    _report_card(demo)
    _enter_at_desk(demo)
    _ask_for_right(demo)
    _agree_in_meeting(demo)
    _ask_staff(demo)
    _assess(demo, head)
    _record_breach(demo)


def _report_card(demo: DemoWriter) -> None:
    area = demo.largest_area
    card = demo.content.services_by_area[area][0].id
    report = NewReport(card, area, WRONG, demo.staff_id, demo.now - timedelta(hours=4))
    card_reports.add(demo.tx, demo.keyring, report)


def _enter_at_desk(demo: DemoWriter) -> None:
    at = demo.office_hour(1)
    number = next_case_number(demo.tx, demo.content.case_prefix, at.astimezone(demo.zone).year)
    term = first_term(at, demo.content)
    case = CaseOpened(number, CaseKind.SUGGESTION, "", ON_PAPER, term)
    entry = DeskEntry(DeskSource.PAPER, f"{ACCOUNT}-1", "", demo.staff_id, at)
    entering.enter_case(demo.tx, demo.keyring, entry, case, "")


def _ask_for_right(demo: DemoWriter) -> None:
    at = demo.office_hour(3)
    prefix = f"{demo.content.case_prefix}-D"
    number = next_case_number(demo.tx, prefix, at.astimezone(demo.zone).year)
    term = due(Right.RECTIFY, at, demo.content)
    asked = RightUsed(number, Right.RECTIFY, term, done=False, text=RIGHT)
    demo.take(web_sender("right-1"), asked, at)


def _agree_in_meeting(demo: DemoWriter) -> None:
    """A measure that is decided and falls due this week."""
    content, zone = demo.content, demo.zone
    at, since = demo.office_hour(4), before_week(IsoWeek.of(demo.now, zone))
    term = decide_by(at, content.measure_rules.decide_days, calendar_of(content))
    place, attendance = MEETING
    held = Meeting(at.astimezone(zone).date(), place, attendance)
    weeks = str(since), str(since.shifted(1))
    opened = Opened(demo.largest_area, Origin.MEETING, *weeks, term, PROBLEM, held)
    due_on = (demo.now + timedelta(days=3)).astimezone(zone).date()
    decided = Decided(CAUSE, ACTION, demo.staff_id, due_on)
    number = steps.open_one(demo.tx, demo.keyring, MeasureStep(at, demo.staff_id, opened), zone)
    measure = steps.find_measure(demo.tx, demo.keyring, zone, number)
    assert measure is not None, "it was opened in this transaction"
    steps.add(demo.tx, demo.keyring, measure, MeasureStep(at, demo.staff_id, decided))


def _ask_staff(demo: DemoWriter) -> None:
    """A staff questionnaire that is closed, with enough answers in one area only."""
    at, ends = demo.office_hour(12), demo.office_hour(2)
    for questionnaire in staff_questionnaires(demo.content):
        asked = round_questions(questionnaire, DEFAULT_LANGUAGE)
        title = questionnaire.title.get(DEFAULT_LANGUAGE, questionnaire.id)
        drafted = Round("", questionnaire.id, questionnaire.version, title, asked, at, ends)
        number = rounds.open_one(demo.tx, demo.keyring, drafted, demo.staff_id, demo.zone)
        assert number is not None, "nobody has asked it before"
        for person in range(STAFF_ASKED):
            answers = tuple(
                (question.id, _answer(question, good=person < good))
                for question, good in zip(asked, cycle(GOOD), strict=False)
            )
            who = demo.staff_id + 1_000 + person
            answered = StaffAnswered(number, who, demo.largest_area, answers)
            rounds.count(demo.tx, demo.keyring, answered, at)


def _answer(asked: RoundQuestion, *, good: bool) -> str:
    values = sorted(asked.values)
    match asked.kind:
        case QuestionKind.YES_NO:
            return "yes" if good else "no"
        case QuestionKind.GRADE:
            return "6" if good else "4"
        case _:
            return values[0] if good else values[-1]


def _assess(demo: DemoWriter, head: int) -> None:
    """A complete draft by the head, for the quality unit to validate, and one just begun."""
    if demo.content.self_assessment is None:
        return
    edition = assessing.edition_of(demo.content.self_assessment)
    begun = {
        criterion.id: answered
        for criterion, answered in zip(edition.criteria, ANSWERS, strict=False)
    }
    whole = {criterion.id: ENOUGH for criterion in edition.criteria} | begun
    largest, last = demo.largest_area, demo.content.areas[-1].id
    at = demo.office_hour(4)
    by_head = assessing.AssessmentStep(at, head, assessing.Saved(whole))
    by_quality = assessing.AssessmentStep(at, demo.staff_id, assessing.Saved(begun))
    _draft(demo, edition, largest, by_head)
    if last != largest:
        _draft(demo, edition, last, by_quality)


def _draft(
    demo: DemoWriter, edition: assessing.Edition, area: str, step: assessing.AssessmentStep
) -> None:
    begun = assessing.Opened(area, str(step.at.astimezone(demo.zone).year), edition)
    first = assessing.AssessmentStep(step.at, step.staff, begun)
    number = assessments.open_one(demo.tx, demo.keyring, first, demo.zone)
    draft = assessments.find_assessment(demo.tx, demo.keyring, number)
    assert draft is not None, "it was opened in this transaction"
    assessments.add(demo.tx, demo.keyring, draft, step)


def _record_breach(demo: DemoWriter) -> None:
    """A breach that has to be reported, and of which no one has been told yet."""
    hours = demo.content.privacy.breach_report_hours
    at = demo.now - timedelta(hours=30)
    scope = breaching.BreachScope((breaching.DataKind.RATINGS,), areas=(demo.largest_area,))
    known = breaching.Description(at, LOST, scope, LOST_EFFECTS, LOST_MEASURES, has_risk=True)
    recorded = breaching.Recorded(known, report_by(at, hours), hours)
    step = breaching.BreachStep(at, demo.staff_id, recorded)
    breaches.record(demo.tx, demo.keyring, step, demo.zone)
