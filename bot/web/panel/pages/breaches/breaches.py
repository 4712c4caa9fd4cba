"""The register of security breaches, and recording one."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.reports.breaches import breach_words as words
from bot.web.panel.faults import Fault, WrongForm
from bot.web.panel.pages.breaches.form import (
    choices,
    parse_description,
    unknown_cases,
)
from bot.web.panel.visit import Visit, see_other
from handlers.privacy.breaches.breach import Breach
from handlers.privacy.breaches.due import report_by
from handlers.privacy.breaches.steps import BreachStep, Recorded
from handlers.staff.permissions import Action
from storage.engine.database import Transaction
from storage.privacy.breaches import steps

PATH = "/panel/vulneraciones"


@dataclass(frozen=True, slots=True)
class _Row:
    """A breach as a line of the list."""

    breach: Breach
    next: str


async def page(visit: Visit) -> web.Response:
    """GET /panel/vulneraciones."""

    def read(tx: Transaction) -> list[Breach]:
        visit.note(tx, "breaches-read")
        return steps.all_breaches(tx, visit.panel.keyring)

    found = await visit.panel.database.write(read)
    zone = visit.panel.release.content.zone
    return visit.page(
        "breaches/breaches.html.j2",
        rows=[_Row(breach, words.next_step(breach, visit.now, zone)) for breach in found],
        states=words.STATES,
        may_keep=visit.may(Action.KEEP_BREACHES),
    )


async def new(visit: Visit) -> web.Response:
    """GET /panel/vulneraciones/nueva."""
    return _form(visit)


async def record(visit: Visit) -> web.Response:
    """POST /panel/vulneraciones/nueva."""
    content = visit.panel.release.content
    hours = content.privacy.breach_report_hours
    try:
        known = parse_description(visit, await unknown_cases(visit))
    except WrongForm as wrong:
        return _form(visit, wrong.fault)
    recorded = Recorded(known, report_by(known.noticed_at, hours), hours)
    first = BreachStep(visit.now, visit.session.staff_id, recorded)

    def write(tx: Transaction) -> tuple[str, str]:
        keyring = visit.panel.keyring
        if earlier := steps.sent_before(tx, keyring, first, content.zone):
            return earlier, "ya-anotada"
        return steps.record(tx, keyring, first, content.zone), "anotada"

    number, notice = await visit.panel.database.write(write)
    return see_other(f"{PATH}/{number}?aviso={notice}")


def _form(visit: Visit, problem: Fault | None = None) -> web.Response:
    return visit.page(
        "breaches/new.html.j2",
        status=422 if problem else 200,
        problem=problem,
        typed=visit.form,
        choices=choices(visit, visit.form),
        hours=visit.panel.release.content.privacy.breach_report_hours,
    )
