"""What all scripts share: their figures, one table for the terminal and for RESULTS.md, the run."""

from __future__ import annotations

import argparse
import fcntl
import importlib
import inspect
import io
import os
import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from types import ModuleType

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.harness.machine import describe, revision

REPETITIONS = 5
QUIET = 0.5  # processes that want a processor
OWN = 3.0  # so many of them are a script's own, at most
RESULTS = Path(__file__).parents[1] / "RESULTS.md"
LOCK = Path(tempfile.gettempdir()) / "opina-benchmarks.lock"

# Each has ``run(quick: bool) -> Found``; the first line of its docstring is the title, the rest
# says in RESULTS.md how it was measured. They run and stand in the file in this order.
SCRIPTS = {
    path.rpartition(".")[2]: path
    for path in (
        "benchmarks.paths.questionnaire",
        "benchmarks.paths.acknowledged",
        "benchmarks.paths.message_path",
        "benchmarks.paths.digest",
        "benchmarks.paths.footprint",
        "benchmarks.paths.panel",
        "benchmarks.paths.search_vs_fts5",
        "tests.simulations.control_charts",
        "tests.simulations.measures",
        "tests.simulations.bursts",
    )
}

_HEAD = """\
# Measured

`make bench` measures all of this in one run: ours and its reference by turns, each figure the
median of at least 5 repetitions. Another machine gives other figures; what counts are the ratios.
"""

console = Console()


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a table. ``met`` None: there is no goal."""

    name: str
    unit: str
    ours: float
    reference: float | None = None
    goal: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one script found. ``more`` is Markdown that follows the table."""

    results: Sequence[Result]
    more: str = ""


def times_faster(
    name: str, pairs: Sequence[tuple[float, float]], at_least: float, note: str = ""
) -> Result:
    """Of (ours, reference) a second, measured by turns; the goal is a ratio of their medians."""
    ours, reference = (median(rates) for rates in zip(*pairs, strict=True))
    met = ours / reference >= at_least
    return Result(name, "/s", ours, reference, f"≥ {at_least:g}×", met, note)


def at_most(
    name: str,
    unit: str,
    values: Sequence[float],
    limit: float,
    note: str = "",
    reference: float | None = None,
) -> Result:
    """The median of values that are to stay under a limit."""
    ours = median(values)
    return Result(name, unit, ours, reference, f"≤ {limit:g} {unit}".strip(), ours <= limit, note)


def run_all(arguments: Sequence[str] | None = None) -> int:
    """Run the scripts in order, one run at a time on a machine; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="short and rough; writes no file")
    parser.add_argument(
        "--only", nargs="+", choices=list(SCRIPTS), metavar="NAME", help=", ".join(SCRIPTS)
    )
    chosen = parser.parse_args(arguments)
    missed = False
    with LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two would measure each other
        for name in chosen.only or SCRIPTS:
            began, load = time.perf_counter(), os.getloadavg()[0]
            script = importlib.import_module(SCRIPTS[name])
            found: Found = script.run(chosen.quick)
            console.print(f"[bold]{_title(script)}[/bold] ({time.perf_counter() - began:.0f} s)")
            console.print(table(found.results, notes=False))
            if not chosen.quick:
                write(name, section(script, found, (load, os.getloadavg()[0])))
            missed |= any(result.met is False for result in found.results)
    return int(missed)


def table(results: Sequence[Result], *, notes: bool) -> Table:
    """In Markdown, for a terminal and, with notes, for the file."""
    drawn = Table(box=box.MARKDOWN)
    drawn.add_column("")
    for column in ("ours", "reference", "ratio", "goal"):
        drawn.add_column(column, justify="right")
    for column in ("met", "note") if notes else ("met",):
        drawn.add_column(column)
    for result in results:
        ratio = f"{result.ours / result.reference:.2f}×" if result.reference else ""
        figures = (_figure(value, result.unit) for value in (result.ours, result.reference))
        met = "" if result.met is None else "yes" if result.met else "**no**"
        row = (result.name, *figures, ratio, result.goal, met, result.note)
        drawn.add_row(*row[: len(drawn.columns)])
    return drawn


def section(script: ModuleType, found: Found, loads: tuple[float, float]) -> str:
    """A script's part of the file. ``loads``: of the machine, before the script began and after."""
    before, after = loads
    shared = (
        f" Others were at work on the machine: its load was {before:.1f} before it began and"
        f" {after:.1f} when it ended."
    )
    measured = f"Measured on {datetime.now(UTC).date()} at revision {revision()}."
    text = io.StringIO()
    Console(file=text, width=1_000).print(table(found.results, notes=True))
    rows = "\n".join(re.sub(r" {2,}", " ", row.strip()) for row in text.getvalue().splitlines())
    about = inspect.cleandoc(script.__doc__ or "").partition("\n\n")[2]
    measured += "" if before < QUIET and after < OWN else shared
    parts = (f"## {_title(script)}", about, measured, rows.strip(), found.more)
    return "\n\n".join(part.strip() for part in parts if part)


def write(name: str, text: str, path: Path = RESULTS) -> None:
    """Put a script's part in its place in the file, and the machine as it is now before them."""
    was = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = dict(re.findall(r"<!-- begin (\w+) -->\n(.*?)\n<!-- end \1 -->", was, re.DOTALL))
    parts |= {"machine": f"## Machine\n\n{describe()}", name: text}
    shown = "".join(
        f"\n<!-- begin {one} -->\n{parts[one]}\n<!-- end {one} -->\n"
        for one in ("machine", *SCRIPTS)
        if one in parts
    )
    path.write_text(_HEAD + shown, encoding="utf-8")


def _title(script: ModuleType) -> str:
    return (script.__doc__ or "").partition("\n")[0].rstrip(".")


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
