"""Every address of the panel, and what is checked before each is answered."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from urllib.parse import quote

from aiohttp import web

from bot.web.panel import security, uploads
from bot.web.panel.pages import audit, privacy, rights, today
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
from bot.web.panel.pages.staff import (
    duty,
    notices,
    people,
    pinned,
    questionnaire,
    questionnaires,
    sessions,
    sign_in,
)
from bot.web.panel.visit import Panel, Visit, see_other, words_of
from handlers.assessments.rounds import offered
from handlers.errors import StorageUnavailable
from handlers.staff.permissions import Action
from storage.assessments import steps as assessment_steps
from storage.cases import browsing
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.handovers import reading
from storage.measures import steps
from storage.staff import sessions as stored
from storage.staff.sessions import SignedIn

FILLED = web.RequestKey("FILLED", uploads.Filled)  # the form, where it may bring a file
TYPED = web.RequestKey("TYPED", dict[str, str])  # its fields, to be shown if it is not taken
_OF_AN_AREA = ("{number}", "{chat}", "{measure}", "{assessment}", "{area}")
_LONG_FORM = 512 * 1024  # forty criteria, each field full of what takes nine bytes a letter
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")
_CHAT = re.compile(r"[0-9]{1,18}|[1-8][0-9]{18}")


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
    most_bytes: int = security.MAX_FORM_BYTES  # of its form, without a file

    @property
    def of_an_area(self) -> bool:
        return any(part in self.path for part in _OF_AN_AREA)


PAGES = (
    Page("GET", "/panel", Action.SEE_TODAY, today.page, "Hoy"),
    Page("GET", "/panel/casos", Action.LIST_CASES, cases.page, "Casos"),
    Page("GET", "/panel/casos/{number}", Action.READ_CASES, case.page),
    Page("GET", "/panel/casos/{number}/archivos/{file}", Action.READ_CASES, file.in_case),
    Page("POST", "/panel/casos/{number}/respuesta", Action.ANSWER_CASES, case.answer, files=True),
    Page("POST", "/panel/casos/{number}/deshacer", Action.ANSWER_CASES, case.undo),
    Page("POST", "/panel/casos/{number}/otra-vez", Action.ANSWER_CASES, arrivals.send_again),
    Page("POST", "/panel/casos/{number}/avisado", Action.ANSWER_CASES, arrivals.settle),
    Page("POST", "/panel/casos/{number}/nota", Action.NOTE_CASES, case.note),
    Page("POST", "/panel/casos/{number}/derivar", Action.FORWARD_CASES, case.forward),
    Page("POST", "/panel/casos/{number}/cerrar", Action.CLOSE_CASES, case.close),
    Page(
        "POST",
        "/panel/casos/{number}/plantilla",
        Action.ANSWER_CASES,
        case.use_template,
        files=True,
    ),
    Page("POST", "/panel/casos/{number}/plazo", Action.EXTEND_CASES, case_steps.extend),
    Page("POST", "/panel/casos/{number}/reabrir", Action.REOPEN_CASES, case_steps.reopen),
    Page(
        "POST",
        "/panel/casos/{number}/transparencia",
        Action.CLOSE_CASES,
        case_steps.show_formal_way,
    ),
    Page("POST", "/panel/casos/{number}/incidente", Action.GROUP_CASES, incidents.put_case),
    Page("GET", "/panel/incidentes", Action.GROUP_CASES, incidents.page),
    Page("GET", "/panel/incidentes/{incident}", Action.GROUP_CASES, incidents.one),
    Page("POST", "/panel/incidentes/{incident}/agregar", Action.GROUP_CASES, incidents.add),
    Page("POST", "/panel/incidentes/{incident}/respuesta", Action.GROUP_CASES, incidents.answer),
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
    ),
    Page("POST", "/panel/conversaciones/{chat}/devolver", Action.ANSWER_CHATS, chat.give_back),
    Page("POST", "/panel/conversaciones/{chat}/terminar", Action.ANSWER_CHATS, chat.end),
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
        most_bytes=_LONG_FORM,
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
    Page("POST", "/panel/derechos/{request}/decidir", Action.DECIDE_RIGHTS, rights.decide),
    Page("POST", "/panel/derechos/{request}/plazo", Action.DECIDE_RIGHTS, rights.extend),
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
    Page("POST", "/panel/personas", Action.MANAGE_STAFF, people.add),
    Page("POST", "/panel/personas/rol", Action.MANAGE_STAFF, people.give_role),
    Page("POST", "/panel/personas/quitar-rol", Action.MANAGE_STAFF, people.take_role),
    Page("POST", "/panel/personas/enlace", Action.MANAGE_STAFF, people.send_link),
    Page("GET", "/panel/turnos", Action.SEE_DUTY, duty.page, "Turnos"),
    Page("POST", "/panel/turnos", Action.MANAGE_DUTY, duty.add_shift),
    Page("POST", "/panel/turnos/quitar", Action.MANAGE_DUTY, duty.remove_shift),
    Page("POST", "/panel/turnos/ausencia", Action.SEE_DUTY, duty.add_absence),
    Page("POST", "/panel/turnos/quitar-ausencia", Action.SEE_DUTY, duty.remove_absence),
    Page("GET", "/panel/aviso", Action.PIN_NOTICE, pinned.page, "Aviso"),
    Page("POST", "/panel/aviso", Action.PIN_NOTICE, pinned.pin),
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


def routes(panel: Panel) -> list[web.RouteDef]:
    """The panel's routes for the web server."""
    panel.rendering.offer([(page.path, page.menu, page.action) for page in _offered(panel)])
    guarded = [
        web.route(
            page.method,
            page.path,
            _checked(panel, partial(_for_visit, panel, page), page.most_bytes, files=page.files),
        )
        for page in PAGES
    ]
    for method, path, answer in OPEN:
        guarded.append(web.route(method, path, _checked(panel, partial(answer, panel))))
    return [*panel.rendering.files.routes, *guarded]


def _offered(panel: Panel) -> list[Page]:
    """What stands in the menu: nothing that the content has no criteria or questions for."""
    content = panel.release.content
    without = {
        assessments.PATH if content.self_assessment is None else "",
        "" if offered(content) else questionnaires.PATH,
    }
    return [page for page in PAGES if page.menu and page.path not in without]


def _checked(
    panel: Panel,
    answer: Callable[[web.Request, Mapping[str, str]], Awaitable[web.StreamResponse]],
    most_bytes: int = security.MAX_FORM_BYTES,
    *,
    files: bool = False,
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """What holds for every address: a form is our own and of a size, headers, errors in words."""

    async def respond(request: web.Request) -> web.StreamResponse:
        try:
            response: web.StreamResponse
            if request.method == "POST":
                response = await _take_form(panel, request, answer, most_bytes, files=files)
            else:
                response = await answer(request, {})
        except StorageUnavailable:
            response = _message(panel, 503, request.get(TYPED))
        if not response.prepared:  # a file is on its way already, with them
            for name, value in security.HEADERS.items():
                response.headers.setdefault(name, value)
        return response

    return respond


async def _take_form(
    panel: Panel,
    request: web.Request,
    answer: Callable[[web.Request, Mapping[str, str]], Awaitable[web.StreamResponse]],
    most_bytes: int,
    *,
    files: bool,
) -> web.StreamResponse:
    if not security.is_own_form(request):
        return _message(panel, 403)
    if files and request.content_type == uploads.MULTIPART:
        return await _take_file(panel, request, answer)
    if request.content_type != "application/x-www-form-urlencoded":
        return _message(panel, 415)
    if request.content_length is None or request.content_length > most_bytes:
        return _message(panel, 413)
    sent = await request.post()
    texts = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await answer(request, _typed(request, texts))


async def _take_file(
    panel: Panel,
    request: web.Request,
    answer: Callable[[web.Request, Mapping[str, str]], Awaitable[web.StreamResponse]],
) -> web.StreamResponse:
    """A form that may bring a file, which only those who are signed in can make us hold."""
    # A file that is too large is read past, so that what was typed beside it is not lost.
    most = 2 * panel.most_of_a_file + security.MAX_FORM_BYTES
    if request.content_length is None or request.content_length > most:
        return _message(panel, 413)
    known = await _signed_in(panel, request) is not None
    filled = await uploads.read_form(request, panel.most_of_a_file if known else 0)
    if filled is None:
        return _message(panel, 413)
    request[FILLED] = filled
    return await answer(request, _typed(request, filled.fields))


def _typed(request: web.Request, fields: Mapping[str, str]) -> dict[str, str]:
    """PostgreSQL keeps no NUL, and nobody types one."""
    request[TYPED] = {name: value.replace("\0", "") for name, value in fields.items()}
    return request[TYPED]


async def _for_visit(
    panel: Panel, page: Page, request: web.Request, form: Mapping[str, str]
) -> web.StreamResponse:
    """Who asks, whether the form is of this session, whether they may; then the page itself."""
    now = panel.clock()
    token = request.cookies.get(security.SESSION_COOKIE, "")
    found = await _signed_in(panel, request)
    if found is None:
        return _signed_out(panel, request, form)
    visit = replace(_visit(panel, request, found, token), form=form)
    if request.method == "POST" and not security.is_form_token(
        visit.form_token, form.get("form_token", "")
    ):
        return visit.page("send_again.html.j2", status=403, **_unsent(request, form))
    if not await _is_allowed(visit, page):
        return visit.page("message.html.j2", status=404 if page.of_an_area else 403)
    if stored.is_due(found.session, now):
        await panel.database.write(lambda tx: stored.note_seen(tx, found.session.id, now))
    return await page.answer(replace(visit, filled=request.get(FILLED)))


async def _signed_in(panel: Panel, request: web.Request) -> SignedIn | None:
    """Who asks."""
    token = request.cookies.get(security.SESSION_COOKIE, "")
    find = partial(
        stored.find, keyring=panel.keyring, token=token, limits=panel.limits, now=panel.clock()
    )
    return await panel.database.read(lambda tx: find(tx)) if token else None


def _visit(panel: Panel, request: web.Request, found: SignedIn, token: str) -> Visit:
    return Visit(
        panel,
        request,
        found.session,
        found.name,
        found.grants,
        security.form_token(panel.keyring, token),
        panel.clock(),
    )


async def _is_allowed(visit: Visit, page: Page) -> bool:
    if not page.of_an_area:
        return visit.may(page.action)
    panel, given = visit.panel, visit.request.match_info
    area: str | None
    if "area" in given:
        area = given["area"] if given["area"] in panel.areas else None
    else:
        area = await panel.database.read(partial(_area_of, panel.keyring, given))
    # No answer tells a case that is not there from one that is somebody else's.
    return area is not None and visit.may(page.action, area)


def _area_of(keyring: Keyring, given: Mapping[str, str], tx: Transaction) -> str | None:
    """The area of what an address is about; None: there is nothing of that number."""
    number, chat_id, measure_number, assessment_number = (
        given.get(part, "") for part in ("number", "chat", "measure", "assessment")
    )
    if _NUMBER.fullmatch(number):
        return browsing.area_of(tx, number)
    if _NUMBER.fullmatch(measure_number):
        return steps.area_of(tx, keyring, measure_number)
    if _NUMBER.fullmatch(assessment_number):
        return assessment_steps.area_of(tx, keyring, assessment_number)
    return reading.area_of(tx, int(chat_id)) if _CHAT.fullmatch(chat_id) else None


def _signed_out(panel: Panel, request: web.Request, form: Mapping[str, str]) -> web.Response:
    """To the sign-in; what was typed is shown, to be sent once signed in again."""
    if request.method != "POST":
        asked = security.own_path(request.path_qs)
        back = "" if asked == security.HOME else f"?volver={quote(asked, safe='/')}"
        return see_other(f"/panel/entrar{back}")
    text = panel.rendering.render("send_again.html.j2", visit=None, **_unsent(request, form))
    return web.Response(text=text, content_type="text/html", status=401)


def _unsent(request: web.Request, form: Mapping[str, str]) -> dict[str, object]:
    """What the page says that asks to send a form again."""
    filled = request.get(FILLED)
    return {
        "path": request.path,
        "words": words_of(form),
        "fields": {name: value for name, value in form.items() if name != "form_token"},
        "file_lost": filled is not None and bool(filled.file or filled.too_large),
    }


def _message(panel: Panel, status: int, form: Mapping[str, str] | None = None) -> web.Response:
    words = words_of(form or {})
    text = panel.rendering.render("message.html.j2", visit=None, status=status, words=words)
    return web.Response(text=text, content_type="text/html", status=status)
