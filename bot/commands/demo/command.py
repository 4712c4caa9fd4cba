"""`opina demo`: the service on a scratch database full of made-up answers."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config
from bot.interrupts import interruptible

if TYPE_CHECKING:
    from bot.config import Settings

WEEKS = 22  # twelve make the base of a control chart, one is quiet, then something can rise
LONGEST = 104
HELP = """Muestra el servicio con unos meses de respuestas ficticias.

El puerto es el de la configuración, port en [web], o el de la variable OPINA_WEB__PORT.

Para usar otras órdenes con su base, en otro terminal:

\b
  export OPINA_DATABASE__URL=sqlite:///var/demo.db
  export OPINA_DATABASE__KEYS=var/demo-keys.toml
  opina staff list
  opina staff link jefatura@demostracion.invalid
"""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help=HELP)(demo)


def demo(
    folder: Annotated[
        Path, typer.Option(metavar="CARPETA", help="Dónde queda la base de la demostración.")
    ] = Path("var"),
    weeks: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=1,
            max=LONGEST,
            help="De cuántas semanas; con pocas tarda menos, y los gráficos aún no tienen base.",
        ),
    ] = WEEKS,
    config: Config = None,
) -> None:
    from bot.commands.shared.console import say
    from bot.installation import Installation
    from bot.observability.logs import configure
    from bot.service import serve
    from bot.settings import read_settings
    from bot.web.listening import check_free

    settings = _scratch(read_settings(config), folder)
    check_free(settings.web)
    _ = Installation(settings).content  # what is wrong in it is said before anything is made
    _make(folder)
    configure(pretty=sys.stderr.isatty())
    file = folder / "demo.db"
    if file.exists():
        say(f"Se usa la demostración de {file}; para hacer otra, borre ese archivo.")
    else:
        with interruptible():
            _fill(settings, file, weeks)
    _open_page(settings, file)
    with interruptible():
        asyncio.run(serve(Installation(settings), made_up=True))


def _open_page(settings: Settings, file: Path) -> None:
    """Show the panel's page. Raises OperatorError if the demonstration's keys are gone."""
    from handlers.errors import OperatorError
    from storage.engine.keys_used import WrongKeys

    try:
        with interruptible():
            asyncio.run(_show_page(settings, file))
    except WrongKeys as error:
        raise OperatorError(
            f"{settings.database.keys}: no están las llaves de la demostración; "
            f"borre {file} y se hace otra"
        ) from error


def _make(folder: Path) -> None:
    """Make the folder unless it is there. Raises OperatorError where it cannot be one."""
    from handlers.errors import OperatorError
    from storage.files import reason

    if folder.exists() and not folder.is_dir():
        raise OperatorError(f"--folder {folder}: no es una carpeta; indique una")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"--folder {folder}: {reason(error)}; indique otra") from None


def _scratch(settings: Settings, folder: Path) -> Settings:
    """Its own database and keys, and no channel on which a citizen could meet made-up figures."""
    from bot.config import DatabaseSettings, MailSettings, TelegramSettings, WhatsAppSettings

    return settings.model_copy(
        update={
            "database": DatabaseSettings(
                url=f"sqlite:///{folder / 'demo.db'}", keys=folder / "demo-keys.toml"
            ),
            "telegram": TelegramSettings(),
            "whatsapp": WhatsAppSettings(),
            "mail": MailSettings(),
        }
    )


def _fill(settings: Settings, file: Path, weeks: int) -> None:
    """Fill the database under another name until it is whole: a kill leaves no half of one."""
    from bot.commands.shared.console import say
    from handlers.errors import OperatorError, StorageFull
    from storage.engine.opening import discard, draft_of, put_in_place

    draft = draft_of(file)
    discard(draft)
    say(f"Semanas de respuestas ficticias que se preparan: {weeks} …")
    database = settings.database.model_copy(update={"url": f"sqlite:///{draft}"})
    try:
        asyncio.run(_add_weeks(settings.model_copy(update={"database": database}), weeks))
        put_in_place(draft, file)
    except StorageFull:
        raise OperatorError(
            f"--folder {file.parent}: no queda espacio en el disco; haga espacio, o indique otra"
        ) from None
    finally:
        discard(draft)


async def _add_weeks(settings: Settings, weeks: int) -> None:
    from bot.commands.demo.fill import Demonstration, fill_demo
    from bot.commands.shared.console import Bar
    from bot.installation import Installation

    async with Installation(settings) as here:
        made_up = Demonstration(here.opened_at, weeks)
        with Bar("Semanas", weeks) as bar:
            await fill_demo(here.database, here.keyring, here.release, made_up, bar.advance)


async def _show_page(settings: Settings, file: Path) -> None:
    """Print where the latest digest and the panel are, unless the system chooses the port.

    Raises OperatorError where the file is no demonstration.
    """
    from bot.commands.demo.fill import way_in
    from bot.commands.staff.roles import explain_link
    from bot.installation import Installation
    from bot.jobs.quality.digest import digest_link
    from handlers.errors import OperatorError
    from storage.quality.digests import newest_published

    async with Installation(settings) as here:
        keyring = here.keyring
        week = await here.database.read(newest_published)
        link = await here.database.write(lambda tx: way_in(tx, keyring, here.opened_at))
    if week is None:
        raise OperatorError(
            f"{file}: está vacía, otra orden la creó antes; borre {file} y se hace la demostración"
        )
    web = settings.web
    if not (web.public_url or web.port):
        return
    print(f"Resumen de la semana {week}: {digest_link(web.address(), keyring, week)}")
    if link is not None:
        explain_link(link, settings)
