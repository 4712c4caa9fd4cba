"""A turn changes fewer pages: whole keys are SQLite's row numbers, two indexes of times are gone.

Events of Telegram are remembered under other keys from here on; until when the former ones were
used is noted, so that they are looked for as long as they may come again.
"""

import re

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEYS = {
    "contacts": "id",
    "contact_addresses": "contact_id",
    "conversations": "contact_id",
    "responses": "id",
    "staff_contacts": "contact_id",
    "erasures_pending": "contact_id",
}
NOTED = "events-hashed-wholly-until"


def upgrade() -> None:
    for table, key in KEYS.items():
        _retype(table, key, "BIGINT", "INTEGER")
    op.drop_index("ix_seen_events_seen_at", "seen_events")
    op.drop_index("ix_outbox_created_at", "outbox")
    op.execute(
        f"INSERT INTO counters (name, value) SELECT '{NOTED}', max(seen_at) FROM seen_events "
        "HAVING count(*) > 0"
    )


def downgrade() -> None:
    op.execute(f"DELETE FROM counters WHERE name = '{NOTED}'")
    op.create_index("ix_outbox_created_at", "outbox", ["created_at"], unique=False)
    op.create_index("ix_seen_events_seen_at", "seen_events", ["seen_at"], unique=False)
    for table, key in KEYS.items():
        _retype(table, key, "INTEGER", "BIGINT")


def _retype(table: str, key: str, old: str, new: str) -> None:
    """On SQLite, which keeps a table under an INTEGER key: make it anew, in the key's order."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    made = connection.exec_driver_sql(
        "SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL", (table,)
    ).fetchall()
    (statement,) = [sql for kind, sql in made if kind == "table"]
    retyped, count = re.subn(rf"\b{key} {old}\b", f"{key} {new}", statement)
    if count != 1:
        raise RuntimeError(f"{table}: its key is not {old}")
    op.rename_table(table, f"{table}_old")
    connection.exec_driver_sql(retyped)
    connection.exec_driver_sql(
        f"INSERT INTO {table} SELECT * FROM {table}_old ORDER BY {key}"
    )
    op.drop_table(f"{table}_old")
    for kind, sql in made:
        if kind == "index":
            connection.exec_driver_sql(sql)
