"""Describes the machine and the libraries of a run."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median
from timeit import repeat

import psutil

ROOT = Path(__file__).parents[2]
LIBRARIES = ("aiohttp", "msgspec", "sqlalchemy", "uvloop", "python-telegram-bot")


def describe() -> str:
    """A Markdown list: processor, cores, memory, kernel, disk flush, versions."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    named = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text(encoding="utf-8"))
    processor = named[1] if named else platform.processor()
    return f"""\
- Processor: {processor}, {os.cpu_count()} cores
- Memory: {psutil.virtual_memory().total / 2**30:.0f} GB
- System: {platform.system()} {platform.release()} {platform.machine()}
- Disk flush (`fdatasync` of 4 kB appended): {_flush_us():.0f} µs in the median
- Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}"""


def revision() -> str:
    """The measured commit, with a plus if files have changed since; "unknown" outside a clone."""
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--exclude=*"]
    return subprocess.run(asked, text=True, capture_output=True).stdout.strip() or "unknown"


def _flush_us() -> float:
    """The flush that SQLite waits for at every commit in WAL mode, on the run's disk."""
    with tempfile.TemporaryFile(buffering=0) as file:

        def append() -> None:
            file.write(bytes(4096))
            os.fdatasync(file.fileno())

        return median(repeat(append, repeat=200, number=1)) * 1e6
