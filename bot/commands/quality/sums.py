"""`opina sums`: proves the weekly sums by counting everything again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.responses.sums import Difference

SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Comprueba las sumas semanales.")(sums)


def sums(
    verify: Annotated[
        bool, typer.Option("--verify", help="Vuelve a contar todo y dice las diferencias.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError
    from storage.responses import sums

    if not verify:
        raise OperatorError("agregue --verify: vuelve a contar todas las respuestas y consultas")

    async def work(here: Installation) -> list[Difference]:
        return await here.database.read(sums.verify, long=True)

    found = with_installation(config, work)
    if not found:
        print("Las sumas coinciden con las respuestas y consultas.")
        return
    for difference in found[:SHOWN]:
        key = " · ".join(str(part) for part in difference.key if part != "")
        print(f"{key}: guardado {difference.stored}, contado {difference.counted}")
    if len(found) > SHOWN:
        print(f"… y {len(found) - SHOWN} más")
    print(how_many(len(found), "diferencia", "diferencias"))
    raise typer.Exit(1)
