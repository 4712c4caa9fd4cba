"""Tests of telling whether the process that has something in hand is still there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.observability.process import is_gone, owner_name

NAME_IT = (
    "from bot.observability.process import owner_name; print(owner_name(), flush=True); input()"
)


def test_names_are_never_the_same_and_the_living_are_not_gone() -> None:
    one, two = owner_name(), owner_name()
    assert one != two
    assert not is_gone(one)
    assert not is_gone(two)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells about other processes")
def test_a_killed_process_is_gone_even_before_its_parent_notices() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", NAME_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        assert not is_gone(name)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # dead, and not yet buried
        assert is_gone(name)
    assert is_gone(name)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells about other processes")
def test_a_number_that_another_process_has_now_does_not_hide_that_the_first_is_gone() -> None:
    host, pid, start, space, random = owner_name().split(":")
    assert is_gone(f"{host}:{pid}:{int(start) - 1}:{space}:{random}")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells about other processes")
def test_a_living_process_that_proc_hides_is_not_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for shown in ("sys", "self"):  # as under hidepid=invisible: other processes have no folder
        (tmp_path / shown).symlink_to(Path("/proc", shown))
    with subprocess.Popen(
        [sys.executable, "-c", NAME_IT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        name = process.stdout.readline().strip()
        monkeypatch.setattr("psutil.PROCFS_PATH", str(tmp_path))
        assert not is_gone(name)
        process.kill()
    assert is_gone(name)


@pytest.mark.parametrize(
    "elsewhere",
    [
        "otra:4194305:1:0123456789abcdef.4026531836:aa",  # another machine, or boot
        "otra:4194305:-:-:aa",
        "dead",
        "host:12:aabb",  # of an earlier version
        "",
    ],
)
def test_nobody_is_called_gone_who_cannot_be_seen_from_here(elsewhere: str) -> None:
    assert not is_gone(elsewhere)
