"""A comment leaves digests with its author, when it is old, and while it is blocked."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from handlers.facts.own_data import DataErased, Right, RightUsed
from handlers.quality.figures import AreaDigest, Digest, Quote
from handlers.quality.weeks import IsoWeek
from storage.privacy import retention
from storage.quality import digests, week_rows
from tests.storage.scene import WEDNESDAY, Said, Scene, grade, opened, replies, sender, words

WEEK = IsoWeek.of_day(WEDNESDAY.date())
ANA, LUIS = sender("ana"), sender("luis")


async def comments(scene: Scene) -> None:
    for number, (who, text) in enumerate(((ANA, "Esperé mucho rato"), (LUIS, "Muy amables")), 1):
        facts = [opened(number), grade(number, 4), words(number, text)]
        await scene.take(Said(who, facts, replies("Anotado")))


async def published(scene: Scene) -> None:
    """A digest that quotes comments of two areas."""
    areas = tuple(
        AreaDigest(area, area, area, quotes=(Quote("Esperé mucho rato", praise=False),))
        for area in ("obras", "transito")
    )
    digest = Digest(str(WEEK), "Municipalidad de Prueba", WEDNESDAY, False, None, areas)
    encoded = msgspec.json.encode(digest)
    made = digests.PublishedDigest(WEEK, WEDNESDAY, encoded)
    await scene.write(lambda tx: digests.publish(tx, made, [], None))


async def quoted(scene: Scene) -> set[str]:
    """The areas whose comments the digest still quotes."""
    kept = await scene.read(lambda tx: digests.published(tx, WEEK))
    assert kept is not None
    return {one.id for one in msgspec.json.decode(kept.figures, type=Digest).areas if one.quotes}


async def test_the_quotes_of_a_week_and_area_go_once_an_author_is_erased(scene: Scene) -> None:
    await comments(scene)
    await published(scene)
    await scene.take(Said(ANA, [DataErased()], replies("Borramos", first=2)))
    assert await quoted(scene) == {"obras"}


async def test_who_never_commented_takes_no_quote_along(scene: Scene) -> None:
    await comments(scene)
    await published(scene)
    other = sender("eva")
    await scene.take(Said(other, [opened(9), grade(9, 7)], replies("Anotado")))
    await scene.take(Said(other, [DataErased()], replies("Borramos", first=2)))
    assert await quoted(scene) == {"obras", "transito"}


async def test_quotes_are_kept_as_long_as_comments(scene: Scene) -> None:
    await published(scene)
    await retention.sweep(scene.database, scene.keyring, WEDNESDAY + timedelta(days=360))
    assert await quoted(scene) == {"obras", "transito"}
    await retention.sweep(scene.database, scene.keyring, WEDNESDAY + timedelta(days=380))
    assert await quoted(scene) == set()


async def test_a_digest_reads_no_blocked_comment(scene: Scene) -> None:
    await comments(scene)
    blocks = RightUsed("LS-D-2026-000001", Right.BLOCK, WEDNESDAY, done=False)
    await scene.take(Said(ANA, [blocks], replies("Anotado", first=2)))
    rows = await scene.read(lambda tx: week_rows.week_rows(tx, WEEK, WEDNESDAY))
    (area,) = rows.figures(scene.keyring).areas
    assert [comment.text for comment in area.comments] == ["Muy amables"]
