"""`opina check`: all that is wrong with the settings and a content folder, or that nothing is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.commands.content.database_checks import PublishedContent
    from bot.config import Settings
    from handlers.content.model import Content
    from handlers.content.quality import Indicator
    from handlers.release import Release

MOST_NAMED = 5  # of many; the others are only counted

Folder = Annotated[
    Path | None,
    typer.Argument(metavar="[CARPETA]", help="Si no, la configurada o la del programa."),
]
WithoutDatabase = Annotated[
    bool,
    typer.Option(
        "--no-database",
        help="No mira la base de datos: para donde no la hay. Sin esta opción, si no responde,"
        " termina con 1.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        help="Revisa los ajustes y el contenido, y dice todo lo que está mal; entonces termina"
        " con 2."
    )(check)


def check(
    folder: Folder = None, without_database: WithoutDatabase = False, config: Config = None
) -> None:
    from bot.content.release import folder_of
    from bot.settings import read_settings
    from handlers.errors import OperatorError, StorageUnavailable

    settings = read_settings(config)
    folder = folder or folder_of(settings)
    release = _release(folder, settings)
    published = away = None
    wrong: list[str] = []
    try:
        published = None if without_database else _published(settings, wrong)
    except StorageUnavailable as error:
        away = error
    wrong += _mistakes(release.content, settings, published.indicators if published else ())
    wrong += _not_yet(release, settings)
    if wrong:
        raise OperatorError("\n".join(wrong))
    if away is not None:
        print(
            "Lo demás está en orden. Para revisar sin la base de datos: opina check --no-database"
        )
        raise away
    left = [
        *_nobody_there(release.content, settings),
        *_reminders(release, settings, folder),
        *_unsaid(settings, published.notice if published else {}),
    ]
    _print_order(release, left, looked=published is not None)


def _print_order(release: Release, left: Sequence[str], *, looked: bool) -> None:
    """Print what the content has, and what is left to do. ``looked``: into the database."""
    order = "sin errores; al final, lo que falta" if left else "todo en orden"
    print(f"{release.content.municipality}: {order}.")
    for counted_kind in _counts(release):
        print(f"  {counted_kind}")
    if not looked:
        print("No se miró la base de datos: falta revisar lo publicado en el panel.")
    for reminder in left:
        print(reminder)


def _published(settings: Settings, wrong: list[str]) -> PublishedContent | None:
    """What the panel has published; what is wrong with the database is added to ``wrong``.

    Raises StorageUnavailable.
    """
    import asyncio

    from bot.commands.content.database_checks import load_published_items, unwritable_files
    from handlers.errors import OperatorError

    wrong += unwritable_files(settings.database)
    try:
        return asyncio.run(load_published_items(settings.database))
    except OperatorError as error:
        wrong.append(str(error))
        return None


def _release(folder: Path, settings: Settings) -> Release:
    """Raises OperatorError with everything that is wrong in the folder and half set up."""
    from bot.channels.registry import half_configured
    from bot.content.release import load_release
    from bot.reports.words.figure_words import how_many
    from handlers.errors import ContentError, OperatorError

    try:
        return load_release(
            folder, settings.municipality, settings.cases, settings.privacy, settings.measures
        )
    except ContentError as error:
        lines = [*error.problems, *half_configured(settings)]
        if len(lines) > 1:
            lines.append(f"{how_many(len(lines), 'problema', 'problemas')} en {folder}")
        raise OperatorError("\n".join(lines)) from None


def _mistakes(
    content: Content, settings: Settings, published: Sequence[Indicator]
) -> Iterator[str]:
    """What a readable folder does not go together with: the panel's indicators, the settings."""
    from bot.channels.registry import half_configured, unusable
    from handlers.content.indicator_checks import published_mistakes

    for id, key, text, written in published_mistakes(content, published):
        yield f"publicado en el panel: {id}: {key}: {written} {text}".replace(":  ", ": ")
    yield from half_configured(settings) or unusable(settings)


def _counts(release: Release) -> Iterator[str]:
    from bot.reports.words.figure_words import how_many

    content = release.content
    yield how_many(len(content.areas), "área", "áreas")
    yield how_many(len(content.services), "servicio", "servicios")
    yield how_many(len(content.institutions), "institución", "instituciones")
    yield how_many(len(content.desks), "punto de atención", "puntos de atención")
    yield how_many(len(content.questionnaires), "cuestionario", "cuestionarios")
    yield how_many(len(release.wordings), "idioma", "idiomas")


def _nobody_there(content: Content, settings: Settings) -> Iterator[str]:
    """What nobody is reached by, nor kept up to date by."""
    from bot.channels.registry import switched_off
    from bot.reports.words.figure_words import how_many

    if not content.areas:
        yield "areas/: no hay ninguna área; a nadie se le puede poner nota"
    if not content.desks:
        yield "desks.toml: no hay ningún punto de atención, y así ningún código QR que imprimir"
    if unkept := [area.id for area in content.areas if not area.owner]:
        yield (
            f"{how_many(len(unkept), 'área', 'áreas')} sin «owner», que es quien mantiene su ficha"
            f" al día: {_some(unkept)}"
        )
    yield from switched_off(settings)
    if settings.municipality.duty_email is None:
        yield (
            "[municipality] duty_email: falta; de un caso que no recibe nadie del personal no se"
            " avisa a nadie (docs/operations.md)"
        )


def _some(names: Sequence[str]) -> str:
    """The first few, and how many more there are."""
    named = ", ".join(names[:MOST_NAMED])
    return f"{named} y {len(names) - MOST_NAMED} más" if len(names) > MOST_NAMED else named


def _reminders(release: Release, settings: Settings, folder: Path) -> Iterator[str]:
    """What is not wrong, and yet left to be done."""
    from bot.content.language import PACKAGED as LANGUAGES
    from bot.content.language import left_out
    from bot.content.new_municipality import borrowed
    from bot.content.release import PACKAGED
    from bot.reports.words.figure_words import how_many

    content = release.content
    for missing in left_out(folder):
        yield f"{missing}: lo que dice no se entenderá; cópielo de {LANGUAGES}, o déjelo así"
    for line in borrowed(folder, PACKAGED):
        yield f"{line}: es de otra municipalidad; cámbielo o bórrelo"
    if unknown := sum(desk.staff is None for desk in content.desks):
        yield (
            f"{how_many(unknown, 'punto de atención', 'puntos de atención')} sin «staff»: mientras"
            " no se diga cuántas personas atienden ahí, se cuenta con su área y no aparte"
        )
    if settings.whatsapp.token and not settings.whatsapp.template:
        yield (
            "[whatsapp] template: falta; sin una plantilla aprobada no se puede avisar a nadie de"
            " una respuesta pasadas 24 horas desde su último mensaje (docs/operations.md)"
        )
    for language, wording in release.wordings.items():
        if lent := wording.from_packaged:
            yield (
                f"wording/{language}.ftl: no tiene {how_many(len(lent), 'oración', 'oraciones')}, y"
                f" se usan las del programa: {_some(lent)}"
            )
    for language, reviewer in content.native_reviewers.items():
        if language in content.languages and not reviewer.strip():
            yield (
                f"Los textos en «{language}» no los ha revisado un hablante nativo: cuando alguien"
                " lo haga, escriba su nombre en municipality.toml, native_reviewers"
            )


def _not_yet(release: Release, settings: Settings) -> Iterator[str]:
    """A notice cannot have been approved on a day that has not come; the panel refuses it too."""
    from datetime import UTC, datetime

    day = settings.privacy.approved_on
    if day is not None and day > datetime.now(UTC).astimezone(release.content.zone).date():
        yield f"[privacy] approved_on: {day} aún no llega; escriba el día en que se aprobó"


def _unsaid(settings: Settings, published: Mapping[str, str]) -> Iterator[str]:
    """What the law asks to be said at /privacidad."""
    from bot.privacy_notice import Configured
    from bot.reports.words.figure_words import how_many

    if unsaid := Configured.by(settings).lacking(published):
        yield (
            f"/privacidad dice «por confirmar» en {how_many(len(unsaid), 'dato', 'datos')}, y la"
            " ley pide decirlos (docs/operations.md); los de [privacy] se escriben también en el"
            f" panel, en Privacidad: {', '.join(item.key for item in unsaid)}"
        )
