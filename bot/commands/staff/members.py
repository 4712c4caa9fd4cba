"""`opina staff`: who receives digests and cases, and the codes that link their chats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config
from bot.commands.staff import duty as staff_duty
from bot.commands.staff import importing as staff_importing
from bot.commands.staff import notices as staff_notices
from bot.commands.staff import roles as staff_roles
from bot.commands.staff import sessions as staff_sessions
from bot.labels import codes

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.installation import Installation
    from handlers.staff.permissions import Grant
    from storage.engine.database import Transaction
    from storage.staff.staff import StaffMember

Email = Annotated[str, typer.Argument(metavar="CORREO", help="El correo con que se agregó.")]
OwnArea = Annotated[
    str | None, typer.Option(metavar="ID", help=f"Su área, o «{staff_roles.ALL_AREAS}» las áreas.")
]
FirstRole = Annotated[
    str | None, typer.Option(metavar="ROL", help="Su rol en el panel; si no, jefatura de su área.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    staff = typer.Typer(no_args_is_help=True, help="Quiénes reciben los resúmenes y los casos.")
    staff.command("add", help="Agrega a una persona del municipio.")(add)
    staff_importing.register(staff)
    staff.command("list", help="Muestra a todas las personas.")(list_)
    staff.command("code", help="Hace un código nuevo para conectar Telegram.")(code)
    staff.command("remove", help="Quita a una persona y lo que se sabe de ella.")(remove)
    staff_roles.register(staff)
    staff_duty.register(staff)
    staff_notices.register(staff)
    staff_sessions.register(staff)
    app.add_typer(staff, name="staff")


def add(
    name: Annotated[str, typer.Argument(metavar="NOMBRE", help="Entre comillas.")],
    email: Annotated[str, typer.Option(metavar="CORREO", help="Donde recibe el resumen.")],
    area: OwnArea = None,
    role: FirstRole = None,
    admin: Annotated[
        bool, typer.Option("--admin", help="Administra el panel; muestra cómo entrar.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from storage.staff import staff
    from storage.staff.sign_in import new_link

    address, called = _known_as(email, name)

    async def work(here: Installation) -> None:
        grants = _grants(here, role, area, admin=admin)

        def write(tx: Transaction) -> tuple[StaffMember, str, str]:
            member = _hire(tx, here, called, address, grants)
            link = new_link(tx, here.keyring, member.id, here.opened_at).token if admin else ""
            return member, staff.new_code(tx, here.keyring, member.id, here.opened_at), link

        member, fresh, link = await here.database.write(write)
        print(f"{member.name} ({member.email}): {_grants_text(grants, here)}.")
        if role is None and not admin:
            _explain_role(member.email, grants[0])
        if here.settings.mail.host is None:
            print("El correo aún no sale: falta [mail] host.")
        _explain(fresh, here.settings)
        if link:
            staff_roles.explain_link(link, here.settings)

    with_installation(config, work, first=True)


def _known_as(email: str, name: str) -> tuple[str, str]:
    """Address and name as they are kept. Raises OperatorError."""
    from handlers.errors import OperatorError
    from handlers.staff.names import fault, person_name
    from handlers.text.emails import is_email

    address, called = email.strip().lower(), person_name(name)
    if not is_email(address):
        raise OperatorError(f"--email {email}: no es un correo; se espera nombre@dominio.cl")
    if problem := fault(called):
        raise OperatorError(f"nombre: {problem}")
    return address, called


def _hire(
    tx: Transaction, here: Installation, name: str, address: str, grants: Sequence[Grant]
) -> StaffMember:
    """Somebody new, with what they may do. Raises OperatorError."""
    from handlers.errors import OperatorError
    from storage.staff import roles, staff

    known = {member.email: member for member in staff.everyone(tx) if not member.is_unnamed}
    if address in known:
        raise OperatorError(
            f"{address}: ya está ({known[address].name}); para otro código: "
            f"opina staff code {address}"
        )
    member = staff.add(
        tx, here.keyring, staff.NewMember(name, address, grants[0].area), here.opened_at
    )
    staff_roles.note(tx, here, "staff-added", member.id)
    for grant in grants:
        roles.give(tx, member.id, grant, here.opened_at)
        staff_roles.note(tx, here, "role-given", member.id, grant)
    return member


def _grants(here: Installation, role: str | None, area: str | None, *, admin: bool) -> list[Grant]:
    """What somebody new may do: by role and area; who only administers needs neither."""
    from handlers.staff.permissions import Grant, Role

    grants = []
    if role or area or not admin:
        first = staff_roles.known_role(role or "jefatura")
        grants.append(staff_roles.granted(here.content, first, area))
    if admin and Grant(Role.ADMIN) not in grants:
        grants.append(Grant(Role.ADMIN))
    return grants


def _explain_role(email: str, given: Grant) -> None:
    """Nobody chose the role, so it is said what it allows and how it is changed."""
    place = given.area or staff_roles.ALL_AREAS
    print(
        "Es el rol que se da si no se elige otro: lee y responde los casos, y decide las medidas."
    )
    print(f"Para cambiarlo: opina staff role {email} ROL --area {place}")
    print(f"                opina staff role {email} jefatura --area {place} --remove")
    print(f"ROL es uno de: {', '.join(staff_roles.ROLES)}.")


def list_(config: Config = None) -> None:
    from bot.installation import with_installation
    from storage.staff import roles, staff

    async def work(here: Installation) -> None:
        everyone, held = await here.database.read(
            lambda tx: (staff.everyone(tx), roles.by_person(tx))
        )
        if not everyone:
            print(
                'Aún no hay nadie. Agregue a una persona: opina staff add "NOMBRE" --email CORREO'
            )
            return
        for member in everyone:
            by = ", ".join(codes.channel(channel.value) for channel in member.channels)
            told = " · casos que nadie más atiende" if member.duty else ""
            print(member.name)
            print(f"  {member.email}{told} · recibe por {by or 'ningún canal'}")
            if not member.is_unnamed or member.id in held:
                print(f"  En el panel: {_grants_text(held.get(member.id, ()), here)}")

    with_installation(config, work)


def _grants_text(grants: Sequence[Grant], here: Installation) -> str:
    """``Jefatura en Tránsito, Calidad en todo el municipio``."""
    said = []
    for grant in grants:
        where = here.area_name(grant.area) if grant.area else "todo el municipio"
        said.append(f"{codes.ROLES[grant.role]} en {where}")
    return ", ".join(said) or "sin rol; opina staff role lo da"


def code(email: Email, config: Config = None) -> None:
    from bot.commands.shared.naming import member_with
    from bot.installation import with_installation
    from storage.staff import staff

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            return staff.new_code(tx, here.keyring, member.id, here.opened_at)

        _explain(await here.database.write(write), here.settings)

    with_installation(config, work)


def remove(email: Email, config: Config = None) -> None:
    from bot.commands.shared.naming import member_with
    from bot.installation import with_installation
    from storage.handovers import changing
    from storage.staff import removal

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            changing.forget_staff(tx, here.keyring, member.id, here.opened_at)
            removal.remove(tx, member.id)
            staff_roles.note(tx, here, "staff-removed", member.id)
            return member.name

        name = await here.database.write(write)
        print(f"{name}: ya no recibe nada, y su correo se borró.")

    with_installation(config, work)


def _explain(code: str, settings: Settings) -> None:
    """How the code is used. It is shown this once: only its hash is kept."""
    from handlers.messages import STAFF_CODE
    from storage.staff.staff import CODE_LASTS

    name = (settings.telegram.bot_name or "").removeprefix("@")
    print(f"Código para Telegram, de un solo uso, válido {CODE_LASTS.days} días: {code}")
    print(f"La persona le envía al bot: /start {STAFF_CODE}{code}")
    if name:
        print(f"o abre en su teléfono: https://t.me/{name}?start={STAFF_CODE}{code}")
    else:
        print("(con [telegram] bot_name se mostraría aquí también un enlace)")
