"""How soon a process is ready with 1,000 services, and how much memory a fresh one has."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path

import uvloop

from benchmarks.harness import processes
from benchmarks.harness.frame import REPETITIONS, Section, at_most
from benchmarks.harness.telegram import BotApi
from bot.content.release import PACKAGED

SERVICES = 1_000
MATTERS = ("permiso", "certificado", "inscripción", "subsidio", "taller", "retiro", "patente")
THINGS = ("agua", "árboles", "bodega", "cierre", "deporte", "feria", "letrero", "mascota", "poste")


def run(quick: bool) -> Section:
    """Start to ready with 1,000 services; memory of a fresh process."""
    processes.stand_aside()
    repetitions = 2 if quick else REPETITIONS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_content(folder / "content")
        content = {"MUNICIPALITY__CONTENT": str(folder / "content")}
        starts = [took_s for took_s, _ in uvloop.run(_measure(folder, repetitions, **content))]
        memory = [mb for _, mb in uvloop.run(_measure(folder, repetitions))]
    return Section(
        name="footprint",
        title="Start and memory",
        about=ABOUT,
        results=[
            at_most(f"Start to ready, {SERVICES:,} services", "s", starts, 2.5),
            at_most("Memory of a fresh process", "MB", memory, 150.0),
        ],
    )


async def _measure(folder: Path, repetitions: int, **settings: str) -> list[tuple[float, float]]:
    """Seconds to ready and megabytes then, without the first start, which makes the schema."""
    found = []
    async with BotApi.open() as api:
        for _ in range(repetitions + 1):
            command = processes.service(folder, api.url, **settings)
            began = time.perf_counter()
            async with processes.running(command) as (bot,):
                while not await asyncio.to_thread(_is_ready, bot.port):  # noqa: ASYNC110
                    await asyncio.sleep(0.01)  # another process
                took_s = time.perf_counter() - began
                await asyncio.wait_for(api.webhook_set.wait(), processes.STARTS_S)
                found.append((took_s, bot.memory_mb))
    return found[1:]


def _is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _write_content(folder: Path) -> None:
    """The packaged content, filled up with examples to that many services."""
    shutil.copytree(PACKAGED, folder)
    files = sorted((folder / "areas").glob("*.toml"))
    there = sum(len(tomllib.loads(file.read_text()).get("services", ())) for file in files)
    for number in range(SERVICES - there):
        matter = MATTERS[number % len(MATTERS)]
        thing = THINGS[number // len(MATTERS) % len(THINGS)]
        with files[number % len(files)].open("a", encoding="utf-8") as file:
            file.write(
                f'\n[[services]]\nid = "ejemplo-{number}"\n'
                f'name = "{matter.capitalize()} de {thing} {number}"\n'
                f'short_name = "Ejemplo {number}"\n'
                f'summary = "Ejemplo: {matter} de {thing} para el caso {number}."\n'
                f'synonyms = ["sacar {matter} de {thing}", "{thing} {number}"]\n'
                'verified = false\nsource = "Ejemplo"\n'
            )


ABOUT = """\
From starting the process until `/readyz` answers 200, with the packaged content filled up with
examples, on one core, modules compiled, on a database that is there already. Memory is what is
resident then with the packaged content.
"""
