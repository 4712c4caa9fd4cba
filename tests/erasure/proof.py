"""The course of the proof: lives, a copy, their erasure, a search, the copy put back, a search."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random

import msgspec
import structlog
from sqlalchemy import Connection, func, select
from structlog.typing import EventDict

from bot.config import JOURNAL, DatabaseSettings
from bot.jobs.data import backups
from bot.jobs.quality import digest
from bot.jobs.quality.digest import Wanted
from handlers.errors import OperatorError
from handlers.facts.cases import CaseAnswered
from handlers.messages import Announcement, Channel, Sender, Start
from handlers.privacy.breaches.breach import BreachMessage
from handlers.privacy.breaches.steps import BreachScope, BreachStep, DataKind, Description, Recorded
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Grant, Role
from storage.audit import chain
from storage.cases import attachments, reading, recording
from storage.contacts import contacts
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.opening import open_database
from storage.engine.schema import compact
from storage.outbox import quarantine
from storage.outbox.quarantine import FailedEvent
from storage.privacy import requests, retention
from storage.privacy.breaches import affected, messages
from storage.privacy.breaches import steps as breaches
from storage.responses import exports
from storage.staff import roles, staff
from storage.tables.cases import cases
from storage.tables.outbox import outbox
from storage.tables.staff import staff_contacts
from tests.bot.one_process import WEDNESDAY, Clock, FakeChannel, OneProcess, opened
from tests.erasure import search
from tests.erasure.lives import AREAS, CHANNELS, ERASES, Life, lived, lives
from tests.erasure.panel import worked
from tests.erasure.search import Needles

STAY = 20
LATER = timedelta(days=9)  # messages that could not be processed are kept for 7
PATIENCE_S = 600.0
WORKS_HERE = "7000000001"


@dataclass
class Found:
    """Where contacts were found, by the stage of the proof."""

    before: dict[str, set[str]] = field(default_factory=dict)
    after: dict[str, set[str]] = field(default_factory=dict)
    restored: dict[str, set[str]] = field(default_factory=dict)
    staying: int = 0  # how many of those who were not erased are still found
    erased_again: int = 0
    audited: int = 0  # entries of the audit log that stay, none of them changed
    looked_at: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Proof:
    """One installation. ``raw``: its database is a file whose bytes are looked at too."""

    url: str
    folder: Path  # all files of the installation
    aside: Path  # the copy that was made before
    release: Release
    count: int
    seed: int = 1

    @property
    def keys(self) -> Path:
        return self.folder / "keys.toml"

    @property
    def journal(self) -> Path:
        return self.folder / "journal" / JOURNAL

    async def run(self) -> Found:
        """The whole course."""
        keyring, chance, clock = Keyring.create(self.keys), Random(self.seed), Clock()
        gone, staying = lives(self.count, chance), lives(STAY, Random(self.seed + 1))
        found = Found()
        with _logged(self.folder / "service.log"):
            database = await open_database(self.url)
            async with self._runs(database, keyring, clock) as process:
                await self._live(process, gone, staying)
                needles = await self._needles(database, keyring, gone)
                found.before = await self._tables(database, keyring, needles)
                await self._copy(database, self.aside, clock)
                assert await self._tell_what_was_done(process, AREAS[1])  # meets who erases
                await lived(process, [_erasing(one) for one in gone])
                await self._settle(process)
            await self._leave(database, keyring, clock)
            found.after = await self._everywhere(database, keyring, needles, found)
            found.staying = await self._still_there(keyring, staying)
            place = DatabaseSettings(url=self.url, keys=self.keys, journal=self.journal)
            manifest = backups.read_manifest(self.aside)
            done = await backups.restore(self.aside, manifest, place, clock(), _ignore)
            found.erased_again = done.erased_again
            database = await open_database(self.url)
            async with self._runs(database, keyring, clock, "after") as process:
                await self._settle(process)
            await self._leave(database, keyring, clock)
            found.restored = await self._everywhere(database, keyring, needles, found)
        return found

    def _runs(
        self, database: Database, keyring: Keyring, clock: Clock, owner: str = "here"
    ) -> AbstractAsyncContextManager[OneProcess]:
        channels = [FakeChannel(channel) for channel in (*CHANNELS, Channel.MAIL)]
        return opened(
            database,
            keyring,
            self.release,
            channels,
            clock=clock,
            owner=owner,
            journal=self.journal,
        )

    async def _live(
        self, process: OneProcess, gone: Sequence[Life], staying: Sequence[Life]
    ) -> None:
        """All lives; staff are told, work in the panel, answer half of the cases; then the week's
        digest is published."""
        database, keyring = process.database, process.keyring

        def hire(tx: Connection) -> str:
            member = staff.add(
                tx, keyring, staff.NewMember("Oficina", "oficina@example.cl", ""), WEDNESDAY
            )
            roles.give(tx, member.id, Grant(Role.HEAD), WEDNESDAY)  # answers in the chat
            return staff.new_code(tx, keyring, member.id, WEDNESDAY)

        code = await database.write(hire)
        await process.intake.submit([process.event(Start(f"staff-{code}"), who=WORKS_HERE)])
        linked = select(func.count()).select_from(staff_contacts)
        assert await database.read(lambda tx: tx.execute(linked).scalar()) == 2, "chat and mail"
        await lived(process, [*gone, *staying])
        await self._keep_files(process)
        for one in gone[::3]:
            await self._set_aside(process, one)
        await worked(process, self.release)
        await self._tell_of_breach(process)
        await self._answer_cases(process, every=2)
        assert await self._tell_what_was_done(process, AREAS[0])
        await self._drained(process)
        process.clock.goes_on(days=5)
        week = IsoWeek.of_day(WEDNESDAY.date())
        wanted = Wanted(week, process.clock())
        await digest.load_digest(database, keyring, self.release, wanted, freeze=True)

    async def _keep_files(self, process: OneProcess) -> None:
        """Files are fetched and kept, as they come; those that are late wait for it."""
        keyring = process.keyring

        def keep(tx: Connection) -> int:
            due = attachments.claim(tx, keyring, process.clock(), 100)
            for file in due:
                if not file.source.endswith("-late"):
                    content = f"OggS{file.source}".encode()
                    encrypted = keyring.encrypt_bytes(content), len(content)
                    attachments.keep(tx, keyring, file.id, "audio/ogg", encrypted)
            return len(due)

        while await process.database.write(keep):
            pass

    async def _set_aside(self, process: OneProcess, one: Life) -> None:
        """A message that failed, and one that could not even be read."""
        body = f"{one.address} {one.marks[0]}".encode()
        sender = Sender(one.channel, "municipality", one.address)

        def add(tx: Connection) -> None:
            contact = contacts.contact_of(tx, process.keyring, sender)
            assert contact is not None
            for contact_id in (contact.id, 0):
                event_id, code = f"{one.address}-{contact_id}", "step:ValueError"
                failed = FailedEvent(one.channel, event_id, body, code, contact_id)
                quarantine.add(tx, process.keyring, failed, process.clock())

        await process.database.write(add)

    async def _tell_of_breach(self, process: OneProcess) -> None:
        """Everybody is told of a security breach in the chat."""
        keyring, zone, now = process.keyring, self.release.content.zone, process.clock()
        known = Description(
            now, "Un disco perdido", BreachScope(tuple(DataKind)), "", "", has_risk=True
        )

        def tell(tx: Connection) -> int:
            number = breaches.record(
                tx, keyring, BreachStep(now, 0, Recorded(known, now, 72)), zone
            )
            chosen = affected.untold(tx, number, BreachMessage(1, now, known), zone)
            messages.choose(tx, number, chosen)
            told = messages.BreachAnnouncement(number, Announcement("Se perdió un disco"))
            while messages.pass_on(tx, keyring, told, now):
                pass
            return len(chosen)

        assert await process.database.write(tell) >= self.count

    async def _tell_what_was_done(self, process: OneProcess, area: str) -> int:
        """Who rated an area and agreed to be told hears of a measure that was taken there."""
        news, now = Announcement(f"Se abrió otra caja en {area}"), process.clock()
        told = await process.database.write(
            lambda tx: requests.notify_raters(tx, process.keyring, requests.Raters(area), news, now)
        )
        process.intake.nudge()
        return told

    async def _answer_cases(self, process: OneProcess, every: int = 1) -> None:
        chosen = select(cases.c.number).where(cases.c.status == "open").order_by(cases.c.number)
        numbers = await process.database.read(lambda tx: list(tx.execute(chosen).scalars()))
        answered = numbers[::every]

        def answer(tx: Connection) -> None:
            for number in answered:
                recording.answer(
                    tx, process.keyring, CaseAnswered(number, 0, "Ya lo vimos"), process.clock()
                )

        await process.database.write(answer)
        process.intake.nudge()

    async def _drained(self, process: OneProcess) -> None:
        """Wait until every inbox is empty and every message is out."""
        open_rows = select(outbox.c.seq).where(outbox.c.due_at > 0).limit(1)
        async with asyncio.timeout(PATIENCE_S):
            while True:
                waiting = await process.database.read(
                    lambda tx: (
                        tx.execute(open_rows).first() is not None
                        or tx.exec_driver_sql("SELECT 1 FROM inbox LIMIT 1").first() is not None
                    )
                )
                if not waiting:
                    return
                process.intake.nudge()
                process.delivery.nudge()
                await asyncio.sleep(0.05)

    async def _settle(self, process: OneProcess) -> None:
        """What the law still asks for is answered, and what was said of it is out."""
        await self._drained(process)
        await self._answer_cases(process)
        await self._drained(process)
        await process.intake.journal.write()

    async def _leave(self, database: Database, keyring: Keyring, clock: Clock) -> None:
        """Days later: what is kept for days is forgotten; a copy, exports and a digest are made."""
        clock.goes_on(days=LATER.days)
        await retention.sweep(database, keyring, clock())
        made = self.folder / f"made-{clock():%Y%m%d}"
        await asyncio.to_thread(made.mkdir)
        await self._copy(database, made / "copy", clock)
        period = exports.ExportPeriod()
        lines = [
            repr(row)
            async for chunk in exports.answer_rows(database, keyring, period)
            for row in chunk
        ]
        lines += [repr(r) async for chunk in exports.lookup_rows(database, period) for r in chunk]
        shown = await database.read(lambda tx: reading.list_cases(tx, keyring))
        lines += map(repr, shown)
        lines += map(repr, await database.read(lambda tx: requests.list_requests(tx, keyring)))
        week = IsoWeek.of_day(WEDNESDAY.date())
        wanted = Wanted(week, clock())
        whole = await digest.load_digest(database, keyring, self.release, wanted, freeze=False)
        lines.append(msgspec.json.encode(whole).decode())
        await asyncio.to_thread((made / "exports.txt").write_text, "\n".join(lines))

    async def _copy(self, database: Database, folder: Path, clock: Clock) -> None:
        await asyncio.to_thread(folder.mkdir)
        others = {backups.KEYS: self.keys, JOURNAL: self.journal}
        await database.read(
            partial(backups.write, folder=folder, others=others, now=clock(), advance=_ignore)
        )

    async def _needles(self, database: Database, keyring: Keyring, gone: Sequence[Life]) -> Needles:
        senders = [Sender(one.channel, "municipality", one.address) for one in gone]

        def collect(tx: Connection) -> Needles:
            known = [contacts.contact_of(tx, keyring, sender) for sender in senders]
            if None in known:
                raise OperatorError("somebody who wrote is not known")
            return search.collected(tx, [one.id for one in known if one is not None])

        needles = await database.read(collect)
        needles.texts = {text.encode() for one in gone for text in (one.address, *one.marks)}
        return needles

    async def _tables(
        self, database: Database, keyring: Keyring, needles: Needles
    ) -> dict[str, set[str]]:
        return await database.read(lambda tx: search.in_tables(tx, keyring, needles))

    async def _everywhere(
        self, database: Database, keyring: Keyring, needles: Needles, found: Found
    ) -> dict[str, set[str]]:
        """Tables, then the raw bytes of every file, once the database was written anew."""
        there = await self._tables(database, keyring, needles)
        verdict = await database.read(lambda tx: chain.verify(tx, keyring))
        found.audited = verdict.head.number if verdict.fault is None else 0
        await database.close()
        await compact(self.url)
        there |= await asyncio.to_thread(self._files, needles, found)
        return there

    def _files(self, needles: Needles, found: Found) -> dict[str, set[str]]:
        for path in self.folder.rglob("*"):
            if path.is_file():
                found.looked_at[path.suffix or path.name] += path.stat().st_size
        return search.in_files(self.folder, needles, journal=JOURNAL)

    async def _still_there(self, keyring: Keyring, staying: Sequence[Life]) -> int:
        needles = Needles(texts={mark.encode() for one in staying for mark in one.marks[:1]})
        database = await open_database(self.url)
        try:
            there = await self._tables(database, keyring, needles)
        finally:
            await database.close()
        return len(there)


@contextmanager
def _logged(path: Path) -> Iterator[None]:
    """Everything that is logged meanwhile, in a file, at once: it is searched before the end."""
    plain = logging.FileHandler(path, encoding="utf-8")
    plain.setLevel(logging.INFO)
    root = logging.getLogger()
    root.addHandler(plain)
    known = structlog.get_config()["processors"]

    def write(_logger: object, _method: str, entry: EventDict) -> EventDict:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{entry!r}\n")
        raise structlog.DropEvent

    structlog.configure(processors=[write])
    try:
        structlog.get_logger(__name__).info("the log is searched")
        yield
    finally:
        structlog.configure(processors=known)
        root.removeHandler(plain)
        plain.close()


def _erasing(one: Life) -> Life:
    return Life(one.channel, one.address, one.marks, ERASES)


def _ignore(_table: str, _rows: int) -> None:
    """Nobody looks at the progress."""
