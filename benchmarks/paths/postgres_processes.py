"""Acknowledged updates a second by two processes over one PostgreSQL, beside one."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

import psutil
import uvloop
from sqlalchemy.engine import URL

import tests.postgres as postgres_server
from benchmarks.harness import processes
from benchmarks.harness.citizens import CONNECTIONS, Post
from benchmarks.harness.frame import REPETITIONS, Section, times_faster
from benchmarks.harness.processes import Running
from benchmarks.harness.telegram import FIRST_CHAT, BotApi

WARM_S = 1.0
SECONDS = 4.0
FAR = 100_000_000  # chats of one process's citizens are so far from the next one's


Measured = tuple[float, list[float]]
"""Acknowledged a second, and who was at work for how much of a core: services, PostgreSQL, this."""


def run(quick: bool) -> Section:
    """Two processes of the service over one PostgreSQL, beside one."""
    processes.use_all_cores()
    with (
        tempfile.TemporaryDirectory(prefix="opina-processes-") as name,
        postgres_server.running(Path(name) / "postgresql") as url,
    ):
        found = [
            [uvloop.run(_measure(url, f"of_{count}_{number}", count)) for count in (1, 2)]
            for number in range(1 if quick else REPETITIONS)
        ]
    rates = [(two[0], one[0]) for one, two in found]
    return Section(
        name="postgres_processes",
        title="Processes over one PostgreSQL",
        about=ABOUT.format(cores=len(processes.CORES)),
        results=[times_faster("Two processes beside one", "/s", rates, 1.6)],
        more="\n".join(_profile(found)),
    )


def _profile(found: list[list[Measured]]) -> list[str]:
    rows = [
        "| cores at work | service | PostgreSQL | citizens and sink | together |",
        "|---|" + "--:|" * 4,
    ]
    for place, name in enumerate(("1 process", "2 processes")):
        busy = [median(part) for part in zip(*(pair[place][1] for pair in found), strict=True)]
        shown = " | ".join(f"{share:.2f}" for share in (*busy, sum(busy)))
        rows.append(f"| {name} | {shown} |")
    return rows


async def _measure(url: URL, name: str, count: int) -> Measured:
    """So many processes together, on a database of their own."""
    await postgres_server.execute(url, f"CREATE DATABASE {name}")
    with tempfile.TemporaryDirectory() as folder:
        settings = {
            "DATABASE__URL": url.set(database=name).render_as_string(hide_password=False),
            "DATABASE__KEYS": f"{folder}/keys.toml",
        }
        folders = [Path(folder) / str(number) for number in range(count)]
        for one in folders:
            one.mkdir()
        async with BotApi.open() as api:
            commands = [processes.service(one, api.url, **settings) for one in folders]
            async with processes.running(*commands) as bots:
                await asyncio.wait_for(api.webhook_set.wait(), processes.STARTS_S)
                found = await _flood(bots)
    await postgres_server.execute(url, f"DROP DATABASE {name} WITH (FORCE)")
    return found


async def _flood(bots: list[Running]) -> Measured:
    before, began = _used_s(bots), time.perf_counter()
    rates = await asyncio.gather(*(_flood_one(bot, n, len(bots)) for n, bot in enumerate(bots)))
    took = time.perf_counter() - began
    return sum(rates), [
        (now - then) / took for then, now in zip(before, _used_s(bots), strict=True)
    ]


async def _flood_one(bot: Running, number: int, count: int) -> float:
    first_chat = FIRST_CHAT + number * FAR
    async with Post.open(bot.port, connections=CONNECTIONS // count, first_chat=first_chat) as post:
        return (await post.flood(WARM_S, SECONDS)).per_s


def _used_s(bots: list[Running]) -> tuple[float, float, float]:
    """Processor time so far: of the services, of PostgreSQL, of this process."""
    postgres = 0.0
    for process in psutil.process_iter(["name"]):
        if process.info["name"].startswith("postgres"):
            with suppress(psutil.NoSuchProcess):  # it has ended meanwhile
                postgres += processes.cpu_s(process)
    return sum(bot.cpu_s for bot in bots), postgres, time.process_time()


ABOUT = """\
Citizens type all that the questionnaire asks, over 100 connections in all, half of them to each of
two processes; replies go over HTTP to a sink. The database has its defaults (`fsync` and
`synchronous_commit` on). Service, database, citizens and sink share the {cores} cores of
this machine, so the second process can only use what the first one leaves; the table says who used
how much.
"""
