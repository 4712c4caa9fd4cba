"""`opina cases`: complaints and other requests: which wait, and all that can be done with one."""

from __future__ import annotations

import textwrap
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.citizens import case_steps
from bot.commands.citizens.one_case import (
    Number,
    known_case,
    written_day,
    written_time,
)
from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config
from bot.commands.shared.wrapping import WIDTH, print_wrapped
from bot.labels import codes

if TYPE_CHECKING:
    from bot.installation import Installation
    from storage.cases.reading import Case, CaseNote
    from storage.engine.database import Transaction

DID = {
    "read": "lo leyó",
    "forwarded": "lo derivó",
    "taken-back": "lo trajo de vuelta",
    "extended": "alargó el plazo",
    "closed": "lo cerró",
    "reopened": "lo abrió otra vez",
    "formal": "lo cerró: es información pública (Ley 20.285)",
}
JUDGED = {
    "judged-yes": "la respuesta es lo que pidió",
    "judged-partly": "la respuesta es solo en parte lo que pidió",
    "judged-no": "la respuesta no es lo que pidió",
}

OnlyOpen = Annotated[bool, typer.Option("--open", help="Solo los que esperan respuesta.")]
OfArea = Annotated[str | None, typer.Option("--area", metavar="ID", help="Solo los de un área.")]
OfKind = Annotated[
    str | None,
    typer.Option("--kind", metavar="TIPO", help=f"Solo de un tipo: {', '.join(codes.CASE_KINDS)}."),
]
DueWithin = Annotated[
    int | None,
    typer.Option(
        "--due", min=0, max=36_500, metavar="DIAS", help="Solo los que vencen en estos días."
    ),
]
Saying = Annotated[str, typer.Option("--words", metavar="TEXTO", help="Solo los que dicen esto.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    cases = typer.Typer(no_args_is_help=True, help="Los reclamos y pedidos de una persona.")
    cases.command("list", help="Muestra los casos, del más antiguo al más nuevo.")(list_)
    cases.command("show", help="Muestra un caso con todo lo que se dijo; queda leído.")(show)
    cases.command("answer", help="Responde un caso: la persona lo recibe por su chat.")(
        case_steps.answer
    )
    cases.command("forward", help="Deriva un caso a otra área; el plazo no cambia.")(
        case_steps.forward
    )
    cases.command("take-back", help="Trae de vuelta un caso derivado que nadie ha leído allá.")(
        case_steps.take_back
    )
    cases.command("extend", help="Alarga el plazo, una vez y con un motivo.")(case_steps.extend)
    cases.command("close", help="Cierra un caso sin otra respuesta, con un motivo.")(
        case_steps.close
    )
    cases.command("reopen", help="Abre otra vez un caso, con un plazo nuevo.")(case_steps.reopen)
    cases.command("formal", help="Cierra un pedido de información pública: va por la Ley 20.285.")(
        case_steps.formal
    )
    cases.command("verify", help="Recalcula cada plazo desde su regla.")(verify)
    app.add_typer(cases, name="cases")


def list_(
    open_: OnlyOpen = False,
    area: OfArea = None,
    kind: OfKind = None,
    due: DueWithin = None,
    words: Saying = "",
    config: Config = None,
) -> None:
    from bot.commands.shared.naming import known_area
    from bot.installation import with_installation
    from handlers.text.folding import fold
    from storage.cases.reading import WantedCases, list_cases

    _check_kind(kind)

    async def work(here: Installation) -> None:
        unit = known_area(here.content, area) if area else None
        before = None if due is None else here.opened_at + timedelta(days=due)
        which = WantedCases("open" if open_ else None, unit, kind, before)

        def read(tx: Transaction) -> list[Case]:
            found = list_cases(tx, here.keyring, which)
            chosen = [case for case in found if fold(words) in fold(case.text or "")]
            add_audit_entry(tx, here, "cases-read", unit or "", f"lista n={len(chosen)}")
            return chosen

        chosen = await here.database.write(read)
        if not chosen:
            narrowed = area or kind or words or due is not None
            print("No hay casos abiertos." if open_ and not narrowed else "No hay casos.")
        for case in chosen:
            _list_one(case, here)

    with_installation(config, work)


def _check_kind(kind: str | None) -> None:
    """Raises OperatorError for a kind of case that does not exist."""
    from handlers.errors import OperatorError
    from handlers.text.display import quoted
    from handlers.text.nearest import did_you_mean

    if kind is not None and kind not in codes.CASE_KINDS:
        near = did_you_mean(kind, codes.CASE_KINDS) or f"; hay {', '.join(codes.CASE_KINDS)}"
        raise OperatorError(f"--kind {quoted(kind)}: no existe ese tipo{near}")


def show(
    number: Number,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No lo marca como leído ni avisa a la persona.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from storage.cases import changing
    from storage.cases.changing import StaffAction

    async def work(here: Installation) -> None:
        case = await known_case(number, here)

        def read(tx: Transaction) -> None:
            add_audit_entry(tx, here, "case-read", case.number)
            if case.status == "open" and not quiet:
                changing.mark_read(tx, here.keyring, StaffAction(case.number, here.opened_at))

        await here.database.write(read)
        _print_head(case, here)
        _print_message("Vecina o vecino", case.opened_at, case.text, here)
        for note in case.notes:
            _print_note(note, here)
        if case.status == "open":
            print(f'\nPara responder: opina cases answer {case.number} "…"')

    with_installation(config, work)


def _print_head(case: Case, here: Installation) -> None:
    area = here.area_name(case.area) if case.area else "sin área"
    mark = " · URGENTE" if case.urgent else ""
    print(f"{case.number} · {codes.kind(case.kind)} · {area}{mark}")
    print(f"{codes.state(case.status)}, por {codes.channel(case.channel)}")
    if case.due_at is not None:
        how = [codes.rule(case.rule), "plazo alargado" if case.extended else ""]
        print(f"plazo: {written_day(case.due_at, here)} ({', '.join(filter(None, how))})")


def _print_note(note: CaseNote, here: Installation) -> None:
    by_staff = "Municipio" + (f" ({note.name})" if note.name else "")
    if note.author in DID:
        to = f" a {here.area_name(note.area)}" if note.area else ""
        print(f"\n{by_staff} {DID[note.author]}{to}, {written_time(note.at, here)}")
        if note.text:
            print(textwrap.fill(note.text, WIDTH, initial_indent="  "))
        return
    if note.author in JUDGED:
        print(f"\nLa persona dijo: {JUDGED[note.author]}, {written_time(note.at, here)}")
        return
    who = "Vecina o vecino" if note.author == "citizen" else by_staff
    if note.author == "internal":
        who = f"Nota interna, no se envió · {note.name or 'Municipio'}"
    _print_message(who, note.at, note.text, here)


def verify(
    mend: Annotated[bool, typer.Option("--mend", help="Guarda los plazos recalculados.")] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from handlers.cases.deadlines import calendar_of
    from storage.cases import deadlines

    async def work(here: Installation) -> None:
        calendar = calendar_of(here.content)
        wrong = await here.database.read(lambda tx: deadlines.wrong_dates(tx, calendar.due))
        for due in wrong:
            stored, computed = written_day(due.stored, here), written_day(due.computed, here)
            print(f"{due.number}: dice {stored} y la regla da {computed}")
        if wrong and mend:
            await here.database.write(lambda tx: deadlines.correct(tx, wrong))
            print("Quedaron corregidos.")
        elif wrong:
            print("Para guardar los recalculados: opina cases verify --mend")
            raise typer.Exit(1)
        else:
            print("Cada plazo es el que da su regla.")

    with_installation(config, work)


def _list_one(case: Case, here: Installation) -> None:
    from handlers.text.display import for_terminal

    area = here.area_name(case.area) if case.area else "sin área"
    urgent = " · URGENTE" if case.urgent else ""
    kind, state = codes.kind(case.kind), codes.state(case.status)
    print(_cut(f"{case.number} · {kind} · {state} · {area}{urgent}"))
    due = "" if case.due_at is None else f", plazo {written_day(case.due_at, here)}"
    late = case.status == "open" and case.due_at is not None and here.opened_at > case.due_at
    overdue = " VENCIDO" if late else ""
    print(f"  {_age(case, here)} ({written_time(case.opened_at, here)}){due}{overdue}")
    words = " ".join(for_terminal(case.text).split()) if case.text else "(sin palabras)"
    print(_cut(f"  {'(borrado)' if case.text is None else words}"))


def _age(case: Case, here: Installation) -> str:
    days = (here.opened_at - case.opened_at) // timedelta(days=1)
    if days < 1:
        return "hoy"
    return "hace 1 día" if days == 1 else f"hace {days} días"


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1].rstrip() + "…"


def _print_message(who: str, at: datetime, text: str | None, here: Installation) -> None:
    from handlers.text.display import for_terminal

    print(f"\n{who}, {written_time(at, here)}")
    print_wrapped("(borrado)" if text is None else for_terminal(text) or "(sin palabras)")
