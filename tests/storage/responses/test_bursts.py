"""Answers that came in bursts from one network: out of the sums, and their networks forgotten."""

from __future__ import annotations

from datetime import timedelta

from handlers.facts.own_data import DataErased
from handlers.facts.responses import Subject
from handlers.messages import Channel
from handlers.questionnaires.bursts import MOST_OF_A_NETWORK as MOST
from storage.engine.times import iso_week
from storage.privacy import retention
from storage.quality.bursts import exclude_bursts
from storage.quality.week_rows import week_numbers
from storage.responses import sums
from tests.storage.scene import WEDNESDAY, Said, Scene, closed, grade, opened, reason, sender, words

WIFI, HOME = b"w" * 16, b"h" * 16
CLEANING = Subject("aseo", "", "")
WEEK = iso_week(202647)


def rates(number: int, network: bytes, value: int = 1, subject: Subject | None = None) -> Said:
    about = subject or Subject("transito", "licencias", "meson-1")
    facts = [opened(number, about), grade(number, value, about), words(number, "Ay", about)]
    facts += [reason(number, "espera", about), closed(number)]
    return Said(sender(f"page-{number}", Channel.WEB), facts, network=network)


async def test_a_burst_leaves_the_sums_and_its_neighbours_stay(scene: Scene) -> None:
    burst = [rates(number, WIFI) for number in range(1, MOST + 2)]
    others = [rates(20 + number, HOME, 7) for number in range(MOST)]
    elsewhere = [rates(30, WIFI, 2, CLEANING), rates(31, b"", 3)]
    await scene.take(*burst, *others, *elsewhere)
    assert await scene.write(exclude_bursts) == MOST + 1
    assert await scene.write(exclude_bursts) == 0

    assert await scene.read(sums.verify) == []
    areas, _ = await scene.read(lambda tx: week_numbers(tx, WEEK))
    transit = areas["transito"].frozen("transito", scene.keyring)
    assert transit.grades == {"web": (0, 0, 1, 0, 0, 0, MOST)}
    assert (transit.apart, transit.pending, transit.started) == (MOST + 1, 0, MOST + 1)
    assert areas["aseo"].apart == 0


async def test_what_is_set_apart_stays_so_after_corrections(scene: Scene) -> None:
    await scene.take(*(rates(number, WIFI) for number in range(1, MOST + 2)))
    await scene.write(exclude_bursts)
    changed = [grade(1, 7), closed(1)]
    await scene.take(Said(sender("page-1", Channel.WEB), changed, network=HOME))
    assert await scene.read(sums.verify) == []
    kept = await scene.rows("SELECT DISTINCT pending FROM answers")
    assert kept == [(sums.EXCLUDED,)]
    assert await scene.rows("SELECT grade FROM answers WHERE response_id = 1 AND grade > 0") == [
        (7,)
    ]


async def test_who_is_erased_leaves_no_hash_and_no_answer_that_counts(scene: Scene) -> None:
    """Else a burst of which each is erased would count."""
    await scene.take(rates(1, WIFI), rates(2, WIFI), rates(3, b""))
    for number in (1, 3):
        await scene.take(Said(sender(f"page-{number}", Channel.WEB), [DataErased()]))
    assert await scene.rows("SELECT response_id FROM answer_networks") == [(2,)]
    rows = await scene.rows("SELECT id, pending FROM responses ORDER BY id")
    assert rows == [(1, sums.EXCLUDED), (2, 0), (3, 0)]
    assert await scene.read(sums.verify) == []


async def test_networks_are_forgotten_with_their_week_and_bursts_set_apart_before(
    scene: Scene,
) -> None:
    await scene.take(*(rates(number, WIFI) for number in range(1, MOST + 2)))
    await retention.sweep(scene.database, scene.keyring, WEDNESDAY + timedelta(days=1))
    assert len(await scene.rows("SELECT response_id FROM answer_networks")) == MOST + 1
    await retention.sweep(scene.database, scene.keyring, WEDNESDAY + timedelta(days=7))
    assert await scene.rows("SELECT response_id FROM answer_networks") == []
    assert await scene.rows("SELECT DISTINCT pending FROM responses") == [(sums.EXCLUDED,)]
    assert await scene.read(sums.verify) == []
