"""Signing in: an address is asked for, a link and a code are sent, one of them is spent by POST."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

from bot.web.panel import security
from bot.web.panel.visit import Panel, see_other
from handlers.messages import Announcement
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.engine.database import Transaction
from storage.outbox.inbox import for_each, put_inbox
from storage.staff import sessions, sign_in
from storage.staff.digest_readers import CHANNELS
from storage.staff.sign_in import LINK_LASTS, SignIn
from storage.staff.staff import recipients

Form = Mapping[str, str]
EVERY_ANSWER_S = 0.25  # an address that is known takes no longer than one that is not
PER_MAILBOX = 5
CODE_PAGE = "/panel/entrar/codigo"
SUBJECT = "Su enlace para entrar al panel"
TEXT = """\
Para entrar al panel de Opina, abra este enlace y presione Entrar:

{link}

O escriba este código en la página donde lo pidió: {code}

Sirven una sola vez, durante {minutes} minutos. Si no los pidió, no haga nada.\
"""


async def page(panel: Panel, request: web.Request, _form: Form) -> web.Response:
    """Asks for the mail address."""
    return _page(
        panel,
        "staff/sign_in.html.j2",
        back=_back(request.query.get("volver", "")),
        email="",
        wrong=False,
    )


async def ask(panel: Panel, request: web.Request, form: Form) -> web.Response:
    """Send a link, if there is such a person; the answer is the same."""
    until = time.monotonic() + EVERY_ANSWER_S
    email, back = form.get("email", "").strip(), _back(form.get("back", ""))
    if "@" not in email or len(email) > 200:
        return _page(panel, "staff/sign_in.html.j2", 422, back=back, email=email, wrong=True)
    browser, now = secrets.token_urlsafe(24), panel.clock()

    def write(tx: Transaction) -> bool:
        if not sign_in.may_try(tx, panel.keyring, email.lower(), PER_MAILBOX, now):
            return False
        staff_id = sign_in.staff_with(tx, email)
        if staff_id is not None:
            fresh = sign_in.new_link(tx, panel.keyring, staff_id, now, browser=browser)
            send(tx, panel, staff_id, fresh, back)
        return True

    taken = await panel.attempts.make(panel.sender(request), now, write)
    panel.nudge()
    await asyncio.sleep(max(0.0, until - time.monotonic()))
    if not taken:
        return _page(panel, "staff/sign_in_later.html.j2", 429)
    response = see_other(CODE_PAGE + _asking_for(back))
    base_url, lasts_s = panel.base_url(), round(LINK_LASTS.total_seconds())
    security.set_cookie(response, security.BROWSER_COOKIE, browser, base_url, lasts_s)
    return response


def can_send(tx: Transaction, panel: Panel, staff_id: int) -> bool:
    """Whether a channel that is on reaches this member of staff."""
    on = panel.reaches_staff
    told = recipients(tx, duty=True)
    return any(each.staff_id == staff_id and each.channel in on for each in told)


def send(tx: Transaction, panel: Panel, staff_id: int, fresh: SignIn, back: str = "") -> None:
    """Have a link and its code sent to a member of staff, wherever they are reached."""
    link = link_to(panel.base_url(), fresh) + _asking_for(back)
    minutes = round(LINK_LASTS.total_seconds() / 60)
    text = TEXT.format(link=link, code=f"{fresh.code[:4]}-{fresh.code[4:]}", minutes=minutes)
    event = f"sign-in:{secrets.token_hex(8)}"
    told = [
        recipient.contact_id
        for recipient in recipients(tx, duty=True)
        if recipient.staff_id == staff_id and recipient.channel in CHANNELS
    ]
    body = Announcement(text, SUBJECT)
    put_inbox(tx, panel.keyring, for_each(told, event, body), panel.clock())


def link_to(base_url: str, fresh: SignIn) -> str:
    """The address of a one-time link."""
    return f"{base_url.rstrip('/')}/panel/entrar/{fresh.token}"


async def code_page(panel: Panel, request: web.Request, _form: Form) -> web.Response:
    """Says that something was sent, and takes the code."""
    back = _back(request.query.get("volver", ""))
    return _page(panel, "staff/sign_in_code.html.j2", back=back, wrong=False)


async def spend_code(panel: Panel, request: web.Request, form: Form) -> web.Response:
    """Sign in with a code, in the browser where it was asked for."""
    browser = request.cookies.get(security.BROWSER_COOKIE, "")
    back, code, now = _back(form.get("back", "")), form.get("code", ""), panel.clock()

    def write(tx: Transaction) -> str | None:
        staff_id = sign_in.spend_code(tx, panel.keyring, code, browser, now)
        return _begin(tx, panel, request, staff_id)

    token = await panel.attempts.make(panel.sender(request), now, write)
    if token is None:
        return _page(panel, "staff/sign_in_code.html.j2", 422, back=back, wrong=True)
    return _let_in(panel, token, back)


async def link_page(panel: Panel, request: web.Request, _form: Form) -> web.Response:
    """A button. Opening the link spends nothing: the scanners of mail servers open it first."""
    back = _back(request.query.get("volver", ""))
    return _page(panel, "staff/sign_in_link.html.j2", back=back, path=request.path, spent=False)


async def spend_link(panel: Panel, request: web.Request, form: Form) -> web.Response:
    """Sign in with the link."""
    back, now = _back(form.get("back", "")), panel.clock()

    def write(tx: Transaction) -> str | None:
        staff_id = sign_in.spend_link(tx, panel.keyring, request.match_info["token"], now)
        return _begin(tx, panel, request, staff_id)

    token = await panel.attempts.make_uncounted(panel.sender(request), now, write)
    if token is None:
        path = request.path
        return _page(panel, "staff/sign_in_link.html.j2", 410, back=back, path=path, spent=True)
    return _let_in(panel, token, back)


def _begin(tx: Transaction, panel: Panel, request: web.Request, staff_id: int | None) -> str | None:
    """A new session, and the end of the one that this browser may have had."""
    if staff_id is None:
        return None
    now = panel.clock()
    former = request.cookies.get(security.SESSION_COOKIE, "")
    sessions.let_lapse(tx, panel.keyring, former, panel.limits, now)
    sessions.forget_ended(tx, panel.limits, now)
    device = request.headers.get("User-Agent", "")
    token = sessions.begin(tx, panel.keyring, staff_id, device, now)
    chain.append(tx, panel.keyring, AuditEntry(staff_id, "sign-in"), now)
    return token


def _let_in(panel: Panel, token: str, back: str) -> web.Response:
    response = see_other(back or security.HOME)
    lasts_s = round(panel.limits.absolute.total_seconds())
    security.set_cookie(response, security.SESSION_COOKIE, token, panel.base_url(), lasts_s)
    security.drop_cookie(response, security.BROWSER_COOKIE)
    return response


def _asking_for(back: str) -> str:
    return f"?volver={quote(back, safe='/')}" if back else ""


def _back(path: str) -> str:
    own = security.own_path(path)
    return "" if own == security.HOME else own


def _page(panel: Panel, template: str, status: int = 200, **values: object) -> web.Response:
    text = panel.rendering.render(template, visit=None, **values)
    return web.Response(text=text, content_type="text/html", status=status)
