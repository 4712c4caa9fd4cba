"""Kill the real service again and again, at chosen instants, and check that nothing is lost."""

from __future__ import annotations

import asyncio
import secrets
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.engine import URL

from tests import postgres
from tests.torture import erasures
from tests.torture.campaign import Plan, fight
from tests.torture.record import Findings

console = Console(width=max(132, Console().width))  # four columns of figures, each on one line


def main(
    rounds: Annotated[int, typer.Option(help="Kills of each configuration.")] = 25,
    seed: Annotated[int, typer.Option(help="0: drawn by chance, and printed.")] = 0,
    database: Annotated[Literal["sqlite", "postgresql", "both"], typer.Option()] = "both",
    mode: Annotated[Literal["polling", "webhook", "erasures", "all"], typer.Option()] = "all",
    minutes: Annotated[
        float,
        typer.Option(help="No round is begun after these; all ends at most 5 minutes later."),
    ] = 20.0,
) -> None:
    """Rounds of SIGKILL for each database and each way of Telegram's, and rounds of erasures with
    copies put back; then the figures.

    124 rounds take about 14 minutes on two cores, and never more than 25. Ends with 1 where
    anything is violated, also where a round was not fought.
    """
    seed = seed or secrets.randbelow(1_000_000) + 1
    console.print(f"seed {seed}")
    began = time.monotonic()
    until = began + minutes * 60
    modes = ("polling", "webhook", "erasures") if mode == "all" else (mode,)
    databases = ("sqlite", "postgresql") if database == "both" else (database,)
    found: dict[str, Findings] = {}
    for kind in databases:
        for way in modes:
            name = f"{kind}, {way}"
            console.print(f"[bold]{name}[/bold]")
            if time.monotonic() > until:
                found[name] = Findings(violations=["no time was left for it"])
                continue
            folder = Path(tempfile.mkdtemp(prefix="opina-torture-"))
            with _database(kind, folder) as url:
                plan = Plan(rounds, seed, url, way == "webhook", until, console.print)
                found[name] = asyncio.run(_fought(plan, folder / "opina", way))
            if found[name].violations:
                console.print(f"what it said: {folder / 'opina' / 'service.log'}")
            else:
                shutil.rmtree(folder)
    exit_code = _tell(found, seed)
    console.print(f"{(time.monotonic() - began) / 60:.1f} minutes")
    sys.exit(exit_code)


async def _fought(plan: Plan, folder: Path, way: str) -> Findings:
    if way != "erasures":
        return await fight(plan, folder)
    rounds = max(1, plan.rounds // 2)  # each has several copies put back
    return await erasures.fight(folder, plan.database_url, rounds, plan.seed, plan.until)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/opina.db"
        return
    # As root the server runs as another, who must be able to enter.
    server_folder = Path(tempfile.gettempdir()) / f"opina-torture-{uuid.uuid4().hex}"
    with postgres.running(server_folder) as server:
        asyncio.run(postgres.set_up(server))
        asyncio.run(postgres.execute(server, "CREATE DATABASE torture"))
        yield _written(server.set(database="torture"))


def _written(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _tell(found: dict[str, Findings], seed: int) -> int:
    """Print the figures side by side; the exit code."""
    table = Table("", *found)
    for key in dict.fromkeys(key for one in found.values() for key in one.figures):
        table.add_row(key, *(one.figures.get(key, "–") for one in found.values()))
    console.print(table)
    violations = [f"{name}: {text}" for name, one in found.items() for text in one.violations]
    for violation in violations:
        console.print("VIOLATED", style="red", end=" ")
        console.print(violation, markup=False, highlight=False, soft_wrap=True)
    kills, hits = (
        sum(of) for of in zip(*((one.kills, one.hits) for one in found.values()), strict=True)
    )
    console.print(f"seed {seed}: {kills} kills, {hits} hits, {len(violations)} violations")
    return 1 if violations else 0


if __name__ == "__main__":
    typer.run(main)
