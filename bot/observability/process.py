"""Which process this is, so that another one on the same machine can tell when it is gone."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

import psutil

_UNKNOWN = "-"


def owner_name() -> str:
    """A name that no other process has or will have: host:process:start:space:random.

    ``space`` stands for one boot of one machine and, in it, one set of process numbers (containers
    have their own), ``start`` for when the process began.
    """
    parts = (socket.gethostname(), os.getpid(), _own_start(), _space(), secrets.token_hex(4))
    return ":".join(map(str, parts))


def is_gone(owner: str) -> bool:
    """Whether the process of that name has surely ended; False where this machine cannot tell."""
    try:
        _, pid, start, space, _ = owner.rsplit(":", 4)
        number = int(pid)
    except ValueError:
        return False
    if _UNKNOWN in (start, space) or space != _space():
        return False
    try:
        # Read twice: the system may correct its clock between the two readings of one start.
        return _start_of(number) != start and _start_of(number) != start
    except psutil.Error:  # it is not there, or hidden from us
        return not _is_there(number)


def _own_start() -> str:
    try:
        return _start_of(os.getpid()) or _UNKNOWN
    except psutil.Error:
        return _UNKNOWN


def _start_of(pid: int) -> str:
    """When the process began, in hundredths of a second since the boot; empty: it is dead.

    Counted from the boot, since the time of day may be corrected while the process runs. Raises
    psutil.Error where the process cannot be seen.
    """
    process = psutil.Process(pid)
    if process.status() in (psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD):
        return ""
    return str(round((process.create_time() - psutil.boot_time()) * 100))


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
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot.replace('-', '')}.{(Path('/proc') / 'self/ns/pid').stat().st_ino}"
    except OSError:
        return _UNKNOWN
