"""`opina cases`: the complaints and requests for a person, and how to answer them."""

from __future__ import annotations

import textwrap
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Config

if TYPE_CHECKING:
    from bot.commands.records import Records
    from storage.engine.database import Transaction

KINDS = {"persona": "persona", "reclamo": "reclamo"}
STATES = {"open": "abierto", "answered": "respondido", "closed": "cerrado"}
LONGEST_ANSWER = 3_000  # with what stands around it, still one message on every channel
Number = Annotated[str, typer.Argument(metavar="NUMERO", help="Como LS-2026-000123.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    cases = typer.Typer(no_args_is_help=True, help="Los reclamos y pedidos de una persona.")
    cases.command("list", help="Muestra los casos, del más antiguo al más nuevo.")(list_)
    cases.command("show", help="Muestra un caso con todo lo que se dijo.")(show)
    cases.command("answer", help="Responde un caso: la persona lo recibe por su chat.")(answer)
    app.add_typer(cases, name="cases")


def list_(
    open_: Annotated[bool, typer.Option("--open", help="Solo los que esperan respuesta.")] = False,
    area: Annotated[str | None, typer.Option(metavar="ID", help="Solo los de un área.")] = None,
    config: Config = None,
) -> None:
    from rich.table import Table

    from bot.commands.console import out
    from bot.commands.records import known_area, with_records
    from storage.cases import reading

    async def work(records: Records) -> None:
        own = known_area(records.content, area) if area else None
        status = "open" if open_ else None
        found = await records.database.read(
            lambda tx: reading.listed(tx, records.keyring, status=status, area=own)
        )
        if not found:
            print("No hay casos abiertos." if open_ else "No hay casos.")
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("Número", "Tipo", "Estado", "Abierto"):
            table.add_column(title, no_wrap=True)
        table.add_column("Área", overflow="fold")
        for case in found:
            table.add_row(
                case.number,
                KINDS.get(case.kind, case.kind),
                STATES.get(case.status, case.status),
                _when(case.opened_at, records),
                records.area_name(case.area) if case.area else "sin área",
            )
        out().print(table, markup=False)

    with_records(config, work)


def show(number: Number, config: Config = None) -> None:
    from bot.commands.records import with_records
    from handlers.errors import OperatorError
    from storage.cases import reading

    async def work(records: Records) -> None:
        case = await records.database.read(
            lambda tx: reading.one(tx, records.keyring, number.strip().upper())
        )
        if case is None:
            raise OperatorError(_unknown(number))
        area = records.area_name(case.area) if case.area else "sin área"
        print(f"{case.number} · {KINDS.get(case.kind, case.kind)} · {area}")
        print(f"{STATES.get(case.status, case.status)}, por {case.channel}")
        _tell("Vecina o vecino", case.opened_at, case.text, records)
        for note in case.notes:
            by_staff = "Municipio" + (f" ({note.name})" if note.name else "")
            who = "Vecina o vecino" if note.author == "citizen" else by_staff
            if note.author == "internal":
                who = f"Nota interna, no se envió · {note.name or 'Municipio'}"
            _tell(who, note.at, note.text, records)
        if case.status == "open":
            print(f'\nPara responder: opina cases answer {case.number} "…"')

    with_records(config, work)


def answer(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Entre comillas.")],
    config: Config = None,
) -> None:
    from bot.commands.records import with_records
    from handlers.errors import OperatorError
    from storage.cases import reading
    from storage.contacts import needs

    wanted, words = number.strip().upper(), text.strip()
    if not words:
        raise OperatorError("la respuesta está vacía")
    if len(words) > LONGEST_ANSWER:
        raise OperatorError(f"la respuesta tiene {len(words)} letras; caben {LONGEST_ANSWER}")

    async def work(records: Records) -> None:
        def write(tx: Transaction) -> None:
            if not needs.case_exists(tx, wanted):
                known = reading.one(tx, records.keyring, wanted)
                raise OperatorError(
                    _unknown(number)
                    if known is None
                    else f"{wanted}: está cerrado o la persona borró sus datos; no hay a quién"
                    " responder"
                )
            reading.answer(tx, records.keyring, wanted, words, records.now)

        await records.database.write(write)
        print(f"{wanted}: respuesta anotada. La persona la recibe en cuanto el servicio la envíe.")

    with_records(config, work)


def _unknown(number: str) -> str:
    return f"{number}: no hay un caso con ese número; opina cases list los muestra"


def _when(at: datetime, records: Records) -> str:
    return f"{at.astimezone(records.zone):%d-%m-%Y %H:%M}"


def _tell(who: str, at: datetime, text: str | None, records: Records) -> None:
    from handlers.text.display import for_terminal

    print(f"\n{who}, {_when(at, records)}")
    said = "(borrado)" if text is None else for_terminal(text) or "(sin palabras)"
    for paragraph in said.split("\n"):
        print(textwrap.fill(paragraph, 78, initial_indent="  ", subsequent_indent="  "))
