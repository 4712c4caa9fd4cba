"""Everybody's sessions, for administration: who is signed in and where, and how to end it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from aiohttp import web

from bot.web.panel.faults import Fault
from bot.web.panel.visit import Visit, number_in, see_other
from handlers.quality.parts import alphabetical
from handlers.staff.devices import device_name
from storage.engine.database import Transaction
from storage.staff import sessions, staff
from storage.staff.sessions import Session
from storage.staff.staff import StaffMember

PATH = "/panel/personas/sesiones"
ENDED = "La sesión quedó cerrada. Esa persona puede entrar otra vez con un enlace nuevo."
ALL_ENDED = "Sus sesiones quedaron cerradas. Esa persona puede entrar otra vez con un enlace nuevo."
NOTICES = {"cerrada": ENDED, "cerradas": ALL_ENDED}
GONE = Fault("Esa sesión ya estaba cerrada.")


@dataclass(frozen=True, slots=True)
class _SignedIn:
    """A person with their sessions: each with what its browser is called."""

    member: StaffMember
    sessions: tuple[tuple[Session, str], ...]


async def page(visit: Visit) -> web.Response:
    """GET /panel/personas/sesiones."""
    return await _page(visit, notice=NOTICES.get(visit.query.get("aviso", ""), ""))


async def end(visit: Visit) -> web.Response:
    """POST /panel/personas/sesiones: one session, or all of a person."""
    session, person = (number_in(visit.form.get(name, "")) for name in ("session", "person"))

    def write(tx: Transaction) -> str:
        found = sessions.active(tx, visit.panel.limits, visit.now)
        chosen = next((active for active in found if active.id == session), None)
        if chosen is not None and sessions.end(tx, chosen.staff_id, chosen.id):
            visit.note(tx, "session-ended", f"staff:{chosen.staff_id}")
            return "cerrada"
        if person and (count := sessions.end_all(tx, person)):
            visit.note(tx, "sessions-ended", f"staff:{person}", f"n={count}")
            return "cerradas"
        return ""

    done = await visit.panel.database.write(write)
    return see_other(f"{PATH}?aviso={done}") if done else await _page(visit, problem=GONE)


async def _page(visit: Visit, *, notice: str = "", problem: Fault | None = None) -> web.Response:
    def read(tx: Transaction) -> list[_SignedIn]:
        visit.note(tx, "sessions-read")
        of_person = defaultdict[int, list[tuple[Session, str]]](list)
        for session in sessions.active(tx, visit.panel.limits, visit.now):
            of_person[session.staff_id].append((session, device_name(session.device)))
        signed_in = [member for member in staff.everyone(tx) if member.id in of_person]
        return [
            _SignedIn(member, tuple(of_person[member.id]))
            for member in sorted(signed_in, key=lambda member: alphabetical(member.name))
        ]

    return visit.page(
        "staff/everyones_sessions.html.j2",
        status=422 if problem else 200,
        signed_in=await visit.panel.database.write(read),
        notice=notice,
        problem=problem,
        limits=visit.panel.limits,
    )
