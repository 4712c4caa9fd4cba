"""Erasing leaves nothing of anybody, anywhere, and a restored copy brings nothing back."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.erasure.proof import STAY, Proof
from tests.erasure.search import Needles, varint
from tests.packaged import packaged

COUNT = 24


async def test_nothing_is_found_of_those_who_were_erased(database_url: str, tmp_path: Path) -> None:
    folder, aside = tmp_path / "installation", tmp_path / "aside"
    folder.mkdir()
    url = database_url
    if url.startswith("sqlite"):
        shutil.move(tmp_path / "opina.db", folder / "opina.db")
        url = f"sqlite:///{folder}/opina.db"
    found = await Proof(url, folder, aside, packaged(), COUNT).run()
    assert {
        *("answers", "cases", "case_notes", "contact_addresses", "contacts", "contact_aliases"),
        *(
            "conversations",
            "handovers",
            "handover_messages",
            "attachments",
            "breach_tellings",
            "conversations",
            "outbox",
            "privacy_requests",
            "published_digests",
            "quarantine",
        ),
    } <= found.before.keys(), "what is searched for can be found"
    assert found.after == {}
    assert found.staying >= 1, f"the {STAY} others stay"
    assert found.erased_again >= COUNT
    assert found.restored == {}
    assert found.looked_at[".log"] > 0
    assert found.audited > 0, "what staff did stays, without words"


def test_the_search_sees_what_it_looks_for() -> None:
    number = 0x1234_5678_9ABC_DEF0
    needles = Needles(texts={b"zq0123456789abcd"}, ids={number}, hashes={b"h" * 32})
    assert needles.in_bytes(b"x zq0123456789abcd y")
    assert needles.in_bytes(f'{{"contact":{number}}}'.encode()) == {"an id"}
    assert needles.in_raw(b"..." + number.to_bytes(8, "big")) == {"an id in binary"}
    assert needles.in_raw(b"." + varint(number) + b".") == {"an id in binary"}
    assert needles.in_raw(b"h" * 32) == {"a hash of an address"}
    assert needles.in_raw(b"zq0123456789abce") == set()


def test_numbers_are_written_as_sqlite_writes_them() -> None:
    assert varint(127) == b"\x7f"
    assert varint(128) == b"\x81\x00"
    assert varint(2**56 - 1) == b"\xff" * 7 + b"\x7f"
    assert varint(2**63 - 1) == b"\xbf" + b"\xff" * 8
