"""Set-based statements for the hot path, written once for both databases and compiled once.

Templates refer to columns as ``:name``. On SQLite a change runs by ``executemany`` of one prepared
statement (measured: half the time of ``json_each`` at every batch size), and a query reads its rows
from VALUES; on PostgreSQL both read them from ``unnest`` in one round trip.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection

_POSTGRESQL = {"int": "bigint[]", "str": "text[]", "bytes": "bytea[]"}
_NAME = re.compile(r"(?<!:):([a-z_]\w*)")
_MOST = 256
_SIZES = tuple(1 << power for power in range(9))  # rows of VALUES, with a statement for each

# The driver's connection. SQLAlchemy's own access takes longer than SQLite does for a row.
_driver = attrgetter("connection.dbapi_connection")

Row = Sequence[Any]


class Change:
    """An INSERT, UPDATE or DELETE for many rows; ``columns`` are "name type" pairs.

    The template has ``{from}`` after the SELECT of an INSERT or the SET of an UPDATE, and
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
        """Apply the change to every row, in the order given."""
        if not rows:
            return
        if tx.dialect.name == "sqlite":
            _driver(tx).cursor().executemany(self._sqlite, rows)
        else:
            tx.exec_driver_sql(self._postgresql, tuple(map(list, zip(*rows, strict=True))))

    def run_each(self, tx: Connection, rows: Sequence[Row]) -> set[Any]:
        """As ``run``, on SQLite only; return the first cell of each row that changed something."""
        execute = _driver(tx).cursor().execute
        return {row[0] for row in rows if execute(self._sqlite, row).rowcount}


class Query:
    """A SELECT, or a change with RETURNING, over many rows; ``{rows}`` becomes their table ``r``.

    A row's first cell must not be None. An ORDER BY sorts within chunks of 256 rows.
    """

    def __init__(self, columns: str, template: str) -> None:
        names, types = _columns(columns)
        self._width = len(names)
        self._sqlite = {size: template.replace("{rows}", _values(names, size)) for size in _SIZES}
        self._postgresql = template.replace("{rows}", _unnest(names, types))

    def all(self, tx: Connection, rows: Sequence[Row]) -> Sequence[Any]:
        """The rows of the result."""
        if not rows:
            return ()
        if tx.dialect.name != "sqlite":
            arrays = tuple(map(list, zip(*rows, strict=True)))
            return tx.exec_driver_sql(self._postgresql, arrays).fetchall()
        cursor, found = _driver(tx).cursor(), list[Any]()
        for start in range(0, len(rows), _MOST):
            some = rows[start : start + _MOST]
            size = 1 << (len(some) - 1).bit_length()
            cells = [*chain.from_iterable(some), *([None] * ((size - len(some)) * self._width))]
            cursor.execute(self._sqlite[size], cells)
            found += cursor.fetchall()
        return found


def _columns(columns: str) -> tuple[list[str], list[str]]:
    pairs = [column.split() for column in columns.split(",")]
    return [name for name, _ in pairs], [kind for _, kind in pairs]


def _unnest(names: Sequence[str], types: Sequence[str]) -> str:
    arrays = ", ".join(f"${i}::{_POSTGRESQL[kind]}" for i, kind in enumerate(types, 1))
    return f"unnest({arrays}) AS r({', '.join(names)})"


def _values(names: Sequence[str], size: int) -> str:
    """A subquery of ``size`` bound rows, without those padded with NULL."""
    cells = ", ".join(f"column{place} AS {name}" for place, name in enumerate(names, 1))
    row = f"({', '.join('?' * len(names))})"
    return (
        f"(SELECT {cells} FROM (VALUES {', '.join([row] * size)}) WHERE column1 IS NOT NULL) AS r"
    )
