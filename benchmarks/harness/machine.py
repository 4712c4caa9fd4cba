"""The machine and the libraries on which a run was made, in words."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
import tempfile
import time
from functools import cache
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).parents[2]
LIBRARIES = ("aiohttp", "msgspec", "sqlalchemy", "uvloop", "python-telegram-bot")


@cache
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
    """The commit that was measured, with a plus where files were changed since."""
    asked = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        return subprocess.check_output(
            asked, cwd=ROOT, text=True, stderr=subprocess.DEVNULL
        ).strip()
    except (OSError, subprocess.CalledProcessError):  # no git, or not a clone
        return "unknown"


def _flush_us() -> float:
    """What SQLite waits for at every commit in WAL mode, where databases of the run lie."""
    times_us = []
    with tempfile.TemporaryFile(buffering=0) as file:
        for _ in range(200):
            file.write(bytes(4096))
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            times_us.append((time.perf_counter() - began) * 1e6)
    return median(times_us)
