"""Staff and their roles: only administration gives them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from aiohttp import web

from bot.labels.codes import ROLES
from bot.web.panel.faults import Fault, together, unless
from bot.web.panel.pages.staff import sign_in
from bot.web.panel.visit import Visit, see_other
from handlers.errors import OperatorError
from handlers.staff.names import fault, person_name
from handlers.staff.permissions import AREA_ROLES, MUNICIPAL_ROLES, Grant, Role
from handlers.text.emails import is_email
from storage.engine.database import Transaction
from storage.staff import roles, sessions, staff
from storage.staff.sign_in import new_link
from storage.staff.staff import StaffMember

PATH = "/panel/personas"
EVERYWHERE = "*"  # what a form says for the whole municipality, as nothing chosen says none
INCOMPLETE = "Ese correo no está completo; debe ser como nombre@dominio.cl."
UNREACHED = (
    "No hay por dónde mandarle el enlace: el correo del servicio no está activo, y la persona no ha"
    " conectado Telegram. Quien administra el servidor hace uno con «opina staff link CORREO»."
)
NOTICES = {
    "agregada": "La persona quedó agregada.",
    "rol": "El rol quedó dado.",
    "enlace": "Se le mandó un enlace para entrar, válido 10 minutos.",
}


@dataclass(frozen=True, slots=True)
class _HeldRole:
    """A role that a person has, or had."""

    member: StaffMember
    grant: Grant


async def page(visit: Visit) -> web.Response:
    """GET /panel/personas."""
    notice = NOTICES.get(visit.query.get("aviso", ""), "")
    return await _page(visit, notice=notice)


async def add(visit: Visit) -> web.Response:
    """POST /panel/personas. With a role: nobody without one is told of anything."""
    name = person_name(visit.form.get("name", ""))
    email = visit.form.get("email", "").strip().lower()

    def write(tx: Transaction) -> StaffMember | Fault:
        wrong, is_whole = fault(name), len(email) <= 200 and is_email(email)
        grant = _chosen(visit, "add")
        problem = together(
            unless(not wrong, f"Nombre: {wrong}.", "name"),
            unless(is_whole, INCOMPLETE, "email"),
            grant,
        )
        if problem:
            return problem
        assert isinstance(grant, Grant), "nothing is wrong"
        try:
            member = staff.add(
                tx, visit.panel.keyring, staff.NewMember(name, email, grant.area), visit.now
            )
        except OperatorError:
            return Fault("Ya hay una persona con ese correo.", "email")
        roles.give(tx, member.id, grant, visit.now)
        visit.note(tx, "staff-added", f"staff:{member.id}")
        visit.note(tx, "role-given", f"staff:{member.id}", _grant_key(grant))
        return member

    added = await visit.panel.database.write(write)
    if isinstance(added, Fault):
        return await _page(visit, problem=added, status=422)
    return see_other(f"{PATH}?aviso=agregada&nueva={added.id}")


async def give_role(visit: Visit) -> web.Response:
    """POST /panel/personas/rol."""

    def write(tx: Transaction) -> Fault | None:
        member, grant = _find_person(tx, visit.form.get("person", "")), _chosen(visit, "give")
        problem = together(
            unless(member, "Elija a la persona.", "person"),
            grant,
        )
        if problem:
            return problem
        assert member is not None, "nothing is wrong"
        assert isinstance(grant, Grant), "nothing is wrong"
        if not roles.give(tx, member.id, grant, visit.now):
            return Fault(f"{member.name} ya tiene ese rol.", "give-role")
        visit.note(tx, "role-given", f"staff:{member.id}", _grant_key(grant))
        return None

    return await _apply(visit, write, "rol")


async def take_role(visit: Visit) -> web.Response:
    """POST /panel/personas/quitar-rol. Somebody always administers the panel."""
    chosen = visit.form.get("taken", "")

    def write(tx: Transaction) -> Fault | None:
        held = _parse_role(tx, chosen)
        if held is None or not roles.take_away(tx, held.member.id, held.grant):
            return Fault("Esa persona ya no tiene ese rol.")
        member, grant = held.member, held.grant
        if grant.role is Role.ADMIN and not roles.admins(tx):
            roles.give(tx, member.id, grant, visit.now)
            return Fault("Es la última persona que administra el panel: dele antes el rol a otra.")
        sessions.end_all(tx, member.id)
        visit.note(tx, "role-taken", f"staff:{member.id}", _grant_key(grant))
        return None

    return await _apply(visit, write, f"sin-rol&quitado={quote(chosen)}")


async def return_role(visit: Visit) -> web.Response:
    """POST /panel/personas/devolver-rol: what was just taken away."""

    def write(tx: Transaction) -> Fault | None:
        held = _parse_role(tx, visit.form.get("returned", ""))
        if held is None or not roles.give(tx, held.member.id, held.grant, visit.now):
            return Fault("Esa persona ya tiene ese rol, o ya no está.")
        visit.note(tx, "role-given", f"staff:{held.member.id}", _grant_key(held.grant))
        return None

    return await _apply(visit, write, "rol")


async def send_link(visit: Visit) -> web.Response:
    """POST /panel/personas/enlace."""

    def write(tx: Transaction) -> Fault | None:
        member = _find_person(tx, visit.form.get("linked", ""))
        if member is None:
            return Fault("Esa persona ya no está.")
        if not sign_in.can_send(tx, visit.panel, member.id):
            return Fault(UNREACHED)
        fresh = new_link(tx, visit.panel.keyring, member.id, visit.now)
        sign_in.send(tx, visit.panel, member.id, fresh)
        visit.note(tx, "link-sent", f"staff:{member.id}")
        return None

    return await _apply(visit, write, "enlace")


async def _apply(
    visit: Visit, write: Callable[[Transaction], Fault | None], notice: str
) -> web.Response:
    problem = await visit.panel.database.write(write)
    if problem:
        return await _page(visit, problem=problem, status=422)
    visit.panel.nudge()
    return see_other(f"{PATH}?aviso={notice}")


async def _page(
    visit: Visit, *, notice: str = "", problem: Fault | None = None, status: int = 200
) -> web.Response:
    taken, added = visit.query.get("quitado", ""), visit.query.get("nueva", "")
    people, held, to_undo = await visit.panel.database.read(partial(_load, taken))
    return visit.page(
        "staff/people.html.j2",
        status=status,
        people=people,
        held=held,
        notice=notice,
        taken=to_undo,
        fresh=next((person for person in people if str(person.id) == added), None),
        problem=problem,
        typed=visit.form,
        chosen_area=visit.query.get("area", ""),
        areas=sorted(visit.panel.areas, key=visit.panel.rendering.area),
        sensitive=visit.panel.areas,
        role_names=ROLES,
    )


def _load(
    taken: str, tx: Transaction
) -> tuple[list[StaffMember], dict[int, tuple[Grant, ...]], _HeldRole | None]:
    held = roles.by_person(tx)
    # The address on duty is a person here once it has a role.
    people = [member for member in staff.everyone(tx) if not member.is_unnamed or member.id in held]
    found = _parse_role(tx, taken)
    is_back = found is not None and found.grant in held.get(found.member.id, ())
    return people, held, None if is_back else found


def _parse_role(tx: Transaction, written: str) -> _HeldRole | None:
    """What ``7|head|aseo`` means, the value of the button that takes a role away."""
    person, _, rest = written.partition("|")
    role, _, area = rest.partition("|")
    member, grant = _find_person(tx, person), _granted(role, area)
    return None if member is None or grant is None else _HeldRole(member, grant)


def _find_person(tx: Transaction, person: str) -> StaffMember | None:
    return next((member for member in staff.everyone(tx) if str(member.id) == person), None)


def _chosen(visit: Visit, section: str) -> Grant | Fault:
    """The role and area that are chosen in a part of the page; or what is missing, in words."""
    role, area = visit.form.get(f"{section}-role", ""), visit.form.get(f"{section}-area", "")
    grant = _granted(role, "" if area == EVERYWHERE else area)
    if grant is None:
        no_area = unless(area, "Elija el área, o «Todo el municipio».", f"{section}-area")
        return Fault("Elija el rol.", f"{section}-role", no_area.each if no_area else ())
    if not area and grant.role in AREA_ROLES:
        told = f"Elija el área de {ROLES[grant.role]}, o «Todo el municipio»."
        return Fault(told, f"{section}-area")
    if grant.area and grant.role in MUNICIPAL_ROLES:
        told = f"{ROLES[grant.role]} es de «Todo el municipio»; elija eso en el área."
        return Fault(told, f"{section}-area")
    return grant


def _granted(role: str, area: str) -> Grant | None:
    known = role in Role.__members__.values()
    # A role in an area that has left the content can still be removed.
    return Grant(Role(role), area) if known and len(area) <= 40 else None


def _grant_key(grant: Grant) -> str:
    return f"{grant.role.value} {grant.area or '*'}"
