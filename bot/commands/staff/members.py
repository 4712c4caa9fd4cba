"""`opina staff`: who receives digests and cases, and the codes that link their chats."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot import labels
from bot.commands.options import Config
from bot.commands.staff import duty as staff_duty
from bot.commands.staff import notices as staff_notices
from bot.commands.staff import roles as staff_roles

if TYPE_CHECKING:
    from bot.commands.records import Records
    from bot.config import Settings
    from storage.engine.database import Transaction
    from storage.staff.staff import StaffMember

EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+")
Email = Annotated[str, typer.Argument(metavar="CORREO", help="El correo con que se agregó.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    staff = typer.Typer(no_args_is_help=True, help="Quiénes reciben los resúmenes y los casos.")
    staff.command("add", help="Agrega a una persona del municipio.")(add)
    staff.command("list", help="Muestra a todas las personas.")(list_)
    staff.command("code", help="Hace un código nuevo para conectar Telegram.")(code)
    staff.command("remove", help="Quita a una persona y lo que se sabe de ella.")(remove)
    staff_roles.register(staff)
    staff_duty.register(staff)
    staff_notices.register(staff)
    app.add_typer(staff, name="staff")


def add(
    name: Annotated[str, typer.Argument(metavar="NOMBRE", help="Entre comillas.")],
    email: Annotated[str, typer.Option(metavar="CORREO", help="Donde recibe el resumen.")],
    area: Annotated[
        str | None, typer.Option(metavar="ID", help="Su área; si no, todo el municipio.")
    ] = None,
    role: Annotated[
        str, typer.Option(metavar="ROL", help="Su rol en el panel (opina staff role --help).")
    ] = "jefatura",
    admin: Annotated[
        bool, typer.Option("--admin", help="Además administra el panel; muestra cómo entrar.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.commands.records import known_area, with_records
    from handlers.errors import OperatorError
    from handlers.staff.permissions import Grant, Role
    from storage.staff import roles, staff
    from storage.staff.sign_in import new_link

    address = email.strip().lower()
    if not EMAIL.fullmatch(address):
        raise OperatorError(f"--email {email}: no es un correo; se espera nombre@dominio.cl")
    if not name.strip():
        raise OperatorError("falta el nombre de la persona")

    first = staff_roles.known_role(role)

    async def work(records: Records) -> None:
        own = known_area(records.content, area) if area else ""
        grants = [Grant(first, own), *([Grant(Role.ADMIN)] if admin else [])]

        def write(tx: Transaction) -> tuple[StaffMember, str, str]:
            known = {one.email: one for one in staff.everyone(tx)}
            if address in known:
                raise OperatorError(
                    f"{address}: ya está ({known[address].name}); para otro código: "
                    f"opina staff code {address}"
                )
            member = staff.add(tx, records.keyring, name.strip(), address, own, records.now)
            staff_roles.note(tx, records, "staff-added", member.id)
            for grant in grants:
                roles.give(tx, member.id, grant, records.now)
                staff_roles.note(tx, records, "role-given", member.id, grant)
            link = new_link(tx, records.keyring, member.id, records.now).token if admin else ""
            return member, staff.new_code(tx, records.keyring, member.id, records.now), link

        member, fresh, link = await records.database.write(write)
        whose = records.area_name(own) if own else "todo el municipio"
        print(f"{member.name}: recibirá el resumen de {whose} en {member.email}.")
        if records.settings.mail.host is None:
            print("El correo aún no sale: falta [mail] host.")
        _explain(fresh, records.settings)
        if link:
            staff_roles.explain_link(link, records.settings)

    with_records(config, work)


def list_(config: Config = None) -> None:
    from bot.commands.records import with_records
    from storage.staff import staff

    async def work(records: Records) -> None:
        everyone = await records.database.read(staff.everyone)
        if not everyone:
            print(
                'Aún no hay nadie. Agregue a una persona: opina staff add "NOMBRE" --email CORREO'
            )
            return
        for member in everyone:
            area = records.area_name(member.area) if member.area else "todas las áreas"
            if member.duty:
                area = "casos que nadie más atiende"
            by = ", ".join(labels.channel(one.value) for one in member.channels)
            print(member.name)
            print(f"  {member.email} · {area} · recibe por {by or 'ningún canal'}")

    with_records(config, work)


def code(email: Email, config: Config = None) -> None:
    from bot.commands.records import with_records
    from storage.staff import staff

    async def work(records: Records) -> None:
        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            return staff.new_code(tx, records.keyring, member.id, records.now)

        _explain(await records.database.write(write), records.settings)

    with_records(config, work)


def remove(email: Email, config: Config = None) -> None:
    from bot.commands.records import with_records
    from storage.handovers import changing
    from storage.staff import removal

    async def work(records: Records) -> None:
        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            changing.forget_staff(tx, records.keyring, member.id, records.now)
            removal.remove(tx, member.id)
            staff_roles.note(tx, records, "staff-removed", member.id)
            return member.name

        name = await records.database.write(write)
        print(f"{name}: ya no recibe nada, y su correo se borró.")

    with_records(config, work)


def member_with(tx: Transaction, email: str) -> StaffMember:
    """The member of staff with a mail address. Raises OperatorError."""
    from handlers.errors import OperatorError
    from storage.staff import staff

    wanted = email.strip().lower()
    for member in staff.everyone(tx):
        if member.email.lower() == wanted:
            return member
    raise OperatorError(f"{email}: nadie tiene ese correo; opina staff list los muestra")


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
