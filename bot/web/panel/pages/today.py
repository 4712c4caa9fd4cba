"""The first page: what needs this person today, most pressing first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import partial
from operator import attrgetter

from aiohttp import web

from bot.labels import codes
from bot.labels.codes import RIGHTS
from bot.reports.breaches import breach_words
from bot.reports.quality import assessment_words, measure_words
from bot.web.panel.pages.breaches.breaches import PATH as BREACHES
from bot.web.panel.pages.cases.arrivals import why
from bot.web.panel.pages.conversations import chats
from bot.web.panel.pages.privacy import PATH as PRIVACY
from bot.web.panel.pages.quality.assessments import PATH as ASSESSMENTS
from bot.web.panel.pages.quality.measure import ACTIONS, TODAY
from bot.web.panel.pages.staff.questionnaires import PATH as ROUNDS
from bot.web.panel.rendering import ago, beginning
from bot.web.panel.visit import Visit
from handlers.assessments.assessments import Assessment
from handlers.assessments.steps import Validated
from handlers.measures.board import Tile, board
from handlers.measures.measures import Measure, Verb
from handlers.privacy.breaches.breach import Breach, State
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action, may_in
from handlers.state import RoundBrief
from storage.assessments import rounds
from storage.assessments import steps as assessments
from storage.cases.answers import arrivals
from storage.cases.answers.arrivals import Refused
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseFilter, CaseLine
from storage.engine.database import Transaction
from storage.handovers.reading import Handover
from storage.measures import steps
from storage.privacy import notices, requests
from storage.privacy.breaches import steps as breach_steps
from storage.privacy.requests import Request as PrivacyRequest
from storage.quality import card_reports, digests
from storage.quality.card_reports import CardReport
from storage.staff import pinned_notice, roles, staff

MOST = 8  # of each kind
DIGEST_IS_NEWS = timedelta(days=4)
BUTTONS = {
    Verb.DECIDE: "Decidir la medida",
    Verb.DO: "Ver la medida",
    Verb.CLOSE: "Cerrar la medida",
    Verb.REOPEN: "Decidir otra cosa",
}
DUE_SOON = timedelta(days=3)
NOTICES = {
    "ficha": "El aviso de la ficha quedó revisado.",
    "medida-decidida": "La decisión quedó anotada.",
    "ficha-antes": "Otra persona ya había revisado ese aviso.",
}


class Pressing(IntEnum):
    """How much something presses; the first page begins with the least number."""

    URGENT = 0  # somebody may be in danger
    OVERDUE = 1
    UNATTENDED = 2  # nobody can do it
    DUE_SOON = 3
    WAITING = 4
    NEWS = 5


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, what was said if anything, and the button that does it.

    Of two that press alike the first stays first.
    """

    sentence: str
    button: str
    path: str
    quote: str = ""
    pressing: Pressing = Pressing.WAITING


@dataclass(frozen=True, slots=True)
class _Read:
    chats: list[Handover]
    pinned: bool
    lines: list[CaseLine]
    waiting: int
    unattended: dict[str, int]  # by area
    without_role: int
    digest: IsoWeek | None
    measures: list[Measure]  # that wait for this person
    assessments: list[Assessment]  # that this person may validate
    rounds: tuple[RoundBrief, ...]  # questionnaires that this person is asked
    reports: list[CardReport]
    requests: list[PrivacyRequest]
    breaches: list[Breach]  # that are not closed
    refused: list[Refused]  # answers that did not arrive
    privacy_lacks: list[str]  # what the page /privacidad does not say yet


async def page(visit: Visit) -> web.Response:
    """GET /panel."""
    # Words are read, so an entry is written.
    read = await visit.panel.database.write(partial(_read, visit))
    tasks = sorted(_tasks(visit, read), key=attrgetter("pressing"))
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    answers = visit.may(Action.ANSWER_CASES)
    return visit.page("today.html.j2", tasks=tasks, notice=notice, answers=answers)


def _read(visit: Visit, tx: Transaction) -> _Read:
    # What belongs to no area waits for somebody who leads it on.
    without_area = visit.areas(Action.FORWARD_CASES) & {""}
    wanted = CaseFilter(visit.areas(Action.ANSWER_CASES) | without_area, "open")
    lines = browsing.most_pressing(tx, wanted, MOST)
    if lines:
        visit.note(tx, "cases-read", "", f"hoy n={len(lines)}")
    admin = visit.may(Action.MANAGE_STAFF)
    return _Read(
        chats.waiting_for(visit, tx),
        visit.may(Action.PIN_NOTICE) and pinned_notice.current(tx) is not None,
        lines,
        browsing.count(tx, wanted),
        _unattended(visit, tx) if admin else {},
        _without_role(tx) if admin else 0,
        _fresh_digest(visit, tx) if visit.may(Action.READ_DIGESTS) else None,
        _waiting_measures(visit, tx),
        _complete_assessments(visit, tx),
        rounds.waiting_for(tx, visit.panel.keyring, visit.session.staff_id, visit.now),
        card_reports.waiting(tx, visit.panel.keyring, visit.areas(Action.SETTLE_CARDS), MOST),
        requests.listed(tx, visit.panel.keyring, only_open=True)[:MOST]
        if visit.may(Action.DECIDE_RIGHTS)
        else [],
        _open_breaches(visit, tx),
        arrivals.refused(tx, visit.areas(Action.ANSWER_CASES), MOST),
        _privacy_lacks(visit, tx),
    )


def _waiting_measures(visit: Visit, tx: Transaction) -> list[Measure]:
    """Measures in which this person may do what comes next, what is due soonest first."""
    if not visit.may(Action.SEE_MEASURES):
        return []
    content = visit.panel.release.content
    found = steps.everything(tx, visit.panel.keyring, content.zone)
    waiting = board(found, visit.now, content.zone).tiles[Tile.OPEN]
    return [
        measure
        for measure in waiting
        if measure.verbs[0] is not Verb.NOTE and visit.may(ACTIONS[measure.verbs[0]], measure.area)
    ]


def _complete_assessments(visit: Visit, tx: Transaction) -> list[Assessment]:
    """Drafts that lack nothing but somebody who wrote nothing of them."""
    if not visit.may(Action.VALIDATE_ASSESSMENTS):
        return []
    keyring, zone = visit.panel.keyring, visit.panel.release.content.zone
    drafts = [one for one in assessments.everything(tx, keyring) if one.is_draft]
    return [
        one
        for one in assessments.as_they_stand(tx, drafts, visit.now, zone)
        if visit.may(Action.VALIDATE_ASSESSMENTS, one.area)
        and one.takes(Validated(), visit.session.staff_id)
    ]


def _open_breaches(visit: Visit, tx: Transaction) -> list[Breach]:
    if not visit.may(Action.KEEP_BREACHES):
        return []
    found = breach_steps.everything(tx, visit.panel.keyring)
    return [one for one in found if one.state is not State.CLOSED]


def _unattended(visit: Visit, tx: Transaction) -> dict[str, int]:
    """Areas with open cases that nobody may answer."""
    everyone = [grant for held in roles.everyones(tx).values() for grant in held]
    return {
        area: count
        for area, count in browsing.open_by_area(tx).items()
        if not may_in(everyone, Action.ANSWER_CASES, area, sensitive=visit.panel.is_sensitive(area))
    }


def _without_role(tx: Transaction) -> int:
    known = roles.everyones(tx)
    return sum(not member.is_unnamed and member.id not in known for member in staff.everyone(tx))


def _fresh_digest(visit: Visit, tx: Transaction) -> IsoWeek | None:
    week = digests.newest_published(tx)
    if week is None:
        return None
    kept = digests.published(tx, week)
    news = kept is not None and visit.now - kept.made_at < DIGEST_IS_NEWS
    return week if news else None


def _privacy_lacks(visit: Visit, tx: Transaction) -> list[str]:
    if visit.panel.made_up or not visit.may(Action.PUBLISH_NOTICE):
        return []
    return [one.what for one in visit.panel.privacy.lacking(notices.newest(tx).items)]


def _tasks(visit: Visit, read: _Read) -> Iterator[Task]:
    called = visit.panel.rendering.area
    for chat in read.chats:
        yield Task(
            f"{'Urgente. ' if chat.urgent else ''}{called(chat.area)}: una persona espera en el "
            f"chat desde hace {ago(chat.waiting_since or chat.opened_at, visit.now)}.",
            "Abrir la conversación",
            f"/panel/conversaciones/{chat.id}",
        )
    if read.pinned:
        yield Task(
            "Hay un aviso puesto sobre todas las respuestas.", "Ver el aviso", "/panel/aviso"
        )
    for line in read.lines:
        yield _case(visit, line)
    if read.waiting > len(read.lines):
        more = read.waiting - len(read.lines)
        yield Task(
            "Otro caso espera respuesta."
            if more == 1
            else f"Otros {more} casos esperan respuesta.",
            "Ver todos los que esperan",
            "/panel/casos",
        )
    for one in read.refused:
        yield _refused(visit, one)
    for request in read.requests:
        yield _request(visit, request)
    for breach in read.breaches:
        yield _breach(visit, breach)
    for report in read.reports:
        yield _report(visit, report)
    for area, count in read.unattended.items():
        some = "Un caso espera" if count == 1 else f"{count} casos esperan"
        if area not in visit.panel.areas:  # the content has dropped it: no role reaches there
            yield Task(
                f"{some} respuesta y su área ya no existe: {area}."
                " En el servidor se deriva con: opina cases forward NÚMERO ÁREA.",
                "Ver las áreas que hay",
                "/panel/personas",
                pressing=Pressing.UNATTENDED,
            )
            continue
        yield Task(
            f"{some} respuesta y nadie puede responder por esta área: {called(area)}.",
            "Dar el rol a una persona",
            f"/panel/personas?area={area}#give",
            pressing=Pressing.UNATTENDED,
        )
    for measure in read.measures[:MOST]:
        yield _measure(visit, measure)
    if len(read.measures) > MOST:
        yield Task(
            f"En total esperan {len(read.measures)} medidas.", "Ver las medidas", "/panel/medidas"
        )
    for assessment in read.assessments[:MOST]:
        yield _assessment(visit, assessment)
    for asked in read.rounds:
        yield Task(
            "Hay un cuestionario para el personal. Se cuenta por área, sin su nombre;"
            f" {visit.panel.rendering.term(asked.closes_at, visit.now)}.",
            "Responder el cuestionario",
            f"{ROUNDS}/{asked.number}",
        )
    if read.digest is not None:
        yield Task(
            f"Está listo el resumen de la semana {read.digest.week}.",
            "Ver los resúmenes",
            "/panel/resumenes",
            pressing=Pressing.NEWS,
        )
    if read.privacy_lacks:
        yield Task(
            "La página de privacidad no dice aún lo que la ley pide:"
            f" {', '.join(read.privacy_lacks)}.",
            "Completar la página de privacidad",
            PRIVACY,
            pressing=Pressing.NEWS,
        )
    if read.without_role:
        some = (
            "Una persona no tiene" if read.without_role == 1 else f"{read.without_role} no tienen"
        )
        sentence = f"{some} rol: no ve nada en el panel."
        yield Task(sentence, "Ver las personas", "/panel/personas", pressing=Pressing.NEWS)


def _case(visit: Visit, line: CaseLine) -> Task:
    words = line.first_words(visit.panel.keyring) or ""
    rendering = visit.panel.rendering
    due = "" if line.due_at is None else f"; {rendering.term(line.due_at, visit.now)}"
    return Task(
        f"{rendering.area(line.area)}: una persona espera "
        f"respuesta desde hace {ago(line.waiting_since, visit.now)}{due}.",
        f"Leer {line.number}",
        f"/panel/casos/{line.number}",
        beginning(words),
        Pressing.URGENT if line.urgent else _by_term(line.due_at, visit.now),
    )


def _refused(visit: Visit, one: Refused) -> Task:
    way = "correo" if one.by_mail else codes.channel(one.channel)
    return Task(
        f"{visit.panel.rendering.area(one.area)}: la respuesta no llegó por {way}: "
        f"{why(one.code, by_mail=one.by_mail)} Si dejó otro contacto, avísele por ahí.",
        f"Ver {one.number}",
        f"/panel/casos/{one.number}",
        pressing=Pressing.DUE_SOON,
    )


def _measure(visit: Visit, measure: Measure) -> Task:
    said = measure_words.problem(measure, visit.panel.rendering.area(measure.area))
    following = measure_words.next_step(measure, visit.now, visit.panel.release.content.zone)
    return Task(
        f"{said}: {following}.",
        BUTTONS[measure.verbs[0]],
        f"/panel/medidas/{measure.number}?desde={TODAY}",
        pressing=_by_term(measure.due_at, visit.now),
    )


def _assessment(visit: Visit, assessment: Assessment) -> Task:
    area = visit.panel.rendering.area(assessment.area)
    return Task(
        f"{area}: la autoevaluación ({assessment_words.period(assessment.period)}) está completa"
        " y falta validarla.",
        f"Leer {assessment.number}",
        f"{ASSESSMENTS}/{assessment.number}",
    )


def _request(visit: Visit, request: PrivacyRequest) -> Task:
    term = visit.panel.rendering.term(request.due_at, visit.now)
    return Task(
        f"Una persona pide sobre sus datos, y la ley da un plazo: {term}.",
        f"Decidir {request.number}",
        f"/panel/derechos/{request.number}",
        RIGHTS[request.right],
        _by_term(request.due_at, visit.now),
    )


def _breach(visit: Visit, breach: Breach) -> Task:
    following = breach_words.next_step(breach, visit.now, visit.panel.release.content.zone)
    return Task(
        f"Una vulneración de seguridad sigue abierta. {following}",
        f"Ver {breach.number}",
        f"{BREACHES}/{breach.number}",
        pressing=_by_term(breach.due_at, visit.now),
    )


def _report(visit: Visit, report: CardReport) -> Task:
    service = visit.panel.release.content.service_by_id.get(report.card)
    return Task(
        f"Avisan que una ficha está mal: {service.name if service else report.card}.",
        "Revisar la ficha",
        f"/panel/fichas/{report.id}",
        beginning(report.words),
    )


def _by_term(due_at: datetime | None, now: datetime) -> Pressing:
    if due_at is None:
        return Pressing.WAITING
    if due_at < now:
        return Pressing.OVERDUE
    return Pressing.DUE_SOON if due_at < now + DUE_SOON else Pressing.WAITING
