"""A database is opened with its own keys only, at any revision, on either kind."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from alembic import command
from cryptography.fernet import Fernet
from sqlalchemy import Connection

from handlers.errors import OperatorError
from handlers.facts.cases import CaseKind, CaseOpened
from handlers.facts.lookups import LookupMade, LookupResult
from storage.engine import schema
from storage.engine.keyring import Keyring
from storage.engine.keys_used import WrongKeys, keyring_of, open_with_keys
from storage.engine.schema import migrate
from tests.storage.scene import Said, Scene, closed, grade, opened, sender, words

T = TypeVar("T")

ANA = sender("ana")


async def used(url: str, keys: Path, *facts: object) -> None:
    """Open it as the service does, and let a citizen leave something."""
    database, keyring = await open_with_keys(url, keys)
    if facts:
        await Scene(database, keyring).take(Said(ANA, list(facts)))
    await database.close()


async def finds_ana(url: str, keys: Path) -> bool:
    database, keyring = await open_with_keys(url, keys)
    try:
        return await Scene(database, keyring).find(ANA) is not None
    finally:
        await database.close()


async def set_back(url: str) -> None:
    """As a version before the fingerprints left it."""

    def run(tx: object) -> None:
        config = schema._config()
        config.attributes["connection"] = tx
        command.downgrade(config, "0004")

    await schema._run_exclusively(url, run)


def rotated(keys: Path, *, keeps: bool = True) -> None:
    """Put a newer key before those that are there, or in their place."""
    newer = f'[[key]]\nversion = 2\nhashing = "{"2b" * 32}"\n'
    newer += f'encryption = "{Fernet.generate_key().decode()}"\n'
    keys.write_text(newer + (keys.read_text() if keeps else ""))


async def test_a_new_database_is_given_new_keys_and_found_again_with_them(
    database_url: str, tmp_path: Path
) -> None:
    keys = tmp_path / "new" / "keys.toml"
    await used(database_url, keys, opened(1), grade(1, 4), closed(1))
    assert await finds_ana(database_url, keys)


async def test_a_database_that_was_never_migrated_is_given_new_keys(tmp_path: Path) -> None:
    keys = tmp_path / "keys.toml"
    await used(f"sqlite:///{tmp_path}/new/opina.db", keys)
    assert keys.exists()


LEFT_BEHIND = {
    "nothing but its keys": [],
    "a grade": [opened(1), grade(1, 4), closed(1)],
    "a comment": [opened(1), grade(1, 4), words(1, "Esperé mucho"), closed(1)],
    "a case": [CaseOpened("LS-2026-000001", CaseKind.COMPLAINT, "", "No prende la luz")],
    "a lookup": [LookupMade("permiso", LookupResult.NOTHING)],
}


@pytest.mark.parametrize("old", [False, True], ids=["now", "before the fingerprints"])
@pytest.mark.parametrize("left", LEFT_BEHIND)
async def test_missing_keys_are_not_made_anew_where_there_is_data(
    database_url: str, tmp_path: Path, left: str, old: bool
) -> None:
    keys = tmp_path / "keys.toml"
    await used(database_url, keys, *LEFT_BEHIND[left])
    if old:
        await set_back(database_url)
    if old and not LEFT_BEHIND[left]:
        return  # such a database is empty
    kept = keys.rename(tmp_path / "kept.toml")
    with pytest.raises(WrongKeys, match=r"keys\.toml: faltan las llaves"):
        await open_with_keys(database_url, keys)
    assert not keys.exists()
    kept.rename(keys)
    await used(database_url, keys)


@pytest.mark.parametrize("old", [False, True], ids=["now", "before the fingerprints"])
async def test_another_databases_keys_are_told_and_nothing_changes(
    database_url: str, tmp_path: Path, old: bool
) -> None:
    keys, foreign = tmp_path / "keys.toml", tmp_path / "foreign.toml"
    Keyring.create(foreign)
    await used(database_url, keys, *LEFT_BEHIND["a comment"])
    if old:
        await set_back(database_url)
    with pytest.raises(WrongKeys, match=r"foreign\.toml: estas llaves no son las de esta base"):
        await open_with_keys(database_url, foreign)
    revision = await schema.current_revision(database_url)
    assert revision == ("0004" if old else schema.newest_revision())
    assert await finds_ana(database_url, keys)


async def test_a_database_without_citizens_knows_its_keys_too(
    database_url: str, tmp_path: Path
) -> None:
    await used(database_url, tmp_path / "keys.toml")
    Keyring.create(tmp_path / "foreign.toml")
    with pytest.raises(WrongKeys):
        await open_with_keys(database_url, tmp_path / "foreign.toml")


async def test_a_newer_key_before_the_older_one_is_taken_and_both_are_needed_from_then_on(
    database_url: str, tmp_path: Path
) -> None:
    keys, old = tmp_path / "keys.toml", tmp_path / "old.toml"
    await used(database_url, keys, *LEFT_BEHIND["a comment"])
    old.write_text(keys.read_text())
    rotated(keys)
    assert await finds_ana(database_url, keys)
    with pytest.raises(WrongKeys):  # what was written since could not be read
        await open_with_keys(database_url, old)
    assert await finds_ana(database_url, keys)


@pytest.mark.parametrize("old", [False, True], ids=["now", "before the fingerprints"])
async def test_a_file_without_the_older_key_is_refused(
    database_url: str, tmp_path: Path, old: bool
) -> None:
    keys = tmp_path / "keys.toml"
    await used(database_url, keys, *LEFT_BEHIND["a comment"])
    if old:
        await set_back(database_url)
    rotated(keys, keeps=False)
    with pytest.raises(WrongKeys):
        await open_with_keys(database_url, keys)


async def test_two_processes_that_begin_with_keys_of_their_own_do_not_both_go_on(
    database_url: str, tmp_path: Path
) -> None:
    files = [tmp_path / name / "keys.toml" for name in ("here", "there")]
    opening = [open_with_keys(database_url, keys) for keys in files]
    results = await asyncio.gather(*opening, return_exceptions=True)
    taken = [result for result in results if not isinstance(result, BaseException)]
    assert len(taken) == 1
    assert [type(result) for result in results if result not in taken] == [WrongKeys]
    for database, _ in taken:
        await database.close()


async def test_keys_that_cannot_be_looked_at_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    url = f"sqlite:///{tmp_path}/opina.db"
    await migrate(url)
    for keys in (tmp_path, tmp_path / ("x" * 300)):
        with pytest.raises(OperatorError) as told:
            await keyring_of(url, keys)
        assert len(str(told.value).splitlines()) == 1


async def test_who_comes_while_another_begins_the_database_takes_its_keys(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = tmp_path / "new" / "keys.toml"
    inspect = schema.inspect

    async def looks_late(url: str, look: Callable[[Connection], T]) -> T:
        monkeypatch.setattr(schema, "inspect", inspect)
        await used(url, keys, opened(1), grade(1, 4), closed(1))  # the other is quicker
        return await inspect(url, look)

    monkeypatch.setattr(schema, "inspect", looks_late)
    assert await finds_ana(database_url, keys)
