"""`opina breaches`: the register of security breaches, read on the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config
from bot.commands.shared.typed import typed_number
from bot.commands.shared.wrapping import print_wrapped

if TYPE_CHECKING:
    from bot.installation import Installation
    from bot.reports.breaches.breach_report import Report
    from handlers.privacy.breaches.breach import Breach
    from storage.engine.database import Transaction

Number = Annotated[str, typer.Argument(metavar="NÚMERO", help="Como V-2026-001.")]
NONE_OPEN = "No hay vulneraciones abiertas; opina breaches list --all muestra también las cerradas."


def register(app: typer.Typer) -> None:
    """Add the commands."""
    breaches = typer.Typer(
        no_args_is_help=True,
        help="El registro de vulneraciones de seguridad; se lleva en el panel.",
    )
    breaches.command("list", help="Muestra las abiertas y lo que la ley pide ahora.")(list_)
    breaches.command("show", help="Muestra el informe de una, con cuántas personas afecta.")(show)
    app.add_typer(breaches, name="breaches")


def list_(
    all_: Annotated[bool, typer.Option("--all", help="También las cerradas.")] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from bot.reports.breaches import breach_words as words
    from storage.privacy.breaches import steps

    async def work(here: Installation) -> None:
        def read(tx: Transaction) -> list[Breach]:
            add_audit_entry(tx, here, "breaches-read")
            return steps.all_breaches(tx, here.keyring)

        everything = await here.database.write(read)
        found = [breach for breach in everything if all_ or not breach.is_closed]
        if not found:
            print(NONE_OPEN if everything else "El registro está vacío.")
        for breach in found:
            noticed = breach.description.noticed_at.astimezone(here.zone)
            print(
                f"{breach.number} · {words.STATES[breach.state]}"
                f" · se supo el {noticed:%d-%m-%Y %H:%M}"
            )
            print_wrapped(words.next_step(breach, here.opened_at, here.zone))

    with_installation(config, work)


def show(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from handlers.text.display import quoted

    async def work(here: Installation) -> None:
        report = await here.database.write(lambda tx: _report(here, typed_number(number), tx))
        if report is None:
            raise OperatorError(
                f"{quoted(number)}: no hay una vulneración con ese número;"
                " opina breaches list --all las muestra"
            )
        print(f"{report.number} · {report.state}")
        for section in report.sections:
            print(f"\n{section.title}:")
            for line in section.lines:
                print_wrapped(line)

    with_installation(config, work)


def _report(here: Installation, number: str, tx: Transaction) -> Report | None:
    """That it was read stands in the audit log, as when it is read in the panel."""
    from bot.privacy_notice import Configured
    from bot.reports.breaches.breach_report import Controller, report_of
    from storage.privacy import notices
    from storage.privacy.breaches import reading

    found = reading.find_counted(tx, here.keyring, number)
    if found is None:
        return None
    add_audit_entry(tx, here, "breach-read", number)
    known = Configured.by(here.settings)
    controller = Controller.of(here.content.municipality, known, notices.newest(tx).items)
    return report_of(found, controller, here.area_name, here.opened_at, here.zone)
