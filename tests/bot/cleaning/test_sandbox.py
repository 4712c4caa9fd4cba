"""The process that makes files harmless: what it does to itself does nothing to the service."""

from __future__ import annotations

import asyncio
import os
import sys
import zlib
from pathlib import Path

import pytest

from bot.cleaning import sandbox
from bot.cleaning.refusals import Reason
from bot.cleaning.sandbox import Cleaned, clean
from tests.files import bomb, document, photo

MOST = 10_000_000


async def test_a_file_comes_back_harmless_or_with_the_reason() -> None:
    results = await asyncio.gather(
        *(
            clean(data, voice=False, most=MOST)
            for data in (photo(), document(), b"MZ", bomb(), document(locked=True), bytes(MOST + 9))
        )
    )
    assert [one.media_type if isinstance(one, Cleaned) else one for one in results] == [
        "image/jpeg",
        "application/pdf",
        Reason.TYPE,
        Reason.DETAILED,
        Reason.LOCKED,
        Reason.LARGE,
    ]


async def test_it_works_from_any_folder_and_takes_no_code_from_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__init__.py").write_text("raise SystemExit(0)")
    monkeypatch.chdir(tmp_path)
    assert isinstance(await clean(photo(), voice=False, most=MOST), Cleaned)


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such limits")
async def test_what_takes_all_memory_ends_its_own_process_only() -> None:
    # A stream of spaces within what may be unfolded, that the library reads as one dictionary.
    many = b"<<" + b"/A[" * 2_000_000
    data = b"%PDF-1.4\n1 0 obj" + many + b"endobj\ntrailer<</Root 1 0 R>>"
    assert await clean(data, voice=False, most=MOST) is Reason.UNREADABLE
    assert zlib.crc32(data)  # this process goes on


def test_no_setting_of_the_service_is_handed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPINA_TELEGRAM__TOKEN", "secreto")
    environment = sandbox._environment()
    assert "secreto" not in environment.values()
    assert set(environment) <= {"PATH", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONPATH"}
    assert os.environ["OPINA_TELEGRAM__TOKEN"] == "secreto"
