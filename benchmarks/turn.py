"""What a turn costs, stage by stage: the service's own functions, timed where they are called."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import uvloop

from benchmarks.bots.questions import TOKEN
from benchmarks.frame import Result, Section, alone, at_most
from benchmarks.post import sink_apart
from benchmarks.processes import stand_aside
from benchmarks.town import DESK, WORDS
from benchmarks.updates import FIRST_CHAT, Updates
from bot.channels.http import HttpClient
from bot.channels.ports import Outgoing
from bot.channels.telegram import client
from bot.channels.telegram.decode import decode_update
from bot.content.release import PACKAGED, load_release
from bot.pipeline.batch import BatchContext, Taken, take_batch
from handlers.messages import Incoming
from storage.engine.database import Database
from storage.engine.keyring import Keyring
from storage.engine.leases import Owner
from storage.engine.opening import open_database
from storage.engine.schema import migrate
from storage.outbox.results import DeliveryResults, record_results

ACCOUNT = "7000000001"
BATCHES = (1, 40)
ROUNDS = 60
QUERY = "donde saco la licencia de conducir"
TURNS = (
    ("opens", f"/start {DESK}"),
    ("rating", "6"),
    ("comment", WORDS),
    ("end", "Listo"),
    ("lookup", QUERY),
)
STAGES = ("decode", "rank", "load", "step", "record", "commit", "encode", "send")
# Where the batch calls them; ``rank`` is patched where it is defined.
_TIMED = {
    "load": ("bot.pipeline.batch.turns.note_events", "bot.pipeline.batch.contacts.find_contacts",
             "bot.pipeline.batch.contacts.load"),
    "step": ("bot.pipeline.batch.step",),
    "record": ("bot.pipeline.batch.turns.record",),
}  # fmt: skip


class Times:
    """Microseconds a turn, by what was said and stage; a value a batch."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], list[float]] = defaultdict(list)
        self._spent: dict[str, float] = defaultdict(float)

    @contextmanager
    def counting(self, stage: str) -> Iterator[None]:
        """Count the time of the block to a stage."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._spent[stage] += time.perf_counter() - began

    def wrapped(self, stage: str, inner: Callable[..., Any]) -> Callable[..., Any]:
        """The function, its time counted to a stage."""

        def timed(*arguments: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return inner(*arguments, **named)
            finally:
                self._spent[stage] += time.perf_counter() - began

        return timed

    def note(self, said: str, size: int) -> None:
        """A batch of so many turns is done."""
        spent, self._spent = self._spent, defaultdict(float)
        spent["commit"] = spent.pop("whole") - spent["load"] - spent["step"] - spent["record"]
        spent["commit"] -= spent["rank"]
        for stage in STAGES:
            self.values[said, stage].append(spent[stage] * 1e6 / size)

    def median(self, said: str, stage: str) -> float:
        return statistics.median(self.values[said, stage])


def run(quick: bool) -> Section:
    """What a turn costs by stage, alone and in a batch of 40."""
    stand_aside()
    rounds = 10 if quick else ROUNDS
    found = {size: uvloop.run(_measure(size, rounds)) for size in BATCHES}
    results: list[Result] = [
        at_most(f"A rating's step, {size} at a time", "µs", times.values["rating", "step"], 30.0)
        for size, times in found.items()
    ]
    more = "\n\n".join(_table(size, times) for size, times in found.items())
    return Section("turn", "The cost of a turn", ABOUT, results, more)


def main() -> None:
    alone(run)


def _table(size: int, times: Times) -> str:
    """Microseconds a turn: a row a stage, a column for what was said."""
    kinds = ("rating", "comment", "lookup")
    head = f"| µs a turn, {size} at a time | " + " | ".join(kinds) + " |"
    rows = [head, "|---|" + "--:|" * len(kinds)]
    for stage in STAGES:
        cells = " | ".join(f"{times.median(kind, stage):.0f}" for kind in kinds)
        rows.append(f"| {stage} | {cells} |")
    sums = (sum(times.median(kind, stage) for stage in STAGES) for kind in kinds)
    rows.append("| together | " + " | ".join(f"{total:.0f}" for total in sums) + " |")
    return "\n".join(rows)


@dataclass
class _Town:
    """All that a turn needs."""

    context: BatchContext
    database: Database
    client: HttpClient
    api_url: str
    times: Times = field(default_factory=Times)

    async def say(self, said: str, updates: Sequence[bytes]) -> None:
        """These updates' turns as one batch: from their bytes to their sent replies."""
        times = self.times
        with times.counting("decode"):
            events = [self._decoded(update) for update in updates]
        with times.counting("whole"):
            turns = partial(take_batch, self.context, _no_results, 0, events)
            taken = await self.database.write(turns)
        with times.counting("encode"):
            bodies = [self._encoded(taken, row) for row in taken.rows]
        with times.counting("send"):
            await asyncio.gather(*(self._sent(body) for body in bodies))
        times.note(said, len(updates))
        await self.database.write(partial(_forget_open, taken))

    def _decoded(self, update: bytes) -> Incoming:
        (incoming,) = decode_update(update, ACCOUNT, self.context.clock()).incomings
        return incoming

    def _encoded(self, taken: Taken, row: Any) -> bytes:
        outgoing = Outgoing(taken.addresses[row.contact_id], row.reply)
        return client.message_bytes(int(outgoing.address), outgoing.reply)

    async def _sent(self, body: bytes) -> None:
        headers = {"Content-Type": "application/json"}
        answer = await self.client.call(f"{self.api_url}/sendMessage", body, headers, 20)
        client.outcome(answer)


def _forget_open(taken: Taken, tx: Any) -> None:
    """The replies are out: what the delivery notes with a later batch."""
    results = DeliveryResults(sent=[(row, "1") for row in taken.rows])
    record_results(tx, _KEYRING, results, datetime.now(UTC))


def _no_results(_tx: Any) -> None:
    """There are none before the first reply is out."""


_KEYRING = Keyring.fresh()


async def _measure(size: int, rounds: int) -> Times:
    with tempfile.TemporaryDirectory() as name:
        url = f"sqlite:///{Path(name)}/opina.db"
        await migrate(url)
        database = await open_database(url)
        release = load_release(PACKAGED)
        context = BatchContext(_KEYRING, release, Owner("here", 1), lambda: datetime.now(UTC))
        with sink_apart() as api_url, ExitStack() as patches:
            async with HttpClient() as client:
                town = _Town(context, database, client, f"{api_url}/bot{TOKEN}")
                for stage, places in _TIMED.items():
                    for place in places:
                        module, _, function = place.rpartition(".")
                        inner = _found(module, function)
                        patches.enter_context(patch(place, town.times.wrapped(stage, inner)))
                ranked = town.times.wrapped("rank", type(release.index).rank)
                patches.enter_context(patch.object(type(release.index), "rank", ranked))
                updates, chat = Updates(), FIRST_CHAT
                for _ in range(rounds + 3):
                    for message, (said, text) in enumerate(TURNS, 1):
                        chats = range(chat, chat + size)
                        await town.say(said, [updates.text(one, message, text) for one in chats])
                    chat += size
        await database.close()
    for values in town.times.values.values():
        del values[:3]  # the first rounds warm up
    return town.times


def _found(module: str, function: str) -> Callable[..., Any]:
    import bot.pipeline.batch

    place: Any = bot.pipeline.batch
    for name in module.split(".")[3:]:
        place = getattr(place, name)
    found: Callable[..., Any] = getattr(place, function)
    return found


ABOUT = f"""\
The service's own functions on one SQLite file with `synchronous=FULL`, timed where the path calls
them. *load* finds duplicates, contacts and conversations; *rank* is the search, which only some
turns ask for; *commit* is the transaction but for load, step and record: BEGIN, COMMIT with its
flush, and at 40 at a time the hand-over to the writing thread. *send* is one HTTP call to a Bot API
in another process that answers at once. A turn alone finds the processor's caches cold: it waited
for the disk and the network before. Medians of {ROUNDS} batches.
"""

if __name__ == "__main__":
    main()
