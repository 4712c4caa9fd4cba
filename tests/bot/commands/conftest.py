"""An installation of a small town's own, and the command line run against it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import Connection

from bot.cli import exit_code_of
from bot.content.release import PACKAGED, load_release
from handlers.release import Release
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from tests.storage.scene import Said, Scene

T = TypeVar("T")

AREAS = {
    "transito": """\
[area]
id = "transito"
name = "Dirección de Tránsito"
short_name = "Tránsito"
description = "Licencias y permisos de circulación."

[[services]]
id = "licencia"
name = "Licencia de conducir"
short_name = "Licencia"
summary = "La primera licencia de conducir."
synonyms = ["sacar licencia", "carnet de manejar"]

[[services]]
id = "permiso"
name = "Permiso de circulación"
short_name = "Permiso"
summary = "El pago anual del vehículo."
synonyms = ["renovar el permiso de circulación", "patente del auto"]
""",
    "aseo": """\
[area]
id = "aseo"
name = "Aseo y Áreas Verdes"
short_name = "Aseo"
description = "Retiro de basura y poda de árboles."

[[services]]
id = "retiro"
name = "Retiro de escombros"
short_name = "Escombros"
summary = "Un camión retira los escombros de la casa."
synonyms = ["botar escombros"]
""",
    "cementerios": """\
[area]
id = "cementerios"
name = "Cementerios Municipales"
short_name = "Cementerios"
description = "Sepulturas y nichos."
""",
}
DESKS = "".join(
    f'[[desks]]\ntoken = "{token}"\nname = "{name}"\narea = "{area}"\n\n'
    for token, name, area in (
        ("TRANS1", "Mesón de Tránsito", "transito"),
        ("ASEO12", "Mesón de Aseo", "aseo"),
        ("CEMEN1", "Mesón de Cementerios", "cementerios"),
    )
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def small_content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Content of three areas, three services and three desks; not to be written to."""
    folder = tmp_path_factory.mktemp("cli") / "content"
    shutil.copytree(PACKAGED, folder, ignore=shutil.ignore_patterns("areas", "search.toml"))
    (folder / "areas").mkdir()
    for area, text in AREAS.items():
        (folder / "areas" / f"{area}.toml").write_text(text, encoding="utf-8")
    for file, key in (("municipality.toml", "most_used"), ("emergencies.toml", "card")):
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        known = [line for line in lines if not line.startswith(key)]
        (folder / file).write_text("\n".join(known) + "\n", encoding="utf-8")
    (folder / "desks.toml").write_text(DESKS, encoding="utf-8")
    (folder / "meanings.toml").write_text("meanings = []\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def release(small_content: Path) -> Release:
    """The small town's content."""
    return load_release(small_content)


@dataclass(frozen=True, slots=True)
class Installation:
    """A working folder with a database, keys and content; ``opina`` runs a command in it."""

    folder: Path
    url: str
    keyring: Keyring
    capture: pytest.CaptureFixture[str]

    def opina(self, *arguments: str) -> Done:
        """Run a command line as the script does."""
        self.capture.readouterr()
        code = exit_code_of(arguments)
        said = self.capture.readouterr()
        return Done(code, said.out, said.err)

    def take(self, *said: Said) -> None:
        """Citizens' turns."""
        self.with_database(lambda database: Scene(database, self.keyring).take(*said))

    def write(self, f: Callable[[Connection], T]) -> T:
        return self.with_database(lambda database: database.write(f))

    def read(self, f: Callable[[Connection], T]) -> T:
        return self.with_database(lambda database: database.read(f))

    def rows(self, statement: str) -> list[tuple[object, ...]]:
        """What a transaction of its own sees."""
        return self.read(lambda tx: [tuple(row) for row in tx.exec_driver_sql(statement)])

    def with_database(self, work: Callable[[Database], Awaitable[T]]) -> T:
        async def run() -> T:
            database = await open_database(self.url)
            try:
                return await work(database)
            finally:
                await database.close()

        return asyncio.run(run())


@pytest.fixture
def cli(
    small_content: Path,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Installation:
    """The small town's installation, on SQLite."""
    keys = tmp_path / "keys.toml"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPINA_DATABASE__URL", sqlite_url)
    monkeypatch.setenv("OPINA_DATABASE__KEYS", str(keys))
    monkeypatch.setenv("OPINA_MUNICIPALITY__CONTENT", str(small_content))
    return Installation(tmp_path, sqlite_url, Keyring.create(keys), capsys)


def now() -> datetime:
    """The system's clock, which commands read too."""
    return datetime.now(UTC)
