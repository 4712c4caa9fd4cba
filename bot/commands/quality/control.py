"""`opina control`: what a week's control run found; made if it was not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Config

if TYPE_CHECKING:
    from bot.commands.records import Records
    from handlers.quality.weeks import IsoWeek


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Muestra el control de los indicadores de una semana; lo hace si falta.")(
        control
    )


def control(
    week: Annotated[
        str | None, typer.Option(metavar="SEMANA", help="Como 2026-W47; si no, la última completa.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.commands.records import parsed_week, with_records

    wanted = parsed_week(week)

    async def work(records: Records) -> None:
        await _show(records, wanted)

    with_records(config, work)


async def _show(records: Records, week: IsoWeek | None) -> None:
    from bot.commands.records import last_complete
    from bot.jobs.quality.control import run_control
    from bot.jobs.quality.digest import Wanted
    from bot.reports.quality.control_text import control_text

    wanted = Wanted(week or last_complete(records), records.now)
    run = await run_control(records.database, records.keyring, records.release, wanted)
    print(control_text(run, records.area_name, records.zone), end="")
