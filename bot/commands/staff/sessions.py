"""`opina staff sessions`: who is signed in to the panel, and how to end it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction
    from storage.staff.sessions import Session


def register(staff: typer.Typer) -> None:
    """Add the commands to those of staff."""
    help = "Quién tiene el panel abierto, y dónde."
    sessions = typer.Typer(help=help, invoke_without_command=True)
    sessions.callback()(list_)
    sessions.command("end", help="Cierra las sesiones de una persona.")(end)
    staff.add_typer(sessions, name="sessions")


def list_(context: typer.Context, config: Config = None) -> None:
    if context.invoked_subcommand is not None:
        return
    from bot.installation import with_installation
    from handlers.staff.devices import device_name
    from storage.staff import staff

    async def work(here: Installation) -> None:
        names = {member.id: member.name for member in await here.database.read(staff.everyone)}
        found = await here.database.write(lambda tx: _lasting(tx, here))
        if not found:
            print("Nadie tiene el panel abierto.")
        for session in found:
            entered, used = (
                at.astimezone(here.content.zone) for at in (session.created_at, session.seen_at)
            )
            print(
                f"{session.id}. {names.get(session.staff_id, '?')} · {device_name(session.device)}"
            )
            print(f"   entró el {entered:%d-%m-%Y a las %H:%M}, usada a las {used:%H:%M}")

    with_installation(config, work)


def end(
    email: Annotated[str, typer.Argument(metavar="CORREO", help="De quién.")],
    session: Annotated[
        int | None, typer.Option(metavar="N", help="Solo esta, como la numera la lista.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import member_with
    from bot.commands.staff.roles import note
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.staff import sessions

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> tuple[str, int]:
            member = member_with(tx, email)
            if session is None:
                count = sessions.end_all(tx, member.id)
            else:
                count = int(sessions.end(tx, member.id, session))
            if session is not None and not count:
                raise OperatorError(
                    f"--session {session}: {member.name} no tiene esa sesión; opina staff sessions"
                    " las muestra"
                )
            if count:
                note(tx, here, "session-ended" if session else "sessions-ended", member.id)
            return member.name, count

        name, count = await here.database.write(write)
        match count:
            case 0:
                print(f"{name} no tenía sesiones abiertas.")
            case 1:
                print(f"{name}: se cerró 1 sesión.")
            case _:
                print(f"{name}: se cerraron {count} sesiones.")

    with_installation(config, work)


def _lasting(tx: Transaction, here: Installation) -> list[Session]:
    """That they were looked at stands in the audit log, as in the panel."""
    from storage.staff import sessions

    add_audit_entry(tx, here, "sessions-read")
    known = here.settings.panel
    idle, absolute = timedelta(minutes=known.idle_minutes), timedelta(hours=known.session_hours)
    return sessions.active(tx, sessions.SessionLimits(idle, absolute), here.opened_at)
