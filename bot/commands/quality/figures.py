"""`opina figures`: what was published, as files that the council can check by itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Guarda las cifras publicadas en un ZIP que cualquiera puede comprobar.")(
        figures
    )


def figures(
    out: Annotated[Path, typer.Option(metavar="ARCHIVO.zip", help="Dónde queda.")],
    config: Config = None,
) -> None:
    from bot.commands.shared.console import say
    from bot.commands.shared.output import target
    from bot.installation import with_installation
    from handlers.errors import OperatorError

    if out.suffix.lower() != ".zip":
        raise OperatorError(f"--out {out}: se espera un nombre que termine en .zip")

    async def work(here: Installation) -> bytes:
        from bot.jobs.quality.figures import load_figures

        return await load_figures(here.database, here.keyring, here.content)

    with target(out) as file:
        file.write(with_installation(config, work))
    say(
        f"Cifras en {out}. Para comprobarlas: descomprima y ejecute python3 comprobar.py y python3"
        " comprobar_medidas.py"
    )
