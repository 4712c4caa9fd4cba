"""Acknowledged updates a second by two processes over one PostgreSQL, beside one."""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import uvloop
from sqlalchemy.engine import URL

import tests.postgres as postgres_server
from benchmarks.harness import processes
from benchmarks.harness.frame import REPETITIONS, Section, times_faster
from benchmarks.harness.post import CONNECTIONS, Post, Sink
from benchmarks.harness.processes import Running
from benchmarks.harness.updates import FIRST_CHAT

WARM_S = 1.0
SECONDS = 4.0
FAR = 100_000_000  # chats of one process's citizens are so far from the next one's


@dataclass(slots=True)
class _Busy:
    """Seconds of processor time for each second measured."""

    services: list[float] = field(default_factory=list)
    postgres: list[float] = field(default_factory=list)
    driver: list[float] = field(default_factory=list)


def run(quick: bool) -> Section:
    """Two processes of the service over one PostgreSQL, beside one."""
    processes.use_all_cores()
    with (
        tempfile.TemporaryDirectory(prefix="opina-processes-") as name,
        postgres_server.running(Path(name) / "postgresql") as url,
    ):
        pairs, busy = uvloop.run(_measure(url, 1 if quick else REPETITIONS))
    return Section(
        name="postgres_processes",
        title="Processes over one PostgreSQL",
        about=ABOUT.format(cores=len(processes.CORES)),
        results=[times_faster("Two processes beside one", "/s", pairs, 1.6)],
        more=_profile(busy),
    )


def _profile(busy: dict[int, _Busy]) -> str:
    rows = [
        "| cores at work | service | PostgreSQL | citizens and sink | together |",
        "|---|" + "--:|" * 4,
    ]
    for count, found in sorted(busy.items()):
        cells = [
            sorted(part)[len(part) // 2] for part in (found.services, found.postgres, found.driver)
        ]
        shown = " | ".join(f"{cell:.2f}" for cell in (*cells, sum(cells)))
        rows.append(f"| {count} process{'es' if count > 1 else ''} | {shown} |")
    return "\n".join(rows)


async def _measure(
    url: URL, repetitions: int
) -> tuple[list[tuple[float, float]], dict[int, _Busy]]:
    pairs, busy = [], {1: _Busy(), 2: _Busy()}
    for number in range(repetitions):
        one = await _flood(url, f"one_{number}", 1, busy[1])
        two = await _flood(url, f"two_{number}", 2, busy[2])
        pairs.append((two, one))
    return pairs, busy


async def _flood(url: URL, name: str, count: int, busy: _Busy) -> float:
    """Acknowledged a second, all processes together, on a database of their own."""
    await postgres_server.execute(url, f"CREATE DATABASE {name}")
    address = url.set(database=name).render_as_string(hide_password=False)
    with tempfile.TemporaryDirectory() as folder:
        sink, commands = Sink(), []
        api_url = await sink.open()
        for number in range(count):
            own = Path(folder) / str(number)
            own.mkdir()
            port = processes.free_port()
            command, variables = processes.service(port, api_url)
            shared = {
                "OPINA_DATABASE__URL": address,
                "OPINA_DATABASE__KEYS": f"{folder}/keys.toml",
            }
            commands.append((command, own, port, variables | shared))
        async with processes.running_together(commands) as services:
            await asyncio.wait_for(sink.hooked.wait(), processes.STARTS_S)
            rate = await _post(services, busy)
        sink.close()
    await postgres_server.execute(url, f"DROP DATABASE {name} WITH (FORCE)")
    return rate


async def _post(services: list[Running], busy: _Busy) -> float:
    posts = [
        Post(
            service.port,
            connections=CONNECTIONS // len(services),
            first_chat=FIRST_CHAT + place * FAR,
        )
        for place, service in enumerate(services)
    ]
    for post in posts:
        await post.open()
    before = _used(services)
    began = time.perf_counter()
    found = await asyncio.gather(*(post.flood(WARM_S, SECONDS) for post in posts))
    took = time.perf_counter() - began
    for part, then, now in zip(
        (busy.services, busy.postgres, busy.driver), before, _used(services), strict=True
    ):
        part.append((now - then) / took)
    for post in posts:
        post.close()
    return sum(rate for rate, _ in found)


def _used(services: list[Running]) -> tuple[float, float, float]:
    """Processor seconds so far: of the services, of PostgreSQL, of this process."""
    postgres = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = stat.read_text()
        except OSError:  # it has ended meanwhile
            continue
        if "(postgres" in text:
            fields = text.rpartition(")")[2].split()
            postgres += (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return sum(service.cpu_s for service in services), postgres, time.process_time()


ABOUT = """\
Citizens type all that the questionnaire asks, over 100 connections in all, half of them to each of
two processes; replies go over HTTP to a sink. The database has its defaults (`fsync` and
`synchronous_commit` on). Service, database, citizens and sink share the {cores} cores of
this machine, so the second process can only use what the first one leaves; the table says who used
how much.
"""
