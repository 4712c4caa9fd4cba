"""The machine and the libraries on which a run was made, in words."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
FLUSHES = 200
LIBRARIES = ("aiohttp", "msgspec", "sqlalchemy", "uvloop", "python-telegram-bot")


@cache
def describe() -> str:
    """A Markdown list: processor, cores, memory, kernel, disk flush, versions."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return "\n".join(
        (
            f"- Processor: {_processor()}, {os.cpu_count()} cores",
            f"- Memory: {psutil.virtual_memory().total / 2**30:.0f} GB",
            f"- System: {platform.system()} {platform.release()} {platform.machine()}",
            f"- Disk flush (`fdatasync` of 4 kB appended): {flush_us():.0f} µs in the median",
            f"- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}",
        )
    )


def revision() -> str:
    """The commit that was measured, with a plus where files were changed since."""
    asked = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # no git, or not a clone
        return "unknown"
    return done.stdout.strip()


def flush_us() -> float:
    """What SQLite waits for at every commit in WAL mode, where databases of the run lie."""
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(FLUSHES):
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter_ns()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter_ns() - began) / 1_000)
    return statistics.median(times)


def _processor() -> str:
    """As Linux names it."""
    try:
        found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1] if found else platform.processor()
