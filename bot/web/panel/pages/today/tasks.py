"""What waits as tasks: a sentence each, and the button that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum

from bot.labels import codes
from bot.labels.codes import RIGHTS
from bot.reports.breaches import breach_words
from bot.reports.quality import assessment_words, measure_words
from bot.web.panel.pages import whatsapp
from bot.web.panel.pages.breaches.breaches import PATH as BREACHES
from bot.web.panel.pages.cases.arrivals import why
from bot.web.panel.pages.privacy import PATH as PRIVACY
from bot.web.panel.pages.quality import digests
from bot.web.panel.pages.quality.assessments import PATH as ASSESSMENTS
from bot.web.panel.pages.staff.questionnaires import PATH as ROUNDS
from bot.web.panel.pages.today.waiting import MOST, Waiting
from bot.web.panel.rendering import ago, beginning
from bot.web.panel.visit import FROM_TODAY, Visit
from handlers.assessments.assessments import Assessment
from handlers.measures.measures import Measure, Verb
from handlers.privacy.breaches.breach import Breach
from handlers.state import RoundBrief
from storage.cases.answers.arrivals import RefusedAnswer
from storage.cases.lists.browsing import CaseLine
from storage.handovers.reading import HandoverView
from storage.outbox.unannounced import Unannounced
from storage.privacy.requests import Request as PrivacyRequest
from storage.quality.card_reports import CardReport

BUTTONS = {
    Verb.DECIDE: "Decidir la medida",
    Verb.DO: "Ver la medida",
    Verb.CLOSE: "Cerrar la medida",
    Verb.REOPEN: "Decidir otra cosa",
}
DUE_SOON = timedelta(days=3)


class Pressing(IntEnum):
    """How urgent a task is; the page begins with the lowest number."""

    URGENT = 0  # somebody may be in danger
    LIVE = 1  # somebody waits in the chat at this moment
    OVERDUE = 2
    UNATTENDED = 3  # no member of staff has the role for it
    DUE_SOON = 4
    WAITING = 5
    NEWS = 6


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: a sentence, what was said if anything, and the button that does it."""

    sentence: str
    button: str
    path: str
    quote: str = ""
    pressing: Pressing = Pressing.WAITING
    due_at: datetime | None = None


def order(task: Task) -> tuple[Pressing, bool, float]:
    """By urgency; among tasks with a term, the one that ends first. The rest keeps its order."""
    if task.pressing in (Pressing.URGENT, Pressing.LIVE) or task.due_at is None:
        return task.pressing, True, 0.0
    return task.pressing, False, task.due_at.timestamp()


def tasks_of(visit: Visit, waiting: Waiting) -> Iterator[Task]:
    """Everything to do, kind by kind."""
    yield from (_chat(visit, chat) for chat in waiting.chats)
    if waiting.pinned:
        yield Task(
            "Hay un aviso puesto sobre todas las respuestas.", "Ver el aviso", "/panel/aviso"
        )
    yield from _cases(visit, waiting)
    yield from (_refused(visit, answer) for answer in waiting.refused)
    yield from (_unannounced(held) for held in waiting.unannounced)
    yield from (_request(visit, request) for request in waiting.requests)
    yield from (_breach(visit, breach) for breach in waiting.breaches)
    yield from (_report(visit, report) for report in waiting.reports)
    yield from (_unattended(visit, *area) for area in waiting.unattended.items())
    if waiting.undone:
        yield _undone(waiting.undone)
    yield from _measures(visit, waiting.measures)
    yield from (_assessment(visit, assessment) for assessment in waiting.assessments[:MOST])
    yield from (_round(visit, staff_round) for staff_round in waiting.rounds)
    yield from _news(visit, waiting)


def _chat(visit: Visit, chat: HandoverView) -> Task:
    since = ago(chat.waiting_since or chat.opened_at, visit.now)
    return Task(
        f"{visit.panel.rendering.area(chat.area)}: una persona espera en el chat desde hace"
        f" {since}.",
        "Abrir la conversación",
        f"/panel/conversaciones/{chat.id}?desde={FROM_TODAY}",
        pressing=Pressing.URGENT if chat.urgent else Pressing.LIVE,
    )


def _cases(visit: Visit, waiting: Waiting) -> Iterator[Task]:
    yield from (_case(visit, line) for line in waiting.lines)
    more = waiting.open_cases - len(waiting.lines)
    if more > 0:
        said = "Otro caso espera" if more == 1 else f"Otros {more} casos esperan"
        yield Task(f"{said} respuesta.", "Ver todos los que esperan", "/panel/casos")


def _case(visit: Visit, line: CaseLine) -> Task:
    words = line.first_words(visit.panel.keyring) or ""
    rendering = visit.panel.rendering
    due = "" if line.due_at is None else f"; {rendering.term(line.due_at, visit.now)}"
    return Task(
        f"{rendering.area(line.area)}: una persona espera "
        f"respuesta desde hace {ago(line.waiting_since, visit.now)}{due}.",
        f"Leer {line.number}",
        f"/panel/casos/{line.number}?desde={FROM_TODAY}",
        beginning(words),
        Pressing.URGENT if line.urgent else _by_term(line.due_at, visit.now),
        line.due_at,
    )


def _refused(visit: Visit, answer: RefusedAnswer) -> Task:
    way = "correo" if answer.by_mail else codes.channel(answer.channel)
    return Task(
        f"{visit.panel.rendering.area(answer.area)}: la respuesta no llegó por {way}: "
        f"{why(answer.code, by_mail=answer.by_mail)} Si dejó otro contacto, avísele por ahí.",
        f"Ver {answer.number}",
        f"/panel/casos/{answer.number}",
        pressing=Pressing.DUE_SOON,
    )


def _unannounced(held: Unannounced) -> Task:
    return Task(
        whatsapp.sentence(held), "Ver qué hacer", whatsapp.PATH, pressing=Pressing.UNATTENDED
    )


def _request(visit: Visit, request: PrivacyRequest) -> Task:
    term = visit.panel.rendering.term(request.due_at, visit.now)
    return Task(
        f"Una persona pide sobre sus datos, y la ley da un plazo: {term}.",
        f"Decidir {request.number}",
        f"/panel/derechos/{request.number}",
        RIGHTS[request.right],
        _by_term(request.due_at, visit.now),
        request.due_at,
    )


def _breach(visit: Visit, breach: Breach) -> Task:
    following = breach_words.next_step(breach, visit.now, visit.panel.release.content.zone)
    return Task(
        f"Una vulneración de seguridad sigue abierta. {following}",
        f"Ver {breach.number}",
        f"{BREACHES}/{breach.number}",
        pressing=_by_term(breach.due_at, visit.now),
        due_at=breach.due_at,
    )


def _report(visit: Visit, report: CardReport) -> Task:
    service = visit.panel.release.content.service_by_id.get(report.card)
    return Task(
        f"Avisan que una ficha está mal: {service.name if service else report.card}.",
        "Revisar la ficha",
        f"/panel/fichas/{report.id}",
        beginning(report.words),
    )


def _unattended(visit: Visit, area: str, count: int) -> Task:
    some = "Un caso espera" if count == 1 else f"{count} casos esperan"
    if area not in visit.panel.areas:  # the content has dropped it: no role reaches there
        return Task(
            f"{some} respuesta y su área ya no existe: {area}."
            " En el servidor se deriva con: opina cases forward NÚMERO ÁREA.",
            "Ver las áreas que hay",
            "/panel/personas",
            pressing=Pressing.UNATTENDED,
        )
    called = visit.panel.rendering.area(area)
    return Task(
        f"{some} respuesta y nadie puede responder por esta área: {called}.",
        "Dar el rol a una persona",
        f"/panel/personas?area={area}#give",
        pressing=Pressing.UNATTENDED,
    )


def _undone(undone: list[str]) -> Task:
    """The first thing to do in a new installation."""
    *others, last = undone
    listed = f"{', '.join(others)} ni {last}" if others else last
    return Task(
        f"Aún nadie tiene un rol para {listed}. Agregue a quienes lo harán, cada quien con su rol.",
        "Agregar personas",
        "/panel/personas",
        pressing=Pressing.UNATTENDED,
    )


def _measures(visit: Visit, measures: list[Measure]) -> Iterator[Task]:
    yield from (_measure(visit, measure) for measure in measures[:MOST])
    if len(measures) > MOST:
        yield Task(
            f"En total esperan {len(measures)} medidas.", "Ver las medidas", "/panel/medidas"
        )


def _measure(visit: Visit, measure: Measure) -> Task:
    said = measure_words.problem(measure, visit.panel.rendering.area(measure.area))
    following = measure_words.next_step(measure, visit.now, visit.panel.release.content.zone)
    return Task(
        f"{said}: {following}.",
        BUTTONS[measure.verbs[0]],
        f"/panel/medidas/{measure.number}?desde={FROM_TODAY}",
        pressing=_by_term(measure.due_at, visit.now),
        due_at=measure.due_at,
    )


def _assessment(visit: Visit, assessment: Assessment) -> Task:
    area = visit.panel.rendering.area(assessment.area)
    return Task(
        f"{area}: la autoevaluación ({assessment_words.period(assessment.period)}) está completa"
        " y falta validarla.",
        f"Leer {assessment.number}",
        f"{ASSESSMENTS}/{assessment.number}",
    )


def _round(visit: Visit, asked: RoundBrief) -> Task:
    return Task(
        "Hay un cuestionario para el personal. Se cuenta por área, sin su nombre;"
        f" {visit.panel.rendering.term(asked.closes_at, visit.now)}.",
        "Responder el cuestionario",
        f"{ROUNDS}/{asked.number}",
        due_at=asked.closes_at,
    )


def _news(visit: Visit, waiting: Waiting) -> Iterator[Task]:
    """All that is not urgent."""
    if waiting.digest is not None:
        yield Task(
            f"Está listo el resumen de la semana {waiting.digest.week}.",
            "Leer el resumen",
            digests.links(visit, waiting.digest)[0][1],
            pressing=Pressing.NEWS,
        )
    if waiting.privacy_lacks:
        yield Task(
            "La página de privacidad no dice aún lo que la ley pide:"
            f" {', '.join(waiting.privacy_lacks)}.",
            "Completar la página de privacidad",
            PRIVACY,
            pressing=Pressing.NEWS,
        )
    if waiting.without_role:
        count = waiting.without_role
        some = "Una persona no tiene" if count == 1 else f"{count} no tienen"
        sentence = f"{some} rol: no ve nada en el panel."
        yield Task(sentence, "Ver las personas", "/panel/personas", pressing=Pressing.NEWS)


def _by_term(due_at: datetime | None, now: datetime) -> Pressing:
    if due_at is None:
        return Pressing.WAITING
    if due_at < now:
        return Pressing.OVERDUE
    return Pressing.DUE_SOON if due_at < now + DUE_SOON else Pressing.WAITING
