"""`opina check`: all that is wrong with the settings and a content folder, or that nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import Config


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(help="Revisa los ajustes y el contenido, y dice todo lo que está mal.")(check)


def check(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[CARPETA]", help="Si no, la configurada o la del programa."),
    ] = None,
    config: Config = None,
) -> None:
    from bot.channels.registry import half_configured
    from bot.commands.console import counted
    from bot.config import read_settings
    from bot.content.language import PACKAGED as LANGUAGES
    from bot.content.language import left_out
    from bot.content.release import PACKAGED, load_release
    from handlers.errors import ContentError, OperatorError

    settings = read_settings(config)
    folder = folder or settings.municipality.content or PACKAGED
    try:
        release = load_release(
            folder, settings.municipality, settings.cases, settings.privacy, settings.measures
        )
    except ContentError as error:
        lines = [*error.problems, *half_configured(settings)]
        if len(lines) > 1:
            lines.append(f"{counted(len(lines), 'problema', 'problemas')} en {folder}")
        raise OperatorError("\n".join(lines)) from None
    if half := [*half_configured(settings), *_no_journal(settings.database.journal_file)]:
        raise OperatorError("\n".join(half))
    content = release.content
    questionnaires = len(content.questionnaires)
    kinds = [
        counted(len(content.areas), "área", "áreas"),
        counted(len(content.services), "servicio", "servicios"),
        counted(len(content.institutions), "institución", "instituciones"),
        counted(len(content.desks), "punto de atención", "puntos de atención"),
        counted(questionnaires, "cuestionario", "cuestionarios"),
        counted(len(release.wordings), "idioma", "idiomas"),
    ]
    print(f"{content.municipality}: todo en orden.")
    for kind in kinds:
        print(f"  {kind}")
    for missing in left_out(folder):
        print(f"{missing}: lo que dice no se entenderá; cópielo de {LANGUAGES}, o déjelo así")
    for language, reviewer in content.native_reviewers.items():
        if not reviewer.strip():
            print(
                f"Los textos en «{language}» no los ha revisado un hablante nativo: cuando alguien"
                " lo haga, escriba su nombre en municipality.toml, native_reviewers"
            )


def _no_journal(path: Path) -> list[str]:
    """A journal that keeps nothing: those who were erased would be back with a copy."""
    if not path.exists() or path.is_file():
        return []
    return [f"[database] journal: {path}: no es un archivo; nombre uno, o quite esa clave"]
