"""`opina staff notices`: what each person wants to be told of, and where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction
    from storage.staff.notices import NoticeChoice
    from storage.staff.staff import StaffMember

HELP = """Muestra o cambia los avisos que quiere una persona.

Sin opciones los muestra. Lo urgente y los avisos de plazo llegan siempre."""
Email = Annotated[
    str, typer.Argument(metavar="CORREO", help="El de la persona; sin él, se muestran todas.")
]


def register(staff: typer.Typer) -> None:
    """Add the command to those of staff."""
    staff.command("notices", help=HELP)(notices)


def notices(
    email: Email = "",
    chat: Annotated[
        bool | None,
        typer.Option("--chat/--no-chat", help="Casos y personas que esperan, en su chat."),
    ] = None,
    mail: Annotated[
        bool | None,
        typer.Option("--mail/--no-mail", help="Casos y personas que esperan, por correo."),
    ] = None,
    weekly: Annotated[
        bool | None, typer.Option("--weekly/--no-weekly", help="El resumen de la semana.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.staff import notices as stored
    from storage.staff import staff

    asked = {"chat": chat, "mail": mail, "weekly": weekly}
    wanted = {way: wish for way, wish in asked.items() if wish is not None}
    if wanted and not email:
        raise OperatorError("falta el correo de la persona a quien se le cambian los avisos")

    async def work(here: Installation) -> None:
        if wanted:
            await here.database.write(lambda tx: _choose(tx, here, email, wanted))
        everyone = await here.database.read(staff.everyone)
        choices = await here.database.read(stored.choices)
        if email:
            everyone = [await here.database.read(lambda tx: _member(tx, email))]
        if not everyone:
            print("Aún no hay nadie.")
        for member in everyone:
            print(f"{member.name} ({member.email})")
            print(f"  {_choice_text(choices.get(member.id, stored.NoticeChoice()))}")

    with_installation(config, work)


def _choose(tx: Transaction, here: Installation, email: str, wanted: dict[str, bool]) -> None:
    from storage.staff import notices as stored

    member = _member(tx, email)
    choice = replace(stored.choice_of(tx, member.id), **wanted)
    stored.choose(tx, member.id, choice)
    chosen = " ".join(way for way in ("chat", "mail", "weekly") if getattr(choice, way))
    add_audit_entry(tx, here, "notices-chosen", f"staff:{member.id}", chosen)


def _member(tx: Transaction, email: str) -> StaffMember:
    from bot.commands.shared.naming import member_with

    return member_with(tx, email)


def _choice_text(choice: NoticeChoice) -> str:
    """In words, of at most 78 columns."""
    ways = [name for name, on in (("chat", choice.chat), ("correo", choice.mail)) if on]
    cases = f"casos por {' y '.join(ways)}" if ways else "de casos, solo lo urgente y los plazos"
    return f"{cases} · {'resumen semanal' if choice.weekly else 'sin resumen semanal'}"
