"""The same kind of rows as ours in one SQLAlchemy Core transaction a request, before its 200."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import uvloop
from aiohttp import web
from sqlalchemy import Connection, Table, create_engine, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.types import BigInteger, LargeBinary

from benchmarks.bare import UPDATE, Message
from benchmarks.bots.questions import HOST, PATH, Start
from storage.engine import tables

WEEK = 202647


class Store:
    """One connection in a thread of its own, as SQLite has one writer."""

    def __init__(self, folder: Path) -> None:
        engine = create_engine(f"sqlite:///{folder / 'answers.db'}")
        event.listen(engine, "connect", _set_up)
        tables.metadata.create_all(engine)
        self._engine = engine
        self._writer = ThreadPoolExecutor(1)
        self._connection: Connection | None = None

    async def take(self, number: int, message: Message) -> None:
        """Return once it is committed."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._writer, self._commit, number, message)

    def _commit(self, number: int, message: Message) -> None:
        if self._connection is None:
            self._connection = self._engine.connect()
        with self._connection.begin():
            _record(self._connection, number, message)


def _record(tx: Connection, number: int, message: Message) -> None:
    now = time.time_ns() // 1000
    seen = hashlib.sha256(b"%d" % number).digest()
    tx.execute(
        insert(tables.seen_events).on_conflict_do_nothing(),
        _row(tables.seen_events, event_hash=seen, seen_at=now),
    )
    contact, state = _conversation(tx, message.chat.id, now)
    if message.text.isdigit():
        _answer(tx, contact, "grade", now, grade=int(message.text))
    elif not message.text.startswith("/") and state.endswith(b"1"):
        _answer(tx, contact, "words", now, words=message.text.encode())
    turn = int(state[-1:] or b"0") + 1
    changed = {"state": bytes(200) + b"%d" % turn, "last_incoming_at": now, "updated_at": now}
    upsert = insert(tables.conversations)
    tx.execute(
        upsert.on_conflict_do_update(["contact_id"], set_={n: upsert.excluded[n] for n in changed}),
        {"contact_id": contact, **changed},
    )
    tx.execute(
        insert(tables.outbox),
        _row(
            tables.outbox,
            contact_id=contact,
            seq=turn,
            channel="telegram",
            payload=bytes(400),
            state="sending",
            due_at=now,
            owner="1",
            claimed_at=now,
            created_at=now,
        ),
    )


def _conversation(tx: Connection, chat: int, now: int) -> tuple[int, bytes]:
    """The contact's id and state; a contact that is new is made."""
    alias = hashlib.sha256(b"telegram:%d" % chat).digest()
    aliases, conversations = tables.contact_aliases.c, tables.conversations.c
    known = tx.execute(
        select(aliases.contact_id, conversations.state)
        .outerjoin(tables.conversations, conversations.contact_id == aliases.contact_id)
        .where(aliases.alias == alias)
    ).first()
    if known is not None:
        return known[0], known[1]
    contact = secrets.randbits(63)
    tx.execute(
        insert(tables.contacts),
        _row(tables.contacts, id=contact, channel="telegram", account="7000000001", created_at=now),
    )
    tx.execute(
        insert(tables.contact_aliases), {"alias": alias, "contact_id": contact, "key_version": 1}
    )
    tx.execute(insert(tables.contact_addresses), {"contact_id": contact, "address": bytes(120)})
    return contact, b"0"


def _answer(tx: Connection, contact: int, question: str, now: int, **given: Any) -> None:
    """The answer, its response where that is new, and the week's sums."""
    said = {"questionnaire": "atencion", "area": "transito", "channel": "telegram", "week": WEEK}
    tx.execute(
        insert(tables.responses).on_conflict_do_nothing(),
        _row(tables.responses, id=contact, contact_id=contact, version=1, started_at=now, **said),
    )
    tx.execute(
        insert(tables.answers).on_conflict_do_nothing(),
        _row(
            tables.answers,
            response_id=contact,
            question=question,
            kind=question,
            answered_at=now,
            **said,
            **given,
        ),
    )
    counted = {f"c{given['grade']}": 1} if "grade" in given else {}
    sums = insert(tables.weekly_sums)
    added = {name: tables.weekly_sums.c[name] + 1 for name in ("n", *counted)}
    tx.execute(
        sums.on_conflict_do_update(tables.weekly_sums.primary_key, set_=added),
        _row(tables.weekly_sums, question=question, n=1, **said, **counted),
    )


def _row(table: Table, **given: Any) -> dict[str, Any]:
    """With what every other column holds when it says nothing."""
    return {
        column.name: given.get(column.name, _nothing(column.type, column.nullable))
        for column in table.columns
    }


def _nothing(kind: object, nullable: bool | None) -> int | bytes | str | None:
    if nullable:
        return None
    return 0 if isinstance(kind, BigInteger) else b"" if isinstance(kind, LargeBinary) else ""


def _set_up(connection: Any, _: object) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")


def main() -> None:
    start = Start.from_arguments()
    store = Store(start.folder)

    async def handle(request: web.Request) -> web.Response:
        update = UPDATE.decode(await request.read())
        await store.take(update.update_id, update.message)
        return web.Response()

    app = web.Application()
    app.router.add_post(PATH, handle)
    web.run_app(app, host=HOST, port=start.port, access_log=None, loop=uvloop.new_event_loop())


if __name__ == "__main__":
    main()
