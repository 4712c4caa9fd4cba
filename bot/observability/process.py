"""Which process this is, so that another one on the same machine can tell when it is gone."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

_PROC = Path("/proc")
_UNKNOWN = "-"


def owner_name() -> str:
    """A name that no other process has or will have: host:process:start:space:random.

    ``space`` stands for one boot of one machine and, in it, one set of process numbers (containers
    have their own), ``start`` for when the process began.
    """
    parts = (socket.gethostname(), os.getpid(), _own_start(), _space(), secrets.token_hex(4))
    return ":".join(map(str, parts))


def is_gone(owner: str) -> bool:
    """Whether the process of that name has surely ended; False where nobody can tell from here."""
    try:
        _, pid, start, space, _ = owner.rsplit(":", 4)
        number = int(pid)
    except ValueError:
        return False
    if _UNKNOWN in (start, space) or space != _space():
        return False
    try:
        return _start_of(number) != start
    except OSError:  # it is not there, or hidden from us
        return not _is_there(number)


def _own_start() -> str:
    try:
        return _start_of(os.getpid()) or _UNKNOWN
    except OSError:
        return _UNKNOWN


def _start_of(pid: int) -> str:
    """When the process began, in ticks since the boot; empty: it is dead, and not yet buried.

    Raises OSError where it cannot be seen.
    """
    stat = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    fields = stat.rpartition(")")[2].split()  # the name before may hold anything
    state, start = fields[0], fields[19]
    return "" if state in "ZX" else start


def _is_there(pid: int) -> bool:
    """Ask the system itself: /proc can be mounted so that it hides living processes."""
    try:
        os.kill(pid, 0)  # sends nothing
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _space() -> str:
    """The boot and the process numbers' namespace; "-" where the system does not tell."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot.replace('-', '')}.{(_PROC / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return _UNKNOWN
