"""Opens a database by its URL: SQLite or PostgreSQL."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from handlers.errors import OperatorError
from handlers.text.display import quoted
from handlers.text.nearest import did_you_mean
from storage.engine.database import Database
from storage.engine.drivers.postgres import PostgresDatabase
from storage.engine.drivers.sqlite import SqliteDatabase
from storage.engine.failures import opening
from storage.files import reason

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # the module, or nothing

_OPTIONS: dict[str, tuple[str, ...]] = {
    "sqlite": (),
    "postgresql": ("ssl", "host"),
}
"""The allowed query parameters of a PostgreSQL URL; ``host``: the folder of a socket."""
_BESIDE = ("-wal", "-shm", "-journal")
"""Suffixes of the files that SQLite keeps next to its database."""
_SSL = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


async def open_database(url: str) -> Database:
    """Open ``sqlite:///path`` or ``postgresql://…``, without migrating it.

    Raises OperatorError for a wrong URL, StorageUnavailable if no server answers.
    """
    address = parse_url(url)
    database: Database
    if address.get_backend_name() == "sqlite":
        create_file(address)
        database = SqliteDatabase(address)
    else:
        database = PostgresDatabase(address)
    with opening():
        await database.read(_probe)
    return database


def parse_url(url: str) -> URL:
    """Parse a database's URL. Raises OperatorError for anything unknown in it."""
    allowed = "se permite sqlite:///RUTA o postgresql://USUARIO:CLAVE@SERVIDOR/NOMBRE"
    try:
        address = make_url(url)
        port = address.port or 1
    except (ArgumentError, ValueError):
        raise OperatorError(f"[database] url: no se entiende; {allowed}") from None
    if address.drivername not in ("sqlite", "postgresql") or not address.database:
        raise OperatorError(f"[database] url: no nombra una base conocida; {allowed}")
    if address.database == ":memory:":
        raise OperatorError("[database] url: una base en memoria se perdería; nombre un archivo")
    if not 0 < port < 65_536:
        raise OperatorError(f"[database] url: el puerto {port} no existe; va de 1 a 65535")
    known = _OPTIONS[address.drivername]
    for option in address.query:
        if option not in known:
            near = did_you_mean(option, known) or f"; {allowed}"
            raise OperatorError(f"[database] url: la opción {quoted(option)} no existe{near}")
    if (ssl := address.query.get("ssl", "prefer")) not in _SSL:
        raise OperatorError(
            f"[database] url: ssl={quoted(ssl)} no sirve; se permite {', '.join(_SSL)}"
        )
    return address


def create_file(address: URL) -> None:
    """Create SQLite's file, readable by its owner only, and its folder, if they are missing.

    Raises OperatorError if that fails, or if ``draft_of`` it is being filled.
    """
    path = Path(str(address.database))
    try:
        if draft_of(path).exists() and not path.exists():
            raise OperatorError(
                f"[database] url: {path}: la base se está preparando y aún no está lista; espere a "
                "que termine y repita la orden. Si nadie la prepara, ejecute «opina demo» otra vez"
            )
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        if not path.is_file():
            raise OperatorError(f"[database] url: {path}: no es un archivo; nombre otro")
    except OSError as error:
        raise OperatorError(
            f"[database] url: {path}: {reason(error)}; elija otra carpeta o dé permiso"
        ) from None


def missing_file(url: str) -> Path | None:
    """SQLite's file, if it does not exist and opening it would begin a new database.

    None if it exists, cannot be checked or is being filled, and for PostgreSQL.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite":
        return None
    file = Path(str(address.database)).absolute()
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None if os.path.lexists(draft_of(file)) else file
    except OSError:  # opening it will say why
        pass
    return None


@contextmanager
def only_service(url: str) -> Iterator[None]:
    """Lock SQLite's file against other services; on PostgreSQL several processes may work.

    The system releases the lock however the process ends, so no restart has to wait. Raises
    OperatorError while another service holds it.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite" or fcntl is None:
        yield
        return
    create_file(address)
    file = Path(str(address.database))
    # A separate file: closing a descriptor of SQLite's file would release SQLite's own locks.
    with contextlib.ExitStack() as stack:
        try:
            held = stack.enter_context(open(_service_file(file), "ab", opener=_own))
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(
                f"[database] url: {file}: otro servicio ya trabaja con esta base; deténgalo, o "
                "nombre otro archivo. Varios a la vez: solo con PostgreSQL (docs/operations.md)"
            ) from None
        except OSError:  # a full disk, or a file system without locks: start without one
            pass
        yield


def _service_file(file: Path) -> Path:
    return file.with_name(f"{file.name}-service")


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def draft_of(file: Path) -> Path:
    """The name under which a new SQLite file is filled, so that nobody opens it half full."""
    return file.with_name(f"{file.stem}-new{file.suffix}")


def put_in_place(draft: Path, file: Path) -> None:
    """Rename a closed draft to its final name.

    Deletes log files that an earlier database of that name left, which SQLite would replay.
    """
    _remove_beside(file)
    os.replace(draft, file)


def discard(draft: Path) -> None:
    """Delete SQLite's file and those next to it."""
    draft.unlink(missing_ok=True)
    _remove_beside(draft)


def _remove_beside(file: Path) -> None:
    for kept in _BESIDE:
        file.with_name(file.name + kept).unlink(missing_ok=True)


def _probe(tx: Connection) -> None:
    tx.exec_driver_sql("SELECT 1")
