"""Erasures: the service is killed or stopped about them, and copies made before are put back.

Each round some citizens comment, a copy is made, and half of them have themselves erased while the
service ends in one of several ways. Then that copy, or an earlier one, is put back. Nobody whose
erasure was acknowledged may be there again; everybody else's comment is.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import aiohttp
from sqlalchemy import Connection

from storage.engine.keyring import Keyring
from storage.tables import metadata
from tests.torture.killable import KillableService, looked
from tests.torture.record import Findings, differences_of_sums, faults_in

CITIZENS = 6  # who come in each round
ASKS_S = 20.0
LONGER_S = 300.0
JOURNAL = "erasures.jsonl"
MARK = re.compile(r"xilofono-[0-9a-f]{12}")
TOKEN = re.compile(rb"gAAAA[\w=-]+")
MET = frozenset({"the journal of erasures cannot be written"})
"""What the service logs because the harness takes the journal's disk away."""


@dataclass
class Citizen:
    """One on the web page, whose comment holds words that nobody else uses."""

    url: str
    session: aiohttp.ClientSession
    mark: str = field(default_factory=lambda: f"xilofono-{secrets.token_hex(6)}")
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    erased: bool = False  # they were told so
    asked: bool = False  # they confirmed it, and nobody knows whether it was taken

    async def says(self, text: str) -> bool:
        """Whether it was acknowledged; it is not said again."""
        message = {"type": "text", "token": self.token, "id": secrets.token_urlsafe(24)}
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with self.session.post(
                f"{self.url}/chat/messages",
                json={**message, "text": text},
                timeout=aiohttp.ClientTimeout(total=ASKS_S),
            ) as response:
                return response.status == 204
        return False

    async def comments(self) -> None:
        for text in ("nota", "transito", "3", "espera", f"Esperé con {self.mark}", "listo"):
            assert await self.says(text), "it was not killed"

    async def is_asked_whether(self) -> None:
        assert await self.says("borrar"), "it was not killed"

    async def confirms(self) -> None:
        self.asked = True
        self.erased = await self.says("sí") or self.erased


@dataclass
class Scene:
    """What the rounds have in common."""

    opina: KillableService
    chance: Random
    session: aiohttp.ClientSession
    findings: Findings
    first: int = 0  # of the ways in which the service ends
    citizens: list[Citizen] = field(default_factory=list)
    copies: list[Path] = field(default_factory=list)
    there: dict[Path, frozenset[str]] = field(default_factory=dict)  # whose words a copy holds
    ended: Counter[str] = field(default_factory=Counter)
    unknown: int = 0

    @property
    def disk(self) -> Path:
        """Where the journal is, apart from the database."""
        return self.opina.folder / "disk"

    @property
    def erased(self) -> set[str]:
        return {citizen.mark for citizen in self.citizens if citizen.erased}


def settings_of(folder: Path, url: str) -> dict[str, dict[str, object]]:
    """What the service is told: the web page is its only channel."""
    return {"database": {"url": url, "journal": str(folder / "disk" / JOURNAL)}}


# How the service ends


async def killed_at_any_instant(scene: Scene, erasing: list[Citizen]) -> None:
    await _confirm_and(scene, erasing, scene.chance.uniform(0, 0.08))


async def killed_once_acknowledged(scene: Scene, erasing: list[Citizen]) -> None:
    await asyncio.gather(*(citizen.confirms() for citizen in erasing))
    await scene.opina.kill()


async def stopped_in_order(scene: Scene, erasing: list[Citizen]) -> None:
    await asyncio.gather(*(citizen.confirms() for citizen in erasing))
    await scene.opina.stop_in_order()


async def stopped_while_busy(scene: Scene, erasing: list[Citizen]) -> None:
    confirming = asyncio.gather(*(citizen.confirms() for citizen in erasing))
    await asyncio.sleep(scene.chance.uniform(0, 0.05))
    await scene.opina.stop_in_order()
    await confirming


async def killed_without_the_journals_disk(scene: Scene, erasing: list[Citizen]) -> None:
    with _disk_away(scene.disk):
        await killed_once_acknowledged(scene, erasing)


async def stopped_without_the_journals_disk(scene: Scene, erasing: list[Citizen]) -> None:
    with _disk_away(scene.disk):
        await stopped_in_order(scene, erasing)


ENDS: dict[str, Callable[[Scene, list[Citizen]], Awaitable[None]]] = {
    "killed at any instant": killed_at_any_instant,
    "killed once acknowledged": killed_once_acknowledged,
    "stopped in order": stopped_in_order,
    "stopped while busy": stopped_while_busy,
    "killed, the journal's disk away": killed_without_the_journals_disk,
    "stopped, the journal's disk away": stopped_without_the_journals_disk,
}


async def _confirm_and(scene: Scene, erasing: list[Citizen], after_s: float) -> None:
    confirming = asyncio.gather(*(citizen.confirms() for citizen in erasing))
    await asyncio.sleep(after_s)
    await scene.opina.kill()
    await confirming


@contextlib.contextmanager
def _disk_away(disk: Path) -> Iterator[None]:
    """Nothing can be written to the journal, nor read from it."""
    away = disk.with_name("disk-away")
    disk.rename(away)
    disk.write_text("", encoding="utf-8")
    try:
        yield
    finally:
        disk.unlink()
        away.rename(disk)


# Rounds


async def fight(
    folder: Path, url: str, rounds: int, seed: int, until: float, *, first: int = 0
) -> Findings:
    """Run the rounds; an exception on the way is a violation as well.

    ``until``: when, by the monotonic clock, no further round is begun. ``first``: the way in which
    the first of them ends.
    """
    findings = Findings()
    began = time.monotonic()
    opina = OrderlyService(folder, settings_of(folder, url), url, lambda: None)
    (folder / "disk").mkdir()
    try:
        async with asyncio.timeout(max(0.0, until - began) + LONGER_S):
            connector = aiohttp.TCPConnector(limit=0, force_close=True)
            async with aiohttp.ClientSession(connector=connector) as session:
                scene = Scene(opina, Random(seed), session, findings, first)
                await opina.start()
                for number in range(rounds):
                    if time.monotonic() > until:
                        break
                    await _round(scene, number)
                await _end(scene, rounds)
    except Exception as error:  # the figures so far are told all the same
        findings.violations.append(f"it broke off: {type(error).__name__}: {str(error)[-500:]}")
    finally:
        await opina.kill()
    findings.figures["duration"] = f"{time.monotonic() - began:.0f} s"
    return findings


async def _round(scene: Scene, number: int) -> None:
    way = [*ENDS][(scene.first + number) % len(ENDS)]
    come = [Citizen(scene.opina.url, scene.session) for _ in range(CITIZENS)]
    await asyncio.gather(*(citizen.comments() for citizen in come))
    scene.citizens += come
    copy = await _copied(scene)
    erasing = [citizen for citizen in come[::2] if not citizen.erased]
    await asyncio.gather(*(citizen.is_asked_whether() for citizen in erasing))
    await ENDS[way](scene, erasing)
    scene.ended[way] += 1
    scene.findings.kills += way.startswith("killed")
    scene.findings.hits += way.startswith("killed")
    scene.unknown += sum(citizen.asked and not citizen.erased for citizen in erasing)
    if scene.chance.random() < 0.3:  # a start in between
        await scene.opina.start()
        await scene.opina.stop_in_order()
    if scene.chance.random() < 0.5:  # put back at once, else a restore of an earlier one first
        await _put_back(scene, scene.chance.choice(scene.copies), way)
    await _put_back(scene, copy, way)
    await scene.opina.start()
    await _look(scene, copy, f"{way}, after the next start")
    for citizen in scene.citizens:
        if citizen.asked and not citizen.erased:  # does as the page says: once more
            await citizen.is_asked_whether()
            await citizen.confirms()
            assert citizen.erased, "it was not killed"


async def _copied(scene: Scene) -> Path:
    """A copy that `opina backup` makes of the running service."""
    await scene.opina.command("backup", "copies", "--create")
    (copy,) = {*(scene.opina.folder / "copies").glob("opina-*")} - {*scene.copies}
    scene.copies.append(copy)
    scene.there[copy] = frozenset(await _marks(scene))
    await asyncio.sleep(1)  # their names tell seconds
    return copy


async def _put_back(scene: Scene, copy: Path, way: str) -> None:
    """`opina restore --replace`; now and then it is killed first, and done again."""
    name = str(copy.relative_to(scene.opina.folder))
    if scene.chance.random() < 0.3:
        await scene.opina.cut_off(scene.chance.uniform(0.3, 2), "restore", "--replace", name)
    await scene.opina.command("restore", "--replace", name)
    await _look(scene, copy, f"{way}, copy {scene.copies.index(copy)} put back")


async def _look(scene: Scene, copy: Path, when: str) -> None:
    """Who is there, beside who has to be and who must not be."""
    found, erased = await _marks(scene), scene.erased
    scene.findings.check(not found & erased, f"{when}: {len(found & erased)} erased came back")
    unsure = {citizen.mark for citizen in scene.citizens if citizen.asked}
    lost = scene.there[copy] - found - erased - unsure
    scene.findings.check(not lost, f"{when}: {len(lost)} comments of others are gone")


async def _marks(scene: Scene) -> set[str]:
    """Every citizen's words that can be read anywhere in the database with its keys."""
    keyring = scene.opina.keyring

    def read(tx: Connection) -> set[str]:
        found: set[str] = set()
        for table in metadata.sorted_tables:
            for row in tx.execute(table.select()):
                for cell in row:
                    found |= {*MARK.findall(_readable(keyring, cell))}
        return found

    return await looked(scene.opina.database_url, read)


def _readable(keyring: Keyring, cell: object) -> str:
    if not isinstance(cell, bytes):
        return str(cell)
    words = map(keyring.decrypt_bytes, TOKEN.findall(cell))
    return b" ".join([cell, *words]).decode(errors="replace")


async def _end(scene: Scene, rounds: int) -> None:
    """Put every copy back once more, the oldest last; then look at the rest."""
    findings = scene.findings
    await scene.opina.stop_in_order()
    for copy in reversed(scene.copies):
        await _put_back(scene, copy, "at the end")
    sums = await differences_of_sums(scene.opina)
    findings.check(sums == "0", f"opina sums --verify finds differences: {sums}")
    fought = scene.ended.total()
    findings.check(fought == rounds, f"{fought} rounds of {rounds} were fought")
    told = len(scene.erased)
    findings.check(told > 0, "nobody was erased")
    findings.violations += scene.opina.ended
    log = [fault for fault in faults_in(scene.opina.output) if not any(met in fault for met in MET)]
    findings.violations += [f"the log: {fault}" for fault in log]
    findings.figures |= {
        "rounds": str(fought),
        **{f"· {way}": str(scene.ended[way]) for way in ENDS},
        "citizens": str(len(scene.citizens)),
        "erased": str(told),
        "erasures that a kill left unknown": str(scene.unknown),
        "copies put back at the end": str(len(scene.copies)),
        "sums --verify, differences": sums,
    }


class OrderlyService(KillableService):
    """A service that may also be stopped, and whose commands may be cut off."""

    async def stop_in_order(self) -> None:
        """SIGTERM; it ends in time and with 0."""
        code = await self.stop()
        self._process = None
        assert code == 0, f"it ended with {code}"

    async def cut_off(self, after_s: float, *arguments: str) -> None:
        """Begin a command, and kill it."""
        running = asyncio.create_task(self.command(*arguments))
        await asyncio.sleep(after_s)
        running.cancel()  # which kills what it started
        with contextlib.suppress(asyncio.CancelledError, AssertionError):
            await running
