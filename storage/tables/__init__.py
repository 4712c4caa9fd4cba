"""The schema: all tables, indexes and constraints, exactly as the migrations build them.

Importing any file of this package imports all, so that ``metadata`` is always complete.

Values are int, str and bytes only. Times are microseconds since 1970 in UTC (0: never); weeks are
numbers such as 202647, in the municipality's time zone; flags are 0 or 1. Tables written with every
message have no foreign keys; the transaction that writes them keeps them consistent.
"""

from storage.tables import (  # noqa: F401  # each adds its tables to the metadata
    cases,
    contacts,
    handovers,
    outbox,
    privacy,
    quality,
    responses,
    running,
    staff,
)
from storage.tables.columns import metadata

__all__ = ["metadata"]
