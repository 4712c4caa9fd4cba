"""What every comparison shares: its figures, the one table, and its own part of RESULTS.md."""

from __future__ import annotations

import argparse
import importlib
import os
import re
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.harness.machine import describe, revision

REPETITIONS = 5
QUIET = 0.5  # processes that want a processor
RESULTS = Path(__file__).parents[1] / "RESULTS.md"

# By name: the module, which has ``run(quick: bool) -> Section``. They run and stand in RESULTS.md
# in this order.
SCRIPTS = {
    "questionnaire": "benchmarks.paths.questionnaire",
    "acknowledged": "benchmarks.paths.acknowledged",
    "postgres_processes": "benchmarks.paths.postgres_processes",
    "digest": "benchmarks.paths.digest",
    "control_run": "benchmarks.paths.control_run",
    "footprint": "benchmarks.paths.footprint",
    "panel": "benchmarks.paths.panel",
    "soak": "benchmarks.paths.soak",
    "search_vs_fts5": "benchmarks.simulations.search_vs_fts5",
    "control_charts": "benchmarks.simulations.control_charts",
    "measures": "benchmarks.simulations.measures",
    "bursts": "benchmarks.simulations.bursts",
}

_HEAD = """\
# Measured

`make bench` measures all of this in one run: ours and its reference by turns, each figure the
median of at least 5 repetitions. Another machine gives other figures; what counts are the ratios.
"""

console = Console()


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a table."""

    name: str
    unit: str
    ours: float
    reference: float | None = None
    goal: str = ""
    met: bool | None = None  # None: there is no goal
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours by the reference's."""
        return self.ours / self.reference if self.reference else None


@dataclass(frozen=True, slots=True)
class Section:
    """What one script found. ``about`` and ``more`` are paragraphs of Markdown."""

    name: str  # the script's
    title: str
    about: str
    results: Sequence[Result]
    more: str = ""
    load: float = 0.0  # of the machine, before it began


def times_faster(
    name: str,
    unit: str,
    pairs: Sequence[tuple[float, float]],
    at_least: float,
    note: str = "",
) -> Result:
    """Of (ours, reference) rates measured by turns; the goal is a ratio of their medians."""
    ours = statistics.median(pair[0] for pair in pairs)
    reference = statistics.median(pair[1] for pair in pairs)
    met = ours / reference >= at_least
    return Result(name, unit, ours, reference, f"≥ {at_least:g}×", met, note)


def at_most(name: str, unit: str, values: Sequence[float], limit: float, note: str = "") -> Result:
    """The median of values that are to stay under a limit."""
    ours = statistics.median(values)
    return Result(name, unit, ours, None, f"≤ {limit:g} {unit}", ours <= limit, note)


def table(sections: Sequence[Section]) -> Table:
    """All that was measured, for a terminal; the notes are in the file."""
    found = Table(box=None, title_justify="left")
    for column in ("", "ours", "reference", "ratio", "goal", ""):
        found.add_column(column, justify="right" if column else "left")
    for section in sections:
        found.add_row(f"[bold]{section.title}[/bold]")
        for result in section.results:
            found.add_row(*_cells(result, "[green]✓[/green]", "[red]✗[/red]")[:-1])
    return found


def write(section: Section, path: Path = RESULTS) -> None:
    """Put the section in its place in the file, and the machine as it is now before all of them."""
    parts = _read(path)
    parts["machine"] = f"## Machine\n\n{describe()}"
    parts[section.name] = _markdown(section)
    known = [name for name in ("machine", *SCRIPTS) if name in parts]
    others = [name for name in parts if name not in known]
    text = _HEAD + "".join(
        f"\n<!-- begin {name} -->\n{parts[name]}\n<!-- end {name} -->\n"
        for name in (*known, *others)
    )
    path.write_text(text, encoding="utf-8")


def run_all(arguments: Sequence[str] | None = None) -> int:
    """Run the scripts in order, a line for each, then all figures; 1 when a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--quick", action="store_true", help="short and rough; writes no file")
    parser.add_argument(
        "--only", nargs="+", choices=list(SCRIPTS), metavar="NAME", help=", ".join(SCRIPTS)
    )
    chosen = parser.parse_args(arguments)
    sections = []
    for name in chosen.only or SCRIPTS:
        began, load = time.perf_counter(), os.getloadavg()[0]
        console.print(f"{name} … ", end="")
        module = importlib.import_module(SCRIPTS[name])
        sections.append(replace(module.run(chosen.quick), load=load))
        console.print(f"{time.perf_counter() - began:.0f} s")
        if not chosen.quick:
            write(sections[-1])
    console.print(table(sections))
    if not chosen.quick:
        console.print(f"What each figure says: {RESULTS}")
    missed = [result for section in sections for result in section.results if result.met is False]
    return 1 if missed else 0


def _cells(result: Result, yes: str, no: str) -> tuple[str, ...]:
    mark = "" if result.met is None else yes if result.met else no
    return (
        result.name,
        _figure(result.ours, result.unit),
        "" if result.reference is None else _figure(result.reference, result.unit),
        "" if result.ratio is None else f"{result.ratio:.2f}×",
        result.goal,
        mark,
        result.note,
    )


def _figure(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}"


def _markdown(section: Section) -> str:
    today = datetime.now(UTC).date().isoformat()
    lines = [
        f"## {section.title}",
        "",
        section.about.strip(),
        "",
        f"Measured on {today} at revision {revision()}.{_shared(section.load)}",
        "",
        "| | ours | reference | ratio | goal | met | note |",
        "|---|--:|--:|--:|--:|---|---|",
        *("| " + " | ".join(_cells(result, "yes", "**no**")) + " |" for result in section.results),
    ]
    if section.more:
        lines += ["", section.more.strip()]
    return "\n".join(lines)


def _shared(load: float) -> str:
    """Says that the machine was not alone with the measurement, where it was not."""
    if load < QUIET:
        return ""
    return f" Others were at work on the machine: its load was {load:.1f} before it began."


def _read(path: Path) -> dict[str, str]:
    """The parts that the file has, by name."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    found = re.findall(r"<!-- begin (\w+) -->\n(.*?)\n<!-- end \1 -->", text, re.DOTALL)
    return dict(found)
