"""`opina export`: every answer, or every lookup, as rows for other programs."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Literal

import typer

from bot.commands.options import Config

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from bot.commands.records import Records
    from bot.reports.tables import Cell
    from storage.responses.exports import Period

RESPONSES = tuple(
    "response questionnaire area service desk channel question value week pending outcome "
    "started_at first_answered_at answered_at".split()
)
LOOKUPS = tuple("at channel query found card area week".split())
YEARS = range(2000, 3000)
TIMES = frozenset({"at", "started_at", "first_answered_at", "answered_at"})
NUMERIC = frozenset({"grade", "number"})
"""Kinds of questions whose answers are numbers in a spreadsheet."""
NOUNS = {"responses": ("respuesta", "respuestas"), "lookups": ("consulta", "consultas")}


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
        str | None, typer.Option(metavar="FECHA", help="Desde ese día, como 2026-11-16.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="FECHA", help="Hasta ese día, incluido.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="ARCHIVO", help="Si no, la salida estándar.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.commands.console import counted, say
    from bot.commands.records import with_records
    from handlers.errors import OperatorError

    days = _days(since, until)
    if format == "xlsx" and out is None and sys.stdout.isatty():
        raise OperatorError("una planilla no se puede mostrar aquí; agregue --out ARCHIVO.xlsx")
    with _target(out) as file:
        count = with_records(config, partial(_export, what=what, form=format, days=days, file=file))
    say(counted(count, *NOUNS[what]) + (f" en {out}" if out else ""))


def _days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    from handlers.errors import OperatorError

    first, last = _day("--since", since), _day("--until", until)
    if first is not None and last is not None and first > last:
        raise OperatorError(
            f"--since {since} es después de --until {until}; cámbielos: no hay días entre ellos"
        )
    return first, last


def _day(option: str, text: str | None) -> date | None:
    from handlers.errors import OperatorError
    from handlers.text.display import one_line

    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
        if day.year not in YEARS:
            raise ValueError("no citizen wrote in that year")
        return day
    except ValueError:
        raise OperatorError(
            f"{option} {one_line(text)[:40]}: no es una fecha; escríbala como 2026-11-16"
        ) from None


@contextmanager
def _target(out: Path | None) -> Iterator[BinaryIO]:
    """The file, put in its place only once it is whole and for its owner only: it may hold words
    of citizens. Without one, the standard output.

    A database's own errors never are OSError: what is one here comes from the target.
    """
    from handlers.errors import OperatorError
    from storage.files import reason

    name = "la salida" if out is None else f"--out {out}"
    try:
        if out is None:
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
            return
        draft = _draft(out)
        try:
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                yield file
            os.replace(draft, out)
        finally:
            with suppress(OSError):
                draft.unlink()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OperatorError(
            f"{name}: no se puede escribir: {reason(error)}; elija otro lugar, con espacio"
        ) from None


def _draft(out: Path) -> Path:
    from handlers.errors import OperatorError

    if not out.name or "\0" in str(out):
        raise OperatorError("--out: ese nombre de archivo no se puede usar; dele otro")
    return out.with_name(f".{out.name}.{os.getpid()}")


async def _export(
    records: Records, what: str, form: str, days: tuple[date | None, date | None], file: BinaryIO
) -> int:
    from bot.reports.tables import TableFormat, write_rows
    from storage.responses import exports

    period = _period(days, records)
    counting = exports.count_answers if what == "responses" else exports.count_lookups
    total = await records.database.read(partial(counting, period=period))
    sheet = form == "xlsx"
    chunks = _answers(records, period, sheet) if what == "responses" else _lookups(records, period)
    header = RESPONSES if what == "responses" else LOOKUPS
    if sheet:  # its times have no zone
        zone = records.zone.key
        header = tuple(f"{name} ({zone})" if name in TIMES else name for name in header)
    # The writer pulls rows and the database hands out chunks: each in its own thread, so that
    # neither a large export nor a slow reader fills the memory.
    rows = _pulled(chunks, asyncio.get_running_loop(), total)
    return await asyncio.to_thread(write_rows, rows, header, TableFormat(form), file)


def _period(days: tuple[date | None, date | None], records: Records) -> Period:
    from storage.responses.exports import Period

    zone = records.zone
    since, until = days
    return Period(
        since=datetime.combine(since, time(), tzinfo=zone) if since else None,
        until=datetime.combine(until + timedelta(days=1), time(), tzinfo=zone) if until else None,
    )


def _pulled(
    chunks: AsyncIterator[list[Sequence[Cell]]], loop: asyncio.AbstractEventLoop, total: int
) -> Iterator[Sequence[Cell]]:
    from bot.commands.console import Bar

    async def following() -> list[Sequence[Cell]] | None:
        return await anext(chunks, None)

    with Bar("Filas", total) as bar:
        while (chunk := asyncio.run_coroutine_threadsafe(following(), loop).result()) is not None:
            yield from chunk
            bar.advance(len(chunk))


async def _answers(
    records: Records, period: Period, sheet: bool
) -> AsyncIterator[list[Sequence[Cell]]]:
    from storage.responses.exports import answer_rows

    zone = records.zone
    async for chunk in answer_rows(records.database, records.keyring, period):
        yield [
            (
                row.response,
                row.questionnaire,
                row.area,
                row.service,
                row.desk,
                row.channel,
                row.question,
                _number(row.value) if sheet and row.kind in NUMERIC else row.value,
                str(row.week),
                int(row.pending),
                row.outcome,
                _local(row.started_at, zone),
                _local(row.first_answered_at, zone),
                _local(row.answered_at, zone),
            )
            for row in chunk
        ]


async def _lookups(records: Records, period: Period) -> AsyncIterator[list[Sequence[Cell]]]:
    from storage.responses.exports import lookup_rows

    zone = records.zone
    async for chunk in lookup_rows(records.database, period):
        yield [
            (
                _local(row.at, zone),
                row.channel,
                row.query,
                row.found,
                row.card,
                row.area,
                str(row.week),
            )
            for row in chunk
        ]


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else at.astimezone(zone)


def _number(value: str) -> Cell:
    """A number as such; whatever else stands there as it is."""
    try:
        number = float(value)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number
