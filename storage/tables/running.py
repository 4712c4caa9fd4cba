"""What processes keep about themselves: leases, counters and the keys they used."""

from __future__ import annotations

from sqlalchemy import Table

from storage.tables.columns import binary, integer, metadata, string

leases = Table(
    "leases",
    metadata,
    string("name", key=True),
    string("owner"),
    integer("epoch"),
    integer("expires_at"),
)

counters = Table("counters", metadata, string("name", key=True), integer("value"))

# Every key that something here was hashed or encrypted with: a keys file must hold them all.
keys_used = Table(
    "keys_used",
    metadata,
    binary("fingerprint", key=True),  # HMAC of the key's two secrets
    integer("version"),
    sqlite_with_rowid=False,
)
