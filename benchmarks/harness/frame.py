"""Runs the scripts, and writes their results as sections of RESULTS.md."""

from __future__ import annotations

import argparse
import fcntl
import importlib
import inspect
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from types import ModuleType

from benchmarks.harness.machine import describe, revision

REPETITIONS = 5
RESULTS = Path(__file__).parents[1] / "RESULTS.md"
LOCK = Path(tempfile.gettempdir()) / "opina-benchmarks.lock"

# Each has ``run(quick: bool) -> Found``; its docstring begins with its section's title and explains
# the measurement. This is the order of runs and of sections.
_SCRIPTS = {
    "benchmarks.paths": "questionnaire acknowledged message_path digest footprint panel"
    " search_vs_fts5 search_at_1000",
    "tests.simulations": "control_charts measures bursts",
}
SCRIPTS = {name: f"{room}.{name}" for room, names in _SCRIPTS.items() for name in names.split()}

_HEAD = """\
# Measured

`make bench` measures all of this: ours and its reference by turns, each figure the median of at
least 5 repetitions. Every part says when it was measured; `--only` renews its own parts alone, so
they may be of different days. Another machine gives other figures; what counts are the ratios.
"""
_COLUMNS = ("", "ours", "reference", "ratio", "goal", "met", "note")


@dataclass(frozen=True, slots=True)
class Result:
    """One row of a table. ``met`` None: there is no goal."""

    name: str
    unit: str
    ours: float
    reference: float | None = None
    goal: str = ""
    met: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The results of one script. ``more``: Markdown after the table."""

    results: Sequence[Result]
    more: str = ""


def times_faster(
    name: str, pairs: Sequence[tuple[float, float]], at_least: float, note: str = ""
) -> Result:
    """Compare rates (ours, reference), measured in turn; the goal is the ratio of their medians."""
    ours, reference = map(median, zip(*pairs, strict=True))
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
    """The median of values, with a limit as the goal."""
    ours = median(values)
    return Result(name, unit, ours, reference, f"≤ {limit:g} {unit}".strip(), ours <= limit, note)


@contextmanager
def timed(into_ms: list[float], clock: Callable[[], float] = time.perf_counter) -> Iterator[None]:
    """Append the time that the block takes, by this clock of seconds."""
    began = clock()
    yield
    into_ms.append((clock() - began) * 1_000)


def p99(values: Sequence[float]) -> float:
    """The 99th percentile."""
    return quantiles(values, n=100)[98]


def run_all(arguments: Sequence[str] | None = None) -> int:
    """Run the scripts in order, one run at a time per machine; 1 if a goal was missed."""
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
            load, script = os.getloadavg()[0], importlib.import_module(SCRIPTS[name])
            found: Found = script.run(chosen.quick)
            text = section(script, found, load)
            print(text, end="\n\n", flush=True)
            if not chosen.quick:
                write(name, text)
            missed |= any(result.met is False for result in found.results)
    return int(missed)


def section(script: ModuleType, found: Found, load: float) -> str:
    """A script's section. ``load``: the machine's load before the script."""
    title, _, about = inspect.cleandoc(script.__doc__ or "").partition("\n")
    measured = (
        f"Measured on {datetime.now(UTC).date()} at revision {revision()}."
        f" Load of the machine: {load:.1f} before, {os.getloadavg()[0]:.1f} after."
    )
    rows = [_COLUMNS, ("---",) * len(_COLUMNS), *map(_row, found.results)]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    parts = (f"## {title.rstrip('.')}", about.strip(), measured, table, found.more.strip())
    return "\n\n".join(part for part in parts if part)


def write(name: str, text: str, path: Path = RESULTS) -> None:
    """Replace a script's section of the file, and that of the machine."""
    was = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = dict(re.findall(r"<!-- begin (\w+) -->\n(.*?)\n<!-- end \1 -->", was, re.DOTALL))
    parts |= {"machine": f"## Machine\n\n{describe()}", name: text}
    shown = "".join(
        f"\n<!-- begin {one} -->\n{parts[one]}\n<!-- end {one} -->\n"
        for one in ("machine", *SCRIPTS)
        if one in parts
    )
    path.write_text(_HEAD + shown, encoding="utf-8")


def _row(result: Result) -> tuple[str, ...]:
    ratio = f"{result.ours / result.reference:.2f}×" if result.reference else ""
    ours, reference = (_figure(value, result.unit) for value in (result.ours, result.reference))
    met = {None: "", True: "yes", False: "**no**"}[result.met]
    return result.name, ours, reference, ratio, result.goal, met, result.note


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:,.{digits}f} {unit}".strip()
