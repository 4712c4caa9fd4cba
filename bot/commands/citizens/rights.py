"""`opina rights`: the queue of what citizens ask about their own data, with its legal dates."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.options import Config

if TYPE_CHECKING:
    from datetime import datetime

    from bot.commands.records import Records
    from storage.engine.database import Transaction
    from storage.privacy.requests import Request

RIGHTS = {
    "access": "ver",
    "rectify": "corregir",
    "erase": "borrar",
    "object": "oponerse",
    "block": "bloquear",
    "port": "llevarse copia",
}
STATES = {"open": "espera", "granted": "acogido", "refused": "rechazado", "lifted": "terminado"}
LONGEST_ANSWER = 3_000
Number = Annotated[str, typer.Argument(metavar="FOLIO", help="Como LS-D-2026-000123.")]
Words = Annotated[
    str, typer.Argument(metavar="TEXTO", help="Qué se hizo y por qué; entre comillas.")
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    rights = typer.Typer(
        no_args_is_help=True, help="Lo que las personas piden sobre sus datos, con sus plazos."
    )
    rights.command("list", help="Muestra los pedidos que esperan, el más urgente primero.")(list_)
    rights.command("show", help="Muestra un pedido con lo que se dijo.")(show)
    rights.command("done", help="Cierra un pedido; la persona recibe la respuesta por su chat.")(
        done
    )
    rights.command("extend", help="Extiende una vez el plazo, con el motivo.")(extend)
    rights.command("tell", help="Cuenta qué se hizo a quienes opinaron y aceptaron avisos.")(tell)
    app.add_typer(rights, name="rights")


def list_(
    all_: Annotated[bool, typer.Option("--all", help="También los que ya se cerraron.")] = False,
    config: Config = None,
) -> None:
    from rich.table import Table

    from bot.commands.console import out
    from bot.commands.records import with_records
    from storage.privacy import requests

    async def work(records: Records) -> None:
        found = await records.database.read(
            lambda tx: requests.listed(tx, records.keyring, only_open=not all_)
        )
        if not found:
            print("No hay pedidos." if all_ else "No hay pedidos que esperen.")
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("Folio", "Derecho", "Estado", "Pedido", "Plazo"):
            table.add_column(title, no_wrap=True)
        for one in found:
            late = " (vencido)" if one.status == requests.OPEN and one.due_at < records.now else ""
            table.add_row(
                one.number,
                RIGHTS[one.right.value],
                STATES[one.status],
                _day(one.asked_at, records),
                _day(one.due_at, records) + late,
            )
        out().print(table, markup=False)

    with_records(config, work)


def show(number: Number, config: Config = None) -> None:
    from bot.commands.records import with_records
    from storage.privacy import requests

    async def work(records: Records) -> None:
        wanted = _folio(number)
        found = await records.database.read(lambda tx: requests.one(tx, records.keyring, wanted))
        if found is None:
            raise _unknown(number)
        print(f"{found.number} · {RIGHTS[found.right.value]} · {STATES[found.status]}")
        print(f"Pedido el {_day(found.asked_at, records)}, por {found.channel}")
        extended = " (ya se extendió)" if found.extended else ""
        print(f"Plazo: {_day(found.due_at, records)}{extended}")
        _tell("Pide", found.text)
        _tell("Respuesta", found.answer)

    with_records(config, work)


def done(
    number: Number,
    text: Words,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="No se acoge: el texto da las razones.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.commands.records import with_records
    from storage.privacy import requests

    wanted, words = _folio(number), _checked(text)

    async def work(records: Records) -> None:
        def write(tx: Transaction) -> bool:
            return requests.decide(
                tx, records.keyring, wanted, words, records.now, granted=not refuse
            )

        try:
            told = await records.database.write(write)
        except requests.CannotDecide:
            raise await _why_not(records, wanted) from None
        print(f"{wanted}: {'rechazado' if refuse else 'acogido'}.")
        print(
            "La persona recibe la respuesta en cuanto el servicio la envíe."
            if told
            else "La persona borró sus datos: no hay a quién avisar."
        )

    with_records(config, work)


def extend(number: Number, text: Words, config: Config = None) -> None:
    from bot.commands.records import with_records
    from storage.privacy import requests

    wanted, words = _folio(number), _checked(text)

    async def work(records: Records) -> None:
        days = records.settings.privacy.extension_days

        def write(tx: Transaction) -> datetime:
            return requests.extend(tx, records.keyring, wanted, words, records.now, days)

        try:
            due = await records.database.write(write)
        except requests.CannotDecide:
            raise await _why_not(records, wanted) from None
        print(f"{wanted}: el nuevo plazo es {_day(due, records)}.")

    with_records(config, work)


def tell(
    area: Annotated[str, typer.Argument(metavar="AREA", help="El área sobre la que opinaron.")],
    text: Words,
    config: Config = None,
) -> None:
    from bot.commands.console import counted
    from bot.commands.records import known_area, with_records
    from handlers.release import DEFAULT_LANGUAGE
    from storage.privacy import requests

    words = _checked(text)

    async def work(records: Records) -> None:
        own = known_area(records.content, area)
        message = records.release.wording(DEFAULT_LANGUAGE).say(
            "consent-news",
            municipality=records.content.municipality,
            area=records.area_name(own),
            words=words,
        )

        def write(tx: Transaction) -> int:
            return requests.tell_what_was_done(tx, records.keyring, own, message, records.now)

        count = await records.database.write(write)
        print(f"Aviso para {counted(count, 'persona', 'personas')}.")

    with_records(config, work)


def _checked(text: str) -> str:
    from handlers.errors import OperatorError

    words = text.strip()
    if not words:
        raise OperatorError("falta el texto: la ley pide decir qué se hizo y por qué")
    if len(words) > LONGEST_ANSWER:
        raise OperatorError(f"el texto tiene {len(words)} letras; caben {LONGEST_ANSWER}")
    return words


async def _why_not(records: Records, wanted: str) -> Exception:
    from handlers.errors import OperatorError
    from storage.privacy import requests

    found = await records.database.read(lambda tx: requests.one(tx, records.keyring, wanted))
    if found is None:
        return _unknown(wanted)
    return OperatorError(f"{wanted}: {_obstacle(found)}")


def _obstacle(found: Request) -> str:
    if found.status != "open":
        return f"ya está {STATES[found.status]}"
    if found.right.value == "block":
        return "la ley no permite extender el plazo de un bloqueo"
    return "su plazo ya se extendió; la ley lo permite una vez"


def _unknown(number: str) -> Exception:
    from handlers.errors import OperatorError
    from handlers.text.display import quoted

    return OperatorError(
        f"{quoted(number)}: no hay un pedido con ese folio; opina rights list --all los muestra"
    )


def _folio(number: str) -> str:
    return number.strip().upper()


def _day(at: datetime, records: Records) -> str:
    return f"{at.astimezone(records.zone):%d-%m-%Y}"


def _tell(title: str, text: str | None) -> None:
    from handlers.text.display import for_terminal

    if not text:
        return
    print(f"\n{title}:")
    for paragraph in for_terminal(text).split("\n"):
        print(textwrap.fill(paragraph, 78, initial_indent="  ", subsequent_indent="  "))
