"""At a desk: what somebody says in person, or hands in on paper, entered once and counted apart."""

from __future__ import annotations

import re
import secrets
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.cases.deadlines import first_term
from handlers.content.questionnaires.conditions import applies
from handlers.content.questionnaires.definition import Question, QuestionKind, Questionnaire
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.responses import AnswerGiven, ResponseOpened, Subject
from handlers.messages import DeskSource
from handlers.questionnaires.progress import RATING
from handlers.release import Release
from handlers.staff.permissions import Action
from handlers.understanding.dangers.urgent import is_urgent
from storage.cases import entering
from storage.cases.entering import DeskEntry, DeskRating, EarlierEntry, EnteredRating
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseLine
from storage.contacts.needs import next_case_number
from storage.engine.database import Transaction
from storage.engine.ids import new_id

LONGEST = 4_000
LONGEST_REACH = 200
LONGEST_PAPER = 40
QUESTION = "q-"  # before its id: the name of a question's field
KINDS = (CaseKind.COMPLAINT, CaseKind.SUGGESTION, CaseKind.PRAISE, CaseKind.REQUEST)
HANDLED = (QuestionKind.GRADE, QuestionKind.CHOICE, QuestionKind.TEXT)
GRADES = tuple("1234567")
NO_AREA = "Elija el área."
HOW = "Elija si fue en persona o en papel."
NOT_ASKED = "Esto no se pregunta con esa nota: páselo a la pregunta que sí, o déjelo vacío."
UNDONE = "La nota ya no cuenta. Aquí está lo que escribió, salvo el número del papel."
_WHO_CAME = re.compile(r"([^.,;:!?\n]+)[.,;:\n]\s*(?=\S)")
_MOST_TO_SAY_WHO = 4  # words
_NUMBER = re.compile(r"[A-Z]{1,6}-\d{4}-\d{6,9}")


@dataclass(frozen=True, slots=True)
class DeskForm:
    """What was typed and is not taken yet. ``form``: what this form alone carries."""

    form: str
    source: str = ""
    kind: str = CaseKind.COMPLAINT.value
    area: str = ""
    words: str = ""
    reach: str = ""
    paper: str = ""
    answers: dict[str, str] = field(default_factory=dict)


async def page(visit: Visit) -> web.Response:
    """GET /panel/meson: what can be entered, and the case that was just entered."""
    query = visit.query
    number = query.get("numero", "")
    number = number if _NUMBER.fullmatch(number) else ""
    case = await visit.panel.database.read(partial(_entered, visit, number)) if number else None
    response, rating = number_in(query.get("nota", "")), None
    if response:
        rating = await visit.panel.database.read(partial(_entered_rating, visit, response))
    return visit.page(
        "cases/desk.html.j2",
        number=number,
        case=case,
        may_read=case is not None and visit.may(Action.READ_CASES, case.area),
        again="repetido" in query,
        late="tarde" in query,
        rated="nota" in query,
        rating=rating,
        grade=rating and _grade_in(visit, rating),
        undo_minutes=round(entering.UNDO_RATING.total_seconds() / 60),
    )


def _cannot_wait(words: str, release: Release) -> bool:
    """Whether the citizen's own words make the case urgent; the clerk's about who came do not
    count.

    "Viene una señora: no le retiran los escombros": of so few words alone little can be heard.
    """
    who = _WHO_CAME.match(words)
    if (
        who is None
        or len(who[1].split()) > _MOST_TO_SAY_WHO
        or release.lexicon.dangers_named(who[1])
    ):
        return is_urgent(words, release)
    told = release.content.emergency_phrases.first(words)
    return told is not None or is_urgent(words[who.end() :], release)


def _entered(visit: Visit, number: str, tx: Transaction) -> CaseLine | None:
    """What may be told of the case, to those who entered it or see its area."""
    found = browsing.lines(tx, [number])
    if not found:
        return None
    is_told = visit.may(Action.LIST_CASES, found[0].area) or entering.was_entered_by(
        tx, number, visit.session.staff_id
    )
    return found[0] if is_told else None


def _entered_rating(visit: Visit, response: int, tx: Transaction) -> EnteredRating | None:
    own = visit.session.staff_id
    return entering.entered_rating(tx, visit.panel.keyring, response, own, visit.now)


def _grade_in(visit: Visit, rating: EnteredRating) -> str:
    kinds = {question.id: question.kind for question in _questionnaire(visit).questions}
    grades = (value for id, value in rating.answers.items() if kinds.get(id) is QuestionKind.GRADE)
    return next(grades, "")


async def case_page(visit: Visit) -> web.Response:
    """GET /panel/meson/caso."""
    return _case_form(visit, DeskForm(secrets.token_urlsafe(16)))


async def enter_case(visit: Visit) -> web.Response:
    """POST /panel/meson/caso."""
    typed = _parse_form(visit)
    if problem := _fault_in_case(visit, typed):
        return _case_form(visit, typed, problem)
    entry, content = _entry(visit, typed), visit.panel.release.content

    def write(tx: Transaction) -> EarlierEntry | str:
        if (before := entering.earlier(tx, visit.panel.keyring, entry)) is not None:
            return before
        year = visit.now.astimezone(content.zone).year
        number = next_case_number(tx, content.case_prefix, year)
        case = CaseOpened(
            number,
            CaseKind(typed.kind),
            typed.area,
            typed.words,
            first_term(visit.now, content),
            _cannot_wait(typed.words, visit.panel.release),
        )
        reach = f"Para avisarle: {typed.reach}" if typed.reach else ""
        entering.enter_case(tx, visit.panel.keyring, entry, case, reach)
        visit.note(tx, "case-entered", number, entry.source.value)
        return number

    done = await visit.panel.database.write(write)
    if isinstance(done, EarlierEntry):
        return _entered_before(done)
    visit.panel.nudge()
    return see_other(f"/panel/meson?numero={done}")


async def rating_page(visit: Visit) -> web.Response:
    """GET /panel/meson/nota."""
    return _rating_form(visit, DeskForm(secrets.token_urlsafe(16)))


async def enter_rating(visit: Visit) -> web.Response:
    """POST /panel/meson/nota: it counts apart, as given on paper or in person."""
    typed = _parse_form(visit)
    given = list(_valid_answers(_questionnaire(visit), typed.answers))
    if problem := _fault_in_rating(visit, typed, given):
        return _rating_form(visit, typed, problem)
    entry, zone = _entry(visit, typed), visit.panel.release.content.zone
    asked, subject = _questionnaire(visit), Subject(area=typed.area)
    response = new_id(visit.now)
    opened = ResponseOpened(response, asked.id, asked.version, subject, entering.ORIGIN)
    facts = [_answer(response, asked, subject, *answer) for answer in given]
    rating = DeskRating(opened, facts)

    def write(tx: Transaction) -> EarlierEntry | None:
        if (before := entering.earlier(tx, visit.panel.keyring, entry)) is not None:
            return before
        entering.enter_rating(tx, visit.panel.keyring, entry, rating, zone)
        visit.note(tx, "rating-entered", "", f"{typed.area} {entry.source.value}")
        return None

    before = await visit.panel.database.write(write)
    return see_other(f"/panel/meson?nota={response}") if before is None else _entered_before(before)


async def undo_rating(visit: Visit) -> web.Response:
    """POST /panel/meson/nota/deshacer: it counts no more, and is in the form to be corrected."""
    response = number_in(visit.form.get("response", ""))

    def write(tx: Transaction) -> EnteredRating | None:
        keyring, own = visit.panel.keyring, visit.session.staff_id
        undone = entering.undo_rating(tx, keyring, response, own, visit.now)
        if undone is not None:
            visit.note(tx, "rating-undone", "", f"{undone.area} {undone.source}")
        return undone

    undone = await visit.panel.database.write(write)
    if undone is None:
        return see_other("/panel/meson?tarde=1")
    typed = DeskForm(
        secrets.token_urlsafe(16), undone.source, area=undone.area, answers=undone.answers
    )
    return _rating_form(visit, typed, notice=UNDONE)


def _entered_before(before: EarlierEntry) -> web.Response:
    number = f"numero={before.number}&" if before.number else ""
    return see_other(f"/panel/meson?{number}repetido=1")


def _answer(
    response: int, asked: Questionnaire, subject: Subject, question: Question, value: str
) -> AnswerGiven:
    grade = int(value) if question.kind is QuestionKind.GRADE else 0
    return AnswerGiven(
        response, asked.id, question.id, question.kind.value, value, subject, grade=grade
    )


def _valid_answers(asked: Questionnaire, typed: dict[str, str]) -> Iterator[tuple[Question, str]]:
    """The answers that can be: of questions that apply, with a value that the question knows."""
    so_far: dict[str, str] = {}
    for question in asked.questions:
        value = typed.get(question.id, "")
        if question.kind not in HANDLED or not value or not applies(question, so_far):
            continue
        known = {choice.id for choice in question.choices} or set(GRADES)
        if question.kind is QuestionKind.TEXT or value in known:
            so_far[question.id] = value
            yield question, value


def _questionnaire(visit: Visit) -> Questionnaire:
    return visit.panel.release.newest_outlines[RATING].questionnaire


def _parse_form(visit: Visit) -> DeskForm:
    form = visit.form
    answers = {
        name.removeprefix(QUESTION): text_field(visit, name)
        for name in form
        if name.startswith(QUESTION)
    }
    return DeskForm(
        form.get("form", "")[:64] or secrets.token_urlsafe(16),
        form.get("source", ""),
        form.get("kind", ""),
        form.get("area", ""),
        text_field(visit, "words"),
        text_field(visit, "reach"),
        text_field(visit, "paper"),
        answers,
    )


def _entry(visit: Visit, typed: DeskForm) -> DeskEntry:
    source, staff = DeskSource(typed.source), visit.session.staff_id
    return DeskEntry(source, typed.form, typed.paper, staff, visit.now)


def _fault_in_case(visit: Visit, typed: DeskForm) -> Fault | None:
    return faults.together(
        _fault_in_source(typed),
        faults.unless(typed.kind in KINDS, "Elija qué es.", "kind"),
        faults.unless(not typed.area or typed.area in visit.panel.areas, NO_AREA, "area"),
        faults.required_words("words", typed.words, "lo que dijo la persona", LONGEST),
        faults.too_long("reach", typed.reach, "cómo avisarle", LONGEST_REACH),
        _fault_in_paper(typed),
    )


def _fault_in_rating(
    visit: Visit, typed: DeskForm, given: Sequence[tuple[Question, str]]
) -> Fault | None:
    return faults.together(
        _fault_in_source(typed),
        faults.unless(typed.area in visit.panel.areas, NO_AREA, "area"),
        *_faults_in_answers(_questionnaire(visit), typed, {one.id for one, _ in given}),
        _fault_in_paper(typed),
    )


def _faults_in_answers(
    asked: Questionnaire, typed: DeskForm, given: Collection[str]
) -> Iterator[Fault | None]:
    """Of each question. Which others apply is known once there is a grade."""
    kinds = {question.id: question.kind for question in asked.questions}
    has_grade = any(kinds[id] is QuestionKind.GRADE for id in given)
    for question in asked.questions:
        field, value = f"{QUESTION}{question.id}", typed.answers.get(question.id, "")
        if question.kind is QuestionKind.GRADE and not has_grade and not question.when:
            yield Fault("Elija la nota.", field)
        elif question.kind in HANDLED and value and has_grade and question.id not in given:
            yield Fault(NOT_ASKED, field)
        else:
            yield faults.too_long(field, value, "la respuesta", LONGEST)


def _fault_in_source(typed: DeskForm) -> Fault | None:
    return faults.unless(typed.source in set(DeskSource), HOW, "source")


def _fault_in_paper(typed: DeskForm) -> Fault | None:
    return faults.too_long("paper", typed.paper, "el número del papel", LONGEST_PAPER)


def _case_form(visit: Visit, typed: DeskForm, problem: Fault | None = None) -> web.Response:
    return _form(visit, "cases/desk_case.html.j2", typed, problem, kinds=KINDS)


def _rating_form(
    visit: Visit, typed: DeskForm, problem: Fault | None = None, notice: str = ""
) -> web.Response:
    asked = [question for question in _questionnaire(visit).questions if question.kind in HANDLED]
    offered = {"questions": asked, "grades": GRADES, "notice": notice}
    return _form(visit, "cases/desk_rating.html.j2", typed, problem, **offered)


def _form(
    visit: Visit, template: str, typed: DeskForm, problem: Fault | None, **offered: object
) -> web.Response:
    return visit.page(
        template,
        status=422 if problem else 200,
        typed=typed,
        problem=problem,
        areas=_areas(visit),
        **offered,
    )


def _areas(visit: Visit) -> list[str]:
    return sorted(visit.panel.areas, key=visit.panel.rendering.area)
