"""`opina quarantine`: the events that failed, so that a developer can find out why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction
    from storage.outbox.quarantine import SetAside

MOST_LISTED = 100

Show = Annotated[
    int | None,
    typer.Option(
        "--show",
        metavar="NUMERO",
        help="Muestra ese mensaje como llegó, con datos de la persona; queda en la auditoría.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Mensajes que no se pudieron tratar, para quien corrige el programa.")(
        quarantine
    )


def quarantine(show: Show = None, config: Config = None) -> None:
    from bot.installation import with_installation

    async def work(here: Installation) -> None:
        await (_list(here) if show is None else _show(here, show))

    with_installation(config, work)


async def _list(here: Installation) -> None:
    from bot.reports.words.figure_words import how_many
    from storage.outbox import quarantine

    total = await here.database.read(quarantine.count)
    found = await here.database.read(
        lambda tx: quarantine.oldest(tx, here.keyring, MOST_LISTED, with_body=False)
    )
    days = how_many(here.settings.privacy.failed_messages_days, "día", "días")
    if not found:
        print(f"No hay mensajes sin tratar (se guardan {days}).")
        return
    for one in found:
        print(_line(here, one))
    if total > len(found):
        print(f"… y {total - len(found)} más.")
    print(f"Se borran a los {days}. Para ver uno: opina quarantine --show {found[0].id}")


async def _show(here: Installation, id: int) -> None:
    from bot.commands.shared.console import say
    from handlers.errors import OperatorError
    from handlers.text.display import for_terminal
    from storage.outbox import quarantine

    def read(tx: Transaction) -> SetAside | None:
        found = quarantine.find(tx, here.keyring, id)
        if found is not None:
            add_audit_entry(tx, here, "failed-event-read", str(id))
        return found

    one = await here.database.write(read)
    if one is None:
        raise OperatorError(f"--show: no hay un mensaje {id}; vea la lista con opina quarantine")
    say(_line(here, one))
    print(for_terminal(one.raw.decode(errors="replace")) or "(no se pudo guardar lo que decía)")


def _line(here: Installation, one: SetAside) -> str:
    """Its number, when and where it came from, and the error's code."""
    from bot.labels.codes import channel

    at = one.at.astimezone(here.zone)
    return f"{one.id}  {at:%d-%m-%Y %H:%M}  {channel(one.channel)}  {one.code}"
