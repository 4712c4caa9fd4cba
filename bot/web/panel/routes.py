"""What is checked before each page of the panel is answered."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from aiohttp import web

from bot.web.bodies import BODY_S
from bot.web.panel import security, unsent, uploads
from bot.web.panel.menu import in_menu
from bot.web.panel.page import Page
from bot.web.panel.page_table import OPEN, PAGES
from bot.web.panel.unsent import address, page_of
from bot.web.panel.visit import Panel, Visit, see_other, words_of
from handlers.errors import StorageUnavailable
from handlers.text.display import as_typed
from storage.assessments import steps as assessment_steps
from storage.cases.lists import browsing
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.handovers import reading
from storage.measures import steps
from storage.staff import sessions as stored
from storage.staff.sessions import SignedIn

FILLED = web.RequestKey("FILLED", uploads.Filled)  # the form, where it may bring a file
TYPED = web.RequestKey("TYPED", dict[str, str])  # its fields, to be shown if it is not taken
UPLOAD_S = 450.0  # for a file from a signed-in member of staff, over a slow network
_NUMBER = re.compile(r"[A-Za-z0-9-]{1,40}")
_CHAT = re.compile(r"[0-9]{1,18}|[1-8][0-9]{18}")


def routes(panel: Panel) -> list[web.RouteDef]:
    """The panel's routes for the web server."""
    panel.rendering.offer(
        [
            (words, page.path, page.menu, page.action)
            for words, page in in_menu(panel.release.content)
        ]
    )
    guarded = [
        web.route(
            page.method,
            page.path,
            _checked(panel, partial(_for_visit, panel, page), files=page.files),
        )
        for page in PAGES
    ]
    shown = {page.path for page in PAGES if page.method == "GET"}
    for page in PAGES:
        if page.path not in shown:
            # First, as another page's address may fit it: /panel/cuestionarios/cerrar.
            guarded.insert(0, web.route("GET", page.path, _checked(panel, partial(_to_page, page))))
    for method, path, answer in OPEN:
        guarded.append(web.route(method, path, _checked(panel, partial(answer, panel))))
    return [*panel.rendering.files.routes, *guarded]


def _checked(
    panel: Panel,
    answer: Callable[[web.Request, Mapping[str, str]], Awaitable[web.StreamResponse]],
    *,
    files: bool = False,
) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """What holds for every address: a form is our own and of a size, headers, errors in words."""

    async def respond(request: web.Request) -> web.StreamResponse:
        try:
            response: web.StreamResponse
            if request.method == "POST":
                response = await _take_form(panel, request, answer, files=files)
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
    *,
    files: bool,
) -> web.StreamResponse:
    if not security.is_own_form(request):
        return _message(panel, 403)
    if files and request.content_type == uploads.MULTIPART:
        return await _take_file(panel, request, answer)
    if request.content_type != "application/x-www-form-urlencoded":
        return _message(panel, 415)
    if not await _is_of_a_size(panel, request):
        return _message(panel, 413)
    async with _in_time(BODY_S):
        sent = await request.post()
    texts = {name: value for name, value in sent.items() if isinstance(value, str)}
    return await answer(request, _typed(request, texts))


@asynccontextmanager
async def _in_time(seconds: float) -> AsyncIterator[None]:
    """Raise 408 and close the connection if a form is not complete in time."""
    try:
        async with asyncio.timeout(seconds):
            yield
    except TimeoutError:
        late = web.HTTPRequestTimeout()
        late.force_close()
        raise late from None


async def _is_of_a_size(panel: Panel, request: web.Request) -> bool:
    """Whether the form is read: those who are signed in are told which field is too long."""
    length = request.content_length
    if length is None or length > security.LONGEST_FORM_BYTES:
        return False
    return length <= security.MAX_FORM_BYTES or await _signed_in(panel, request) is not None


async def _take_file(
    panel: Panel,
    request: web.Request,
    answer: Callable[[web.Request, Mapping[str, str]], Awaitable[web.StreamResponse]],
) -> web.StreamResponse:
    """A form that may bring a file, which only those who are signed in can make us hold."""
    # A file that is too large is skipped, so that the rest of the form is not lost.
    most = 2 * panel.most_of_a_file + security.LONGEST_FORM_BYTES
    if request.content_length is None or request.content_length > most:
        return _message(panel, 413, of_file=True)
    known = await _signed_in(panel, request) is not None
    words = security.LONGEST_FORM_BYTES if known else security.MAX_FORM_BYTES
    async with _in_time(UPLOAD_S if known else BODY_S):
        filled = await uploads.read_form(request, panel.most_of_a_file if known else 0, words)
    if filled is None:
        return _message(panel, 413)
    request[FILLED] = filled
    return await answer(request, _typed(request, filled.fields))


def _typed(request: web.Request, fields: Mapping[str, str]) -> dict[str, str]:
    """Nobody types a NUL, which PostgreSQL does not keep, nor what turns text round or is empty
    to the eye: a citizen would get an answer without words."""
    request[TYPED] = {name: as_typed(value) for name, value in fields.items()}
    return request[TYPED]


async def _to_page(form: Page, request: web.Request, _: Mapping[str, str]) -> web.Response:
    """The address of a form that was opened as a page, as from a browser's history."""
    shown = page_of(form)
    return see_other(quote(address(shown, request.match_info)) if shown else security.HOME)


async def _for_visit(
    panel: Panel, page: Page, request: web.Request, form: Mapping[str, str]
) -> web.StreamResponse:
    """Check who asks, the form's session and the permission; then serve the page."""
    now = panel.clock()
    token = request.cookies.get(security.SESSION_COOKIE, "")
    found = await _signed_in(panel, request)
    if found is None:
        return _signed_out(panel, request, form)
    visit = replace(_visit(panel, request, found, token), form=form)
    if request.method == "POST" and not await _is_of_this_person(visit):
        return visit.page("send_again.html.j2", status=403, **_unsent(request, form))
    if not await _is_allowed(visit, page):
        return visit.page("message.html.j2", status=404 if page.of_an_area else 403)
    if stored.is_due(found.session, now):
        await panel.database.write(lambda tx: stored.note_seen(tx, found.session.id, now))
    visit = replace(visit, filled=request.get(FILLED))
    return await unsent.keep_unsent(visit, page, await page.answer(visit))


async def _is_of_this_person(visit: Visit) -> bool:
    """Whether the form is of this session, or of an earlier one of the same person: what they
    typed until it ended is sent by one press."""
    panel, given = visit.panel, visit.form.get("form_token", "")
    if security.is_form_token(visit.form_token, given):
        return True
    staff_id = visit.session.staff_id
    known = await panel.database.read(lambda tx: stored.hashes(tx, staff_id))
    return any(
        security.is_form_token(security.form_token(panel.keyring, session), given)
        for session in known
    )


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
        security.form_token(panel.keyring, stored.hash_of(panel.keyring, token)),
        panel.clock(),
        query=request.query,
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
    # The same answer for a case that does not exist and for one this person may not see.
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
        "fields": {"form_token": "", **form},
        "file_lost": filled is not None and bool(filled.file or filled.refused),
    }


def _message(
    panel: Panel, status: int, form: Mapping[str, str] | None = None, *, of_file: bool = False
) -> web.Response:
    words = words_of(form or {})
    text = panel.rendering.render(
        "message.html.j2", visit=None, status=status, words=words, of_file=of_file
    )
    return web.Response(text=text, content_type="text/html", status=status)
