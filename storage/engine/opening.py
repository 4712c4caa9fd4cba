"""Opens the database that an address names, SQLite or PostgreSQL."""

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
except ImportError:  # it is not there on every system
    fcntl = None  # type: ignore[assignment]  # the module, or nothing

_OPTIONS: dict[str, tuple[str, ...]] = {
    "sqlite": (),
    "postgresql": ("ssl", "host"),
}
"""What may stand after the ? of an address: ``host`` is the folder of a socket."""
_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside its file."""
_SSL = ("disable", "allow", "prefer", "require", "verify-ca", "verify-full")


async def open_database(url: str) -> Database:
    """Open ``sqlite:///path`` or ``postgresql://…``; the schema is ``schema.migrate``'s.

    Raises OperatorError for a wrong address, StorageUnavailable if no server answers there.
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
    """The parts of a database's address. Raises OperatorError for anything unknown."""
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
    """Make SQLite's file, readable by its owner only, and its folder where they are missing.

    Raises OperatorError where it cannot be made, or is being filled under another name.
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
    """SQLite's file where it is not there, so that opening it would begin a new database.

    None: it is there, it cannot be looked at, it is being filled, or the database is PostgreSQL's.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite":
        return None
    file = Path(str(address.database)).absolute()
    try:
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None if os.path.lexists(draft_of(file)) else file
    except OSError:  # opening it tells why
        pass
    return None


@contextmanager
def only_service(url: str) -> Iterator[None]:
    """Keep other services away from SQLite's file; PostgreSQL has several processes work together.

    The system lets go of it when the process ends, however it ends: no restart has to wait. Raises
    OperatorError while another service has it.
    """
    address = parse_url(url)
    if address.get_backend_name() != "sqlite" or fcntl is None:
        yield
        return
    create_file(address)
    file = Path(str(address.database))
    # A file of its own: closing one of SQLite's would let go of all that SQLite has locked.
    with contextlib.ExitStack() as stack:
        try:
            held = stack.enter_context(open(_service_file(file), "ab", opener=_own))
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(
                f"[database] url: {file}: otro servicio ya trabaja con esta base; deténgalo, o "
                "nombre otro archivo. Varios a la vez: solo con PostgreSQL (docs/operations.md)"
            ) from None
        except OSError:  # a full disk, or one that knows no locks: the service starts as ever
            pass
        yield


def _service_file(file: Path) -> Path:
    return file.with_name(f"{file.name}-service")


def _own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def draft_of(file: Path) -> Path:
    """Where SQLite's file is filled before it has its own name: nobody opens half of one."""
    return file.with_name(f"{file.stem}-new{file.suffix}")


def put_in_place(draft: Path, file: Path) -> None:
    """Give a database that is closed its own name.

    What an earlier one of that name left beside goes first: it would be read into this one.
    """
    _remove_beside(file)
    os.replace(draft, file)


def discard(draft: Path) -> None:
    """Remove SQLite's file and all that it keeps beside it: a full disk is not left full."""
    draft.unlink(missing_ok=True)
    _remove_beside(draft)


def _remove_beside(file: Path) -> None:
    for kept in _BESIDE:
        file.with_name(file.name + kept).unlink(missing_ok=True)


def _probe(tx: Connection) -> None:
    tx.exec_driver_sql("SELECT 1")
