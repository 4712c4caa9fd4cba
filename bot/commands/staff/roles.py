"""`opina staff role` and `opina staff link`: who may do what in the panel, and a way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.installation import Installation
    from handlers.content.model import Content
    from handlers.staff.permissions import Grant, Role
    from storage.engine.database import Transaction

ALL_AREAS = "todas"  # what --area says for the whole municipality
Email = Annotated[str, typer.Argument(metavar="CORREO", help="El correo con que se agregó.")]
ROLES = {
    "meson": "desk",
    "lectura": "viewer",
    "jefatura": "head",
    "calidad": "quality",
    "datos": "privacy",
    "administracion": "admin",
}


def register(staff: typer.Typer) -> None:
    """Add the commands to those of staff."""
    staff.command("role", help="Da un rol en el panel, o lo quita.")(role)
    staff.command("link", help="Hace un enlace de un solo uso para entrar al panel.")(link)


def role(
    email: Email,
    name: Annotated[str, typer.Argument(metavar="ROL", help=", ".join(ROLES) + ".")],
    area: Annotated[
        str | None, typer.Option(metavar="ID", help=f"En qué área, o «{ALL_AREAS}».")
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Lo quita.")] = False,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import member_with
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.staff import roles, sessions

    wanted = known_role(name)

    async def work(here: Installation) -> None:
        grant = granted(
            here.content, wanted, area or (ALL_AREAS if remove else None), remove=remove
        )

        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            if remove:
                if not roles.take_away(tx, member.id, grant):
                    raise OperatorError(f"{email}: no tiene ese rol")
                sessions.end_all(tx, member.id)
                note(tx, here, "role-taken", member.id, grant)
            elif roles.give(tx, member.id, grant, here.opened_at):
                note(tx, here, "role-given", member.id, grant)
            return member.name

        called = await here.database.write(write)
        where = here.area_name(grant.area) if grant.area else "todo el municipio"
        told = "ya no tiene" if remove else "tiene"
        print(f"{called}: {told} el rol {name.lower()} en {where}.")

    with_installation(config, work)


def link(email: Email, config: Config = None) -> None:
    from bot.commands.shared.naming import member_with
    from bot.installation import with_installation
    from storage.staff.sign_in import new_link

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> str:
            member = member_with(tx, email)
            note(tx, here, "link-made", member.id)
            return new_link(tx, here.keyring, member.id, here.opened_at).token

        explain_link(await here.database.write(write), here.settings)

    with_installation(config, work)


def known_role(name: str) -> Role:
    """The role of this name. Raises OperatorError."""
    from handlers.errors import OperatorError
    from handlers.staff.permissions import Role
    from handlers.text.display import quoted
    from handlers.text.folding import fold
    from handlers.text.nearest import did_you_mean

    found = ROLES.get(fold(name), "")
    if not found:
        near = did_you_mean(name, ROLES) or f"; hay {', '.join(ROLES)}"
        raise OperatorError(f"{quoted(name)}: no es un rol{near}")
    return Role(found)


def granted(content: Content, role: Role, area: str | None, *, remove: bool = False) -> Grant:
    """The role in the area that was named. Raises OperatorError where none was and one is needed:
    nobody is to read a whole municipality's cases because a word was left out. ``remove``: a
    role that is no longer given can still be taken away."""
    from bot.commands.shared.naming import known_area
    from bot.labels.codes import ROLES as CALLED
    from handlers.errors import OperatorError
    from handlers.staff.permissions import AREA_ROLES, MUNICIPAL_ROLES, Grant
    from handlers.text.folding import fold

    if area and fold(area) != ALL_AREAS:
        if role in MUNICIPAL_ROLES and not remove:
            raise OperatorError(
                f"--area: {CALLED[role]} es de todo el municipio; escriba «{ALL_AREAS}», o déjelo"
                " sin área"
            )
        return Grant(role, known_area(content, area))
    if not area and role in AREA_ROLES:
        raise OperatorError(
            f"--area: falta el área de {CALLED[role]}; escriba su nombre, o «{ALL_AREAS}» si es"
            " de todo el municipio"
        )
    return Grant(role)


def note(
    tx: Transaction, here: Installation, action: str, staff_id: int, grant: Grant | None = None
) -> None:
    """Write into the audit log what the command line does to somebody."""
    detail = "" if grant is None else f"{grant.role.value} {grant.area or '*'}"
    add_audit_entry(tx, here, action, f"staff:{staff_id}", detail)


def explain_link(token: str, settings: Settings) -> None:
    """How the link is used. It is shown this once: only its hash is kept."""
    from storage.staff.sign_in import LINK_LASTS

    minutes = round(LINK_LASTS.total_seconds() / 60)
    print(f"Para entrar al panel, una sola vez y antes de {minutes} minutos:")
    print(f"{settings.web.address().rstrip('/')}/panel/entrar/{token}")
