"""`opina cases`: complaints and other requests: which wait, and all that can be done with one."""

from __future__ import annotations

import sys
import textwrap
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot import labels
from bot.commands.options import Config

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.commands.records import Records
    from handlers.state import Answered
    from storage.cases.changing import Doing
    from storage.cases.reading import Case
    from storage.engine.database import Transaction
    from storage.engine.keyring import Keyring

DID = {
    "read": "leyó",
    "forwarded": "derivó",
    "extended": "alargó el plazo",
    "closed": "cerró",
    "reopened": "abrió otra vez",
    "formal": "cerró: es información pública (Ley 20.285)",
}
LONGEST_ANSWER = 3_000  # with what stands around it, still one message on every channel
LONGEST_REASON = 500
WIDTH = 78
Number = Annotated[str, typer.Argument(metavar="NUMERO", help="Como LS-2026-000123.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXTO", help="Se le dice a la persona.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    cases = typer.Typer(no_args_is_help=True, help="Los reclamos y pedidos de una persona.")
    cases.command("list", help="Muestra los casos, del más antiguo al más nuevo.")(list_)
    cases.command("show", help="Muestra un caso con todo lo que se dijo; queda leído.")(show)
    cases.command("answer", help="Responde un caso: la persona lo recibe por su chat.")(answer)
    cases.command("forward", help="Deriva un caso a otra área; el plazo no cambia.")(forward)
    cases.command("extend", help="Alarga el plazo, una vez y con un motivo.")(extend)
    cases.command("close", help="Cierra un caso sin otra respuesta, con un motivo.")(close)
    cases.command("reopen", help="Abre otra vez un caso, con un plazo nuevo.")(reopen)
    cases.command("formal", help="Cierra un pedido de información pública: va por la Ley 20.285.")(
        formal
    )
    cases.command("verify", help="Recalcula cada plazo desde su regla.")(verify)
    app.add_typer(cases, name="cases")


def list_(
    open_: Annotated[bool, typer.Option("--open", help="Solo los que esperan respuesta.")] = False,
    area: Annotated[str | None, typer.Option(metavar="ID", help="Solo los de un área.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(metavar="TIPO", help=f"Solo de un tipo: {', '.join(labels.KINDS)}."),
    ] = None,
    due: Annotated[
        int | None,
        typer.Option("--due", min=0, metavar="DIAS", help="Solo los que vencen en estos días."),
    ] = None,
    words: Annotated[
        str, typer.Option("--words", metavar="TEXTO", help="Solo los que dicen esto.")
    ] = "",
    config: Config = None,
) -> None:
    from bot.commands.records import known_area, with_records
    from handlers.errors import OperatorError
    from handlers.text.folding import fold
    from storage.cases import reading

    if kind is not None and kind not in labels.KINDS:
        raise OperatorError(f"--kind: no existe ese tipo; hay {', '.join(labels.KINDS)}")

    async def work(records: Records) -> None:
        unit = known_area(records.content, area) if area else None
        before = None if due is None else records.now + timedelta(days=due)
        status = "open" if open_ else None
        found = await records.database.read(
            lambda tx: reading.listed(
                tx, records.keyring, status=status, area=unit, kind=kind, due_before=before
            )
        )
        chosen = [case for case in found if fold(words) in fold(case.text or "")]
        if not chosen:
            narrowed = area or kind or words or due is not None
            print("No hay casos abiertos." if open_ and not narrowed else "No hay casos.")
        for case in chosen:
            _list_one(case, records)

    with_records(config, work)


def show(
    number: Number,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No lo marca como leído ni avisa a la persona.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.commands.records import with_records
    from storage.cases import changing

    async def work(records: Records) -> None:
        case = await _known(number, records)
        area = records.area_name(case.area) if case.area else "sin área"
        mark = " · URGENTE" if case.urgent else ""
        print(f"{case.number} · {labels.kind(case.kind)} · {area}{mark}")
        print(f"{labels.state(case.status)}, por {labels.channel(case.channel)}")
        if case.due_at is not None:
            longer = ", plazo alargado" if case.extended else ""
            print(f"plazo: {_day(case.due_at, records)} ({case.rule}{longer})")
        _tell("Vecina o vecino", case.opened_at, case.text, records)
        for note in case.notes:
            by_staff = "Municipio" + (f" ({note.name})" if note.name else "")
            if note.author in DID:
                to = f" a {records.area_name(note.area)}" if note.area else ""
                print(f"\n{by_staff} lo {DID[note.author]}{to}, {_when(note.at, records)}")
                if note.text:
                    print(textwrap.fill(note.text, WIDTH, initial_indent="  "))
                continue
            who = "Vecina o vecino" if note.author == "citizen" else by_staff
            if note.author == "internal":
                who = f"Nota interna, no se envió · {note.name or 'Municipio'}"
            _tell(who, note.at, note.text, records)
        if case.judged:
            said = {"yes": "sí", "partly": "en parte", "no": "no"}[case.judged]
            print(f"\n¿La respuesta era lo que pidió? {said}")
        if case.status == "open":
            print(f'\nPara responder: opina cases answer {case.number} "…"')
        if case.status == "open" and not quiet:
            await _change(case, records, changing.mark_read)

    with_records(config, work)


def answer(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Entre comillas.")],
    again: Annotated[
        bool, typer.Option("--again", help="Sin preguntar, aunque ya tenga respuesta.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.commands.records import with_records
    from handlers.errors import OperatorError
    from storage.cases import reading
    from storage.contacts import needs

    words = _words(text, "la respuesta", LONGEST_ANSWER)

    async def work(records: Records) -> None:
        case = await _known(number, records)
        agreed: Answered | None = None

        def write(tx: Transaction) -> Answered | None:
            """The answer that is in the way, if nobody has agreed to a second one."""
            if not needs.case_exists(tx, case.number):
                raise OperatorError(
                    f"{case.number}: está cerrado o la persona borró sus datos; no hay a quién"
                    " responder"
                )
            earlier = needs.answered(tx, case.number)
            if earlier is not None and not again and earlier != agreed:
                return earlier
            reading.answer(tx, records.keyring, case.number, words, records.now)
            return None

        while (earlier := await records.database.write(write)) is not None:
            _ask_for_second(case.number, earlier, records)
            agreed = earlier  # but to no other that comes meanwhile
        print(
            f"{case.number}: respuesta anotada. La persona la recibe en cuanto el servicio"
            " la envíe."
        )

    with_records(config, work)


def _ask_for_second(number: str, earlier: Answered, records: Records) -> None:
    """Returns where another answer is wanted. Raises OperatorError, also where nobody can say."""
    from handlers.errors import OperatorError

    by = f" ({earlier.name})" if earlier.name else ""
    told = f"{number}: ya se respondió el {_when(earlier.at, records)}{by}"
    if not sys.stdin.isatty():
        raise OperatorError(f"{told}; para enviar otra, agregue --again")
    if not typer.confirm(f"{told}. ¿Enviar otra?"):
        raise OperatorError("no se envió nada")


def forward(
    number: Number,
    area: Annotated[str, typer.Argument(metavar="AREA", help="El área que responde ahora.")],
    why: Why = "",
    config: Config = None,
) -> None:
    from bot.commands.records import known_area, with_records
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON) if why.strip() else ""

    async def work(records: Records) -> None:
        case, unit = await _known(number, records), known_area(records.content, area)
        done = await _change(
            case,
            records,
            lambda tx, keyring, doing: changing.forward(tx, keyring, doing, unit, reason),
        )
        if not done:
            raise OperatorError(f"{case.number}: no está abierto, o ya lo tiene esa área")
        print(f"{case.number}: derivado a {records.area_name(unit)}. La persona recibe un aviso.")

    with_records(config, work)


def extend(number: Number, why: Why, config: Config = None) -> None:
    from bot.commands.records import with_records
    from handlers.cases.deadlines import calendar_of, longest
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON)

    async def work(records: Records) -> None:
        case = await _known(number, records)
        if case.due_from is None or case.due_at is None:
            raise OperatorError(f"{case.number}: no tiene plazo que alargar")
        content = records.content
        due = longest(case.due_from, case.rule, content.case_rules, calendar_of(content))
        done = await _change(
            case,
            records,
            lambda tx, keyring, doing: changing.extend(tx, keyring, doing, due, reason),
        )
        if not done:
            raise OperatorError(f"{case.number}: no está abierto, o su plazo ya es el más largo")
        print(f"{case.number}: plazo hasta el {_day(due.at, records)}. La persona recibe un aviso.")

    with_records(config, work)


def close(number: Number, why: Why, config: Config = None) -> None:
    from bot.commands.records import with_records
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON)

    async def work(records: Records) -> None:
        case = await _known(number, records)
        done = await _change(
            case, records, lambda tx, keyring, doing: changing.close(tx, keyring, doing, reason)
        )
        if not done:
            raise OperatorError(f"{case.number}: ya está cerrado")
        print(f"{case.number}: cerrado. La persona recibe un aviso con el motivo.")

    with_records(config, work)


def reopen(number: Number, why: Why, config: Config = None) -> None:
    from bot.commands.records import with_records
    from handlers.cases.deadlines import first_term
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON)

    async def work(records: Records) -> None:
        case, due = await _known(number, records), first_term(records.now, records.content)
        done = await _change(
            case,
            records,
            lambda tx, keyring, doing: changing.reopen(tx, keyring, doing, due, reason),
        )
        if not done:
            raise OperatorError(f"{case.number}: ya está abierto, o la persona borró sus datos")
        until = _day(due.at, records)
        print(f"{case.number}: abierto, con plazo hasta el {until}. La persona recibe un aviso.")

    with_records(config, work)


def formal(number: Number, config: Config = None) -> None:
    from bot.commands.records import with_records
    from handlers.errors import OperatorError
    from storage.cases import changing

    async def work(records: Records) -> None:
        case = await _known(number, records)
        if not await _change(case, records, changing.close_as_formal):
            raise OperatorError(f"{case.number}: ya está cerrado")
        print(f"{case.number}: cerrado. La persona recibe cómo pedirlo por la Ley 20.285.")

    with_records(config, work)


def verify(
    mend: Annotated[bool, typer.Option("--mend", help="Guarda los plazos recalculados.")] = False,
    config: Config = None,
) -> None:
    from bot.commands.records import with_records
    from handlers.cases.deadlines import calendar_of
    from storage.cases import deadlines

    async def work(records: Records) -> None:
        calendar = calendar_of(records.content)
        wrong = await records.database.read(lambda tx: deadlines.wrong_dates(tx, calendar.due))
        for one in wrong:
            stored, computed = _day(one.stored, records), _day(one.computed, records)
            print(f"{one.number}: dice {stored} y la regla da {computed}")
        if wrong and mend:
            await records.database.write(lambda tx: deadlines.mend(tx, wrong))
            print("Quedaron corregidos.")
        elif wrong:
            print("Para guardar los recalculados: opina cases verify --mend")
            raise typer.Exit(1)
        else:
            print("Cada plazo es el que da su regla.")

    with_records(config, work)


async def _known(number: str, records: Records) -> Case:
    """The case of that number. Raises OperatorError."""
    from handlers.errors import OperatorError
    from storage.cases import reading

    case = await records.database.read(
        lambda tx: reading.one(tx, records.keyring, _written(number))
    )
    if case is None:
        raise OperatorError(_unknown(number))
    return case


async def _change(
    case: Case, records: Records, change: Callable[[Transaction, Keyring, Doing], bool]
) -> bool:
    from storage.cases.changing import Doing

    doing = Doing(case.number, records.now)
    return await records.database.write(lambda tx: change(tx, records.keyring, doing))


def _list_one(case: Case, records: Records) -> None:
    from handlers.text.display import for_terminal

    area = records.area_name(case.area) if case.area else "sin área"
    urgent = " · URGENTE" if case.urgent else ""
    kind, state = labels.kind(case.kind), labels.state(case.status)
    print(_cut(f"{case.number} · {kind} · {state} · {area}{urgent}"))
    due = "" if case.due_at is None else f", plazo {_day(case.due_at, records)}"
    late = case.status == "open" and case.due_at is not None and records.now > case.due_at
    overdue = " VENCIDO" if late else ""
    print(f"  {_age(case, records)} ({_when(case.opened_at, records)}){due}{overdue}")
    words = " ".join(for_terminal(case.text).split()) if case.text else "(sin palabras)"
    print(_cut(f"  {'(borrado)' if case.text is None else words}"))


def _age(case: Case, records: Records) -> str:
    days = (records.now - case.opened_at) // timedelta(days=1)
    if days < 1:
        return "hoy"
    return "hace 1 día" if days == 1 else f"hace {days} días"


def _cut(line: str) -> str:
    return line if len(line) <= WIDTH else line[: WIDTH - 1].rstrip() + "…"


def _words(text: str, what: str, longest: int) -> str:
    """What an operator wrote for a citizen. Raises OperatorError where no message can hold it."""
    from handlers.errors import OperatorError

    words = text.strip()
    ending = "a" if what.startswith("la") else "o"
    if not words:
        raise OperatorError(f"{what} está vací{ending}")
    if len(words) > longest:
        raise OperatorError(f"{what} tiene {len(words)} letras; caben {longest}")
    return words


def _written(number: str) -> str:
    return number.strip().upper()


def _unknown(number: str) -> str:
    return f"{number}: no hay un caso con ese número; opina cases list los muestra"


def _when(at: datetime, records: Records) -> str:
    return f"{at.astimezone(records.zone):%d-%m-%Y %H:%M}"


def _day(at: datetime, records: Records) -> str:
    return f"{at.astimezone(records.zone):%d-%m-%Y}"


def _tell(who: str, at: datetime, text: str | None, records: Records) -> None:
    from handlers.text.display import for_terminal

    print(f"\n{who}, {_when(at, records)}")
    said = "(borrado)" if text is None else for_terminal(text) or "(sin palabras)"
    for paragraph in said.split("\n"):
        print(textwrap.fill(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  "))
