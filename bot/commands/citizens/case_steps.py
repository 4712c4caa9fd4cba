"""`opina cases`: what a person does with one: answer, forward, take back, extend, close, reopen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.citizens.one_case import (
    AuditedChange,
    Number,
    change_case,
    known_case,
    written_day,
    written_time,
)
from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.options import Config
from bot.commands.shared.typed import typed_words

if TYPE_CHECKING:
    from bot.installation import Installation
    from handlers.state import Answered
    from storage.engine.database import Transaction

LONGEST_ANSWER = 3_000  # with what stands around it, still one message on every channel
LONGEST_REASON = 500
NOT_TAKEN_BACK = "no está derivado, o ya lo leyeron o respondieron allá"
Why = Annotated[str, typer.Option("--why", metavar="TEXTO", help="Se le dice a la persona.")]


def answer(
    number: Number,
    text: Annotated[str, typer.Argument(metavar="TEXTO", help="Entre comillas.")],
    again: Annotated[
        bool, typer.Option("--again", help="Sin preguntar, aunque ya tenga respuesta.")
    ] = False,
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from handlers.facts.cases import CaseAnswered
    from storage.cases import recording
    from storage.contacts import needs

    words = typed_words(text, "la respuesta", LONGEST_ANSWER)

    async def work(here: Installation) -> None:
        case = await known_case(number, here)
        agreed: Answered | None = None

        def write(tx: Transaction) -> Answered | None:
            """The answer that is in the way, if nobody has agreed to a second one."""
            _check_reachable(tx, case.number)
            earlier = needs.answered(tx, case.number)
            if earlier is not None and not again and earlier != agreed:
                return earlier
            fact = CaseAnswered(case.number, 0, words)  # 0: the command line
            recording.answer(tx, here.keyring, fact, here.opened_at)
            add_audit_entry(tx, here, "case-answered", case.number)
            return None

        while (earlier := await here.database.write(write)) is not None:
            _ask_for_second(case.number, earlier, here)
            agreed = earlier  # but to no other that comes meanwhile
        print(
            f"{case.number}: respuesta anotada. La persona la recibe en cuanto el servicio"
            " la envíe."
        )

    with_installation(config, work)


def _check_reachable(tx: Transaction, number: str) -> None:
    """Raises OperatorError where nobody would get an answer."""
    from handlers.errors import OperatorError
    from storage.contacts import needs

    if not needs.can_be_answered(tx, number):
        raise OperatorError(
            f"{number}: está cerrado o la persona borró sus datos; no hay a quién responder"
        )


def _ask_for_second(number: str, earlier: Answered, here: Installation) -> None:
    """Ask before a second answer; OperatorError where it is refused or no one can be asked."""
    from handlers.errors import OperatorError

    by = f" ({earlier.name})" if earlier.name else ""
    told = f"{number}: ya se respondió el {written_time(earlier.at, here)}{by}"
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
    from bot.commands.shared.naming import known_area
    from bot.installation import with_installation
    from storage.cases import forwarding

    reason = typed_words(why, "el motivo", LONGEST_REASON) if why.strip() else ""

    async def work(here: Installation) -> None:
        case, unit = await known_case(number, here), known_area(here.content, area)
        await change_case(
            case,
            here,
            lambda tx, keyring, action: forwarding.forward(tx, keyring, action, unit, reason),
            AuditedChange("case-forwarded", f"{case.area or '-'} → {unit}"),
            "no está abierto, o ya lo tiene esa área",
        )
        print(f"{case.number}: derivado a {here.area_name(unit)}. La persona recibe un aviso.")

    with_installation(config, work)


def take_back(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.errors import OperatorError
    from storage.cases import forwarding

    async def work(here: Installation) -> None:
        case = await known_case(number, here)
        found = await here.database.read(lambda tx: forwarding.forwarded(tx, case.number))
        if found is None:
            raise OperatorError(f"{case.number}: {NOT_TAKEN_BACK}")
        await change_case(
            case,
            here,
            lambda tx, keyring, action: forwarding.take_back(tx, keyring, action, found.note_id),
            AuditedChange("case-taken-back", f"{found.area} → {found.before or '-'}"),
            NOT_TAKEN_BACK,
        )
        area = here.area_name(found.before) if found.before else "nadie: no tenía área"
        print(f"{case.number}: responde otra vez {area}.")

    with_installation(config, work)


def extend(number: Number, why: Why, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.cases.deadlines import calendar_of, longest
    from handlers.errors import OperatorError
    from storage.cases import changing

    reason = typed_words(why, "el motivo", LONGEST_REASON)

    async def work(here: Installation) -> None:
        case = await known_case(number, here)
        if case.due_from is None or case.due_at is None:
            raise OperatorError(f"{case.number}: no tiene plazo que alargar")
        content = here.content
        due = longest(case.due_from, case.rule, content.case_rules, calendar_of(content))
        await change_case(
            case,
            here,
            lambda tx, keyring, action: changing.extend(tx, keyring, action, due, reason),
            AuditedChange("case-extended", due.rule),
            "no está abierto, o su plazo ya es el más largo",
        )
        until = written_day(due.at, here)
        print(f"{case.number}: plazo hasta el {until}. La persona recibe un aviso.")

    with_installation(config, work)


def close(number: Number, why: Why, config: Config = None) -> None:
    from bot.installation import with_installation
    from storage.cases import changing

    reason = typed_words(why, "el motivo", LONGEST_REASON)

    async def work(here: Installation) -> None:
        case = await known_case(number, here)
        await change_case(
            case,
            here,
            lambda tx, keyring, action: changing.close(tx, keyring, action, reason),
            AuditedChange("case-closed"),
            "ya está cerrado",
        )
        print(f"{case.number}: cerrado. La persona recibe un aviso con el motivo.")

    with_installation(config, work)


def reopen(number: Number, why: Why, config: Config = None) -> None:
    from bot.installation import with_installation
    from handlers.cases.deadlines import first_term
    from storage.cases import changing

    reason = typed_words(why, "el motivo", LONGEST_REASON)

    async def work(here: Installation) -> None:
        case, due = await known_case(number, here), first_term(here.opened_at, here.content)
        await change_case(
            case,
            here,
            lambda tx, keyring, action: changing.reopen(tx, keyring, action, due, reason),
            AuditedChange("case-reopened", due.rule),
            "ya está abierto, o la persona borró sus datos",
        )
        until = written_day(due.at, here)
        print(f"{case.number}: abierto, con plazo hasta el {until}. La persona recibe un aviso.")

    with_installation(config, work)


def formal(number: Number, config: Config = None) -> None:
    from bot.installation import with_installation
    from storage.cases import changing

    async def work(here: Installation) -> None:
        case = await known_case(number, here)
        done = AuditedChange("case-formal")
        await change_case(case, here, changing.close_as_formal, done, "ya está cerrado")
        print(f"{case.number}: cerrado. La persona recibe cómo pedirlo por la Ley 20.285.")

    with_installation(config, work)
