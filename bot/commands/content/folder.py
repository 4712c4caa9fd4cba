"""`opina content`: make an own content folder out of the packaged one, and take areas out of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.shared.options import Config
from bot.interrupts import interruptible

_ELSEWHERE = "elija otra carpeta, con espacio"

NewFolder = Annotated[Path, typer.Argument(metavar="CARPETA", help="Nueva, o vacía.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    content = typer.Typer(no_args_is_help=True, help="La carpeta de contenido.")
    content.command("new", help="Hace el contenido de otra municipalidad, para completarlo.")(new)
    content.command("copy", help="Copia el contenido del programa, para editarlo.")(copy)
    content.command("drop", help="Quita áreas, servicios o instituciones, y lo que los nombra.")(
        drop
    )
    app.add_typer(content, name="content")


def copy(folder: NewFolder) -> None:
    _say_how_to_use(folder, _copy_packaged(folder))


def new(
    folder: NewFolder,
    name: Annotated[
        str, typer.Option("--name", metavar="NOMBRE", help="«Municipalidad de …», entre comillas.")
    ],
    short_name: Annotated[
        str, typer.Option("--short-name", metavar="COMUNA", help="A lo más 24 caracteres.")
    ],
    prefix: Annotated[
        str,
        typer.Option(
            "--prefix", metavar="LETRAS", help="Con que empiezan los números de los casos: 1 a 6."
        ),
    ],
    areas: Annotated[
        str,
        typer.Option("--areas", metavar="IDS", help="Solo estas, con comas; si no, todas."),
    ] = "",
) -> None:
    from bot.content.dropping import drop as drop_cards
    from bot.content.folder import AREAS, load_content
    from bot.content.new_municipality import Town, hand_over
    from bot.content.release import PACKAGED
    from handlers.errors import OperatorError
    from handlers.text.nearest import did_you_mean

    known = {file.stem for file in (PACKAGED / AREAS).glob("*.toml")}
    wanted = [area.strip() for area in areas.split(",") if area.strip()] or sorted(known)
    for area in wanted:
        if area not in known:
            near = did_you_mean(area, known) or f"; hay {', '.join(sorted(known))}"
            raise OperatorError(f"--areas: el programa no trae un área «{area}»{near}")
    count = _copy_packaged(folder)
    with _written(folder, or_emptied=True):
        if gone := known.difference(wanted):
            drop_cards(folder, gone)
        hand_over(folder, Town(name, short_name, prefix))
        load_content(folder)
    _say_how_to_use(folder, count)
    print("Lo que solo vale en otra comuna quedó fuera. Falta lo suyo: opina gaps dice qué datos.")


def drop(
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help="De áreas, servicios o fichas.")],
    config: Config = None,
) -> None:
    from bot.content.dropping import drop as drop_cards
    from bot.content.release import folder_of
    from bot.reports.words.figure_words import how_many
    from bot.settings import read_settings
    from handlers.errors import OperatorError

    settings = read_settings(config)
    folder = settings.municipality.content
    if folder is None:
        raise OperatorError(
            "[municipality] content: falta; el contenido del programa no se edita:"
            " opina content copy CARPETA hace una copia"
        )
    folder_of(settings)
    with _written(folder):
        dropped = drop_cards(folder, ids)
    verb = "Se quitó" if len(dropped.cards) == 1 else "Se quitaron"
    print(f"{verb} {how_many(len(dropped.cards), 'ficha', 'fichas')} de {folder}.")
    if dropped.desks:
        print(f"Ya no sirven los afiches con los códigos {', '.join(dropped.desks)}: retírelos.")
    print("Lo que ya se guardó de ellas sigue guardado. Sus casos abiertos se derivan a otra área:")
    print("  opina cases list --open")
    print('  opina cases forward NÚMERO ÁREA --why "…"')
    print("Revise con opina check y reinicie el servicio.")


def _say_how_to_use(folder: Path, count: int) -> None:
    print(f"{count} archivos copiados en {folder}. Para usarlos, ponga en config.toml:")
    print(f'  [municipality]\n  content = "{folder.as_posix()}"')
    print(f"Después de editar: opina check {folder}")


@contextmanager
def _written(folder: Path, *, or_emptied: bool = False) -> Iterator[None]:
    """Where a folder's files are changed. ``or_emptied``: what was begun in it is taken away."""
    from handlers.errors import OperatorError
    from storage.files import reason

    try:
        with interruptible():
            yield
    except BaseException as error:  # an interrupt too leaves nothing half written
        if or_emptied:
            _empty(folder)
        if isinstance(error, OSError):
            raise OperatorError(
                f"{folder}: no se puede escribir: {reason(error)}; {_ELSEWHERE}"
            ) from None
        raise


def _empty(folder: Path) -> None:
    import shutil

    for found in folder.iterdir() if folder.is_dir() else ():
        shutil.rmtree(found) if found.is_dir() else found.unlink()


def _copy_packaged(folder: Path) -> int:
    from bot.content.release import PACKAGED
    from handlers.errors import OperatorError
    from storage.files import reason

    try:
        if folder.exists() and not folder.is_dir():
            raise OperatorError(f"{folder}: es un archivo; elija otra carpeta")
        if folder.exists() and any(folder.iterdir()):
            raise OperatorError(f"{folder}: no está vacía; elija otra carpeta")
    except OSError as error:
        raise OperatorError(
            f"{folder}: no se puede escribir: {reason(error)}; {_ELSEWHERE}"
        ) from None
    with _written(folder, or_emptied=True):
        return _copy(PACKAGED, folder)


def _copy(source: Path, target: Path) -> int:
    """Copy what the files hold, not their permissions: an installed package may be read-only."""
    count = 0
    for file in sorted(source.rglob("*")):
        if file.is_file() and "__pycache__" not in file.parts:
            copied = target / file.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(file.read_bytes())
            count += 1
    return count
