"""Reads and writes all rows of a database of either kind and any revision, for backups.

Values are int, str and bytes only, so a backup of SQLite can be restored into PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    delete,
    func,
    inspect,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.exc import StatementError

from handlers.errors import StorageDamaged
from storage.engine.failures import translated
from storage.engine.times import micros
from storage.privacy.erasure import erase
from storage.tables import metadata
from storage.tables.cases import attachments
from storage.tables.outbox import outbox
from storage.tables.running import counters, leases
from storage.tables.staff import sign_in_attempts, sign_in_tokens, staff_sessions

ROWS_AT_A_TIME = 5_000
FILES_AT_A_TIME = 4  # each has up to some megabytes
CASE_GAP = 1_000
"""Case numbers skipped after a restore, as numbers given since the backup must not be reused."""

_INT64 = 2**63

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was changed in the restored rows."""

    erased_again: int
    replies_dropped: int


def stored_tables(tx: Connection) -> list[Table]:
    """The database's tables, each after those that it refers to.

    Raises StorageDamaged if a table that others refer to is missing.
    """
    # Reflects only what a backup needs: a full reflection takes 40 statements a table on SQLite.
    inspector = inspect(tx)
    columns = inspector.get_multi_columns()
    keys = inspector.get_multi_pk_constraint()
    references = inspector.get_multi_foreign_keys()
    named = {key["referred_table"] for keys_of in references.values() for key in keys_of}
    if missing := named - {name for _, name in columns}:
        raise StorageDamaged(f"falta la tabla {min(missing)}")
    found = MetaData()
    for place, described in columns.items():
        if place[1] == "alembic_version":
            continue
        Table(
            place[1],
            found,
            *(
                Column(column["name"], column["type"], nullable=column["nullable"])
                for column in described
            ),
            PrimaryKeyConstraint(*keys[place]["constrained_columns"]),
            *(
                ForeignKeyConstraint(
                    reference["constrained_columns"],
                    [
                        f"{reference['referred_table']}.{column}"
                        for column in reference["referred_columns"]
                    ],
                )
                for reference in references[place]
            ),
        )
    return found.sorted_tables


def count_rows(tx: Connection, table: Table) -> int:
    """How many rows a table has."""
    return int(tx.execute(select(func.count()).select_from(table)).scalar_one())


def read_rows(tx: Connection, table: Table) -> Iterator[list[Row]]:
    """A table's rows in the order of its key, in chunks of some thousands."""
    key = list(table.primary_key.columns)
    limit = FILES_AT_A_TIME if table.name == attachments.name else ROWS_AT_A_TIME
    query = select(table).order_by(*key).limit(limit)
    places = [list(table.columns).index(column) for column in key]
    rows = tx.execute(query).fetchall()
    while rows:
        yield [tuple(row) for row in rows]
        last = tuple(rows[-1][place] for place in places)
        rows = tx.execute(query.where(tuple_(*key) > last)).fetchall()


def write_rows(
    tx: Connection, table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows as they were read; ``columns`` names their values.

    Raises ValueError for rows that do not fit the table, StorageUnavailable.
    """
    _check_types(table, columns, rows)
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(f":c{place}" for place in range(len(columns)))
    statement = text(f'INSERT INTO "{table.name}" ({names}) VALUES ({values})')
    values_of = [{f"c{place}": value for place, value in enumerate(row)} for row in rows]
    try:
        with translated():
            tx.execute(statement, values_of)
    except StatementError as error:
        raise ValueError(f"{table.name}: rows that do not fit") from error


def _check_types(table: Table, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Raise ValueError for a value of the wrong type, which SQLite would store."""
    unknown = set(columns) - set(table.columns.keys())
    if unknown:
        raise ValueError(f"{table.name}: unknown columns")
    kinds = [
        (table.columns[name].type.python_type, table.columns[name].nullable) for name in columns
    ]
    for row in rows:
        if len(row) != len(kinds):
            raise ValueError(f"{table.name}: a row of another length")
        for value, (kind, nullable) in zip(row, kinds, strict=True):
            if value is None and nullable:
                continue
            if type(value) is not kind or (kind is int and not -_INT64 <= value < _INT64):
                raise ValueError(f"{table.name}: a value of another type")


def finish_restore(tx: Connection, erased: Sequence[int], now: datetime) -> Restored:
    """Make restored rows safe to go on with; call it at the newest revision.

    Erases ``erased`` contacts again. Replies that were open are given up: it is unknown whether
    they arrived, and they are old. Leases and sessions are removed, as one that was ended since
    must not come back.
    """
    for table in (leases, staff_sessions, sign_in_tokens, sign_in_attempts):
        tx.execute(delete(table))
    dropped = tx.execute(
        update(outbox)
        .where(outbox.c.due_at > 0)
        .values(state="stale", due_at=0, code="restored", payload=b"")
    ).rowcount
    tx.execute(
        update(counters)
        .where(counters.c.name.startswith("case:", autoescape=True))
        .values(value=counters.c.value + CASE_GAP)
    )
    for first in range(0, len(erased), ROWS_AT_A_TIME):
        erase(tx, erased[first : first + ROWS_AT_A_TIME], now)
    _continue_serials(tx)
    return Restored(len(set(erased)), dropped)


def is_empty(tx: Connection) -> bool:
    """Whether no citizen has written yet. Questionnaires are stored from the first start on."""
    tables = {table.name: table for table in stored_tables(tx)}
    filled = ("contacts", "responses", "lookups", "staff", "cases")
    return not any(name in tables and count_rows(tx, tables[name]) for name in filled)


def check_rows(tx: Connection) -> None:
    """Read one row of every table of the newest schema; raises what the database raises."""
    for table in metadata.sorted_tables:
        tx.execute(select(table).limit(1)).first()


def running_processes(tx: Connection, now: datetime) -> list[str]:
    """The names of the processes that work on this database, at any revision."""
    tables = {table.name: table for table in stored_tables(tx)}
    if "leases" not in tables:
        return []
    held = tables["leases"].c
    alive = held.name.startswith("process:", autoescape=True) & (held.expires_at > micros(now))
    return sorted(tx.execute(select(held.owner).where(alive)).scalars())


def _continue_serials(tx: Connection) -> None:
    """Set PostgreSQL's sequences to the highest restored numbers."""
    if tx.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        for column in table.primary_key.columns:
            if column.autoincrement is True:
                tx.exec_driver_sql(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', '{column.name}'), "
                    f"greatest((SELECT max({column.name}) FROM {table.name}), 1))"
                )
