"""The keys: made once, kept to their owner, never guessed at when broken."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from handlers.errors import OperatorError
from handlers.messages import Channel
from storage.engine.keyring import Key, Keyring, Unreadable


def written(path: Path, *keys: str) -> Keyring:
    path.write_text("\n".join(keys))
    return Keyring.read(path)


def key(version: int, fill: str, encryption: str) -> str:
    return f'[[key]]\nversion = {version}\nhashing = "{fill * 32}"\nencryption = "{encryption}"\n'


FIRST = key(1, "1a", "Tm9ib2R5IHVzZXMgdGhpcyBrZXkgZm9yIHJlYWwgISE=")
SECOND = key(2, "2b", "QW5vdGhlciBvbmUgdGhhdCBub2JvZHkgdXNlcyAhISE=")


def test_the_file_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.toml"
    first, again = Keyring.create(path), Keyring.read(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert again.decrypt(first.encrypt("ñandú")) == "ñandú"
    who = (Channel.TELEGRAM, "1", "123")
    assert first.aliases(*who) == again.aliases(*who)
    assert [file.name for file in path.parent.iterdir()] == ["keys.toml"]


def test_processes_that_start_at_once_have_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    with ThreadPoolExecutor(8) as threads:
        rings = list(threads.map(lambda _: Keyring.create(path), range(8)))
    assert len({ring.event_hash(Channel.WEB, "web", "1") for ring in rings}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not toml at all [",
        "key = 3",
        "[[key]]\nversion = 1",
        FIRST.replace("1a", "zz"),
        FIRST.replace("1a" * 32, "1a"),
        FIRST.replace("Tm9ib2R5", "short"),
    ],
)
def test_a_broken_file_says_what_to_do(tmp_path: Path, text: str) -> None:
    path = tmp_path / "keys.toml"
    path.write_text(text)
    with pytest.raises(OperatorError, match="repóngalo de donde guarda las llaves"):
        Keyring.read(path)
    assert path.read_text() == text


def test_a_folder_in_the_files_place_is_one_line_for_the_operator(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="es una carpeta"):
        Keyring.read(tmp_path)


def test_a_new_key_encrypts_and_the_old_one_still_reads(tmp_path: Path) -> None:
    old = written(tmp_path / "old.toml", FIRST)
    both = written(tmp_path / "both.toml", SECOND, FIRST)
    new = written(tmp_path / "new.toml", SECOND)
    assert both.decrypt(old.encrypt("hola")) == "hola"
    assert new.decrypt(both.encrypt("hola")) == "hola"
    with pytest.raises(Unreadable):
        new.decrypt(old.encrypt("hola"))


def test_each_key_gives_an_alias_newest_first(tmp_path: Path) -> None:
    old = written(tmp_path / "old.toml", FIRST)
    both = written(tmp_path / "both.toml", SECOND, FIRST)
    aliases = both.aliases(Channel.WHATSAPP, "1", "56900000000")
    assert [version for version, _ in aliases] == [2, 1]
    assert aliases[1:] == old.aliases(Channel.WHATSAPP, "1", "56900000000")


def test_rotating_keys_does_not_let_a_repeated_event_through(tmp_path: Path) -> None:
    old = written(tmp_path / "old.toml", FIRST)
    both = written(tmp_path / "both.toml", SECOND, FIRST)
    event = (Channel.WHATSAPP, "1", "wamid.1")
    assert both.event_key(*event) == old.event_key(*event)


def test_telegrams_updates_are_remembered_in_the_order_of_their_numbers() -> None:
    ring = Keyring.fresh()
    numbers = [7, 255, 256, 65_536, 900_000_000]
    keys = [ring.event_key(Channel.TELEGRAM, "1", str(number)) for number in numbers]
    assert keys == sorted(keys)
    assert len({len(key) for key in keys}) == 1
    again = ring.event_key(Channel.TELEGRAM, "2", "7")
    assert again != keys[0], "another bot counts its own"
    assert ring.event_key(Channel.WEB, "1", "7") == ring.event_hash(Channel.WEB, "1", "7")


def test_hashes_tell_purposes_channels_and_neighbours_apart() -> None:
    ring = Keyring([Key(1, b"k" * 32, b"Tm9ib2R5IHVzZXMgdGhpcyBrZXkgZm9yIHJlYWwgISE=")])
    hashes = [
        ring.aliases(Channel.WEB, "ab", "c")[0][1],
        ring.aliases(Channel.WEB, "a", "bc")[0][1],
        ring.aliases(Channel.TELEGRAM, "a", "bc")[0][1],
        ring.event_hash(Channel.WEB, "a", "bc"),
        ring.code_hash("bc"),
        bytes.fromhex(ring.ref_hash("bc")),
    ]
    assert len(set(hashes)) == len(hashes)
    assert ring.code_hash(" abc ") == ring.code_hash("ABC")  # typed by hand


def test_a_missing_file_is_not_made_by_whoever_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    with pytest.raises(OperatorError, match="no existe"):
        Keyring.read(path)
    assert not path.exists()


def test_a_fingerprint_tells_either_secret_of_a_key_from_any_other(tmp_path: Path) -> None:
    first = written(tmp_path / "1.toml", FIRST)
    other_hash = written(tmp_path / "2.toml", FIRST.replace("1a", "1b"))
    other_cipher = written(tmp_path / "3.toml", FIRST.replace("Tm9i", "Tm9j"))
    both = written(tmp_path / "4.toml", SECOND, FIRST)
    marks = [ring.fingerprints() for ring in (first, other_hash, other_cipher)]
    assert len({mark for ring in marks for mark in ring}) == 3
    assert list(both.fingerprints().values()) == [2, 1]
    assert first.fingerprints().items() <= both.fingerprints().items()
