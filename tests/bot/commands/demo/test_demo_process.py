"""`opina demo` as a process: it fills its database once, serves, and stops when told to."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[4]


def start(folder: Path, content: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [
            sys.executable,
            "-u",
            "-m",
            "bot.cli",
            "demo",
            "--folder",
            "demostracion",
            "--weeks",
            "2",
        ],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "OPINA_WEB__PORT": "0",
            "OPINA_MUNICIPALITY__CONTENT": str(content),
            # A demonstration must not meet real citizens: these are ignored.
            "OPINA_TELEGRAM__TOKEN": "123456:not-a-token",
            "OPINA_TELEGRAM__API_URL": "http://127.0.0.1:1",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_it_serves(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What it printed until the last line of its start, and the address of the chat page."""
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl+C" in line:
            break
    address = re.search(r"http://127\.0\.0\.1:\d+/chat", said)
    assert address, said
    return said, address[0]


@pytest.mark.process
def test_the_demonstration_is_filled_once_and_says_what_it_is(tmp_path: Path, small_content: Path):
    for word in ("que se preparan: 2 ", "Se usa la demostración"):
        process = start(tmp_path, small_content)
        try:
            said, address = until_it_serves(process)
            with urlopen(address, timeout=10) as page:
                text = page.read().decode()
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        assert word in said
        assert "falta [telegram] token" in said
        assert "Datos ficticios de demostración" in said
        assert "Datos ficticios de demostración" in re.sub("<[^>]+>", "", text)
        assert process.returncode == 0
    kept = {file.name for file in (tmp_path / "demostracion").iterdir()}
    assert "demo-new.db" not in kept
    assert {"demo.db", "demo-keys.toml"} <= kept
    assert not (tmp_path / "var").exists()

    (tmp_path / "demostracion" / "demo-keys.toml").unlink()
    refused = start(tmp_path, small_content)
    said = refused.communicate(timeout=60)[0].splitlines()[-1]
    assert refused.returncode == 2
    assert "demo-keys.toml" in said
    assert "borre demostracion/demo.db" in said


@pytest.mark.process
def test_a_demonstration_that_finds_no_room_says_so_and_leaves_the_disk_as_it_was(
    tmp_path: Path, small_content: Path
):
    disk = tmp_path / "demostracion"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "opina-test", str(disk)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small disk")
    try:
        process = start(tmp_path, small_content)
        said = process.communicate(timeout=60)[0].splitlines()[-1]
        assert (process.returncode, said) == (
            2,
            "--folder demostracion: no queda espacio en el disco; haga espacio, o indique otra",
        )
        assert {file.name for file in disk.iterdir()} <= {"demo-keys.toml"}
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
