"""The digest between storage and its readers: frozen, cut, signed, and sent once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application
from sqlalchemy import Connection, delete

from bot.jobs.quality.digest import (
    Sending,
    Wanted,
    announcement,
    area_pages,
    digest_link,
    is_signed,
    load_digest,
    mailed,
    send_digest,
)
from bot.jobs.quality.figures import changed_week, published_code
from bot.reports.digests.digest_text import CHAT_LIMIT
from bot.web import digest_pages
from bot.web.middleware import add_headers
from handlers.errors import OperatorError
from handlers.facts.responses import Subject
from handlers.messages import Announcement, Channel, Sender
from handlers.quality.digest import digest_of_areas
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.audit.chain import AuditEntry
from storage.contacts.contacts import find_contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox.inbox import InboxItem, take_inbox
from storage.staff import roles
from storage.staff.staff_contacts import link_staff
from storage.tables.quality import published_digests
from tests.hired import hired
from tests.storage.scene import WEDNESDAY, Said, Scene, closed, grade, opened, reason, sender

WEEK = IsoWeek(2026, 47)
MONDAY = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 8:00, the week after
BASE = "https://opina.example.cl"
GRADES = [7] * 20 + [6] * 10 + [5] * 6 + [3] * 12  # 30 of 48: 63 %, between 48 % and 75 %


@pytest.fixture
async def scene(database: Database, keyring: Keyring) -> Scene:
    """A week in which 48 citizens rated Tránsito."""
    scene = Scene(database, keyring)
    said = []
    for number, value in enumerate(GRADES, 1):
        facts = [opened(number), grade(number, value)]
        facts += [reason(number, "espera")] if value <= 5 else []
        said.append(Said(sender(str(number)), [*facts, closed(number)]))
    await scene.take(*said)
    return scene


class Office:
    """What the tests ask of one database."""

    def __init__(self, scene: Scene, release: Release) -> None:
        self.scene = scene
        self.release = release

    async def load(self, wanted: Wanted, *, freeze: bool = True) -> Digest:
        scene = self.scene
        return await load_digest(scene.database, scene.keyring, self.release, wanted, freeze=freeze)

    async def send(self, sending: Sending) -> int:
        return await send_digest(self.scene.database, self.scene.keyring, self.release, sending)

    async def inbox(self) -> list[InboxItem]:
        return await self.scene.write(lambda tx: take_inbox(tx, self.scene.keyring, 100))

    async def hire(self, name: str, area: str = "", at: datetime = WEDNESDAY) -> int:
        """Add a member of staff with mail and a Telegram chat; returns their id."""
        keyring = self.scene.keyring

        def write(tx: Connection) -> int:
            member = hired(tx, keyring, name, f"{name}@example.cl", area, at)
            chat = Sender(Channel.TELEGRAM, "bot", f"chat-{name}")
            link_staff(tx, find_contacts(tx, keyring, [chat], at)[0].id, member.id)
            return member.id

        return await self.scene.write(write)

    async def published(self) -> int:
        return len(await self.scene.read(lambda tx: tx.execute(published_digests.select()).all()))


@pytest.fixture
def office(scene: Scene, release: Release) -> Office:
    return Office(scene, release)


def wanted(area: str | None = None, now: datetime = MONDAY) -> Wanted:
    return Wanted(WEEK, now, area)


async def test_the_figures_are_those_of_the_facts(office: Office):
    digest = await office.load(wanted("transito"))
    (area,) = digest.areas
    assert area.satisfied is not None
    shown = (area.satisfied.n, area.satisfied.percent, area.satisfied.low, area.satisfied.high)
    assert shown == (48, 63, 48, 75)
    assert area.net is None  # 6 gave a 5
    assert area.reasons == ()  # all 18 named one: that nobody named none would follow


async def test_a_finished_week_is_frozen_when_it_is_first_shown(office: Office):
    first = await office.load(wanted())
    await office.scene.take(Said(sender("1"), [grade(1, 1)]))  # a correction, too late
    again = await office.load(wanted(now=MONDAY + timedelta(days=1)))
    assert again == first
    assert await office.published() == 1


async def test_small_weeks_are_gathered_into_one_block_and_published_once(
    office: Office, scene: Scene
):
    """With a correction before it is published, and others after."""
    aseo = Subject("aseo")

    async def rated(first: int, grades: list[int], at: datetime) -> None:
        numbers = range(first, first + len(grades))
        await scene.take(
            *(
                Said(
                    sender(f"o{number}"),
                    [opened(number, aseo), grade(number, value, aseo)],
                    at=at,
                )
                for number, value in zip(numbers, grades, strict=True)
            )
        )

    await rated(1001, [7] * 8 + [2] * 6, WEDNESDAY)
    (first,) = (await office.load(wanted("aseo"))).areas
    assert (first.satisfied, first.first_week) == (None, "2026-W47")
    # One of the first week's changes from 2 to 7 before anything was published of it.
    await scene.take(Said(sender("o1014"), [grade(1014, 7, aseo)]))
    await rated(2001, [7] * 5 + [2] * 6, WEDNESDAY + timedelta(weeks=2))  # a week without a digest
    third = replace(wanted("aseo"), week=WEEK.shifted(2), now=MONDAY + timedelta(weeks=2))
    (shown,) = (await office.load(third)).areas
    assert shown.satisfied is not None
    assert (shown.satisfied.n, shown.satisfied.percent) == (25, 56)  # 14 of them
    assert shown.first_week == "2026-W47"
    # Later corrections reach neither what was published nor what the next one looks back on.
    await scene.take(*(Said(sender(f"o{n}"), [grade(n, 1, aseo)]) for n in range(1001, 1009)))
    assert (await office.load(third)).areas == (shown,)
    await rated(3001, [7] * 10 + [2] * 10, WEDNESDAY + timedelta(weeks=3))
    fourth = replace(third, week=WEEK.shifted(3), now=MONDAY + timedelta(weeks=3))
    (next_,) = (await office.load(fourth)).areas
    assert next_.satisfied is not None
    assert (next_.satisfied.n, next_.first_week) == (20, "2026-W50")
    assert next_.change is not None
    assert next_.change.baseline == shown.satisfied


async def test_a_week_before_one_that_was_published_is_not_published_apart(office: Office):
    await office.load(wanted())
    before = replace(wanted(), week=WEEK.shifted(-1))
    with pytest.raises(OperatorError, match=r"2026-W46.*2026-W47"):
        await office.load(before)
    assert await office.published() == 1


async def test_a_week_that_goes_on_is_not_frozen(office: Office):
    during = WEDNESDAY + timedelta(hours=1)
    first = await office.load(wanted(now=during))
    await office.scene.take(
        *(Said(sender(f"n{number}"), [opened(number), grade(number, 1)]) for number in (101, 102))
    )
    second = await office.load(wanted(now=during))
    assert (first.total and first.total.satisfied.n, second.total and second.total.satisfied.n) == (
        48,
        50,
    )
    assert await office.published() == 0


async def test_the_week_ends_at_midnight_in_the_municipality(office: Office):
    await office.load(wanted(now=datetime(2026, 11, 23, 2, 59, 59, tzinfo=UTC)))
    assert await office.published() == 0
    await office.load(wanted(now=datetime(2026, 11, 23, 3, 0, tzinfo=UTC)))
    assert await office.published() == 1


async def test_an_area_is_cut_from_the_digest_of_all(office: Office):
    whole = await office.load(wanted())
    await office.scene.take(Said(sender("late"), [opened(200), grade(200, 1)]))
    cut = await office.load(wanted("transito"))
    assert cut.areas == tuple(area for area in whole.areas if area.id == "transito")
    assert (cut.scope, cut.total, cut.lookups) == ("transito", None, None)


async def test_an_area_newer_than_the_digest_has_no_figures_in_it(office: Office, release: Release):
    whole = await office.load(wanted())
    older = msgspec.structs.replace(whole, areas=tuple(a for a in whole.areas if a.id != "aseo"))
    assert digest_of_areas(older, "aseo", release.content).areas[0].satisfied is None
    with pytest.raises(OperatorError):
        digest_of_areas(older, "marte", release.content)


async def test_each_reader_gets_it_once_on_telegram_and_by_mail(office: Office):
    await office.hire("calidad")
    await office.hire("jefatura", "transito")
    sending = Sending(WEEK, MONDAY, BASE)
    assert await office.send(sending) == 4
    assert await office.send(replace(sending, now=MONDAY + timedelta(days=2))) == 0
    items = await office.inbox()
    assert {item.incoming.id for item in items} == {
        f"digest:{WEEK}:{item.contact.id}" for item in items
    }
    assert sorted(item.contact.channel.value for item in items) == [
        "mail",
        "mail",
        "telegram",
        "telegram",
    ]


async def test_staff_of_an_area_get_only_that_area(office: Office):
    await office.hire("jefatura", "aseo")
    await office.send(Sending(WEEK, MONDAY, BASE))
    for item in await office.inbox():
        body = item.incoming.body
        assert isinstance(body, Announcement)
        assert f"{BASE}/resumen/{WEEK}/aseo/" in body.text
        assert "63 %" not in body.text + body.html


async def test_whoever_reads_two_areas_gets_both_in_one(office: Office):
    member = await office.hire("jefatura", "aseo")
    grant = Grant(Role.VIEWER, "transito")
    await office.scene.write(lambda tx: roles.give(tx, member, grant, WEDNESDAY))
    assert await office.send(Sending(WEEK, MONDAY, BASE)) == 2
    for item in await office.inbox():
        body = item.incoming.body
        assert isinstance(body, Announcement)
        assert body.subject == "Semana 47: Tránsito 63 % con nota 6 o 7"
        assert f"{BASE}/resumen/{WEEK}/aseo+transito/" in body.text
        said = " ".join(body.text.split())
        assert "Aseo y Tránsito" in said
        assert "63 %" in said
        assert "Obras" not in body.text + body.html
        if body.html:
            assert body.html.count("<h2") == 2
            assert body.file is not None
            assert body.file.name == f"resumen-aseo+transito-{WEEK}.xlsx"
        else:
            assert len(body.text) <= CHAT_LIMIT


async def test_whose_second_area_is_gone_gets_the_other_alone(office: Office):
    member = await office.hire("jefatura", "aseo")
    grant = Grant(Role.VIEWER, "marte")
    await office.scene.write(lambda tx: roles.give(tx, member, grant, WEDNESDAY))
    await office.send(Sending(WEEK, MONDAY, BASE))
    for item in await office.inbox():
        body = item.incoming.body
        assert isinstance(body, Announcement)
        assert f"{BASE}/resumen/{WEEK}/aseo/" in body.text


async def test_whoever_came_after_it_was_due_has_missed_nothing(office: Office):
    await office.hire("antigua")
    await office.hire("nueva", at=MONDAY + timedelta(hours=1))
    due = Sending(WEEK, MONDAY + timedelta(hours=2), BASE, known_before=MONDAY)
    assert await office.send(due) == 2
    assert await office.send(replace(due, known_before=None)) == 2


async def test_only_the_staff_of_one_area_when_that_is_asked(office: Office):
    await office.hire("calidad")
    await office.hire("jefatura", "transito")
    both = await office.hire("ambas", "aseo")
    grant = Grant(Role.VIEWER, "transito")
    await office.scene.write(lambda tx: roles.give(tx, both, grant, WEDNESDAY))
    assert await office.send(Sending(WEEK, MONDAY, BASE, area="transito")) == 4


async def test_a_week_that_goes_on_is_not_sent(office: Office):
    await office.hire("calidad")
    with pytest.raises(OperatorError, match="2026-W47"):
        await office.send(Sending(WEEK, WEDNESDAY, BASE))
    assert await office.inbox() == []
    assert await office.send(Sending(WEEK, MONDAY, BASE)) == 2


async def test_the_chat_gets_one_screen_and_mail_the_same_as_its_html(office: Office):
    digest = await office.load(wanted("transito"))
    link = digest_link(BASE, office.scene.keyring, WEEK, "transito")
    pages = area_pages(BASE, office.scene.keyring, digest)
    chat, mail = announcement(digest, link), mailed(digest, link, pages)
    assert len(chat.text) <= CHAT_LIMIT
    assert link in chat.text
    for text in (mail.text, mail.html):
        assert "lleva 0 de las 12 mediciones" in " ".join(text.split())
    assert link in mail.text
    assert chat.text != mail.text
    assert mail.subject == chat.subject
    assert mail.subject == "Semana 47 · Tránsito: 63 % puso nota 6 o 7 (48 respuestas)"


async def test_who_reads_all_areas_by_mail_keeps_the_code_of_the_audit_log(office: Office):
    for name, area in (("calidad", ""), ("jefatura", "transito")):
        await office.hire(name, area)
    keyring, entry = office.scene.keyring, AuditEntry(1, "case-read", "LS-2026-000001")
    await office.scene.write(lambda tx: chain.append(tx, keyring, entry, WEDNESDAY))
    assert await office.send(Sending(WEEK, MONDAY, BASE)) == 4
    code = chain.code(await office.scene.read(chain.head))
    assert code.startswith("2:")  # the second entry tells that the week was published
    figures = await office.scene.read(lambda tx: published_code(tx, WEEK))
    assert figures.startswith(f"{WEEK}:")
    told = [item.incoming.body for item in await office.inbox()]
    with_code = [body for body in told if isinstance(body, Announcement) and code in body.text]
    (only,) = with_code
    assert code in only.html
    assert figures in only.html
    assert figures in only.text
    assert sum(code in str(body) for body in told) == 1

    assert await office.scene.read(changed_week) == ""
    await office.scene.write(lambda tx: tx.execute(delete(published_digests)))
    assert await office.scene.read(changed_week) == str(WEEK)


def test_no_address_can_be_made_from_another(keyring: Keyring):
    link = digest_link(BASE + "/", keyring, WEEK, "transito")
    place, signature = link.rsplit("/", 1)
    assert place == f"{BASE}/resumen/2026-W47/transito"
    assert is_signed(keyring, "2026-W47", "transito", signature)
    for week, area in (("2026-W46", "transito"), ("2026-W47", "aseo"), ("2026-W47", "todas")):
        assert not is_signed(keyring, week, area, signature)
    assert not is_signed(Keyring.fresh(), "2026-W47", "transito", signature)
    assert not is_signed(keyring, "2026-W47", "transito", "ñ")


@pytest.fixture
async def pages(office: Office) -> AsyncIterator[TestClient]:
    app = Application()
    app.add_routes(
        digest_pages.routes(
            office.scene.database, office.scene.keyring, office.release, lambda: MONDAY, False
        )
    )
    app.on_response_prepare.append(add_headers)  # as the service does
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_page_shows_the_whole_digest_to_who_has_its_address(
    office: Office, pages: TestClient
):
    await office.load(wanted())
    for area, other in ((None, "Cementerios"), ("transito", "Tránsito")):
        link = digest_link("", office.scene.keyring, WEEK, area)
        answer = await pages.get(link)
        text = await answer.text()
        assert answer.status == 200
        assert answer.content_type == "text/html"
        assert "63\u00a0%" in text
        assert other in text
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_any_other_address_is_not_found(office: Office, pages: TestClient):
    await office.load(wanted())
    link = digest_link("", office.scene.keyring, WEEK)
    for path in (
        link[:-1] + ("0" if link[-1] != "0" else "1"),
        link.replace("todas", "transito"),
        link.replace("W47", "W46"),
        "/resumen/mañana/todas/0",
        digest_link("", office.scene.keyring, WEEK, "marte"),
    ):
        assert (await pages.get(path)).status == 404, path


async def test_what_was_not_published_has_no_page_and_gets_none_by_asking(
    office: Office, pages: TestClient
):
    link = digest_link("", office.scene.keyring, WEEK)
    assert (await pages.get(link)).status == 404
    assert await office.published() == 0
