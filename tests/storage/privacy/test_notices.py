"""Versions of what the privacy page says: each stays, and two at once make one."""

from __future__ import annotations

from datetime import timedelta

from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.privacy import notices
from storage.privacy.notices import PublishedNotice
from tests.storage.scene import WEDNESDAY, Scene


async def test_the_newest_version_holds_and_says_by_whom_and_when(
    database: Database, keyring: Keyring
) -> None:
    scene, later = Scene(database, keyring), WEDNESDAY + timedelta(days=1)
    assert await scene.read(notices.newest) == PublishedNotice()
    first, second = {"officer": "Unidad de Datos"}, {"email": "datos@ejemplo.cl"}
    assert await scene.write(lambda tx: notices.publish(tx, 0, first, 1, WEDNESDAY))
    assert await scene.write(lambda tx: notices.publish(tx, 1, second, 2, later))
    assert await scene.read(notices.newest) == PublishedNotice(2, second, 2, later)


async def test_who_has_not_seen_the_newest_version_publishes_nothing(
    database: Database, keyring: Keyring
) -> None:
    scene = Scene(database, keyring)
    assert await scene.write(lambda tx: notices.publish(tx, 0, {}, 1, WEDNESDAY))
    late = {"officer": "Otra"}
    assert not await scene.write(lambda tx: notices.publish(tx, 0, late, 2, WEDNESDAY))
    assert not await scene.write(lambda tx: notices.publish(tx, 2, late, 2, WEDNESDAY))
    assert (await scene.read(notices.newest)).staff_id == 1
