"""Which case a command is about, what is done with it, and how its dates are written."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.commands.shared.audit_log import add_audit_entry
from bot.commands.shared.typed import typed_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.installation import Installation
    from storage.cases.changing import StaffAction
    from storage.cases.reading import Case
    from storage.engine.database import Transaction
    from storage.engine.keyring import Keyring


class AuditedChange(NamedTuple):
    """What the audit log says of a change."""

    action: str
    detail: str = ""


Number = Annotated[str, typer.Argument(metavar="NUMERO", help="Como LS-2026-000123.")]


async def known_case(number: str, here: Installation) -> Case:
    """The case of that number. Raises OperatorError."""
    from handlers.errors import OperatorError
    from storage.cases import reading

    case = await here.database.read(
        lambda tx: reading.find_case(tx, here.keyring, typed_number(number))
    )
    if case is None:
        raise OperatorError(_unknown(number))
    return case


async def change_case(
    case: Case,
    here: Installation,
    change: Callable[[Transaction, Keyring, StaffAction], bool],
    done: AuditedChange,
    refused: str,
) -> None:
    """Raises OperatorError with ``refused`` if the case is not changed."""
    from handlers.errors import OperatorError
    from storage.cases.changing import StaffAction

    action = StaffAction(case.number, here.opened_at)

    def write(tx: Transaction) -> bool:
        changed = change(tx, here.keyring, action)
        if changed:
            add_audit_entry(tx, here, done.action, case.number, done.detail)
        return changed

    if not await here.database.write(write):
        raise OperatorError(f"{case.number}: {refused}")


def written_time(at: datetime, here: Installation) -> str:
    return f"{at.astimezone(here.zone):%d-%m-%Y %H:%M}"


def written_day(at: datetime, here: Installation) -> str:
    return f"{at.astimezone(here.zone):%d-%m-%Y}"


def _unknown(number: str) -> str:
    from handlers.text.display import quoted

    return f"{quoted(number)}: no hay un caso con ese número; opina cases list los muestra"
