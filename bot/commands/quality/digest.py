"""`opina digest`: a week's digest, to be read here or sent to the staff."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from bot.commands.shared.options import Config, Week

if TYPE_CHECKING:
    from bot.installation import Installation
    from handlers.quality.figures import Digest
    from handlers.quality.weeks import IsoWeek


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Muestra el resumen de una semana, o lo envía.")(digest)


def digest(
    week: Week = None,
    area: Annotated[str | None, typer.Option(metavar="ID", help="Solo de un área.")] = None,
    format: Annotated[Literal["text", "json", "html"], typer.Option(help="Formato.")] = "text",
    send: Annotated[
        bool, typer.Option("--send", help="Lo envía a quienes aún no lo recibieron.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import parsed_week
    from bot.installation import with_installation
    from handlers.errors import OperatorError

    if send and format != "text":
        raise OperatorError("--send envía el resumen a cada persona en su forma: no lleva --format")
    wanted = parsed_week(week)
    if send:
        with_installation(config, partial(_send, week=wanted, area=area))
    else:
        with_installation(config, partial(_show, week=wanted, area=area, form=format))


async def _show(here: Installation, week: IsoWeek | None, area: str | None, form: str) -> None:
    from bot.commands.shared.console import say
    from bot.commands.shared.naming import known_area, last_complete
    from bot.jobs.quality.digest import Wanted, is_over, load_digest
    from handlers.errors import OperatorError

    week = week or last_complete(here)
    if here.opened_at < week.bounds(here.zone)[0]:
        raise OperatorError(f"{week}: esa semana aún no comienza")
    own = known_area(here.content, area) if area else None
    wanted = Wanted(week, here.opened_at, own)
    release = here.release  # read before the transaction: it takes a second
    if not is_over(week, release, here.opened_at):
        say(f"{week}: la semana aún no termina; estas cifras van a cambiar.")
    found = await load_digest(here.database, here.keyring, release, wanted, freeze=True)
    print(_rendered(found, form), end="")


def _rendered(digest: Digest, form: str) -> str:
    import msgspec

    from bot.reports.digests.digest_html import html_mail
    from bot.reports.digests.digest_text import plain_text
    from handlers.text.display import escaped_directions

    match form:
        case "json":
            encoded = msgspec.json.format(msgspec.json.encode(digest)).decode()
            return escaped_directions(encoded) + "\n"
        case "html":
            return html_mail(digest) + "\n"
        case _:
            return plain_text(digest)


async def _send(here: Installation, week: IsoWeek | None, area: str | None) -> None:
    from bot.commands.shared.naming import known_area, last_complete
    from bot.jobs.quality.digest import Sending, send_digest
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError

    web = here.settings.web
    if web.public_url is None and web.port == 0:
        raise OperatorError("falta [web] public_url: el resumen lleva un enlace a su página")
    sending = Sending(
        week=week or last_complete(here),
        now=here.opened_at,
        base_url=web.address(),
        area=known_area(here.content, area) if area else None,
    )
    release = here.release
    count = await send_digest(here.database, here.keyring, release, sending)
    to = how_many(count, "contacto", "contactos")
    if count:
        print(f"Resumen de {sending.week} para {to}. Sale en cuanto el servicio lo envíe.")
    else:
        print(f"Resumen de {sending.week}: no hay nadie a quien le falte.")
