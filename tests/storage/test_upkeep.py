"""Leases change hands only when they may, and nothing is kept longer than promised."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from handlers.messages import Channel, Reply
from storage.contacts.events import note_events
from storage.engine import counters, leases
from storage.engine.leases import Lease
from storage.outbox import outbox, quarantine, results
from storage.outbox.quarantine import FailedEvent
from storage.privacy import retention
from storage.responses import sums
from storage.staff import staff
from tests.storage.scene import WEDNESDAY, Said, Scene, grade, opened, replies, sender, words

ANA = sender("1")
LASTS = timedelta(seconds=30)


async def acquire(scene: Scene, owner: str, at: datetime = WEDNESDAY) -> Lease | None:
    return await scene.write(lambda tx: leases.acquire(tx, "poller", owner, at, LASTS))


async def test_what_a_process_that_is_gone_held_is_free_at_once(scene: Scene) -> None:
    assert await acquire(scene, "killed") is not None
    name = leases.PROCESS + "alive"
    await scene.write(lambda tx: leases.acquire(tx, name, "alive", WEDNESDAY, LASTS))
    assert await scene.read(lambda tx: leases.owners(tx, WEDNESDAY)) == ["alive", "killed"]
    await scene.write(lambda tx: leases.release_all_of(tx, ["killed"], WEDNESDAY))
    assert await scene.read(lambda tx: leases.owners(tx, WEDNESDAY)) == ["alive"]
    mine = await acquire(scene, "next")
    assert mine is not None
    assert mine.epoch == 2


async def test_who_was_taken_for_dead_finds_its_epoch_over_even_after_a_sweep(scene: Scene) -> None:
    name = leases.PROCESS + "alive"
    await scene.write(lambda tx: leases.acquire(tx, name, "alive", WEDNESDAY, LASTS))
    await scene.write(lambda tx: leases.release_all_of(tx, ["alive"], WEDNESDAY))
    await retention.sweep(scene.database, scene.keyring, WEDNESDAY)
    again = await scene.write(lambda tx: leases.acquire(tx, name, "alive", WEDNESDAY, LASTS))
    assert again == Lease(name, "alive", 2)


async def test_one_of_many_gets_the_lease(scene: Scene) -> None:
    got = await asyncio.gather(*(acquire(scene, f"process-{number}") for number in range(8)))
    assert len([lease for lease in got if lease is not None]) == 1


async def test_a_lease_is_kept_by_taking_it_again_and_lost_by_expiring(scene: Scene) -> None:
    mine = Lease("poller", "here", 1)
    assert await acquire(scene, "here") == mine
    soon, late = WEDNESDAY + timedelta(seconds=20), WEDNESDAY + timedelta(seconds=60)
    assert await acquire(scene, "here", soon) == mine
    assert await acquire(scene, "there", WEDNESDAY + timedelta(seconds=49)) is None
    assert await acquire(scene, "there", late) == Lease("poller", "there", 2)
    assert await acquire(scene, "here", late) is None


async def test_the_owner_takes_its_own_lease_again_in_the_same_epoch(scene: Scene) -> None:
    assert await acquire(scene, "here") == await acquire(scene, "here")


async def test_a_released_lease_is_free_at_once_and_its_epoch_never_repeats(scene: Scene) -> None:
    mine = await acquire(scene, "here")
    assert mine is not None
    await scene.write(lambda tx: leases.release(tx, mine))
    theirs = await acquire(scene, "there")
    assert theirs == Lease("poller", "there", 2)
    await scene.write(lambda tx: leases.release(tx, mine))  # too late: it is not mine any more
    assert await acquire(scene, "here") is None


async def test_what_was_set_aside_can_be_read_until_it_is_dealt_with(scene: Scene) -> None:
    async def set_aside(id: str) -> None:
        failed = FailedEvent(Channel.WHATSAPP, id, b"{broken", "decode")
        await scene.write(lambda tx: quarantine.add(tx, scene.keyring, failed, WEDNESDAY))

    for id in ("a", "a", "b"):
        await set_aside(id)
    assert await scene.read(quarantine.count) == 2
    assert "broken" not in repr(await scene.rows("SELECT * FROM quarantine"))
    found = await scene.read(lambda tx: quarantine.oldest(tx, scene.keyring, 1))
    assert [(one.raw, one.code, one.channel, one.at) for one in found] == [
        (b"{broken", "decode", Channel.WHATSAPP, WEDNESDAY)
    ]


async def sweep(scene: Scene, after: timedelta) -> int:
    return await retention.sweep(scene.database, scene.keyring, WEDNESDAY + after)


async def test_seen_events_are_forgotten_after_eight_days(scene: Scene) -> None:
    event = scene.keyring.event_key(Channel.WHATSAPP, "1", "wamid.1")
    await scene.write(lambda tx: note_events(tx, [event], WEDNESDAY))
    assert await sweep(scene, timedelta(days=7, hours=23)) == 0
    assert await sweep(scene, timedelta(days=8, hours=1)) == 1
    assert await scene.rows("SELECT * FROM seen_events") == []


async def test_quarantined_events_are_forgotten_after_seven_days(scene: Scene) -> None:
    failed = FailedEvent(Channel.WEB, "1", b"x", "c")
    await scene.write(lambda tx: quarantine.add(tx, scene.keyring, failed, WEDNESDAY))
    assert await sweep(scene, timedelta(days=6)) == 0
    assert await sweep(scene, timedelta(days=7, hours=1)) == 1


async def test_comments_are_forgotten_after_a_year_and_grades_stay(scene: Scene) -> None:
    await scene.take(Said(ANA, [opened(1), grade(1, 6), words(1, "Muy bien")]))
    await sweep(scene, timedelta(days=364))
    assert await scene.rows("SELECT count(*) FROM answers WHERE words IS NOT NULL") == [(1,)]
    await sweep(scene, timedelta(days=366))
    assert await scene.rows("SELECT count(*) FROM answers WHERE words IS NOT NULL") == [(0,)]
    assert await scene.rows("SELECT grade FROM answers WHERE kind = 'grade'") == [(6,)]


async def test_what_the_page_could_read_again_is_emptied_after_a_day(scene: Scene) -> None:
    web = sender("2", Channel.WEB)
    rows = await scene.take(Said(web, replies=replies("secreto", "abierto")))
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, [(rows[0], "")], WEDNESDAY))
    contact = await scene.contact(web)
    await sweep(scene, timedelta(hours=23))
    assert (
        len(await scene.read(lambda tx: outbox.replies_after(tx, scene.keyring, contact.id, 0)))
        == 2
    )
    await sweep(scene, timedelta(hours=25))
    left = await scene.read(lambda tx: outbox.replies_after(tx, scene.keyring, contact.id, 0))
    assert [reply.text for reply in left] == ["abierto"]  # not out yet: it is still owed
    assert await sweep(scene, timedelta(hours=26)) == 0, "it is done once"


async def test_sent_messages_can_be_quoted_for_a_month_and_cases_for_a_year(scene: Scene) -> None:
    about = Reply(2, "caso", about="LS-2026-000001")
    rows = await scene.take(Said(ANA, replies=[Reply(1, "hola"), about, Reply(3, "aún no")]))
    sent = [(row, f"r{row.seq}") for row in rows[:2]]
    await scene.write(lambda tx: results.mark_sent(tx, scene.keyring, sent, WEDNESDAY))
    numbers = "SELECT seq FROM outbox ORDER BY seq"
    await sweep(scene, timedelta(days=29))
    assert await scene.rows(numbers) == [(1,), (2,), (3,)]
    await sweep(scene, timedelta(days=31))
    assert await scene.rows(numbers) == [(2,), (3,)]
    await sweep(scene, timedelta(days=366))
    assert await scene.rows(numbers) == [(3,)]


async def test_a_sweep_goes_on_until_all_is_forgotten(scene: Scene) -> None:
    events = [number.to_bytes(16) for number in range(4_500)]
    await scene.write(lambda tx: note_events(tx, events, WEDNESDAY))
    assert await sweep(scene, timedelta(days=9)) == 4_500


async def test_old_codes_and_dead_processes_are_forgotten_but_no_job(scene: Scene) -> None:
    member = await scene.write(
        lambda tx: staff.add(
            tx, scene.keyring, staff.NewMember("Rosa", "rosa@ejemplo.cl", ""), WEDNESDAY
        )
    )
    await scene.write(lambda tx: staff.new_code(tx, scene.keyring, member.id, WEDNESDAY))
    await acquire(scene, "here")
    name = leases.PROCESS + "here"
    await scene.write(lambda tx: leases.acquire(tx, name, "here", WEDNESDAY, LASTS))
    await sweep(scene, timedelta(days=60))
    assert await scene.rows("SELECT * FROM staff_codes") == []
    assert await scene.rows("SELECT name FROM leases") == [("poller",)]


async def test_counts_add_up_and_start_at_nothing(scene: Scene) -> None:
    await scene.write(lambda tx: counters.add(tx, {"b": 1, "a": 2}))
    await scene.write(lambda tx: counters.add(tx, {"a": 3}))
    assert await scene.read(lambda tx: counters.value(tx, "a")) == 5
    assert await scene.read(lambda tx: counters.value(tx, "unheard-of")) == 0


async def test_the_sums_of_past_weeks_lie_in_one_row_and_stay_the_same(scene: Scene) -> None:
    for shard in (0, 3, 7):
        other = Scene(scene.database, scene.keyring, shard)
        await other.take(Said(sender(f"{shard}"), [opened(shard + 1), grade(shard + 1, 5)]))
    this_week = await scene.rows("SELECT DISTINCT week FROM weekly_sums")
    ((week,),) = this_week
    assert await scene.write(lambda tx: sums.merge_shards(tx, last=int(str(week)) - 1)) == 0
    await retention.sweep(scene.database, scene.keyring, WEDNESDAY + timedelta(days=7))
    assert await scene.rows("SELECT shard, n, c5 FROM weekly_sums") == [(0, 3, 3)]
    assert {row[0] for row in await scene.rows("SELECT shard FROM weekly_counts")} == {0}
    assert await scene.read(sums.verify) == []
