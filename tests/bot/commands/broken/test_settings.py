"""With any fault in an operator's settings or keys, the command says in Spanish what to do."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from tests.bot.commands.broken.files import ANY, NOT_TOML, mutations, tell
from tests.bot.commands.conftest import Installation

WRONG_SETTINGS = {
    "a number in place of a table": "web = 1",
    "a list in place of a table": "web = []",
    "a table in place of a number": "[web]\nport = { a = 1 }",
    "a list in place of a text": "[web]\nhost = [1, 2]",
    "a date in place of a text": "[web]\nhost = 2026-11-16",
    "a text in place of a number": '[web]\nport = "ocho"',
    "half a number": "[web]\nport = 80.5",
    "4,000 digits": f"[web]\nport = {'9' * 4_000}",
    "hexadecimal without end": f"[web]\nport = 0x{'f' * 9_000}",
    "no number": "[telegram]\nmessages_per_second = nan",
    "no end": "[telegram]\nmessages_per_second = inf",
    "a wrong word": '[telegram]\nmode = "webhok"',
    "a section mistyped": "[wbe]\nport = 1",
    "a key mistyped": "[web]\nprot = 1",
    "a key of another section": '[web]\ntoken = "x"',
    "a key with a line break": '[web]\n"a\\nb" = 1',
    "a key that turns round": '[web]\n"a\\u202eb" = 1',
    "a key that is a text": '[web]\n"the file is not found" = 1',
    "a key with a quotation in it": '[web]\n"a» the file «" = 1',
    "a section that is a text": '["the file"]\na = 1',
    "a very long key": f"[web]\n{'k' * 5_000} = 1",
    "a very long section": f"[{'k' * 5_000}]\na = 1",
    "a line break in a path": '[database]\nkeys = "a\\nb"',
    "a NUL in a path": '[municipality]\ncontent = "a\\u0000b"',
    "another database": '[database]\nurl = "mysql://x"',
    "no port of this world": '[database]\nurl = "postgresql://a@127.0.0.1:99999/x"',
    "a port in letters": '[database]\nurl = "postgresql://a@127.0.0.1:abc/x"',
    "an unknown option": '[database]\nurl = "postgresql://a@127.0.0.1/x?sslmode=require"',
    "encryption of no kind": '[database]\nurl = "postgresql://a@127.0.0.1/x?ssl=bogus"',
    "an option of ours alone": '[database]\nurl = "postgresql://a@127.0.0.1/x?timeout=5"',
    "an option of a file": '[database]\nurl = "sqlite:///a.db?mode=ro"',
    "a database in memory": '[database]\nurl = "sqlite:///:memory:"',
    "no such zone": '[municipality]\ntimezone = "America/Santago"',
    "no such day": '[digest]\nweekday = "lunes"',
    "no such hour": '[digest]\ntime = "25:00"',
    "an hour as a number": "[digest]\ntime = 8",
    "no address of a person": '[municipality]\nduty_email = "x"',
    "two addresses": '[privacy]\nemail = "a@b.cl, c@d.cl"',
    "a sender that is a name": '[mail]\nhost = "a.cl"\nfrom = "Opina"',
    "a mail server that is two words": '[mail]\nhost = "a b"\nfrom = "a@b.cl"',
    "an address with a question": '[web]\npublic_url = "https://opina.example/?a=b"',
    "an address that does not end": '[web]\npublic_url = "https://[::1"',
    "an address of no port": '[web]\npublic_url = "https://opina.example:99999"',
    "a token of nothing": '[telegram]\ntoken = "abc"',
    "a token with a space": '[telegram]\ntoken = "1:a b"',
    "a secret with an accent": '[whatsapp]\napp_secret = "ñ"',
    "a bot that is a link": '[telegram]\nbot_name = "https://t.me/opina_bot"',
    "a template's title": '[whatsapp]\ntemplate = "Hay respuesta"',
    "a language in words": '[whatsapp]\ntemplate_language = "Spanish"',
    "a telephone in words": '[municipality]\nphone = "llamar"',
    "hours without end": f'[municipality]\nhours = "{"x" * 201}"',
    "this machine's zone": '[municipality]\ntimezone = "localtime"',
    "no zone at all": '[municipality]\ntimezone = "Factory"',
    "a folder in place of a database": '[database]\nurl = "sqlite:////tmp"',
    "no such folder": '[municipality]\ncontent = "nowhere"',
}


@pytest.mark.parametrize("kind", NOT_TOML)
def test_settings_that_are_no_toml_are_one_line(cli: Installation, kind: str) -> None:
    Path("config.toml").write_bytes(NOT_TOML[kind])
    assert tell(cli.opina("staff", "list")).startswith("config.toml: ")


@pytest.mark.parametrize("kind", WRONG_SETTINGS)
def test_a_wrong_setting_is_one_line(
    cli: Installation, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE__URL", "DATABASE__KEYS", "MUNICIPALITY__CONTENT"):
        monkeypatch.delenv(f"OPINA_{name}")
    Path("config.toml").write_text(WRONG_SETTINGS[kind], encoding="utf-8")
    command = ("check",) if "content" in WRONG_SETTINGS[kind] else ("staff", "list")
    tell(cli.opina(*command))


@pytest.mark.parametrize(
    "url", ["postgresql://a@h/", "postgresql://a@h:99999/x", "sqlite:///a.db?mode=ro"]
)
def test_a_check_tells_an_address_that_names_no_database(
    cli: Installation, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPINA_DATABASE__URL", url)
    assert tell(cli.opina("check")).startswith("OPINA_DATABASE__URL: [database] url: ")


def test_what_is_there_twice_is_named(cli: Installation) -> None:
    for text, named in (("[web]\nport = 1\nport = 2", "port"), ("[web]\n[web]", "[web]")):
        Path("config.toml").write_text(text, encoding="utf-8")
        assert f"la clave está dos veces: {named};" in tell(cli.opina("check"))


@pytest.mark.parametrize("kind", NOT_TOML)
def test_keys_that_are_no_toml_are_one_line(cli: Installation, kind: str) -> None:
    (cli.folder / "keys.toml").write_bytes(NOT_TOML[kind])
    assert "keys.toml" in tell(cli.opina("staff", "list"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "key = 1",
        "key = []",
        "[[key]]",
        "[[key]]\nversion = 1\nhashing = 3\nencryption = 4",
        f'[[key]]\nversion = {10**30}\nhashing = "{"1a" * 32}"\nencryption = "{"A" * 43}="',
        f'[[key]]\nversion = 1\nhashing = "{"1a" * 32}"\nencryption = "ñandú"',
        f'[[key]]\nversion = 1\nhashing = "{"zz" * 32}"\nencryption = "{"A" * 43}="',
        "[key]\nversion = 1",
        "key = [[1, 2]]",
    ],
)
def test_keys_of_a_wrong_kind_are_one_line(cli: Installation, text: str) -> None:
    (cli.folder / "keys.toml").write_text(text, encoding="utf-8")
    assert "keys.toml" in tell(cli.opina("staff", "list"))


@ANY
@given(mutate=mutations())
def test_settings_broken_in_any_way_are_told_in_spanish(
    cli: Installation, mutate: Callable[[bytes], bytes]
) -> None:
    example = (Path(__file__).parents[4] / "config.example.toml").read_text(encoding="utf-8")
    whole = re.sub(r"^#(?=[a-z_]+ = )", "", example, flags=re.M).encode()
    Path("config.toml").write_bytes(mutate(whole))
    done = cli.opina("check")
    if done.code:
        tell(done, lines=None)
