"""Files of cases are fetched, made harmless and kept, over faults and kills, and forgotten."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import Connection

from bot.channels.ports import Failed, Fetched, FetchResult, RetryLater
from bot.jobs.data.attachments import Attachments
from handlers.messages import Channel, FileRefused, Media, MediaFile, MediaKind, Press, Start
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.cases import attachments
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.outbox.inbox import take_inbox
from storage.privacy import retention
from storage.staff import roles, staff
from tests.bot.one_process import FakeChannel, OneProcess, opened, until
from tests.files import SECRET, SOUND, document, photo
from tests.hired import hired

NUMBER = "LS-2026-000001"
WHOLE = "reclamo: ayer en la plaza de armas había basura, pido que la retiren"
MOST = 10_000_000


class Platform:
    """Gives out files by their names. ``answers``: what it says first instead."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.answers: deque[FetchResult] = deque()
        self.asked: list[str] = []

    async def fetch(self, ref: str, most: int) -> FetchResult:
        assert most == MOST
        self.asked.append(ref)
        if self.answers:
            return self.answers.popleft()
        return Fetched(self.files[ref]) if ref in self.files else Failed("gone")


class Scene:
    """A process with the job that works off files, called by hand."""

    def __init__(self, process: OneProcess, channel: FakeChannel) -> None:
        self.process = process
        self.channel = channel
        self.platform = Platform()
        self.job = self.made()

    def made(self) -> Attachments:
        platforms = dict.fromkeys((Channel.TELEGRAM, Channel.WHATSAPP), self.platform)
        return Attachments(
            self.process.database, self.process.keyring, platforms, self.process.clock, MOST
        )

    async def sends(self, content: bytes, kind: MediaKind = MediaKind.PHOTO, who: str = "1") -> str:
        ref = f"ref-{len(self.platform.files)}"
        self.platform.files[ref] = content
        event = self.process.event(Media(kind, "", MediaFile(ref, len(content))), who=who)
        await self.process.intake.submit([event])
        return ref

    async def kept(self) -> list[tuple[object, ...]]:
        return await self.process.rows("SELECT state, code, media_type, number FROM attachments")

    async def contents(self) -> list[bytes]:
        files = await self.process.database.read(lambda tx: attachments.of_case(tx, NUMBER))
        found = [
            await self.process.database.read(
                lambda tx, id=file.id: attachments.content_in_case(tx, NUMBER, id)
            )
            for file in files
        ]
        return [self.process.keyring.decrypt_bytes(one[1]) for one in found if one is not None]

    async def is_told(self, words: str, who: str = "1") -> None:
        """Wait until somebody is told this."""
        await until(
            lambda: any(
                one.address == who and words in one.reply.text for one in self.channel.tried
            )
        )


@pytest.fixture
async def scene(database: Database, keyring: Keyring, release: Release) -> AsyncIterator[Scene]:
    channel = FakeChannel()
    async with opened(database, keyring, release, [channel]) as process:
        yield Scene(process, channel)


async def test_a_photo_is_fetched_made_harmless_and_kept_encrypted(scene: Scene) -> None:
    await scene.process.hears(WHOLE, "sí")
    await scene.sends(photo())
    assert await scene.job.run_once() == 1
    assert await scene.kept() == [("kept", "", "image/jpeg", NUMBER)]
    (content,) = await scene.contents()
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (640, 480)
    assert SECRET not in content
    (stored,) = await scene.process.rows("SELECT content, source FROM attachments")
    assert bytes(stored[0])[:3] != b"\xff\xd8\xff"
    assert bytes(stored[1]) == b""  # what its platform calls it is of no use any more
    assert await scene.job.run_once() == 0


async def test_files_wait_for_their_case_and_go_with_it(scene: Scene) -> None:
    await scene.process.hears("reclamo")
    await scene.sends(photo())
    await scene.job.run_once()
    assert (await scene.kept())[0][3] == ""
    await scene.process.hears(WHOLE.removeprefix("reclamo: "), "sí")
    assert (await scene.kept())[0][3] == NUMBER
    assert len(await scene.contents()) == 1


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"MZ" + bytes(100), "type", "solo recibo fotos"),
        (document(locked=True), "locked", "tiene clave"),
        (photo()[:300], "unreadable", "no se pudo abrir"),
    ],
)
async def test_what_cannot_be_kept_is_told_and_nothing_of_it_stays(
    scene: Scene, content: bytes, code: str, said: str
) -> None:
    await scene.process.hears(WHOLE, "sí")
    await scene.sends(content, MediaKind.DOCUMENT)
    await scene.job.run_once()
    scene.process.intake.nudge()
    await scene.is_told(said)
    assert await scene.kept() == [("refused", code, "", NUMBER)]
    assert await scene.process.rows("SELECT 1 FROM attachments WHERE content IS NOT NULL") == []


async def test_what_cannot_be_fetched_now_is_fetched_later(scene: Scene) -> None:
    await scene.process.hears(WHOLE, "sí")
    ref = await scene.sends(photo())
    scene.platform.answers += [RetryLater(timedelta(minutes=2), code="503")] * 2
    for _ in range(2):
        await scene.job.run_once()
        assert await scene.job.run_once() == 0
        scene.process.clock.goes_on(minutes=2)
    assert (await scene.kept())[0][0] == "due"
    await scene.job.run_once()
    assert (await scene.kept())[0][0] == "kept"
    assert scene.platform.asked == [ref] * 3


async def test_what_a_day_of_trying_does_not_bring_is_told(scene: Scene) -> None:
    await scene.process.hears(WHOLE, "sí")
    await scene.sends(photo())
    scene.platform.answers += [RetryLater(timedelta(minutes=30), code="503")] * 100
    for _ in range(60):
        await scene.job.run_once()
        scene.process.clock.goes_on(minutes=31)
    assert await scene.kept() == [("refused", "gone", "", NUMBER)]


async def test_a_kill_in_the_midst_loses_nothing_and_does_nothing_twice(scene: Scene) -> None:
    await scene.process.hears(WHOLE, "sí")
    await scene.sends(photo())
    now = scene.process.clock()
    (claimed,) = await scene.process.database.write(
        lambda tx: attachments.claim(tx, scene.process.keyring, now, 9)
    )  # and then it is killed
    assert claimed.attempts == 1
    assert await scene.made().run_once() == 0  # for its claim may still be worked on
    scene.process.clock.goes_on(minutes=6)
    assert await scene.made().run_once() == 1
    assert (await scene.kept())[0][0] == "kept"
    # The first one was only slow: what it comes back with changes nothing.
    keyring = scene.process.keyring
    for late in (
        lambda tx: attachments.keep(tx, keyring, claimed.id, "image/jpeg", (b"x", 1)),
        lambda tx: attachments.refuse(tx, keyring, claimed.id, "gone", now),
    ):
        assert not await scene.process.database.write(late)
    assert await scene.contents() != [b"x"]


async def test_a_file_that_comes_with_its_message_is_not_fetched(scene: Scene) -> None:
    await scene.process.hears(WHOLE, "sí")
    encrypted = scene.process.keyring.encrypt_bytes(photo())
    event = scene.process.event(Media(MediaKind.PHOTO, "", MediaFile("", 9, encrypted)))
    await scene.process.intake.submit([event, event])  # delivered twice
    await scene.job.run_once()
    assert await scene.kept() == [("kept", "", "image/jpeg", NUMBER)]
    assert scene.platform.asked == []


async def test_staff_are_told_of_a_file_that_comes_after_its_case(scene: Scene) -> None:
    process = scene.process

    def hire(tx: Connection) -> str:
        member = hired(tx, process.keyring, "Oficina", "oficina@example.cl", "", process.clock())
        return staff.new_code(tx, process.keyring, member.id, process.clock())

    link = Start(f"staff-{await process.database.write(hire)}")
    await process.intake.submit([process.event(link, who="9")])
    await process.hears("reclamo")
    await scene.sends(photo())  # with the case: its own notice is enough
    await process.hears(WHOLE.removeprefix("reclamo: "), "sí")
    await scene.job.run_once()
    process.clock.goes_on(minutes=1)
    await scene.sends(photo())
    await scene.job.run_once()
    process.intake.nudge()
    await scene.is_told("Envió un archivo", who="9")
    await process.hears("hola", who="9")
    told = [one.reply.text for one in scene.channel.tried if one.address == "9"]
    assert sum("Envió un archivo" in text for text in told) == 1


async def test_an_audio_is_deleted_after_seven_days(scene: Scene) -> None:
    await scene.process.hears("persona")
    await scene.sends(SOUND, MediaKind.VOICE)
    await scene.sends(photo())
    await scene.job.run_once()
    assert [row[2] for row in await scene.kept()] == ["audio/ogg", "image/jpeg"]
    scene.process.clock.goes_on(days=6, hours=23)
    await retention.sweep(scene.process.database, scene.process.keyring, scene.process.clock())
    assert len(await scene.kept()) == 2
    scene.process.clock.goes_on(hours=2)
    await retention.sweep(scene.process.database, scene.process.keyring, scene.process.clock())
    assert [row[2] for row in await scene.kept()] == ["image/jpeg"]


async def test_a_file_that_no_case_comes_for_is_deleted_after_a_day(scene: Scene) -> None:
    await scene.sends(photo())
    await scene.job.run_once()
    assert len(await scene.kept()) == 1
    scene.process.clock.goes_on(hours=25)
    await retention.sweep(scene.process.database, scene.process.keyring, scene.process.clock())
    assert await scene.kept() == []


async def head_of_all(scene: Scene) -> str:
    """A head of all areas, who may answer in the chat; the code to link a chat with."""

    def write(tx: Connection) -> str:
        keyring, now = scene.process.keyring, scene.process.clock()
        member = staff.add(tx, keyring, staff.NewMember("Ana", "ana@example.cl", ""), now)
        roles.give(tx, member.id, Grant(Role.HEAD), now)
        return staff.new_code(tx, keyring, member.id, now)

    return await scene.process.database.write(write)


@pytest.mark.parametrize("channel", [Channel.TELEGRAM, Channel.WHATSAPP, Channel.WEB])
async def test_a_photo_to_a_person_is_kept_with_the_conversation_and_told(
    scene: Scene, channel: Channel
) -> None:
    process = scene.process
    link = Start(f"staff-{await head_of_all(scene)}")
    await process.intake.submit([process.event(link, who="9")])
    await process.hears("persona", channel=channel)
    await scene.is_told("Una persona espera", who="9")
    ((handover,),) = await process.rows("SELECT id FROM handovers")
    notice = Press(f"attend:{handover}", 2)
    await process.intake.submit([process.event(notice, who="9")])
    scene.platform.files["ref"] = content = photo()
    encrypted = process.keyring.encrypt_bytes(content)
    file = MediaFile("", 9, encrypted) if channel is Channel.WEB else MediaFile("ref", 9)
    media = Media(MediaKind.PHOTO, "", file)
    await process.intake.submit([process.event(media, channel=channel)])
    await scene.is_told("(mandó una foto)", who="9")
    await scene.job.run_once()
    (kept,) = await process.database.read(lambda tx: attachments.of_handover(tx, handover))
    assert (kept.state, kept.media_type) == ("kept", "image/jpeg")
    found = await process.database.read(
        lambda tx: attachments.content_in_handover(tx, handover, kept.id)
    )
    assert found is not None
    assert SECRET not in process.keyring.decrypt_bytes(found[1])
    assert found[1][:3] != b"\xff\xd8\xff"


async def test_a_file_of_a_conversation_goes_when_its_words_go(scene: Scene) -> None:
    process = scene.process
    await head_of_all(scene)
    await process.hears("persona")
    await scene.sends(photo())
    await scene.sends(SOUND, MediaKind.VOICE)
    await process.hears("menu")
    await scene.job.run_once()
    for days, left in ((2, ["image/jpeg", "audio/ogg"]), (6, ["image/jpeg"]), (725, [])):
        process.clock.goes_on(days=days)
        await retention.sweep(process.database, process.keyring, process.clock())
        assert [row[2] for row in await scene.kept()] == left


async def test_erasing_takes_what_was_sent_to_a_person(scene: Scene) -> None:
    await head_of_all(scene)
    await scene.process.hears("persona")
    await scene.sends(photo())
    await scene.job.run_once()
    await scene.process.hears("menu", "borrar", "sí")
    assert await scene.kept() == []


async def test_erasing_takes_files_but_those_of_an_open_case_until_it_is_answered(
    scene: Scene,
) -> None:
    await scene.process.hears(WHOLE, "sí")
    await scene.sends(photo(), who="1")
    await scene.sends(photo(), who="2")  # with no case
    await scene.job.run_once()
    for who in ("1", "2"):
        await scene.process.hears("borrar", "sí", who=who)
    assert [row[3] for row in await scene.kept()] == [NUMBER]
    closed = "UPDATE cases SET status = 'answered', changed_at = 1"
    await scene.process.database.write(lambda tx: tx.exec_driver_sql(closed))
    scene.process.clock.goes_on(days=3)
    await retention.sweep(scene.process.database, scene.process.keyring, scene.process.clock())
    assert await scene.kept() == []


async def test_an_erasure_while_a_file_is_fetched_leaves_nothing_of_it(scene: Scene) -> None:
    await scene.sends(b"MZ", MediaKind.DOCUMENT)
    now = scene.process.clock()
    (claimed,) = await scene.process.database.write(
        lambda tx: attachments.claim(tx, scene.process.keyring, now, 9)
    )
    await scene.process.hears("borrar", "sí")
    assert not await scene.process.database.write(
        lambda tx: attachments.refuse(tx, scene.process.keyring, claimed.id, "type", now)
    )
    taken = await scene.process.database.write(lambda tx: take_inbox(tx, scene.process.keyring, 9))
    assert not any(isinstance(item.incoming.body, FileRefused) for item in taken)
    assert await scene.kept() == []
