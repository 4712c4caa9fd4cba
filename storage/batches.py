"""Set-based statements of the hot path: written once, compiled once, run on either database.

A template names its columns as ``:name``. On SQLite a change runs through ``executemany`` of one
prepared statement (measured: half the time of ``json_each`` at every batch size) and a query reads
its rows from ``json_each``; on PostgreSQL both read them from ``unnest`` in one round trip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection
from sqlalchemy.engine.interfaces import DBAPICursor

_POSTGRESQL = {"int": "bigint[]", "str": "text[]", "bytes": "bytea[]"}
_CELLS = {"int": "value ->> {}", "str": "value ->> {}", "bytes": "unhex(value ->> {})"}
_NAME = re.compile(r"(?<!:):([a-z_]\w*)")
_encode = msgspec.json.Encoder().encode

Row = Sequence[Any]


class Change:
    """An INSERT, UPDATE or DELETE for many rows; ``columns`` are "name type" pairs.

    ``{from}`` stands after the values of an INSERT … SELECT and after the SET of an UPDATE,
    ``{using}`` after the table of a DELETE.
    """

    def __init__(self, columns: str, template: str) -> None:
        names, types = _columns(columns)
        places = {name: f"?{index}" for index, name in enumerate(names, 1)}
        self._sqlite = _NAME.sub(
            lambda match: places[match[1]], template.replace("{from}", "").replace("{using}", "")
        )
        rows = _unnest(names, types)
        self._postgresql = _NAME.sub(
            r"r.\1", template.replace("{from}", f"FROM {rows}").replace("{using}", f"USING {rows}")
        )

    def run(self, tx: Connection, rows: Sequence[Row]) -> None:
        """Apply to every row, in the order given."""
        if not rows:
            return
        if tx.dialect.name == "sqlite":
            _cursor(tx).executemany(self._sqlite, rows)
        else:
            tx.exec_driver_sql(self._postgresql, tuple(map(list, zip(*rows, strict=True))))


class Query:
    """A SELECT, or a change with RETURNING, over many rows; ``{rows}`` is their table ``r``.

    ``{sqlite: …}`` and ``{postgresql: …}`` hold what only one of them needs, such as row locks.
    """

    def __init__(self, columns: str, template: str) -> None:
        names, types = _columns(columns)
        cells = (
            f"{_CELLS[kind].format(index)} AS {name}"
            for index, (name, kind) in enumerate(zip(names, types, strict=True))
        )
        table = f"(SELECT {', '.join(cells)} FROM json_each(?1)) AS r"  # noqa: S608
        self._sqlite = _dialect(template, "sqlite").replace("{rows}", table)
        self._postgresql = _dialect(template, "postgresql").replace("{rows}", _unnest(names, types))
        self._binary = "bytes" in types

    def all(self, tx: Connection, rows: Sequence[Row]) -> Sequence[Any]:
        """The result's rows; none for no rows."""
        if not rows:
            return ()
        if tx.dialect.name == "sqlite":
            cells: Iterable[Row] = rows
            if self._binary:
                cells = [
                    [cell.hex() if isinstance(cell, bytes) else cell for cell in row]
                    for row in rows
                ]
            cursor = _cursor(tx)
            cursor.execute(self._sqlite, (_encode(cells).decode(),))
            return cursor.fetchall()
        return tx.exec_driver_sql(
            self._postgresql, tuple(map(list, zip(*rows, strict=True)))
        ).fetchall()


def _cursor(tx: Connection) -> DBAPICursor:
    """The driver's own: SQLAlchemy's way to it takes longer than SQLite does for a single row."""
    return tx.connection.cursor()


def _columns(columns: str) -> tuple[list[str], list[str]]:
    pairs = [column.split() for column in columns.split(",")]
    return [name for name, _ in pairs], [kind for _, kind in pairs]


def _unnest(names: Sequence[str], types: Sequence[str]) -> str:
    arrays = ", ".join(f"${i}::{_POSTGRESQL[kind]}" for i, kind in enumerate(types, 1))
    return f"unnest({arrays}) AS r({', '.join(names)})"


def _dialect(template: str, name: str) -> str:
    return re.sub(
        r"\{(sqlite|postgresql): ([^}]*)\}",
        lambda match: match[2] if match[1] == name else "",
        template,
    )
