"""The demonstration: made-up citizens, real records, and marked as made up wherever it shows."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.made_up import REF, made_up_channels
from bot.channels.ports import Failed, Held, Outgoing, SendOutcome, Sent
from bot.commands.demo.chats import PAST
from bot.commands.demo.fill import Demonstration, fill_demo, way_in
from bot.commands.demo.targets import TARGETS
from bot.commands.demo.writer import web_sender
from bot.jobs.quality.digest import Wanted, load_digest
from bot.jobs.quality.figures import load_figures
from bot.population.words import NOT_FOUND
from bot.reports.digests.digest_html import html_mail
from bot.reports.digests.digest_text import plain_text
from handlers.handover import Handover
from handlers.messages import Channel, Reply, Waits
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Role
from storage.cases import reading
from storage.cases.answers import arrivals
from storage.cases.answers.arrivals import Way
from storage.cases.lists import browsing
from storage.cases.lists.browsing import CaseFilter
from storage.cases.reading import WantedCases
from storage.contacts.contacts import find_contacts, load
from storage.engine.database import Database, Transaction
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.measures import steps
from storage.quality import indicator_versions
from storage.quality.digests import claim, newest_published
from storage.responses import sums
from storage.staff import roles, sign_in, staff
from storage.staff.digest_readers import digest_readers
from tests.bot.published import checked, unpacked

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LAST = IsoWeek(2026, 47)
WEEKS = 4


@pytest.fixture(scope="module")
def keyring() -> Keyring:
    """The keys of the demonstration that all tests have a copy of."""
    return Keyring.fresh()


@pytest.fixture(scope="module")
def filled_file(
    tmp_path_factory: pytest.TempPathFactory,
    sqlite_template: Path,
    keyring: Keyring,
    release: Release,
) -> Path:
    """A demonstration of a few weeks, to copy."""
    file = tmp_path_factory.mktemp("demo") / "filled.db"
    shutil.copy(sqlite_template, file)

    async def fill() -> None:
        database = await open_database(f"sqlite:///{file}")
        await fill_demo(database, keyring, release, Demonstration(NOW, WEEKS, seed=1))
        await database.close()

    asyncio.run(fill())
    return file


@pytest.fixture
async def filled(filled_file: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A copy of it, this test's own."""
    file = shutil.copy(filled_file, tmp_path / "demo.db")
    database = await open_database(f"sqlite:///{file}")
    yield database
    await database.close()


async def digest_of(
    database: Database, keyring: Keyring, release: Release, week: IsoWeek
) -> Digest:
    wanted = Wanted(week, NOW)
    return await load_digest(database, keyring, release, wanted, freeze=False)


async def test_every_digest_says_that_it_is_made_up(
    filled: Database, keyring: Keyring, release: Release, tmp_path: Path
):
    # Of a week without a published digest too, whoever asks.
    for week in (*LAST.previous(WEEKS - 1), LAST, LAST.shifted(1)):
        digest = await digest_of(filled, keyring, release, week)
        assert digest.made_up
        for text in (plain_text(digest), html_mail(digest)):
            assert "datos ficticios de demostración" in text.lower()
    # And what the council checks by itself: the script rebuilds it.
    folder = unpacked(await load_figures(filled, keyring, release.content), tmp_path)
    assert "datos ficticios" in (folder / "LEAME.txt").read_text(encoding="utf-8")
    assert len((folder / "cifras.csv").read_text(encoding="utf-8").splitlines()) > WEEKS
    assert checked(folder)[0] == "Todo coincide."


async def test_no_measure_is_put_back_into_weeks_that_were_judged_without_it(
    filled: Database, keyring: Keyring, release: Release
):
    """Else its area stood beside an effect as one without a measure, and the council's script
    finds another result."""
    zone = release.content.zone
    found = await filled.read(lambda tx: steps.all_measures(tx, keyring, zone))
    assert found
    assert all(IsoWeek.of(measure.opened_at, zone) >= LAST for measure in found)


async def test_its_targets_are_marked_as_examples_and_the_content_has_none(
    filled: Database, release: Release
):
    known = await filled.read(indicator_versions.versions)
    assert [(one.measured, one.scope) for one in known if one.target_is_example] == [
        (one.measured, one.scope) for one in known if one.target is not None
    ]
    assert {one.target for one in known} == set(TARGETS.values())
    assert {one.target for one in release.content.indicators} == {None}


async def test_the_records_are_whole(filled: Database):
    assert await filled.read(sums.verify) == []
    assert await filled.read(newest_published) == LAST
    for table, least in (("responses", 200), ("answers", 200), ("lookups", 300)):
        count = await filled.read(
            lambda tx, table=table: tx.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
        )
        assert count > least, table


async def test_the_panel_has_cases_and_a_way_in(filled: Database, keyring: Keyring):
    waiting = await filled.read(browsing.open_by_area)
    assert {"aseo", "transito", ""} <= waiting.keys()
    everywhere = CaseFilter(waiting.keys(), "open")
    urgent, oldest, *_ = await filled.read(lambda tx: browsing.page(tx, everywhere, limit=50))
    assert urgent.urgent
    assert NOW - oldest.waiting_since > timedelta(days=8)
    # Each can be answered: WhatsApp takes no free words after a day.
    lines = await filled.read(lambda tx: browsing.page(tx, everywhere, limit=50))
    day = timedelta(days=1)
    assert not [one for one in lines if one.channel == "whatsapp" and NOW - one.waiting_since > day]
    token = await filled.write(lambda tx: way_in(tx, keyring, NOW))
    assert token is not None
    who = await filled.write(lambda tx: sign_in.spend_link(tx, keyring, token, NOW))
    assert who is not None
    grants = await filled.read(lambda tx: roles.grants_of(tx, who))
    assert {grant.role for grant in grants} == set(Role)


async def test_who_waits_in_the_chat_hears_what_becomes_of_it(filled: Database, keyring: Keyring):
    def read(tx: Transaction) -> tuple[int, Handover | None]:
        waiting = tx.exec_driver_sql("SELECT id FROM handovers WHERE status = 'waiting'").scalar()
        contacts = find_contacts(tx, keyring, [web_sender("chat-1")], NOW)
        return waiting, load(tx, keyring, contacts)[contacts[0].id].conversation.handover

    waiting, handover = await filled.write(read)
    assert handover is not None
    assert handover.id == waiting


async def test_people_answered_in_the_chat_and_one_citizen_waits(filled: Database):
    rows = await filled.read(
        lambda tx: tx.exec_driver_sql(
            "SELECT status, min(opened_at), count(*) FROM handovers GROUP BY status"
        ).all()
    )
    found = {status: (first, count) for status, first, count in rows}
    assert {status: count for status, (_, count) in found.items()} == {
        "ended": len(PAST),
        "waiting": 1,
    }
    assert found["waiting"][0] - found["ended"][0] > 6 * 24 * 3600 * 10**6


async def test_there_is_a_fall_a_small_area_and_what_was_not_found(
    filled: Database, keyring: Keyring, release: Release
):
    digest = await digest_of(filled, keyring, release, LAST)
    areas = {area.id: area for area in digest.areas}
    fallen = areas["transito"]
    assert fallen.change is not None
    assert fallen.change.high < 0
    assert any(area.satisfied is None and area.bound is None for area in digest.areas)
    assert set(digest.not_found_queries) & set(NOT_FOUND)
    assert any(area.quotes for area in digest.areas)
    waiting = [area.cases for area in digest.areas if area.cases]
    assert max(one.oldest_days for one in waiting) >= 1
    assert any(news.what == "due" for news in digest.measures)


async def test_answers_lie_within_the_weeks(filled: Database):
    first, last = await filled.read(
        lambda tx: tx.exec_driver_sql("SELECT min(week), max(week) FROM responses").one()
    )
    assert (first, last) == (202644, 202647)


async def test_its_staff_are_marked_and_have_had_every_digest(filled: Database):
    everyone = await filled.read(staff.everyone)
    assert len(everyone) == 3
    assert all("(demostración)" in member.name for member in everyone)
    readers = [one.contact_id for one in await filled.read(digest_readers)]
    assert await filled.write(lambda tx: claim(tx, LAST, readers, NOW)) == set()


async def test_no_reply_waits_to_be_sent(filled: Database):
    waiting = await filled.read(
        lambda tx: tx.exec_driver_sql("SELECT count(*) FROM outbox WHERE due_at > 0").scalar()
    )
    assert waiting == 0


async def test_past_answers_arrived_or_wait_as_whatsapp_has_them_wait(
    filled: Database, keyring: Keyring
):
    def read(tx: Transaction) -> Counter[tuple[str, Way, bool]]:
        return Counter(
            (case.channel, one.way, one.announced)
            for case in reading.list_cases(tx, keyring, WantedCases(status="closed"))
            for ways in arrivals.of_case(tx, case.number).values()
            for one in ways
        )

    found = await filled.read(read)
    assert {(channel, way) for channel, way, _ in found} == {
        ("web", Way.SENT),
        ("telegram", Way.SENT),
        ("whatsapp", Way.SENT),
        ("whatsapp", Way.WAITING),
    }
    assert {announced for _, way, announced in found if way is Way.WAITING} == {True}
    assert found["whatsapp", Way.SENT, False] > found["whatsapp", Way.WAITING, True]


@pytest.mark.parametrize(
    ("channel", "within", "announced", "waits", "expected"),
    [
        (Channel.TELEGRAM, False, False, Waits.ANNOUNCED, Sent()),
        (Channel.WHATSAPP, True, False, Waits.ANNOUNCED, Sent()),
        (Channel.WHATSAPP, False, False, Waits.ANNOUNCED, Held(ref=REF)),
        (Channel.WHATSAPP, False, True, Waits.ANNOUNCED, Held()),
        (Channel.WHATSAPP, False, False, Waits.QUIETLY, Held()),
        (Channel.WHATSAPP, False, False, Waits.NEVER, Failed("too-late")),
    ],
)
async def test_what_staff_answer_in_a_demonstration_arrives_as_it_would(
    channel: Channel, waits: Waits, expected: SendOutcome, *, within: bool, announced: bool
):
    reply = Reply(1, "Hola", waits=waits)
    outgoing = Outgoing("56", reply, within_window=within, announced=announced)
    assert await made_up_channels()[channel].sends.send(outgoing) == expected


async def test_the_same_seed_tells_the_same_story(
    filled: Database, keyring: Keyring, release: Release, tmp_path, sqlite_template
):
    copy = tmp_path / "second.db"
    copy.write_bytes(sqlite_template.read_bytes())
    second = await open_database(f"sqlite:///{copy}")
    await fill_demo(second, keyring, release, Demonstration(NOW, WEEKS, seed=1))
    story = "SELECT response_id, question, value, area, channel, answered_at FROM answers"
    one, two = [
        sorted(
            tuple(row)
            for row in await database.read(lambda tx: tx.exec_driver_sql(story).fetchall())
        )
        for database in (filled, second)
    ]
    await second.close()
    assert one == two
