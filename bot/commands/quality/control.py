"""`opina control`: what a week's control run found; made if it was not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from bot.commands.shared.options import Config, Week

if TYPE_CHECKING:
    from bot.installation import Installation
    from handlers.quality.weeks import IsoWeek


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Muestra el control de los indicadores de una semana; lo hace si falta.")(
        control
    )


def control(
    week: Week = None,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import parsed_week
    from bot.installation import with_installation

    wanted = parsed_week(week)

    async def work(here: Installation) -> None:
        await _show(here, wanted)

    with_installation(config, work)


async def _show(here: Installation, week: IsoWeek | None) -> None:
    from bot.commands.shared.naming import last_complete
    from bot.jobs.quality.control import run_control
    from bot.jobs.quality.digest import Wanted
    from bot.reports.quality.control_text import control_text

    wanted = Wanted(week or last_complete(here), here.opened_at)
    run = await run_control(here.database, here.keyring, here.release, wanted)
    print(control_text(run, here.area_name, here.zone), end="")
