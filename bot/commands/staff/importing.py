"""`opina staff import`: a whole team out of a spreadsheet saved as CSV, or nobody."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from bot.commands.shared.options import Config
from bot.commands.staff import roles as staff_roles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.installation import Installation
    from handlers.content.model import Content
    from handlers.staff.permissions import Grant
    from storage.engine.database import Transaction

COLUMNS = ("nombre", "correo", "area", "rol")
NEEDED = COLUMNS[:2]
MOST_PEOPLE = 2_000


class NewRow(NamedTuple):
    """A row that is all right."""

    name: str
    email: str
    grant: Grant


def register(staff: typer.Typer) -> None:
    """Add the command to those of staff."""
    staff.command("import", help="Agrega a las personas de una planilla CSV.")(import_)


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="ARCHIVO.csv",
            help="Su primera fila: nombre, correo, area (o «todas») y, si se quiere, rol (si no,"
            " jefatura).",
        ),
    ],
    config: Config = None,
) -> None:
    from bot.installation import with_installation
    from bot.reports.words.figure_words import how_many

    rows = _rows(file)

    async def work(here: Installation) -> None:
        people = _people(file, rows, here.content)
        added = await here.database.write(lambda tx: _add_new(tx, here, people))
        print(f"{how_many(added, 'persona agregada', 'personas agregadas')}.")
        if known := len(people) - added:
            print(f"{how_many(known, 'ya estaba', 'ya estaban')}, y no se cambió nada suyo.")
        if here.settings.mail.host is None:
            print("El correo aún no sale: falta [mail] host.")
        print("Para que una persona conecte su Telegram: opina staff code CORREO")

    with_installation(config, work, first=True)


def _add_new(tx: Transaction, here: Installation, people: Iterable[NewRow]) -> int:
    """Add those whose mail address is not staff's yet, with their role; how many they are."""
    from storage.staff import roles, staff

    known = {member.email.lower() for member in staff.everyone(tx) if not member.is_unnamed}
    new = [person for person in people if person.email not in known]
    for person in new:
        grant, at = person.grant, here.opened_at
        member = staff.add(
            tx, here.keyring, staff.NewMember(person.name, person.email, grant.area), at
        )
        staff_roles.note(tx, here, "staff-added", member.id)
        roles.give(tx, member.id, grant, at)
        staff_roles.note(tx, here, "role-given", member.id, grant)
    return len(new)


def _rows(file: Path) -> list[tuple[int, dict[str, str]]]:
    """Each row that is not empty, by its line. Raises OperatorError."""
    from handlers.errors import OperatorError
    from handlers.text.display import one_line
    from handlers.text.folding import fold
    from storage.files import read_bytes

    raw = read_bytes(file)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # as Excel saves it
    lines = text.splitlines(keepends=True)
    first = lines[0] if lines else ""
    delimiter = max(";,\t", key=first.count)
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        titles = [fold(title) for title in next(reader, [])]
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error:
        raise OperatorError(
            f"{file}: no es un CSV que se pueda leer; guarde la planilla otra vez como CSV"
        ) from None
    missing = [title for title in NEEDED if title not in titles]
    unknown = [title for title in titles if title and title not in COLUMNS]
    if missing or unknown or len(set(titles)) != len(titles):
        raise OperatorError(
            f"{file}:1: la primera fila tiene que decir {', '.join(COLUMNS)} (nombre y correo son"
            " obligatorios); guarde la planilla como CSV"
        )
    if not rows:
        raise OperatorError(f"{file}: no tiene ninguna persona; agregue una por fila")
    if len(rows) > MOST_PEOPLE:
        raise OperatorError(f"{file}: tiene {len(rows)} filas, y caben {MOST_PEOPLE}; pártala")
    return [
        (line, {title: one_line(cell) for title, cell in zip(titles, row, strict=False)})
        for line, row in rows
    ]


def _people(file: Path, rows: list[tuple[int, dict[str, str]]], content: Content) -> list[NewRow]:
    """Raises OperatorError with every row that is wrong."""
    from handlers.errors import OperatorError

    people: list[NewRow] = []
    wrong: list[str] = []
    for line, row in rows:
        try:
            people.append(_person(row, content))
        except OperatorError as error:
            wrong.append(f"{file}:{line}: {str(error).removeprefix('--')}")
    twice = Counter(person.email for person in people)
    wrong += [f"{file}: {email} está {n} veces; deje una" for email, n in twice.items() if n > 1]
    if wrong:
        raise OperatorError("\n".join([*wrong, "No se agregó a nadie."]))
    return people


def _person(row: dict[str, str], content: Content) -> NewRow:
    from handlers.errors import OperatorError
    from handlers.staff.names import fault, person_name
    from handlers.text.emails import is_email

    email, name = row.get("correo", "").lower(), person_name(row.get("nombre", ""))
    if problem := fault(name):
        raise OperatorError(f"nombre: {problem}")
    if not is_email(email):
        raise OperatorError(f"correo «{email}»: no es un correo; se espera nombre@dominio.cl")
    role = staff_roles.known_role(row.get("rol") or "jefatura")
    return NewRow(name, email, staff_roles.granted(content, role, row.get("area")))
