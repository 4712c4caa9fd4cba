"""`opina posters`: an A4 and an A6 sheet with QR codes for each desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.channels.links import ChannelLink
    from bot.config import Settings
    from handlers.content.model import Content, Desk


ANYBODYS = 0o666  # they are often printed from another account


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Hace los afiches con códigos QR de los puntos de atención.")(posters)


def posters(
    desk: Annotated[
        list[str] | None,
        typer.Option(metavar="CUAL", help="Código, nombre o área; se puede repetir. Si no, todos."),
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="CARPETA", help="Dónde quedan los archivos PDF.")
    ] = Path("afiches"),
    config: Config = None,
) -> None:
    from bot.commands.shared.console import Bar
    from bot.commands.shared.output import target
    from bot.installation import Installation
    from bot.reports.posters import posters_of
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError
    from storage.files import reason

    installation = Installation.configured(config)
    content = installation.content
    desks = _chosen(content, desk or [])
    links = _links(installation.settings)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(
            f"--out {out}: no se puede escribir: {reason(error)}; elija otra carpeta, con espacio"
        ) from None
    count = 0
    with Bar("Afiches", len(desks)) as bar:
        for chosen in desks:
            for name, sheet in posters_of(content, links, chosen):
                with target(out / name, mode=ANYBODYS) as file:
                    file.write(sheet)
                count += 1
            bar.advance()
    print(
        f"{how_many(count, 'afiche', 'afiches')} (A4 y A6) de"
        f" {how_many(len(desks), 'punto de atención', 'puntos de atención')} en {out}"
    )


def _links(settings: Settings) -> list[ChannelLink]:
    """The channels that posters lead to; a line on the standard error for each that is missing."""
    from bot.channels.opening import Missing
    from bot.channels.registry import channel_type, poster_links
    from bot.commands.shared.console import say
    from handlers.errors import OperatorError

    found = dict(poster_links(settings))
    missing = {
        channel_type(channel).label: link.settings
        for channel, link in found.items()
        if isinstance(link, Missing)
    }
    links = [link for link in found.values() if not isinstance(link, Missing)]
    if not links:
        raise OperatorError(
            "ningún canal tiene dirección, y el afiche no llevaría a ninguna parte; "
            f"configure {' o '.join(missing.values())}"
        )
    for name, key in missing.items():
        say(f"{name}: no va en los afiches, falta {key}")
    return links


def _chosen(content: Content, wanted: list[str]) -> list[Desk]:
    from handlers.errors import OperatorError
    from handlers.text.display import quoted
    from handlers.text.folding import fold
    from handlers.text.nearest import did_you_mean_one_of

    chosen: dict[str, Desk] = {}
    for name in wanted:
        found = [
            desk
            for desk in content.desks
            if fold(name) in (fold(desk.token), fold(desk.name), fold(desk.area))
        ]
        if not found:
            known = {
                word: f"{desk.token} ({desk.name})"
                for desk in content.desks
                for word in (desk.token, desk.name, desk.area)
            }
            near = did_you_mean_one_of(name, known) or "; están en desks.toml"
            raise OperatorError(f"--desk {quoted(name)}: no existe ese punto de atención{near}")
        chosen |= {desk.token: desk for desk in found}
    return list(chosen.values()) if wanted else list(content.desks)
