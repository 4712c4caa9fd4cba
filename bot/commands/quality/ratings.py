"""`opina ratings move`: a rating that was put to the wrong area counts for its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.engine.database import Transaction

LONGEST = 200
LARGEST_NUMBER = 2**63 - 1  # that a database keeps
Number = Annotated[
    int,
    typer.Argument(
        metavar="NUMERO",
        min=1,
        max=LARGEST_NUMBER,
        help="De la columna response de opina export («respuesta» en planilla).",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    ratings = typer.Typer(no_args_is_help=True, help="Las notas de los vecinos, una por una.")
    ratings.callback()(lambda: None)  # a subcommand by name, though it is the only one
    ratings.command("move", help="La cuenta para el área que atendió.")(move)
    app.add_typer(ratings, name="ratings")


def move(
    number: Number,
    area: Annotated[str, typer.Option(metavar="ID", help="El área que atendió.")],
    why: Annotated[str, typer.Option(metavar="TEXTO", help="El motivo; queda en la auditoría.")],
    config: Config = None,
) -> None:
    from bot.installation import with_installation

    async def work(here: Installation) -> None:
        await _move(here, number, area, why)

    with_installation(config, work)


async def _move(here: Installation, number: int, area: str, why: str) -> None:
    from bot.commands.shared.naming import known_area
    from handlers.errors import OperatorError
    from handlers.text.display import as_typed, one_line
    from storage.audit.chain import COMMAND_LINE
    from storage.quality.moved_ratings import Moving, move_and_log

    own, reason = known_area(here.content, area), one_line(as_typed(why))
    if not reason:
        raise OperatorError("--why: falta el motivo; queda en la auditoría")
    if len(reason) > LONGEST:
        raise OperatorError(f"--why: tiene {len(reason)} letras; caben {LONGEST}")
    moving = Moving(number, own, reason, COMMAND_LINE)

    def write(tx: Transaction) -> object:
        return move_and_log(tx, here.keyring, moving, here.opened_at, here.content.zone)

    week = await here.database.write(write)
    if week is None:
        raise OperatorError(f"{number}: no es una nota, o ya está en esa área")
    print(f"La nota cuenta en el área desde la próxima cifra, en la semana {week}.")
