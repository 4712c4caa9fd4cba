"""Cases that were forwarded by mistake: taken back while nobody there has read them."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from bot.web.panel.pages.cases.case_page import path_of
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.staff.permissions import Action
from storage.cases import forwarding
from storage.cases.changing import StaffAction
from storage.cases.forwarding import Forwarded
from storage.engine.database import Transaction

MOST = 5


async def take_back(visit: Visit) -> web.Response:
    """POST …/traer, from the list or the case: the area that forwarded it has it again."""
    number, _, note = visit.form.get("taken", "").partition(".")

    def write(tx: Transaction) -> bool:
        found = forwarding.forwarded(tx, number)
        if found is None or not visit.may(Action.FORWARD_CASES, found.before):
            return False
        action = StaffAction(number, visit.now, visit.session.staff_id)
        if not forwarding.take_back(tx, visit.panel.keyring, action, number_in(note)):
            return False
        visit.note(tx, "case-taken-back", number, f"{found.area} → {found.before or '-'}")
        return True

    if not await visit.panel.database.write(write):
        return see_other("/panel/casos?aviso=ya-leido")
    visit.panel.nudge()
    return visit.after(path_of(number), "de-vuelta")


def of_visitor(visit: Visit, tx: Transaction, within: timedelta) -> list[Forwarded]:
    """What this person forwarded lately and can take back."""
    if not visit.may(Action.FORWARD_CASES):
        return []
    since, staff_id = visit.now - within, visit.session.staff_id
    found = forwarding.forwarded_by(tx, staff_id, since, MOST)
    return [one for one in found if visit.may(Action.FORWARD_CASES, one.before)]
