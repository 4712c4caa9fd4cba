"""Migrated, empty PostgreSQL databases: handed out, emptied and handed out again.

To make a database and drop it costs the server a fifth of a second; to empty one, a tenth of that.
"""

from __future__ import annotations

import uuid

import asyncpg
from sqlalchemy.engine import URL

from tests.postgres import connected, execute

# Everything but rows that a test may have changed: what differs from the template is dropped.
_OUTLINE = """
SELECT md5(string_agg(part, E'\\n' ORDER BY part)) FROM (
  SELECT format('%s %s %s %s %s', c.relname, c.relkind, a.attname, a.atttypid, a.attnotnull)
  FROM pg_class c
  LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('%s %s', conname, contype) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('%s %s', tgname, tgenabled) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT version_num FROM alembic_version
) AS parts (part)
"""

# Where nothing was ever written there is nothing to empty, nor what a deleted row leaves behind.
_WRITTEN = """
SELECT string_agg(quote_ident(relname), ', ') FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND relname <> 'alembic_version' AND pg_relation_size(oid) > 0
"""

_ALONE = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


class Pool:
    """The databases of one worker."""

    def __init__(self, server: URL, template: str) -> None:
        self._server = server
        self._template = template
        self._outline: str | None = None
        self._free: list[str] = []

    async def take(self) -> str:
        """Name of a database that is as the template."""
        if self._free:
            return self._free.pop()
        name = f"test_{uuid.uuid4().hex}"
        await execute(
            self._server, f"CREATE DATABASE {name} TEMPLATE {self._template} STRATEGY file_copy"
        )
        if self._outline is None:
            async with connected(self._server.set(database=name)) as connection:
                self._outline = await connection.fetchval(_OUTLINE)
        return name

    async def give_back(self, name: str) -> None:
        """All that a test left in it or did to it."""
        try:
            async with connected(self._server.set(database=name)) as connection:
                as_before = await self._emptied(connection)
        except asyncpg.PostgresError:
            as_before = False
        if as_before:
            self._free.append(name)
        else:
            await execute(self._server, f"DROP DATABASE {name} WITH (FORCE)")

    async def _emptied(self, connection: asyncpg.Connection) -> bool:
        await connection.execute(_ALONE)
        if await connection.fetchval(_OUTLINE) != self._outline:
            return False
        if written := await connection.fetchval(_WRITTEN):
            # Some tables refuse changes by a trigger.
            await connection.execute("SET session_replication_role = replica")
            await connection.execute(f"TRUNCATE {written} RESTART IDENTITY CASCADE")
        return True
