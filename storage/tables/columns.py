"""What all tables share: the metadata and the kinds of columns."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    Text,
)

OPEN = "due_at > 0"
"""Rows that are not finished; queries repeat it word for word to use the partial index.

SQLite evaluates it with every row it writes: a list of states made that three times as slow."""

# What SQLite keeps a row under, and fills by itself. With any other type it would keep the whole
# key in an index beside the table; elsewhere its integers have 64 bits too.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def integer(name: str, *, key: bool = False, default: int | None = None) -> Column[int]:
    """A 64-bit column that is never NULL. ``default``: the database's own."""
    server_default = None if default is None else str(default)
    return Column(
        name,
        BigInteger,
        primary_key=key,
        autoincrement=False,
        nullable=False,
        server_default=server_default,
    )


def given_id(name: str) -> Column[int]:
    """A whole key that we give."""
    return Column(name, RowNumber, primary_key=True, autoincrement=False, nullable=False)


def serial_id() -> Column[int]:
    """A whole key that counts up."""
    return Column("id", RowNumber, primary_key=True, autoincrement=True)


def string(name: str, *, key: bool = False, default: str | None = None) -> Column[str]:
    """A column of text, never null."""
    return Column(name, Text, primary_key=key, nullable=False, server_default=default)


def binary(name: str, *, key: bool = False, nullable: bool = False) -> Column[bytes]:
    """A column of bytes."""
    return Column(name, LargeBinary, primary_key=key, nullable=nullable)


def shuffle_key(column: str) -> str:
    """An SQL expression that orders rows by an id's column as if they were shuffled, always alike.

    The id's last 31 bits times 2³¹ · 0.618…, of which again the last 31 bits.
    """
    return f"((({column} & 2147483647) * 1327217885) & 2147483647)"
