"""`opina rights`: the queue of what citizens ask about their own data, with its legal dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.citizens.one_case import written_day
from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config
from bot.commands.shared.typed import typed_number, typed_words
from bot.commands.shared.wrapping import print_wrapped
from bot.labels import codes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.installation import Installation
    from storage.engine.database import Transaction
    from storage.privacy.requests import Request

LONGEST_ANSWER = 3_000
_EMPTY = "falta el texto: la ley pide decir qué se hizo y por qué"
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
    rights.command("reopen", help="Vuelve a dejar sin decidir un pedido mal decidido, con motivo.")(
        reopen
    )
    rights.command("tell", help="Cuenta qué se hizo a quienes opinaron y aceptaron avisos.")(tell)
    app.add_typer(rights, name="rights")


def list_(
    all_: Annotated[bool, typer.Option("--all", help="También los que ya se cerraron.")] = False,
    config: Config = None,
) -> None:
    from rich.table import Table

    from bot.commands.shared.console import out
    from bot.installation import with_installation
    from storage.privacy import requests

    async def work(here: Installation) -> None:
        def read(tx: Transaction) -> list[Request]:
            add_audit_entry(tx, here, "rights-read")
            return requests.list_requests(tx, here.keyring, only_open=not all_)

        found = await here.database.write(read)
        if not found:
            print("No hay pedidos." if all_ else "No hay pedidos que esperen.")
            return
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for title in ("Folio", "Derecho", "Estado", "Pedido", "Plazo"):
            table.add_column(title, no_wrap=True)
        for request in found:
            late = (
                " (vencido)"
                if request.status == requests.OPEN and request.due_at < here.opened_at
                else ""
            )
            table.add_row(
                request.number,
                codes.RIGHTS_IN_SHORT[request.right],
                codes.REQUEST_STATES[request.status],
                written_day(request.asked_at, here),
                written_day(request.due_at, here) + late,
            )
        out().print(table, markup=False)

    with_installation(config, work)


def show(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from storage.privacy import requests

    async def work(here: Installation) -> None:
        wanted = typed_number(number)

        def read(tx: Transaction) -> Request | None:
            if found := requests.find_request(tx, here.keyring, wanted):
                add_audit_entry(tx, here, "right-read", wanted)
            return found

        found = await here.database.write(read)
        if found is None:
            raise _unknown(number)
        state = codes.REQUEST_STATES[found.status]
        print(f"{found.number} · {codes.RIGHTS_IN_SHORT[found.right]} · {state}")
        print(f"Pedido el {written_day(found.asked_at, here)}, por {found.channel}")
        extended = " (ya se extendió)" if found.extended else ""
        print(f"Plazo: {written_day(found.due_at, here)}{extended}")
        _print_titled("Pide", found.text)
        _print_titled("Respuesta", found.answer)

    with_installation(config, work)


def done(
    number: Number,
    text: Words,
    refuse: Annotated[
        bool, typer.Option("--refuse", help="Se rechaza: el texto da las razones.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from storage.privacy import requests

    wanted, words = typed_number(number), typed_words(text, "el texto", LONGEST_ANSWER, _EMPTY)

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> bool:
            decision = requests.Decision(wanted, words, granted=not refuse)
            told = requests.decide(tx, here.keyring, decision, here.opened_at)
            add_audit_entry(
                tx, here, "right-decided", wanted, requests.REFUSED if refuse else requests.GRANTED
            )
            return told

        try:
            told = await here.database.write(write)
        except requests.CannotDecide:
            raise await _why_not(here, wanted) from None
        print(f"{wanted}: {'rechazado' if refuse else 'aceptado'}.")
        print(
            "La persona recibe la respuesta en cuanto el servicio la envíe."
            if told
            else "La persona borró sus datos: no hay a quién avisar."
        )

    with_installation(config, work)


def extend(number: Number, text: Words, config: Config = None) -> None:
    from bot.installation import with_installation
    from storage.privacy import requests

    wanted, words = typed_number(number), typed_words(text, "el texto", LONGEST_ANSWER, _EMPTY)

    async def work(here: Installation) -> None:
        days = here.settings.privacy.extension_days

        def write(tx: Transaction) -> datetime:
            extension = requests.Extension(wanted, words, days)
            due = requests.extend(tx, here.keyring, extension, here.opened_at)
            add_audit_entry(tx, here, "right-extended", wanted)
            return due

        try:
            due = await here.database.write(write)
        except requests.CannotDecide:
            raise await _why_not(here, wanted) from None
        print(f"{wanted}: el nuevo plazo es {written_day(due, here)}.")

    with_installation(config, work)


def reopen(number: Number, text: Words, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.privacy.due import due
    from storage.privacy import requests

    wanted, words = typed_number(number), typed_words(text, "el texto", LONGEST_ANSWER, _EMPTY)

    async def work(here: Installation) -> None:
        def write(tx: Transaction) -> datetime:
            found = requests.find_request(tx, here.keyring, wanted)
            if found is None:
                raise requests.CannotDecide(wanted)
            until = due(found.right, here.opened_at, here.content)
            reopening = requests.Reopening(wanted, words, until)
            requests.reopen(tx, here.keyring, reopening, here.opened_at)
            add_audit_entry(tx, here, "right-reopened", wanted)
            return until

        try:
            until = await here.database.write(write)
        except requests.CannotDecide:
            raise await _why_not(here, wanted, _why_not_reopened) from None
        print(f"{wanted}: espera otra decisión, hasta el {written_day(until, here)}.")
        print("La persona lo sabe en cuanto el servicio lo envíe.")

    with_installation(config, work)


def tell(
    area: Annotated[str, typer.Argument(metavar="AREA", help="El área sobre la que opinaron.")],
    text: Words,
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import known_area
    from bot.installation import with_installation
    from bot.reports.words.figure_words import how_many
    from bot.reports.words.languages import in_each_language
    from storage.privacy import requests

    words = typed_words(text, "el texto", LONGEST_ANSWER, _EMPTY)

    async def work(here: Installation) -> None:
        own = known_area(here.content, area)
        message = in_each_language(
            here.release,
            "consent-news",
            municipality=here.content.municipality,
            area=here.area_name(own),
            words=words,
        )

        def write(tx: Transaction) -> int:
            count = requests.notify_raters(
                tx, here.keyring, requests.Raters(own), message, here.opened_at
            )
            if count:
                add_audit_entry(tx, here, "news-told", f"area:{own}", f"n={count}")
            return count

        if count := await here.database.write(write):
            print(f"Aviso para {how_many(count, 'persona', 'personas')}.")
        else:
            print(
                "No hay a quién avisar: nadie más opinó sobre esa área y aceptó avisos, o ya se les"
                " contó con las mismas palabras."
            )

    with_installation(config, work)


async def _why_not(
    here: Installation, wanted: str, obstacle: Callable[[Request], str] | None = None
) -> Exception:
    from handlers.errors import OperatorError
    from storage.privacy import requests

    found = await here.database.read(lambda tx: requests.find_request(tx, here.keyring, wanted))
    if found is None:
        return _unknown(wanted)
    return OperatorError(f"{wanted}: {(obstacle or _obstacle)(found)}")


def _obstacle(found: Request) -> str:
    if found.status != "open":
        return f"ya está {codes.REQUEST_STATES[found.status]}"
    if found.right.value == "block":
        return "la ley no permite extender el plazo de un bloqueo"
    return "su plazo ya se extendió; la ley lo permite una vez"


def _why_not_reopened(request: Request) -> str:
    if request.status == "open":
        return "ya espera una decisión"
    if not request.reachable:
        return "la persona borró sus datos; no hay a quién decírselo"
    if request.answer is None:
        return "se hizo en el chat, y no hay una decisión que revisar"
    return "su decisión todavía no se envía; deshágala en el panel, o espere un minuto"


def _unknown(number: str) -> Exception:
    from handlers.errors import OperatorError
    from handlers.text.display import quoted

    return OperatorError(
        f"{quoted(number)}: no hay un pedido con ese folio; opina rights list --all los muestra"
    )


def _print_titled(title: str, text: str | None) -> None:
    if text:
        print(f"\n{title}:")
        print_wrapped(text)
