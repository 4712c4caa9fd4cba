"""The audit log: entries stay, in one chain, on both databases; any change shows."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from handlers.errors import OpinaError
from storage.audit import chain
from storage.audit.chain import AuditEntry, Head
from storage.engine.opening import open_database
from tests.storage.scene import WEDNESDAY, Scene

DROP = {
    "sqlite": ["DROP TRIGGER audit_entries_no_update", "DROP TRIGGER audit_entries_no_delete"],
    "postgresql": ["DROP TRIGGER audit_entries_stay ON audit_entries"],
}


async def fill(scene: Scene, count: int = 5) -> None:
    for number in range(count):
        entry = AuditEntry(7, "case-read", f"LS-2026-{number:06}")
        await scene.write(lambda tx, entry=entry: chain.append(tx, scene.keyring, entry, WEDNESDAY))


async def test_a_chain_that_nobody_touched_is_whole(scene: Scene) -> None:
    assert (await verified(scene)).head == Head(0, b"")
    await fill(scene)
    found = await verified(scene)
    assert (found.fault, found.head.number) == (None, 5)
    newest = await scene.read(lambda tx: chain.newest(tx, 2))
    assert [written.number for written in newest] == [5, 4]
    assert newest[0].entry == AuditEntry(7, "case-read", "LS-2026-000004")
    assert newest[0].hash == found.head.hash


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET detail = 'x' WHERE id = 2",
        "DELETE FROM audit_entries WHERE id = 5",
        "DELETE FROM audit_entries",
    ],
)
async def test_the_database_refuses_to_change_an_entry(scene: Scene, statement: str) -> None:
    await fill(scene)
    with pytest.raises((DBAPIError, OpinaError), match="never changed"):
        await scene.write(lambda tx: tx.exec_driver_sql(statement))
    assert (await verified(scene)).fault is None


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE audit_entries SET staff_id = 8 WHERE id = 2", (2, "changed")),
        ("UPDATE audit_entries SET at = at + 1 WHERE id = 5", (5, "changed")),
        ("DELETE FROM audit_entries WHERE id = 3", (3, "missing")),
        ("DELETE FROM audit_entries WHERE id = 5", (5, "missing")),
        ("DELETE FROM audit_entries WHERE id = 1", (1, "missing")),
    ],
)
async def test_what_was_changed_all_the_same_is_found(
    scene: Scene, statement: str, fault: tuple[int, str]
) -> None:
    await fill(scene)

    def tamper(tx: Connection) -> None:
        for command in (*DROP[tx.dialect.name], statement):
            tx.exec_driver_sql(command)

    await scene.write(tamper)
    assert (await verified(scene)).fault == fault


async def test_a_log_cut_back_with_its_counter_is_found_by_a_noted_head(scene: Scene) -> None:
    await fill(scene)
    head = (await verified(scene)).head
    noted = Head(head.number, head.hash[:8])
    assert (await verified(scene, noted)).fault is None
    await fill(scene, 1)
    assert (await verified(scene, noted)).fault is None, "the log may have grown"

    def cut(tx: Connection) -> None:
        for command in DROP[tx.dialect.name]:
            tx.exec_driver_sql(command)
        tx.exec_driver_sql("DELETE FROM audit_entries WHERE id > 4")
        tx.exec_driver_sql("UPDATE counters SET value = 4 WHERE name = 'audit'")

    await scene.write(cut)
    assert (await verified(scene)).fault is None
    assert (await verified(scene, noted)).fault == (5, "missing")
    await fill(scene, 1)
    assert (await verified(scene, noted)).fault == (5, "not-as-noted")


async def test_an_entry_is_not_written_without_what_it_tells_of(scene: Scene) -> None:
    def fail(tx: Connection) -> None:
        chain.append(tx, scene.keyring, AuditEntry(7, "case-read"), WEDNESDAY)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await scene.write(fail)
    assert (await verified(scene)).head.number == 0
    await fill(scene, 1)
    assert (await verified(scene)).fault is None


async def test_two_processes_write_one_chain(scene: Scene, database_url: str) -> None:
    other = await open_database(database_url)
    try:
        both = [scene, Scene(other, scene.keyring)]
        await asyncio.gather(*(fill(one, 10) for one in both))
    finally:
        await other.close()
    found = await verified(scene)
    assert (found.fault, found.head.number) == (None, 20)


async def verified(scene: Scene, noted: Head | None = None) -> chain.Verification:
    return await scene.read(lambda tx: chain.verify(tx, scene.keyring, noted))
