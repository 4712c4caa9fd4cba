"""`opina audit`: what was done in the panel, and whether the log of it is whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.audit.chain import Head, Verification
    from storage.engine.database import Transaction

FAULTS = {
    "missing": "falta la entrada {number}",
    "changed": "la entrada {number} fue cambiada",
    "not-as-noted": "la entrada {number} no es la que se había anotado",
}
MOST_SHOWN = 1_000_000
_HEAD = re.compile(r"(\d{1,15}):((?:[0-9a-f]{2}){4,32})")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Muestra quién leyó o cambió qué, o comprueba el registro.")(audit)


def audit(
    verify: Annotated[
        bool, typer.Option("--verify", help="Comprueba que nadie cambió ni borró nada.")
    ] = False,
    head: Annotated[
        str | None,
        typer.Option(metavar="N:CÓDIGO", help="Además, que siga ahí lo que se anotó antes."),
    ] = None,
    last: Annotated[
        int, typer.Option(metavar="N", min=1, max=MOST_SHOWN, help="Cuántas mostrar.")
    ] = 20,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from bot.jobs.quality.figures import changed_week
    from handlers.errors import OperatorError
    from storage.audit import chain

    expected = None if head is None else _parse_head(head)

    async def work(here: Installation) -> None:
        if not verify and expected is None:
            await _show(here, last)
            return

        def check(tx: Transaction) -> Verification:
            return chain.verify(tx, here.keyring, expected)

        verdict = await here.database.read(check, long=True)
        week = await here.database.read(changed_week, long=True)
        if verdict.fault is not None:
            number, kind = verdict.fault
            raise OperatorError(f"El registro no está entero: {FAULTS[kind].format(number=number)}")
        if week:
            raise OperatorError(f"La semana publicada {week} ya no es como se publicó")
        print(f"El registro está entero: {verdict.head.number} entradas.")
        if verdict.head.number:
            print(f"Anote este código fuera del sistema: {chain.code(verdict.head)}")

    with_installation(config, work)


async def _show(here: Installation, last: int) -> None:
    from bot.labels.audit_entries import Names, names_in, what_was_done
    from handlers.text.display import for_terminal
    from storage.audit import chain
    from storage.audit.chain import LoggedEntry

    def read(tx: Transaction) -> tuple[list[LoggedEntry], Names]:
        newest = chain.newest(tx, last)
        return newest, names_in(tx, [row.entry for row in newest], here.area_name, here.zone)

    entries, names = await here.database.read(read)
    if not entries:
        print("Aún no hay nada anotado.")
    for written in reversed(entries):
        entry, at = written.entry, written.at.astimezone(here.zone)
        who = (
            names.staff.get(entry.staff_id, f"n.º {entry.staff_id}") if entry.staff_id else "orden"
        )
        what = what_was_done(entry, names)
        print(for_terminal(f"{written.number:>6} {at:%d-%m-%Y %H:%M} {who} · {what}"))


def _parse_head(text: str) -> Head:
    from handlers.errors import OperatorError
    from storage.audit.chain import Head

    found = _HEAD.fullmatch(text.strip().lower())
    if found is None:
        raise OperatorError(f"--head {text}: se espera como 120:9f86d081884c7d65")
    return Head(int(found[1]), bytes.fromhex(found[2]))
