"""`opina backup`, `restore` and `upgrade`: a copy made while the service runs, and the way back."""

from __future__ import annotations

import asyncio
import os
import shutil
from datetime import UTC, datetime
from functools import partial
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.shared.options import Config
from bot.interrupts import interruptible

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.installation import Installation
    from bot.jobs.data.backups import Manifest

ROOM_FACTOR = 2  # a migration may rewrite the largest table

Create = Annotated[
    bool,
    typer.Option("--create", help="Crea la carpeta si falta; no lo use si está en otro disco."),
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(help="Respalda todo en una carpeta; el servicio puede seguir en marcha.")(backup)
    app.command(help="Repone un respaldo en una base vacía.")(restore)
    app.command(help="Pone la base al día con una versión nueva; si algo falla, no cambia nada.")(
        upgrade
    )


def backup(
    folder: Annotated[
        Path, typer.Argument(metavar="CARPETA", help="Donde se guarda; mejor en otra máquina.")
    ],
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="Sin las llaves: quien lo tenga no puede leer.")
    ] = False,
    keep: Annotated[
        int, typer.Option(metavar="N", min=0, help="Conserva solo los N más nuevos; 0: todos.")
    ] = 0,
    create: Create = False,
    config: Config = None,
) -> None:
    from bot.installation import Installation
    from bot.jobs.data.backups import keep_newest

    installation = Installation.existing(config)
    _check_place(folder, create=create)
    with interruptible():
        path, manifest = asyncio.run(_backed_up(installation, folder, without_keys=without_keys))
    print(f"{path}: {_rows(manifest)}.")
    if keep:
        for name in keep_newest(folder, keep):
            print(f"{name}: borrado")


def restore(
    folder: Annotated[Path, typer.Argument(metavar="RESPALDO", help="La carpeta opina-…")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Borra primero lo que haya en la base.")
    ] = False,
    damaged_journal: Annotated[
        bool,
        typer.Option("--damaged-journal", help="Sigue aunque el registro de borrados esté dañado."),
    ] = False,
    config: Config = None,
) -> None:
    from bot.settings import read_settings

    settings = read_settings(config)
    with interruptible():
        asyncio.run(_restore(settings, folder, replace=replace, damaged_journal=damaged_journal))


def upgrade(
    folder: Annotated[
        Path, typer.Option("--backup", metavar="CARPETA", help="Donde se respalda primero.")
    ] = Path("var/backups"),
    create: Create = False,
    config: Config = None,
) -> None:
    from bot.installation import Installation

    installation = Installation.existing(config)
    _ = installation.release  # faults in the content are told before anything changes
    with interruptible():
        asyncio.run(_upgrade(installation, folder, create=create))


def _check_place(folder: Path, *, create: bool) -> None:
    """A missing folder may be a disk that is not mounted: a copy on this one would be none."""
    from handlers.errors import OperatorError

    if not create and not os.path.exists(folder):
        raise OperatorError(
            f"{folder}: no existe; si está en otro disco, móntelo, y si no, agregue --create"
        )


async def _backed_up(
    installation: Installation, folder: Path, *, without_keys: bool
) -> tuple[Path, Manifest]:
    from bot.commands.shared.console import Rows
    from bot.config import JOURNAL
    from bot.jobs.data.backups import KEYS, PREFIX, on_target, remove_leftovers, write

    now = datetime.now(UTC)
    place = installation.settings.database
    others = {JOURNAL: place.journal_file} | ({} if without_keys else {KEYS: place.keys})
    async with installation.open_unmigrated() as database:
        with on_target(folder):
            for name in remove_leftovers(folder, now):
                print(f"{name}: borrado, había quedado a medias")
            draft, final = _begun(folder, now.strftime(f"{PREFIX}%Y%m%d-%H%M%S"))
        try:
            with Rows("Respaldando") as rows:
                manifest = await database.read(
                    partial(write, folder=draft, others=others, now=now, advance=rows.advance),
                    long=True,
                )
            with on_target(folder):
                draft.rename(final)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return final, manifest


def _begun(folder: Path, name: str) -> tuple[Path, Path]:
    """A new draft that only its owner can read, as it holds citizens' words, and its final name.

    Another backup may have begun or ended in the same second: then a number follows the name.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    while True:
        final = folder / next(names)
        draft = folder / f".{final.name}.part"
        try:
            draft.mkdir(mode=0o700)
        except FileExistsError:
            continue
        if not os.path.lexists(final):  # asked only now: a draft that is there keeps the name
            return draft, final
        draft.rmdir()


async def _restore(
    settings: Settings, folder: Path, *, replace: bool, damaged_journal: bool
) -> None:
    from bot.commands.shared.console import Rows
    from bot.jobs.data.backups import read_manifest, restore
    from bot.reports.words.figure_words import how_many
    from handlers.errors import OperatorError
    from storage.backup import is_empty
    from storage.engine.schema import inspect

    now = datetime.now(UTC)
    manifest = read_manifest(folder)
    place = settings.database
    url = place.url
    await _check_that_nobody_works_on(url)
    if not replace and not await inspect(url, is_empty):
        raise OperatorError(
            "[database] url: la base no está vacía; use otra, o agregue --replace para borrar lo "
            "que tiene"
        )
    with Rows("Reponiendo") as rows:
        done = await restore(
            folder, manifest, place, now, rows.advance, damaged_journal=damaged_journal
        )
    print(f"Repuesto el respaldo del {manifest.made_at:%Y-%m-%d %H:%M} UTC: {_rows(manifest)}.")
    print(f"Borrado otra vez lo de {how_many(done.erased_again, 'persona', 'personas')}.")
    if not place.journal_file.exists():
        print(f"{place.journal_file}: no está; se repitió solo lo que dice el respaldo.")
    if done.replies_dropped:
        left = how_many(done.replies_dropped, "mensaje", "mensajes")
        print(f"{left} de entonces, que quizás no habían llegado, ya no se envían.")
    print("El último resumen semanal se envía otra vez si este respaldo es de antes de su envío.")


async def _upgrade(installation: Installation, folder: Path, *, create: bool) -> None:
    from storage.backup import check_rows
    from storage.engine.schema import check_known, current_revision, migrate, newest_revision

    url = installation.settings.database.url
    await installation.check_keys()
    await check_known(url)
    await _check_that_nobody_works_on(url)
    before, wanted = await current_revision(url), newest_revision()
    if before == wanted:
        print(f"La base ya está al día (revisión {wanted}).")
        return
    if before is not None:
        _check_place(folder, create=create)
        path, manifest = await _backed_up(installation, folder, without_keys=False)
        print(f"Respaldado en {path}: {_rows(manifest)}.")
    _check_room(url)
    await migrate(url, check_rows)
    print(f"La base está al día: revisión {before or 'ninguna'} → {wanted}.")


async def _check_that_nobody_works_on(url: str) -> None:
    from bot.observability.process import is_gone
    from handlers.errors import OperatorError
    from storage.backup import running_processes
    from storage.engine.schema import inspect

    names = await inspect(url, partial(running_processes, now=datetime.now(UTC)))
    if not all(is_gone(name) for name in names):
        raise OperatorError(
            "el servicio está en marcha sobre esta base, o se cortó hace menos de 20 segundos; "
            "deténgalo y repita"
        )


def _check_room(url: str) -> None:
    """SQLite first writes what a migration changes next to the file."""
    from handlers.errors import OperatorError
    from storage.engine.opening import parse_url

    address = parse_url(url)
    file = Path(str(address.database))
    if address.get_backend_name() != "sqlite" or not file.exists():
        return
    free, needed = shutil.disk_usage(file.parent).free, ROOM_FACTOR * file.stat().st_size
    if free < needed:
        raise OperatorError(
            f"{file.parent}: quedan {free // 2**20} MB libres y se necesitan {needed // 2**20}; "
            "haga espacio y repita"
        )


def _rows(manifest: Manifest) -> str:
    from bot.reports.words.figure_words import how_many

    return how_many(sum(entry.rows for entry in manifest.tables.values()), "fila", "filas")
