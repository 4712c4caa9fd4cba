"""Restoring a broken backup is refused in Spanish and changes nothing."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.bot.commands.broken.files import ANY, DEEP, HUGE, Break, mutations, put, tell
from tests.bot.commands.conftest import Installation
from tests.storage.scene import Said, closed, grade, opened, sender


@pytest.fixture
def copy(cli: Installation) -> Path:
    """A backup of one answer."""
    (cli.folder / "copias").mkdir()
    cli.take(Said(sender("a"), [opened(1), grade(1, 4), closed(1)]))
    assert cli.opina("backup", "copias").code == 0
    return next((cli.folder / "copias").glob("opina-*"))


def _manifest(**changes: object) -> Break:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps(manifest | changes).encode()

    return change


def _vouched(table: str, data: bytes) -> Break:
    """A table's file with other contents, which the manifest vouches for."""

    def change(parts: dict[str, bytes]) -> None:
        parts[f"{table}.msgpack.gz"] = data
        manifest = json.loads(parts["manifest.json"])
        manifest["tables"][table]["sha256"] = hashlib.sha256(data).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


BROKEN_COPIES: dict[str, Break] = {
    "no manifest": lambda parts: parts.pop("manifest.json") and None,
    "an empty manifest": put("manifest.json", b""),
    "a manifest cut off": lambda parts: parts.update(
        {"manifest.json": parts["manifest.json"][:99]}
    ),
    "a deep manifest": put("manifest.json", b"[" * DEEP),
    "a deep unknown key": put("manifest.json", b'{"a": ' + b"[" * DEEP),
    "a huge manifest": put("manifest.json", b" " * 3_000_000),
    "a list": put("manifest.json", b"[]"),
    "a huge number": put("manifest.json", f'{{"format": {HUGE}}}'.encode()),
    "another format": _manifest(format=99),
    "a time without a zone": _manifest(made_at="2026-11-23T03:00:00"),
    "no such revision": _manifest(revision="9999"),
    "a revision that is none": _manifest(revision="x' OR 1=1"),
    "a table outside": _manifest(tables={"../x": {"columns": [], "rows": 0, "sha256": ""}}),
    "no such table": lambda parts: (
        parts.update({"x.msgpack.gz": parts["answers.msgpack.gz"]}),
        _manifest(tables={"x": json.loads(parts["manifest.json"])["tables"]["answers"]})(parts),
    )[1],
    "a file is gone": lambda parts: parts.pop("answers.msgpack.gz") and None,
    "a file is changed": put("answers.msgpack.gz", b"x"),
    "no gzip": _vouched("answers", b"x"),
    "gzip cut off": _vouched("answers", gzip.compress(b"\0\0\0\x05abcde")[:-9]),
    "a part without an end": _vouched("answers", gzip.compress(b"\xff\xff\xff\xffabc")),
    "no rows": _vouched("answers", gzip.compress(b"\0\0\0\x01\xc0")),
    "deep rows": _vouched("answers", gzip.compress((5_000).to_bytes(4, "big") + b"\x91" * 5_000)),
    "rows too short": _vouched("answers", gzip.compress(b"\0\0\0\x03\x91\x91\x01")),
    "broken keys": put("keys.toml", b"["),
}


@pytest.mark.parametrize("kind", BROKEN_COPIES)
def test_a_broken_backup_is_one_line_and_changes_nothing(
    cli: Installation, copy: Path, kind: str
) -> None:
    parts = {file.name: file.read_bytes() for file in copy.iterdir()}
    BROKEN_COPIES[kind](parts)
    for file in copy.iterdir():
        file.unlink()
    for name, data in parts.items():
        (copy / name).write_bytes(data)
    tell(cli.opina("restore", "--replace", str(copy)))
    assert cli.rows("SELECT count(*) FROM answers") == [(1,)]


@settings(ANY, max_examples=max(1, ANY.max_examples // 2))
@given(mutate=mutations())
def test_a_backup_broken_in_any_way_is_told_in_spanish(
    cli: Installation, copy: Path, mutate: Callable[[bytes], bytes]
) -> None:
    for file in ("manifest.json", "answers.msgpack.gz", "keys.toml", "erasures.jsonl"):
        path = copy / file
        whole = path.read_bytes() if path.exists() else b""
        path.write_bytes(mutate(whole))
        try:
            done = cli.opina("restore", "--replace", str(copy))
        finally:
            path.write_bytes(whole)
        if done.code:
            tell(done)
