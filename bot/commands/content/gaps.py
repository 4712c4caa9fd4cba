"""`opina gaps`: what the content does not know, as a list or a spreadsheet, and back again."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config
from bot.interrupts import interruptible

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.reports.gaps.gaps import ContentGap, FieldChange
    from handlers.content.model import Content

NOT_EDITED = (
    "el contenido que viene con el programa no se edita: cópielo con opina content copy CARPETA, "
    "y use --content CARPETA o [municipality] content"
)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Dice qué datos faltan, por responsable, y toma los que llegan.")(gaps)


def gaps(
    owner: Annotated[
        str | None, typer.Option(metavar="QUIEN", help="Solo lo de este responsable o esta área.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="ARCHIVO.xlsx", help="Escribe la planilla por llenar.")
    ] = None,
    read: Annotated[
        Path | None, typer.Option(metavar="ARCHIVO.xlsx", help="Lee la planilla ya llenada.")
    ] = None,
    content: Annotated[
        Path | None, typer.Option(metavar="CARPETA", help="Otra carpeta que la configurada.")
    ] = None,
    config: Config = None,
) -> None:
    from bot.installation import Installation
    from bot.reports.gaps.gaps import find_gaps
    from bot.settings import read_settings
    from handlers.errors import OperatorError

    if read and (write or owner):
        raise OperatorError("--read va solo: la planilla ya dice de quién es cada dato")
    settings = read_settings(config)
    if content is not None:
        municipality = settings.municipality.model_copy(update={"content": content})
        settings = settings.model_copy(update={"municipality": municipality})
    if read:
        _take_back(read, settings)
        return
    known = Installation(settings).content
    found = _of_owner(find_gaps(known), owner, known)
    if write:
        _write(known, found, write)
    else:
        _list(found)


def _of_owner(gaps: list[ContentGap], owner: str | None, content: Content) -> list[ContentGap]:
    """Those that an owner can tell: named in full, in part, or by the area's id."""
    from handlers.errors import OperatorError
    from handlers.text.display import quoted
    from handlers.text.folding import fold
    from handlers.text.nearest import did_you_mean_one_of

    if owner is None:
        return gaps
    area = content.area_by_id.get(owner)
    wanted = fold(area.short_name if area else owner)
    chosen = [gap for gap in gaps if wanted in fold(gap.owner)]
    if not chosen:
        known = {gap.owner: gap.owner for gap in gaps}
        known |= {known_area.short_name: known_area.id for known_area in content.areas}
        known |= {known_area.id: known_area.id for known_area in content.areas}
        near = did_you_mean_one_of(owner, known) or "; opina gaps los muestra a todos"
        raise OperatorError(
            f"--owner {quoted(owner)}: no le falta nada a nadie con ese nombre{near}"
        )
    return chosen


def _write(content: Content, gaps: list[ContentGap], file: Path) -> None:
    from bot.commands.shared.output import target
    from bot.reports.gaps.gaps_sheet import write_gaps
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError

    if file.suffix.lower() != ".xlsx":
        raise OperatorError(
            f"{file}: es una planilla de Excel; póngale un nombre que termine en .xlsx"
        )
    with target(file, "--write") as out:
        count = write_gaps(content, gaps, out)
    rows = how_many(count, "fila", "filas")
    print(f"{file}: {rows}, {how_many(len(gaps), 'dato que falta', 'datos que faltan')}.")
    print(f"Cuando vuelva llenada: opina gaps --read {file}")


def _list(gaps: list[ContentGap]) -> None:
    from bot.commands.shared.console import COLUMNS
    from bot.reports.gaps.gaps import FIELDS
    from bot.reports.words.figure_words import how_many

    titles = {field.key: field.title.lower() for field in FIELDS}
    by_owner: dict[str, dict[str, list[str]]] = {}
    for gap in gaps:
        records = by_owner.setdefault(gap.owner, {})
        records.setdefault(f"{gap.kind} {gap.name}", []).append(titles[gap.field])
    for owner, records in by_owner.items():
        missing = how_many(sum(map(len, records.values())), "dato", "datos")
        print(f"{owner}: {missing} en {how_many(len(records), 'ficha', 'fichas')}")
        for name, fields in records.items():
            line = f"{name}: {', '.join(fields)}"
            print(textwrap.fill(line, COLUMNS, initial_indent="  ", subsequent_indent=" " * 6))
        print()
    print(f"En total: {how_many(len(gaps), 'dato que falta', 'datos que faltan')}.")
    if gaps:
        print("Para pedirlos en una planilla: opina gaps --write faltan.xlsx")


def _take_back(file: Path, settings: Settings) -> None:
    from datetime import UTC, datetime

    from bot.installation import Installation
    from bot.reports.gaps.gaps_apply import write_changes
    from bot.reports.gaps.gaps_read import read_gaps
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError
    from storage.files import reason

    folder = settings.municipality.content
    if folder is None:
        raise OperatorError(NOT_EDITED)
    today = datetime.now(UTC).astimezone(settings.municipality.zone).date()
    changes = read_gaps(file, Installation(settings).content, today)
    _rehearse(changes, folder, settings)
    try:
        files = write_changes(changes, folder)
    except OSError as error:
        raise OperatorError(
            f"{folder}: no se puede escribir: {reason(error)}; haga espacio, o dé permiso"
        ) from None
    _print_changes(changes)
    print(
        f"{how_many(len(changes), 'dato anotado', 'datos anotados')} en"
        f" {how_many(len(files), 'archivo', 'archivos')} de {folder}."
    )


def _rehearse(changes: Iterable[FieldChange], folder: Path, settings: Settings) -> None:
    """Write into a copy and check that first: a wrong change leaves the folder as it was."""
    import shutil
    import tempfile

    from bot.content.release import load_release
    from bot.reports.gaps.gaps_apply import write_changes
    from handlers.errors import OperatorError

    with interruptible(), tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "content"
        try:
            shutil.copytree(folder, copy, copy_function=shutil.copyfile)
            write_changes(changes, copy)
        except OSError:
            raise OperatorError(
                f"{folder}: no se puede copiar a {scratch} para probar los cambios; haga espacio"
                " ahí, o indique otra carpeta en TMPDIR"
            ) from None
        load_release(copy, settings.municipality)


def _print_changes(changes: Iterable[FieldChange]) -> None:
    from bot.reports.gaps.gaps import FIELDS, as_text

    titles = {field.key: field.title.lower() for field in FIELDS}
    for change in changes:
        old, new = (as_text(value) or "(vacío)" for value in (change.old, change.new))
        print(f"  {change.kind} {change.id}, {titles[change.field]}: {old} → {new}")
