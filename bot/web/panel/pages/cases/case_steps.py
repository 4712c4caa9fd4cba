"""Rarer steps of one case: a longer term, opening it again, and the way of public information."""

from __future__ import annotations

from aiohttp import web

from bot.web.panel import faults
from bot.web.panel.faults import Fault
from bot.web.panel.pages.cases.case import ANSWER_GOING
from bot.web.panel.pages.cases.case_page import (
    LONGEST_REASON,
    CaseData,
    Next,
    apply_change,
    longest_term,
    staff_action,
)
from bot.web.panel.pages.cases.typed import parse_form
from bot.web.panel.visit import Visit
from handlers.cases.deadlines import first_term
from storage.cases import changing
from storage.engine.database import Transaction


async def extend(visit: Visit) -> web.Response:
    """POST …/plazo: the longest term of its rule, once; the citizen is told why."""
    typed = parse_form(visit)

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if problem := faults.required_words(
            "extension", typed.extension, "el motivo", LONGEST_REASON
        ):
            return problem
        due = longest_term(visit, data.case)
        step, keyring = staff_action(visit), visit.panel.keyring
        if due is None or not changing.extend(tx, keyring, step, due, typed.extension):
            return Fault("El plazo ya es el más largo, o el caso no espera respuesta.")
        visit.note(tx, "case-extended", step.number, due.rule)
        return None

    return await apply_change(visit, typed, change, Next("alargado", tells=True))


async def reopen(visit: Visit) -> web.Response:
    """POST …/reabrir: under the same number, with a new term; the citizen is told why."""
    typed = parse_form(visit)

    def change(tx: Transaction, _data: CaseData) -> Fault | None:
        if problem := faults.required_words(
            "reopening", typed.reopening, "el motivo", LONGEST_REASON
        ):
            return problem
        due = first_term(visit.now, visit.panel.release.content)
        step, keyring = staff_action(visit), visit.panel.keyring
        if not changing.reopen(tx, keyring, step, due, typed.reopening):
            return Fault("El caso ya está abierto, o la persona borró sus datos.")
        visit.note(tx, "case-reopened", step.number, due.rule)
        return None

    return await apply_change(visit, typed, change, Next("reabierto", tells=True))


async def show_formal_way(visit: Visit) -> web.Response:
    """POST …/transparencia: public information is asked for another way (Ley 20.285)."""

    def change(tx: Transaction, data: CaseData) -> Fault | None:
        if visit.form.get("formal") != "1":
            return Fault("Marque la casilla para cerrar el caso: no se puede deshacer.", "formal")
        if data.undoable:
            return ANSWER_GOING
        if not changing.close_as_formal(tx, visit.panel.keyring, staff_action(visit)):
            return Fault("El caso ya está cerrado.")
        visit.note(tx, "case-formal", data.case.number)
        return None

    return await apply_change(visit, parse_form(visit), change, Next("formal", tells=True))
