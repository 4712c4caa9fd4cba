"""`opina content`: make an own, editable copy of the content that comes with the program."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.interrupts import tidied_up


def register(app: typer.Typer) -> None:
    """Add the commands."""
    content = typer.Typer(no_args_is_help=True, help="La carpeta de contenido.")
    content.command("copy", help="Copia el contenido del programa, para editarlo.")(copy)
    app.add_typer(content, name="content")


def copy(
    folder: Annotated[Path, typer.Argument(metavar="CARPETA", help="Nueva, o vacía.")],
) -> None:
    from bot.content.release import PACKAGED
    from handlers.errors import OperatorError
    from storage.files import reason

    try:
        if folder.exists() and any(folder.iterdir()):
            raise OperatorError(f"{folder}: no está vacía; elija otra carpeta")
        with tidied_up():
            count = _copy_all(PACKAGED, folder)
    except OSError as error:
        raise OperatorError(f"{folder}: no se puede escribir: {reason(error)}") from None
    print(f"{count} archivos copiados en {folder}. Para usarlos, ponga en config.toml:")
    print(f'  [municipality]\n  content = "{folder.as_posix()}"')
    print(f"Después de editar: opina check {folder}")


def _copy_all(source: Path, target: Path) -> int:
    """Copy into an empty folder, which is empty again where that fails. Raises OSError."""
    import shutil

    try:
        return _copy(source, target)
    except (OSError, KeyboardInterrupt):
        for found in target.iterdir() if target.is_dir() else ():
            shutil.rmtree(found) if found.is_dir() else found.unlink()
        raise


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
