"""Every address of the panel, and what one must be allowed to do there; the menu reads it too."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from bot.web.panel.pages import audit, privacy, rights, today
from bot.web.panel.pages.breaches import breach, breaches, report, telling
from bot.web.panel.pages.cases import (
    arrivals,
    cards,
    case,
    case_steps,
    cases,
    desk,
    file,
    incidents,
    templates,
)
from bot.web.panel.pages.conversations import chat, chats
from bot.web.panel.pages.quality import (
    assessment,
    assessments,
    definitions,
    digests,
    downloads,
    indicator,
    indicators,
    lookups,
    measure,
    measures,
    ratings,
)
from bot.web.panel.pages.quality import chart as chart_page
from bot.web.panel.pages.staff import (
    duty,
    everyones_sessions,
    notices,
    people,
    pinned,
    questionnaire,
    questionnaires,
    sessions,
    sign_in,
)
from bot.web.panel.visit import Visit
from handlers.staff.permissions import Action

_OF_AN_AREA = ("{number}", "{chat}", "{measure}", "{assessment}", "{area}")


@dataclass(frozen=True, slots=True)
class Page:
    """An address for those who are signed in. ``{number}`` in it is a case, ``{chat}`` a
    conversation with a person, ``{measure}`` a measure, ``{assessment}`` a self-assessment,
    ``{area}`` an area: then the action must be allowed in its area."""

    method: str
    path: str
    action: Action
    answer: Callable[[Visit], Awaitable[web.StreamResponse]]
    menu: str = ""  # what it is called in the menu
    files: bool = False  # its form may bring one
    # What is typed in its form, where the page has other forms too; they begin empty.
    takes: tuple[str, ...] = ()

    @property
    def of_an_area(self) -> bool:
        return any(part in self.path for part in _OF_AN_AREA)


PAGES = (
    Page("GET", "/panel", Action.SEE_TODAY, today.page, "Hoy"),
    Page("GET", "/panel/casos", Action.LIST_CASES, cases.page, "Casos"),
    Page("GET", "/panel/casos/{number}", Action.READ_CASES, case.page),
    Page("POST", "/panel/casos/{number}/mirar", Action.READ_CASES, case.page),
    Page("GET", "/panel/casos/{number}/archivos/{file}", Action.READ_CASES, file.in_case),
    Page(
        "POST",
        "/panel/casos/{number}/respuesta",
        Action.ANSWER_CASES,
        case.answer,
        files=True,
        takes=("answer", "again", "file"),
    ),
    Page("POST", "/panel/casos/{number}/deshacer", Action.ANSWER_CASES, case.undo),
    Page("POST", "/panel/casos/{number}/otra-vez", Action.ANSWER_CASES, arrivals.send_again),
    Page("POST", "/panel/casos/{number}/avisado", Action.ANSWER_CASES, arrivals.settle),
    Page("POST", "/panel/casos/{number}/nota", Action.NOTE_CASES, case.note, takes=("note",)),
    Page(
        "POST",
        "/panel/casos/{number}/derivar",
        Action.FORWARD_CASES,
        case.forward,
        takes=("area", "reason"),
    ),
    Page(
        "POST", "/panel/casos/{number}/cerrar", Action.CLOSE_CASES, case.close, takes=("closing",)
    ),
    Page(
        "POST",
        "/panel/casos/{number}/plantilla",
        Action.ANSWER_CASES,
        case.use_template,
        files=True,
    ),
    Page(
        "POST",
        "/panel/casos/{number}/plazo",
        Action.EXTEND_CASES,
        case_steps.extend,
        takes=("extension",),
    ),
    Page(
        "POST",
        "/panel/casos/{number}/reabrir",
        Action.REOPEN_CASES,
        case_steps.reopen,
        takes=("reopening",),
    ),
    Page(
        "POST",
        "/panel/casos/{number}/transparencia",
        Action.CLOSE_CASES,
        case_steps.show_formal_way,
    ),
    Page(
        "POST",
        "/panel/casos/{number}/incidente",
        Action.GROUP_CASES,
        incidents.put_case,
        takes=("title",),
    ),
    Page("GET", "/panel/incidentes", Action.GROUP_CASES, incidents.page),
    Page("GET", "/panel/incidentes/{incident}", Action.GROUP_CASES, incidents.one),
    Page("POST", "/panel/incidentes/{incident}/mirar", Action.GROUP_CASES, incidents.one),
    Page(
        "POST",
        "/panel/incidentes/{incident}/agregar",
        Action.GROUP_CASES,
        incidents.add,
        takes=("q",),
    ),
    Page(
        "POST",
        "/panel/incidentes/{incident}/respuesta",
        Action.GROUP_CASES,
        incidents.answer,
        takes=("answer",),
    ),
    Page("POST", "/panel/incidentes/{incident}/deshacer", Action.GROUP_CASES, incidents.undo),
    Page("GET", "/panel/conversaciones", Action.ANSWER_CHATS, chats.page, "Conversaciones"),
    Page("GET", "/panel/conversaciones/{chat}", Action.ANSWER_CHATS, chat.page),
    Page("GET", "/panel/conversaciones/{chat}/archivos/{file}", Action.ANSWER_CHATS, file.in_chat),
    Page("POST", "/panel/conversaciones/{chat}/atender", Action.ANSWER_CHATS, chat.take),
    Page(
        "POST",
        "/panel/conversaciones/{chat}/respuesta",
        Action.ANSWER_CHATS,
        chat.answer,
        files=True,
        takes=("text",),
    ),
    Page("POST", "/panel/conversaciones/{chat}/mirar", Action.ANSWER_CHATS, chat.page, files=True),
    Page(
        "POST",
        "/panel/conversaciones/{chat}/devolver",
        Action.ANSWER_CHATS,
        chat.give_back,
        files=True,
    ),
    Page(
        "POST", "/panel/conversaciones/{chat}/terminar", Action.ANSWER_CHATS, chat.end, files=True
    ),
    Page("GET", "/panel/medidas", Action.SEE_MEASURES, measures.page, "Medidas"),
    Page("GET", "/panel/medidas/nueva", Action.OPEN_MEASURES, measures.new),
    Page("POST", "/panel/medidas/nueva", Action.OPEN_MEASURES, measures.open_),
    Page("GET", "/panel/medidas/{measure}", Action.SEE_MEASURES, measure.page),
    Page("POST", "/panel/medidas/{measure}/tomar", Action.DECIDE_MEASURES, measure.take),
    Page("POST", "/panel/medidas/{measure}/decidir", Action.DECIDE_MEASURES, measure.decide),
    Page("POST", "/panel/medidas/{measure}/sin-medida", Action.DECIDE_MEASURES, measure.decline),
    Page("POST", "/panel/medidas/{measure}/nota", Action.DECIDE_MEASURES, measure.note),
    Page("POST", "/panel/medidas/{measure}/hecha", Action.DECIDE_MEASURES, measure.do),
    Page("POST", "/panel/medidas/{measure}/cerrar", Action.CLOSE_MEASURES, measure.close),
    Page("POST", "/panel/medidas/{measure}/reabrir", Action.CLOSE_MEASURES, measure.reopen),
    Page(
        "GET",
        assessments.PATH,
        Action.SEE_ASSESSMENTS,
        assessments.page,
        "Autoevaluaciones",
    ),
    Page("POST", assessments.PATH, Action.FILL_ASSESSMENTS, assessments.open_),
    Page("GET", f"{assessments.PATH}/{{assessment}}", Action.SEE_ASSESSMENTS, assessment.page),
    Page(
        "GET",
        f"{assessments.PATH}/{{assessment}}/llenar",
        Action.FILL_ASSESSMENTS,
        assessment.fill,
    ),
    Page(
        "POST",
        f"{assessments.PATH}/{{assessment}}/llenar",
        Action.FILL_ASSESSMENTS,
        assessment.save,
    ),
    Page(
        "POST",
        f"{assessments.PATH}/{{assessment}}/validar",
        Action.VALIDATE_ASSESSMENTS,
        assessment.validate,
    ),
    Page(
        "POST",
        f"{assessments.PATH}/{{assessment}}/medida",
        Action.OPEN_MEASURES,
        assessment.open_measure,
    ),
    Page(
        "GET",
        questionnaires.PATH,
        Action.ANSWER_ROUNDS,
        questionnaires.page,
        "Cuestionarios",
    ),
    Page("POST", questionnaires.PATH, Action.RUN_ROUNDS, questionnaires.open_),
    Page("POST", f"{questionnaires.PATH}/cerrar", Action.RUN_ROUNDS, questionnaires.close),
    Page("GET", f"{questionnaires.PATH}/{{round}}", Action.ANSWER_ROUNDS, questionnaire.page),
    Page("POST", f"{questionnaires.PATH}/{{round}}", Action.ANSWER_ROUNDS, questionnaire.answer),
    Page("GET", "/panel/indicadores", Action.READ_INDICATORS, indicators.page, "Indicadores"),
    Page("GET", "/panel/indicadores/{area}", Action.READ_INDICATORS, indicator.page),
    Page("GET", "/panel/indicadores/{area}/grafico", Action.READ_INDICATORS, chart_page.of_area),
    Page(
        "POST",
        "/panel/indicadores/{area}/grafico",
        Action.SET_BASELINES,
        chart_page.set_base_of_area,
    ),
    Page("GET", "/panel/grafico", Action.READ_INDICATORS, chart_page.of_municipality),
    Page("POST", "/panel/grafico", Action.SET_BASELINES, chart_page.set_base_of_municipality),
    Page("POST", "/panel/indicadores/{area}/nota", Action.NOTE_FIGURES, indicator.add_note),
    Page("POST", "/panel/indicadores/{area}/base", Action.SET_BASELINES, indicator.set_base),
    Page("GET", "/panel/definiciones", Action.EDIT_INDICATORS, definitions.page),
    Page("POST", "/panel/definiciones", Action.EDIT_INDICATORS, definitions.publish),
    Page("GET", "/panel/meson", Action.ENTER_AT_DESK, desk.page, "Mesón"),
    Page("GET", "/panel/meson/caso", Action.ENTER_AT_DESK, desk.case_page),
    Page("POST", "/panel/meson/caso", Action.ENTER_AT_DESK, desk.enter_case),
    Page("GET", "/panel/meson/nota", Action.ENTER_AT_DESK, desk.rating_page),
    Page("POST", "/panel/meson/nota", Action.ENTER_AT_DESK, desk.enter_rating),
    Page("GET", "/panel/fichas", Action.REPORT_CARDS, cards.page),
    Page("POST", "/panel/fichas", Action.REPORT_CARDS, cards.report),
    Page("GET", "/panel/fichas/{report}", Action.SETTLE_CARDS, cards.one),
    Page("POST", "/panel/fichas/{report}", Action.SETTLE_CARDS, cards.settle),
    Page("GET", "/panel/plantillas", Action.EDIT_TEMPLATES, templates.page),
    Page("POST", "/panel/plantillas", Action.EDIT_TEMPLATES, templates.save),
    Page("POST", "/panel/plantillas/quitar", Action.EDIT_TEMPLATES, templates.remove),
    Page("GET", "/panel/derechos", Action.DECIDE_RIGHTS, rights.page, "Derechos"),
    Page("GET", "/panel/derechos/{request}", Action.DECIDE_RIGHTS, rights.one),
    Page("POST", "/panel/derechos/{request}/mirar", Action.DECIDE_RIGHTS, rights.one),
    Page(
        "POST",
        "/panel/derechos/{request}/decidir",
        Action.DECIDE_RIGHTS,
        rights.decide,
        takes=("words",),
    ),
    Page(
        "POST",
        "/panel/derechos/{request}/plazo",
        Action.DECIDE_RIGHTS,
        rights.extend,
        takes=("why",),
    ),
    Page("GET", breaches.PATH, Action.SEE_BREACHES, breaches.page, "Vulneraciones"),
    Page("GET", f"{breaches.PATH}/nueva", Action.KEEP_BREACHES, breaches.new),
    Page("POST", f"{breaches.PATH}/nueva", Action.KEEP_BREACHES, breaches.record),
    Page("GET", f"{breaches.PATH}/{{breach}}", Action.SEE_BREACHES, breach.page),
    Page("GET", f"{breaches.PATH}/{{breach}}/informe", Action.SEE_BREACHES, report.page),
    Page("POST", f"{breaches.PATH}/{{breach}}/informe", Action.SEE_BREACHES, report.pdf),
    Page(
        "POST",
        f"{breaches.PATH}/{{breach}}/nota",
        Action.KEEP_BREACHES,
        breach.note,
        takes=("note",),
    ),
    Page("POST", f"{breaches.PATH}/{{breach}}/mirar", Action.SEE_BREACHES, breach.page),
    Page("POST", f"{breaches.PATH}/{{breach}}/contar", Action.KEEP_BREACHES, breach.recount),
    Page("GET", f"{breaches.PATH}/{{breach}}/corregir", Action.KEEP_BREACHES, breach.correction),
    Page("POST", f"{breaches.PATH}/{{breach}}/corregir", Action.KEEP_BREACHES, breach.correct),
    Page(
        "POST",
        f"{breaches.PATH}/{{breach}}/reportar",
        Action.KEEP_BREACHES,
        breach.report,
        takes=("reported", "report"),
    ),
    Page(
        "POST",
        f"{breaches.PATH}/{{breach}}/avisar",
        Action.KEEP_BREACHES,
        telling.tell,
        takes=("told",),
    ),
    Page(
        "POST",
        f"{breaches.PATH}/{{breach}}/otra-forma",
        Action.KEEP_BREACHES,
        breach.tell_otherwise,
        takes=("otherwise",),
    ),
    Page(
        "POST",
        f"{breaches.PATH}/{{breach}}/cerrar",
        Action.KEEP_BREACHES,
        breach.close,
        takes=("closing",),
    ),
    Page("GET", privacy.PATH, Action.PUBLISH_NOTICE, privacy.page, "Privacidad"),
    Page("POST", privacy.PATH, Action.PUBLISH_NOTICE, privacy.publish),
    Page("GET", "/panel/consultas", Action.READ_LOOKUPS, lookups.page, "Consultas"),
    Page("GET", "/panel/resumenes", Action.READ_DIGESTS, digests.page, "Resúmenes"),
    Page("GET", "/panel/descargas", Action.DOWNLOAD_FIGURES, downloads.page, "Descargas"),
    Page("POST", "/panel/descargas", Action.DOWNLOAD_FIGURES, downloads.download),
    Page("POST", "/panel/descargas/expediente", Action.DOWNLOAD_EVIDENCE, downloads.evidence),
    Page("GET", "/panel/notas", Action.MOVE_RATINGS, ratings.page),
    Page("POST", "/panel/notas", Action.MOVE_RATINGS, ratings.move),
    Page("GET", "/panel/personas", Action.MANAGE_STAFF, people.page, "Personas"),
    Page(
        "POST",
        "/panel/personas",
        Action.MANAGE_STAFF,
        people.add,
        takes=("name", "email", "add-role", "add-area"),
    ),
    Page(
        "POST",
        "/panel/personas/rol",
        Action.MANAGE_STAFF,
        people.give_role,
        takes=("person", "give-role", "give-area"),
    ),
    Page("POST", "/panel/personas/devolver-rol", Action.MANAGE_STAFF, people.return_role),
    Page("POST", "/panel/personas/quitar-rol", Action.MANAGE_STAFF, people.take_role),
    Page("POST", "/panel/personas/enlace", Action.MANAGE_STAFF, people.send_link),
    Page("GET", everyones_sessions.PATH, Action.MANAGE_STAFF, everyones_sessions.page),
    Page("POST", everyones_sessions.PATH, Action.MANAGE_STAFF, everyones_sessions.end),
    Page("GET", "/panel/turnos", Action.SEE_DUTY, duty.page, "Turnos"),
    Page(
        "POST",
        "/panel/turnos",
        Action.MANAGE_DUTY,
        duty.add_shift,
        takes=("person", "area", "last"),
    ),
    Page("POST", "/panel/turnos/mirar", Action.SEE_DUTY, duty.page),
    Page("POST", "/panel/turnos/quitar", Action.MANAGE_DUTY, duty.remove_shift),
    Page(
        "POST",
        "/panel/turnos/ausencia",
        Action.SEE_DUTY,
        duty.add_absence,
        takes=("until", "substitute"),
    ),
    Page("POST", "/panel/turnos/quitar-ausencia", Action.SEE_DUTY, duty.remove_absence),
    Page("GET", "/panel/aviso", Action.PIN_NOTICE, pinned.page, "Aviso"),
    Page("POST", "/panel/aviso", Action.PIN_NOTICE, pinned.pin, takes=("text",)),
    Page("POST", "/panel/aviso/mirar", Action.PIN_NOTICE, pinned.page),
    Page("POST", "/panel/aviso/quitar", Action.PIN_NOTICE, pinned.take_down),
    Page("GET", "/panel/auditoria", Action.READ_AUDIT, audit.page, "Auditoría"),
    Page("GET", "/panel/sesiones", Action.OWN_SESSIONS, sessions.page),
    Page("POST", "/panel/sesiones/cerrar", Action.OWN_SESSIONS, sessions.end),
    Page("GET", "/panel/avisos", Action.OWN_NOTICES, notices.page),
    Page("POST", "/panel/avisos", Action.OWN_NOTICES, notices.choose),
    Page("POST", "/panel/salir", Action.OWN_SESSIONS, sessions.leave),
)
OPEN = (
    ("GET", "/panel/entrar", sign_in.page),
    ("POST", "/panel/entrar", sign_in.ask),
    ("GET", "/panel/entrar/codigo", sign_in.code_page),
    ("POST", "/panel/entrar/codigo", sign_in.spend_code),
    ("GET", "/panel/entrar/{token}", sign_in.link_page),
    ("POST", "/panel/entrar/{token}", sign_in.spend_link),
)
