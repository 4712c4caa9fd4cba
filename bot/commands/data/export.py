"""`opina export`: every answer, or every lookup, as rows for other programs."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.responses.exports import ExportPeriod

NOUNS = {"responses": ("respuesta", "respuestas"), "lookups": ("consulta", "consultas")}

SUBJECTS = {"responses": "respuestas", "lookups": "consultas"}  # of the audit log


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Entrega las respuestas o las consultas, una por fila.")(export)


def export(
    what: Annotated[
        Literal["responses", "lookups"],
        typer.Argument(metavar="QUE", help="responses: respuestas; lookups: consultas."),
    ],
    format: Annotated[Literal["csv", "jsonl", "xlsx"], typer.Option(help="Formato.")] = "csv",
    since: Annotated[
        str | None, typer.Option(metavar="FECHA", help="Desde ese día, como 16-11-2026.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="FECHA", help="Hasta ese día, incluido.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="ARCHIVO", help="Si no, la salida estándar.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.commands.shared.console import say
    from bot.commands.shared.output import target
    from bot.installation import with_installation
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError

    days = _days(since, until)
    if format == "xlsx" and out is None and sys.stdout.isatty():
        raise OperatorError("una planilla no se puede mostrar aquí; agregue --out ARCHIVO.xlsx")
    with target(out) as file:
        count = with_installation(
            config, partial(_export, what=what, form=format, days=days, file=file)
        )
    say(how_many(count, *NOUNS[what]) + (f" en {out}" if out else ""))


def _days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    from bot.commands.shared.typed import typed_day
    from handlers.errors import OperatorError
    from handlers.text.days import Near

    today = datetime.now(UTC).astimezone().date()  # before any file of the installation is opened
    first, last = (
        None if day is None else typed_day(option, day, today, Near.PAST)
        for option, day in (("--since", since), ("--until", until))
    )
    if first is not None and last is not None and first > last:
        raise OperatorError(
            f"--since {since} es después de --until {until}; cámbielos: no hay días entre ellos"
        )
    return first, last


async def _export(
    here: Installation, what: str, form: str, days: tuple[date | None, date | None], file: BinaryIO
) -> int:
    from bot.commands.shared.console import Bar
    from bot.labels.row_words import with_names, words_of
    from bot.reports import rows
    from bot.reports.tables import TableFormat, write_rows
    from storage.responses import exports

    period, zone, sheet = _period(days, here), here.zone, form == "xlsx"
    database, keyring = here.database, here.keyring
    if what == "responses":
        counting, header = exports.count_answers, rows.RESPONSES
        chunks = rows.answers(database, keyring, period, zone, sheet=sheet)
    else:
        counting, header = exports.count_lookups, rows.LOOKUPS
        chunks = rows.lookups(database, period, zone)
    since, until = days
    asked = f"{form} {since or ''}/{until or ''}"
    await database.write(lambda tx: add_audit_entry(tx, here, "downloaded", SUBJECTS[what], asked))
    total = await database.read(partial(counting, period=period))
    if sheet:
        chunks = with_names(chunks, header, words_of(here.release))
    titles = rows.titled(header, zone, sheet=sheet)
    with Bar("Filas", total) as bar:
        pulled = rows.pulled(chunks, asyncio.get_running_loop(), bar.advance)
        return await asyncio.to_thread(write_rows, pulled, titles, TableFormat(form), file)


def _period(days: tuple[date | None, date | None], here: Installation) -> ExportPeriod:
    from storage.responses.exports import ExportPeriod

    zone = here.zone
    since, until = days
    return ExportPeriod(
        since=datetime.combine(since, time(), tzinfo=zone) if since else None,
        until=datetime.combine(until + timedelta(days=1), time(), tzinfo=zone) if until else None,
    )
