"""The schema: every table, index and constraint; the migrations build exactly this.

A file for each subject. Importing any of them imports all, so that ``metadata`` is always whole.

Columns hold int, str and bytes only. Times are microseconds since 1970 in UTC (0: never), weeks
are numbers such as 202647 in the municipality's time zone, flags are 0 or 1. Foreign keys are left
out where rows are written with every message: there the transaction that writes them is the guard.
"""

from storage.tables import (  # noqa: F401  # each adds its tables
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
