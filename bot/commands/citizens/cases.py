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

    from bot.installation import Installation
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
    from bot.commands.naming import known_area
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from handlers.text.folding import fold
    from storage.cases import reading

    if kind is not None and kind not in labels.KINDS:
        raise OperatorError(f"--kind: no existe ese tipo; hay {', '.join(labels.KINDS)}")

    async def work(here: Installation) -> None:
        unit = known_area(here.content, area) if area else None
        before = None if due is None else here.opened_at + timedelta(days=due)
        status = "open" if open_ else None
        found = await here.database.read(
            lambda tx: reading.listed(
                tx, here.keyring, status=status, area=unit, kind=kind, due_before=before
            )
        )
        chosen = [case for case in found if fold(words) in fold(case.text or "")]
        if not chosen:
            narrowed = area or kind or words or due is not None
            print("No hay casos abiertos." if open_ and not narrowed else "No hay casos.")
        for case in chosen:
            _list_one(case, here)

    with_installation(config, work)


def show(
    number: Number,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="No lo marca como leído ni avisa a la persona.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from storage.cases import changing

    async def work(here: Installation) -> None:
        case = await _known(number, here)
        area = here.area_name(case.area) if case.area else "sin área"
        mark = " · URGENTE" if case.urgent else ""
        print(f"{case.number} · {labels.kind(case.kind)} · {area}{mark}")
        print(f"{labels.state(case.status)}, por {labels.channel(case.channel)}")
        if case.due_at is not None:
            longer = ", plazo alargado" if case.extended else ""
            print(f"plazo: {_day(case.due_at, here)} ({case.rule}{longer})")
        _tell("Vecina o vecino", case.opened_at, case.text, here)
        for note in case.notes:
            by_staff = "Municipio" + (f" ({note.name})" if note.name else "")
            if note.author in DID:
                to = f" a {here.area_name(note.area)}" if note.area else ""
                print(f"\n{by_staff} lo {DID[note.author]}{to}, {_when(note.at, here)}")
                if note.text:
                    print(textwrap.fill(note.text, WIDTH, initial_indent="  "))
                continue
            who = "Vecina o vecino" if note.author == "citizen" else by_staff
            if note.author == "internal":
                who = f"Nota interna, no se envió · {note.name or 'Municipio'}"
            _tell(who, note.at, note.text, here)
        if case.judged:
            said = {"yes": "sí", "partly": "en parte", "no": "no"}[case.judged]
            print(f"\n¿La respuesta era lo que pidió? {said}")
        if case.status == "open":
            print(f'\nPara responder: opina cases answer {case.number} "…"')
        if case.status == "open" and not quiet:
            await _change(case, here, changing.mark_read)

    with_installation(config, work)


def answer(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Entre comillas.")],
    again: Annotated[
        bool, typer.Option("--again", help="Sin preguntar, aunque ya tenga respuesta.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.cases import reading
    from storage.contacts import needs

    words = _words(text, "la respuesta", LONGEST_ANSWER)

    async def work(here: Installation) -> None:
        case = await _known(number, here)
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
            reading.answer(tx, here.keyring, case.number, words, here.opened_at)
            return None

        while (earlier := await here.database.write(write)) is not None:
            _ask_for_second(case.number, earlier, here)
            agreed = earlier  # but to no other that comes meanwhile
        print(
            f"{case.number}: respuesta anotada. La persona la recibe en cuanto el servicio"
            " la envíe."
        )

    with_installation(config, work)


def _ask_for_second(number: str, earlier: Answered, here: Installation) -> None:
    """Returns where another answer is wanted. Raises OperatorError, also where nobody can say."""
    from handlers.errors import OperatorError

    by = f" ({earlier.name})" if earlier.name else ""
    told = f"{number}: ya se respondió el {_when(earlier.at, here)}{by}"
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
    from bot.commands.naming import known_area
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON) if why.strip() else ""

    async def work(here: Installation) -> None:
        case, unit = await _known(number, here), known_area(here.content, area)
        done = await _change(
            case,
            here,
            lambda tx, keyring, doing: changing.forward(tx, keyring, doing, unit, reason),
        )
        if not done:
            raise OperatorError(f"{case.number}: no está abierto, o ya lo tiene esa área")
        print(f"{case.number}: derivado a {here.area_name(unit)}. La persona recibe un aviso.")

    with_installation(config, work)


def extend(number: Number, why: Why, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.cases.deadlines import calendar_of, longest
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON)

    async def work(here: Installation) -> None:
        case = await _known(number, here)
        if case.due_from is None or case.due_at is None:
            raise OperatorError(f"{case.number}: no tiene plazo que alargar")
        content = here.content
        due = longest(case.due_from, case.rule, content.case_rules, calendar_of(content))
        done = await _change(
            case,
            here,
            lambda tx, keyring, doing: changing.extend(tx, keyring, doing, due, reason),
        )
        if not done:
            raise OperatorError(f"{case.number}: no está abierto, o su plazo ya es el más largo")
        print(f"{case.number}: plazo hasta el {_day(due.at, here)}. La persona recibe un aviso.")

    with_installation(config, work)


def close(number: Number, why: Why, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON)

    async def work(here: Installation) -> None:
        case = await _known(number, here)
        done = await _change(
            case, here, lambda tx, keyring, doing: changing.close(tx, keyring, doing, reason)
        )
        if not done:
            raise OperatorError(f"{case.number}: ya está cerrado")
        print(f"{case.number}: cerrado. La persona recibe un aviso con el motivo.")

    with_installation(config, work)


def reopen(number: Number, why: Why, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.cases.deadlines import first_term
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = _words(why, "el motivo", LONGEST_REASON)

    async def work(here: Installation) -> None:
        case, due = await _known(number, here), first_term(here.opened_at, here.content)
        done = await _change(
            case,
            here,
            lambda tx, keyring, doing: changing.reopen(tx, keyring, doing, due, reason),
        )
        if not done:
            raise OperatorError(f"{case.number}: ya está abierto, o la persona borró sus datos")
        until = _day(due.at, here)
        print(f"{case.number}: abierto, con plazo hasta el {until}. La persona recibe un aviso.")

    with_installation(config, work)


def formal(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.cases import changing

    async def work(here: Installation) -> None:
        case = await _known(number, here)
        if not await _change(case, here, changing.close_as_formal):
            raise OperatorError(f"{case.number}: ya está cerrado")
        print(f"{case.number}: cerrado. La persona recibe cómo pedirlo por la Ley 20.285.")

    with_installation(config, work)


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
        for one in wrong:
            stored, computed = _day(one.stored, here), _day(one.computed, here)
            print(f"{one.number}: dice {stored} y la regla da {computed}")
        if wrong and mend:
            await here.database.write(lambda tx: deadlines.mend(tx, wrong))
            print("Quedaron corregidos.")
        elif wrong:
            print("Para guardar los recalculados: opina cases verify --mend")
            raise typer.Exit(1)
        else:
            print("Cada plazo es el que da su regla.")

    with_installation(config, work)


async def _known(number: str, here: Installation) -> Case:
    """The case of that number. Raises OperatorError."""
    from handlers.errors import OperatorError
    from storage.cases import reading

    case = await here.database.read(lambda tx: reading.one(tx, here.keyring, _written(number)))
    if case is None:
        raise OperatorError(_unknown(number))
    return case


async def _change(
    case: Case, here: Installation, change: Callable[[Transaction, Keyring, Doing], bool]
) -> bool:
    from storage.cases.changing import Doing

    doing = Doing(case.number, here.opened_at)
    return await here.database.write(lambda tx: change(tx, here.keyring, doing))


def _list_one(case: Case, here: Installation) -> None:
    from handlers.text.display import for_terminal

    area = here.area_name(case.area) if case.area else "sin área"
    urgent = " · URGENTE" if case.urgent else ""
    kind, state = labels.kind(case.kind), labels.state(case.status)
    print(_cut(f"{case.number} · {kind} · {state} · {area}{urgent}"))
    due = "" if case.due_at is None else f", plazo {_day(case.due_at, here)}"
    late = case.status == "open" and case.due_at is not None and here.opened_at > case.due_at
    overdue = " VENCIDO" if late else ""
    print(f"  {_age(case, here)} ({_when(case.opened_at, here)}){due}{overdue}")
    words = " ".join(for_terminal(case.text).split()) if case.text else "(sin palabras)"
    print(_cut(f"  {'(borrado)' if case.text is None else words}"))


def _age(case: Case, here: Installation) -> str:
    days = (here.opened_at - case.opened_at) // timedelta(days=1)
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


def _when(at: datetime, here: Installation) -> str:
    return f"{at.astimezone(here.zone):%d-%m-%Y %H:%M}"


def _day(at: datetime, here: Installation) -> str:
    return f"{at.astimezone(here.zone):%d-%m-%Y}"


def _tell(who: str, at: datetime, text: str | None, here: Installation) -> None:
    from handlers.text.display import for_terminal

    print(f"\n{who}, {_when(at, here)}")
    said = "(borrado)" if text is None else for_terminal(text) or "(sin palabras)"
    for paragraph in said.split("\n"):
        print(textwrap.fill(paragraph, WIDTH, initial_indent="  ", subsequent_indent="  "))
