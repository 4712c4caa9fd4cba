"""`opina retention`: what is kept too long, told first and forgotten only when asked to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.privacy.retention import DueCounts, Periods

DryRun = Annotated[bool, typer.Option("--dry-run", help="Solo dice cuánto venció; no borra nada.")]
Compact = Annotated[
    bool,
    typer.Option(
        "--compact",
        help="Además reescribe la base entera: no queda rastro en ella; detiene la escritura.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Olvida lo que venció; el servicio lo hace solo cada 6 horas.")(retention)


def retention(dry_run: DryRun = False, compact: Compact = False, config: Config = None) -> None:
    from bot.installation import with_installation
    from bot.jobs.data.retention import periods_of
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError
    from storage.engine.schema import compact as rewrite
    from storage.privacy import retention as storage
    from storage.privacy.erasure import write_journal

    if dry_run and compact:
        raise OperatorError("--dry-run no cambia nada: no va con --compact; deje uno")

    async def work(here: Installation) -> None:
        periods = periods_of(here.settings.privacy)
        due = await here.database.read(
            lambda tx: storage.due(tx, here.opened_at, periods), long=True
        )
        for name, count, days in _lines(due, periods):
            print(f"{name}, de más de {how_many(days, 'día', 'días')}: {count}")
        if dry_run:
            print("No se borró nada.")
            return
        await storage.sweep(here.database, here.keyring, here.opened_at, periods)
        await write_journal(here.database, here.settings.database.journal_file)
        print("Borrado. De las notas queda la cuenta, sin la persona.")
        if compact:
            await rewrite(here.settings.database.url)
            print("La base está reescrita.")

    with_installation(config, work)


def _lines(due: DueCounts, periods: Periods) -> tuple[tuple[str, int, int], ...]:
    """Of each kind its name, how many rows are due, and after how many days."""
    failed = periods.failed_messages.days
    return (
        ("Comentarios", due.comments, periods.comments.days),
        ("Mensajes que no se pudieron procesar", due.failed_messages, failed),
        ("Casos cerrados o respondidos", due.closed_cases, periods.closed_cases.days),
        ("Personas que no volvieron a escribir", due.idle_contacts, periods.idle_contacts.days),
    )
