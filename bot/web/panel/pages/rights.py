"""What citizens ask about their own data and a person decides, with its legal dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.labels.codes import REQUEST_STATES, RIGHTS
from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.typed import text_field
from bot.web.panel.visit import Visit, see_other
from handlers.facts.cases import UNDO
from handlers.facts.own_data import Right
from handlers.privacy.due import due
from storage.engine.database import Transaction
from storage.privacy import requests
from storage.privacy.requests import CannotDecide, Reopening, Request

LONGEST = 3_000
PATH = "/panel/derechos"
NOTICES = {
    "tarde": "Ya no se puede deshacer: la decisión va en camino.",
    "decidido": "La decisión quedó anotada. La persona la recibe en su chat.",
    "sin-aviso": "La decisión quedó anotada. La persona borró sus datos: no hay a quién avisar.",
    "reabierto": "El pedido espera otra vez una decisión, y se le dice a la persona.",
    "alargado": "El plazo quedó alargado, y se le dice a la persona.",
}
TOO_LATE = "Ya está decidido, o su plazo no se puede alargar otra vez."
NOT_DECIDED = "El pedido ya espera una decisión, o la persona borró sus datos."


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request with the numbers of its citizen's cases, in which the data may be."""

    request: Request
    cases: list[str]
    reopens: bool  # it is decided, and can be decided anew


async def page(visit: Visit) -> web.Response:
    """GET /panel/derechos: those that wait, the first to lapse first; ``todos`` adds the others."""
    everything = "todos" in visit.query

    def read(tx: Transaction) -> list[Request]:
        visit.note(tx, "rights-read")
        return requests.list_requests(tx, visit.panel.keyring, only_open=not everything)

    listed = await visit.panel.database.write(read)
    return visit.page(
        "privacy/rights.html.j2",
        listed=listed,
        everything=everything,
        rights=RIGHTS,
        states=REQUEST_STATES,
    )


async def detail(visit: Visit) -> web.Response:
    """GET /panel/derechos/{request}."""

    def read(tx: Transaction) -> tuple[_Asked | None, bool]:
        found = _find_request(visit, tx)
        if found is None:
            return None, False
        visit.note(tx, "right-read", found.request.number)
        return found, requests.can_be_undone(tx, found.request.number, visit.now)

    found, undoable = await visit.panel.database.write(read)
    notice = "" if undoable else NOTICES.get(visit.query.get("aviso", ""), "")
    return _render(visit, found, notice=notice, undoable=undoable)


async def decide(visit: Visit) -> web.Response:
    """POST /panel/derechos/{request}/decidir: granted or refused, with what was done and why."""
    verdict = visit.form.get("verdict", "")

    def change(tx: Transaction, found: Request, words: str) -> str:
        granted = verdict == requests.GRANTED
        decision = requests.Decision(found.number, words, granted, visit.now + UNDO)
        told = requests.decide(tx, visit.panel.keyring, decision, visit.now)
        visit.note(tx, "right-decided", found.number, verdict)
        return "decidido" if told else "sin-aviso"

    known = verdict in (requests.GRANTED, requests.REFUSED)
    return await _apply(
        visit, change, faults.unless(known, "Elija si se acepta o se rechaza.", "verdict")
    )


async def undo(visit: Visit) -> web.Response:
    """POST /panel/derechos/{request}/deshacer: what was written is back in its field."""
    panel = visit.panel

    def write(tx: Transaction) -> tuple[_Asked | None, str | None]:
        found = _find_request(visit, tx)
        if found is None:
            return None, None
        number = found.request.number
        words = requests.undo_decision(tx, panel.keyring, number, visit.now)
        if words is not None:
            visit.note(tx, "right-undone", number)
        return _find_request(visit, tx), words

    found, words = await panel.database.write(write)
    if found is not None and words is None:
        return see_other(f"{PATH}/{found.request.number}?aviso=tarde")
    return _render(visit, found, words=words or "", notice="No se envió nada. Aquí está su texto.")


async def extend(visit: Visit) -> web.Response:
    """POST /panel/derechos/{request}/plazo: once, with the reason."""

    def change(tx: Transaction, found: Request, words: str) -> str:
        days = visit.panel.release.content.privacy.extension_days
        extension = requests.Extension(found.number, words, days)
        requests.extend(tx, visit.panel.keyring, extension, visit.now)
        visit.note(tx, "right-extended", found.number)
        return "alargado"

    return await _apply(visit, change, field="why", what="por qué se alarga")


async def reopen(visit: Visit) -> web.Response:
    """POST /panel/derechos/{request}/reabrir: to decide it anew, with a new term."""

    def change(tx: Transaction, found: Request, words: str) -> str:
        until = due(found.right, visit.now, visit.panel.release.content)
        requests.reopen(tx, visit.panel.keyring, Reopening(found.number, words, until), visit.now)
        visit.note(tx, "right-reopened", found.number)
        return "reabierto"

    return await _apply(visit, change, field="reopening", what="por qué se revisa otra vez")


async def _apply(
    visit: Visit,
    change: Callable[[Transaction, Request, str], str],
    problem: Fault | None = None,
    field: str = "words",
    what: str = "qué se hizo y por qué",
) -> web.Response:
    words = text_field(visit, field)
    problem = faults.together(problem, faults.required_words(field, words, what, LONGEST))

    def write(tx: Transaction) -> tuple[_Asked | None, str]:
        found = _find_request(visit, tx)
        if found is None or problem:
            return found, ""
        try:
            return found, change(tx, found.request, words)
        except CannotDecide:
            return found, "tarde"

    found, notice = await visit.panel.database.write(write)
    if found is None or problem:
        return _render(visit, found, problem=problem, status=422)
    if notice == "tarde":
        late = NOT_DECIDED if field == "reopening" else TOO_LATE
        return _render(visit, found, problem=Fault(late), status=409)
    visit.panel.nudge()
    return see_other(f"{PATH}/{found.request.number}?aviso={notice}")


def _find_request(visit: Visit, tx: Transaction) -> _Asked | None:
    asked = visit.request.match_info["request"][:60]
    found = requests.find_request(tx, visit.panel.keyring, asked)
    if found is None:
        return None
    reopens = requests.can_be_reopened(tx, found, visit.now)
    return _Asked(found, requests.cases_of(tx, found.number), reopens)


def _render(
    visit: Visit,
    asked: _Asked | None,
    *,
    notice: str = "",
    problem: Fault | None = None,
    status: int = 200,
    words: str = "",
    undoable: bool = False,
) -> web.Response:
    if asked is None:
        return visit.page("message.html.j2", status=404)
    found = asked.request
    is_open = found.status == requests.OPEN
    extendable = is_open and not found.extended and found.right is not Right.BLOCK
    places = (("words", is_open), ("why", extendable), ("reopening", asked.reopens))
    unplaced = {
        name: text for name, place in places if not place and (text := text_field(visit, name))
    }
    longer = timedelta(days=visit.panel.release.content.privacy.extension_days)
    return visit.page(
        "privacy/right.html.j2",
        status=status,
        request=found,
        cases=asked.cases,
        extendable=extendable,
        reopens=asked.reopens,
        reopened_until=due(found.right, visit.now, visit.panel.release.content),
        extension_days=longer.days,
        extended_until=found.due_at + longer,
        rights=RIGHTS,
        states=REQUEST_STATES,
        notice=notice,
        problem=problem,
        unplaced=unplaced,
        words=visit.form.get("words", "") or words,
        undo_at=found.decided_at + UNDO if undoable and found.decided_at else None,
        undo_s=round(UNDO.total_seconds()),
    )
