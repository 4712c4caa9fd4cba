"""Whatever an operator's file holds, the command says in Spanish what to do, and ends with 2."""

from __future__ import annotations

import gzip
import io
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.content.release import PACKAGED
from tests.bot.commands.conftest import Done, Installation
from tests.storage.scene import Said, closed, grade, opened, sender

ENGLISH = re.compile(
    r"\b(the|is|are|not|no such|missing|must|should|invalid|expected|unknown|allowed|cannot|found"
    r"|input|value|valid|string|integer|line|column|file|errno|error at|traceback|failed|too)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(r"«[^»]*»|\"[^\"]*\"")
CODE = re.compile(r"\[[a-z_]+\] [a-z_]+|\S*[/_.\[-]\S*")
DEEP = 20_000
HUGE = "9" * 10_000


def tell(done: Done, *, lines: int | None = 1) -> str:
    """What was said of a broken file: one line in Spanish, and nothing else."""
    assert done.code == 2, done
    assert done.out == "", done.out
    said = done.err.splitlines()
    assert said
    assert lines is None or len(said) == lines, done.err[:2_000]
    for line in said:
        assert len(line) < 500, line
        assert "Traceback" not in line
        assert not ENGLISH.search(CODE.sub("", QUOTED.sub("", line))), line
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line), repr(line)
    return done.err


NOT_TOML = {
    "empty brackets": b"[",
    "cut off": b'[web]\nport = 80\nhost = "127.0',
    "utf-16": "[web]\nport = 8080\n".encode("utf-16"),
    "latin-1": "# señal\n".encode("latin-1"),
    "binary": bytes(range(256)),
    "nul": b"[web]\nhost = \x00",
    "deep list": b"a = " + b"[" * DEEP,
    "deep table": b"a = " + b"{ a = " * DEEP,
    "deep key": b"a." * DEEP + b"b = 1",
    "deep quoted key": b'"a" . ' * DEEP + b"b = 1",
    "deep title": b"[" + b"a." * DEEP + b"b]",
    "huge number": b"a = " + HUGE.encode(),
    "huge negative": b"a = -" + HUGE.encode(),
    "bad date": b"a = 2026-02-31",
    "bad escape": b'a = "\\q"',
    "twice": b"a = 1\na = 2",
    "two tables": b"[web]\n[web]",
    "no value": b"a =",
    "word": b"a = hola",
    "a spreadsheet": b"PK\x03\x04\x14\x00\x06\x00",
    "three megabytes": b"# " + b"x" * 3_000_000,
}

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
    "no such folder": '[municipality]\ncontent = "nowhere"',
}


def own(town: Installation, town_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = town.folder / "own"
    shutil.copytree(town_folder, folder, dirs_exist_ok=True)
    monkeypatch.setenv("OPINA_MUNICIPALITY__CONTENT", str(folder))
    return folder


@pytest.fixture
def content(town: Installation, town_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the town's content, configured, to be broken."""
    return own(town, town_folder, monkeypatch)


@pytest.mark.parametrize("kind", NOT_TOML)
def test_settings_that_are_no_toml_are_one_line(town: Installation, kind: str) -> None:
    Path("config.toml").write_bytes(NOT_TOML[kind])
    assert tell(town.opina("staff", "list")).startswith("config.toml: ")


@pytest.mark.parametrize("kind", WRONG_SETTINGS)
def test_a_wrong_setting_is_one_line(
    town: Installation, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE__URL", "DATABASE__KEYS", "MUNICIPALITY__CONTENT"):
        monkeypatch.delenv(f"OPINA_{name}")
    Path("config.toml").write_text(WRONG_SETTINGS[kind], encoding="utf-8")
    command = ("check",) if "content" in WRONG_SETTINGS[kind] else ("staff", "list")
    tell(town.opina(*command))


@pytest.mark.parametrize("kind", NOT_TOML)
@pytest.mark.parametrize("file", ["desks.toml", "areas/aseo.toml", "search.toml"])
def test_content_that_is_no_toml_is_one_line(
    content: Path, town: Installation, file: str, kind: str
) -> None:
    (content / file).write_bytes(NOT_TOML[kind])
    assert tell(town.opina("check")).startswith(f"{file}: ")


@pytest.mark.parametrize("kind", NOT_TOML)
def test_keys_that_are_no_toml_are_one_line(town: Installation, kind: str) -> None:
    (town.folder / "keys.toml").write_bytes(NOT_TOML[kind])
    assert "keys.toml" in tell(town.opina("staff", "list"))


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
def test_keys_of_a_wrong_kind_are_one_line(town: Installation, text: str) -> None:
    (town.folder / "keys.toml").write_text(text, encoding="utf-8")
    assert "keys.toml" in tell(town.opina("staff", "list"))


@pytest.mark.parametrize(
    "text",
    [
        "the file is not found",
        "a» the file «b",
        "the file " * 60,
        "la\nthe file\u202e",
        "a.the file",
    ],
)
def test_a_text_in_place_of_an_id_or_a_key_is_quoted(
    content: Path, town: Installation, text: str
) -> None:
    written = json.dumps(text)
    for file, old, new in (
        ("questionnaires/utilidad.toml", 'id = "useful"', f"id = {written}"),
        ("areas/transito.toml", "summary =", f"{written} ="),
        ("meanings.toml", "meanings", f"{written} = 1\nmeanings"),
    ):
        path = content / file
        whole = path.read_text(encoding="utf-8")
        assert old in whole
        path.write_text(whole.replace(old, new, 1), encoding="utf-8")
    said = tell(town.opina("check"), lines=None)
    for place in ("questions[«", "].«", "meanings.toml: «"):
        assert place in said


FTL = {
    "a sentence that names itself": "menu = { menu }\n",
    "a circle of three": "menu = { help }\nhelp = { goodbye }\ngoodbye = { menu }\n",
    "a term that names itself": "-a = { -a }\nmenu = { -a }\n",
    "a sentence that is not there": "menu = { nowhere }\n",
    "a term that is not there": "menu = { -nowhere }\n",
    "an attribute that is not there": "menu = { help.nowhere }\n",
    "a function that is not there": "menu = { NOWHERE(1) }\n",
    "a function used wrongly": 'menu = { NUMBER("x") }\n',
    "an open bracket": "menu = { \n",
    "deep": "menu = " + "{ " * DEEP + "\n",
    "deep and closed": "menu = " + "{ " * 3_000 + '"x"' + " }" * 3_000 + "\n",
    "a laugh": "-a = xxxxxxxxxx\n"
    + "".join(
        f"-{b} = " + f"{{ -{a} }}" * 10 + "\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "menu = { -i }\n",
    "a long chain": "".join(f"-a{n} = {{ -a{n + 1} }}\n" for n in range(3_000))
    + "-a3000 = x\nmenu = { -a0 }\n",
    "nothing": "menu =\n",
    "an unknown variable": "menu = { $nowhere }\n",
    "an attribute alone": "menu =\n    .a = b\n",
}


@pytest.mark.parametrize("kind", FTL)
def test_a_sentence_that_cannot_be_said_is_one_line(
    content: Path, town: Installation, kind: str
) -> None:
    file = content / "wording" / "es-CL.ftl"
    text = file.read_text(encoding="utf-8")
    for name in ("menu", "help", "goodbye"):
        if f"\n{name} =" in "\n" + FTL[kind]:
            text = re.sub(rf"^{name} =.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", "", text, flags=re.M)
    file.write_text(text + "\n" + FTL[kind], encoding="utf-8")
    assert tell(town.opina("check"), lines=None).startswith("wording/es-CL.ftl")


def test_an_ftl_file_in_another_encoding_is_one_line(content: Path, town: Installation) -> None:
    file = content / "wording" / "es-CL.ftl"
    for encoding in ("latin-1", "utf-16"):
        text = (PACKAGED / "wording" / "es-CL.ftl").read_text(encoding="utf-8")
        file.write_bytes(text.encode(encoding, "replace"))
        assert "UTF-8" in tell(town.opina("check"))


# Spreadsheets


def packed(parts: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return raw.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {name: file.read(name) for name in file.namelist()}


Break = Callable[[dict[str, bytes]], None]
SHEET = "xl/worksheets/sheet2.xml"


def _put(name: str, data: bytes) -> Break:
    return lambda parts: parts.update({name: data})


def _swap(name: str, old: bytes, new: bytes) -> Break:
    def swap(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return swap


BROKEN_SHEETS: dict[str, Break] = {
    "broken XML": _put(SHEET, b"<worksheet><sheetData>"),
    "no XML": _put(SHEET, b"hola"),
    "no sheet": lambda parts: parts.pop(SHEET) and None,
    "no book": lambda parts: parts.pop("xl/workbook.xml") and None,
    "no types": lambda parts: parts.pop("[Content_Types].xml") and None,
    "no shared texts": lambda parts: parts.pop("xl/sharedStrings.xml") and None,
    "broken shared texts": _put("xl/sharedStrings.xml", b"<sst><si>"),
    "broken styles": _put("xl/styles.xml", b"<styleSheet>"),
    "a bomb of entities": _put(
        SHEET,
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
        + b"]><a>&a9;</a>",
    ),
    "a bomb of zeros": _put("xl/media/x.bin", b"\0" * 300_000_000),
    "a text out of range": _swap(SHEET, b't="s"><v>15</v>', b't="s"><v>99999</v>'),
    "a cell in row a million million": _swap(SHEET, b'<row r="3"', b'<row r="999999999999"'),
    "a merge of everything": _swap(
        SHEET,
        b"</sheetData>",
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
    "a number of 10,000 digits": _swap(
        SHEET, b't="s"><v>15</v>', b"><v>" + HUGE.encode() + b"</v>"
    ),
    "another sheet's name": _swap("xl/workbook.xml", b'"Fichas"', b'"Fichos"'),
    "not the columns": _swap("xl/sharedStrings.xml", b">Tipo<", b">Otra<"),
}


@pytest.mark.parametrize("kind", BROKEN_SHEETS)
def test_a_broken_spreadsheet_is_one_line(content: Path, town: Installation, kind: str) -> None:
    sheet = Path("faltan.xlsx")
    assert town.opina("gaps", "--write", str(sheet)).code == 0
    parts = unpacked(sheet.read_bytes())
    BROKEN_SHEETS[kind](parts)
    sheet.write_bytes(packed(parts))
    before = {file: file.read_bytes() for file in content.rglob("*.toml")}
    done = town.opina("gaps", "--read", str(sheet))
    if done.code == 0:  # what is broken plays no part
        assert "0 datos" in done.out
    else:
        assert "faltan.xlsx" in tell(done)
    assert before == {file: file.read_bytes() for file in content.rglob("*.toml")}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, b"a;b;c\n1;2;3\n"])
def test_what_is_no_spreadsheet_is_one_line(content: Path, town: Installation, raw: bytes) -> None:
    assert content.exists()
    Path("faltan.xlsx").write_bytes(raw)
    assert ".xlsx" in tell(town.opina("gaps", "--read", "faltan.xlsx"))
    tell(town.opina("gaps", "--read", "nowhere.xlsx"))
    tell(town.opina("gaps", "--read", "."))


# Scripts, queries, backups


@pytest.mark.parametrize(
    "raw", ["señal".encode("latin-1"), "hola".encode("utf-16"), b"hola\n" * 100_000]
)
def test_a_script_that_cannot_be_read_is_one_line(town: Installation, raw: bytes) -> None:
    Path("guion.txt").write_bytes(raw)
    assert "guion.txt" in tell(town.opina("chat", "--script", "guion.txt"))
    tell(town.opina("chat", "--script", "nowhere.txt"))
    tell(town.opina("chat", "--script", "."))


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[" * DEEP,
        b'{"query": ' * DEEP,
        b'{"query": "a"}',
        b'{"query": 3, "expected": [], "kind": "x"}',
        b'{"query": "a", "expected": "a", "kind": "x"}',
        b'{"query": "' + b"a" * 100_000 + b'", "expected": [], "kind": "x"}',
        "{señal".encode("latin-1"),
        b"\x00\x01",
        f'{{"query": {HUGE}}}'.encode(),
    ],
)
def test_labelled_queries_that_cannot_be_read_are_one_line(town: Installation, raw: bytes) -> None:
    Path("consultas.jsonl").write_bytes(raw)
    assert "consultas.jsonl" in tell(town.opina("search", "--evaluate", "consultas.jsonl"))


@pytest.fixture
def copy(town: Installation) -> Path:
    """A backup of one answer."""
    (town.folder / "copias").mkdir()
    town.take(Said(sender("a"), [opened(1), grade(1, 4), closed(1)]))
    assert town.opina("backup", "copias").code == 0
    return next((town.folder / "copias").glob("opina-*"))


def _manifest(**changes: object) -> Break:
    def change(parts: dict[str, bytes]) -> None:
        manifest = json.loads(parts["manifest.json"])
        parts["manifest.json"] = json.dumps(manifest | changes).encode()

    return change


def _vouched(table: str, data: bytes) -> Break:
    """A table's file with other contents, which the manifest vouches for."""
    import hashlib

    def change(parts: dict[str, bytes]) -> None:
        parts[f"{table}.msgpack.gz"] = data
        manifest = json.loads(parts["manifest.json"])
        manifest["tables"][table]["sha256"] = hashlib.sha256(data).hexdigest()
        parts["manifest.json"] = json.dumps(manifest).encode()

    return change


BROKEN_COPIES: dict[str, Break] = {
    "no manifest": lambda parts: parts.pop("manifest.json") and None,
    "an empty manifest": _put("manifest.json", b""),
    "a manifest cut off": lambda parts: parts.update(
        {"manifest.json": parts["manifest.json"][:99]}
    ),
    "a deep manifest": _put("manifest.json", b"[" * DEEP),
    "a deep unknown key": _put("manifest.json", b'{"a": ' + b"[" * DEEP),
    "a huge manifest": _put("manifest.json", b" " * 3_000_000),
    "a list": _put("manifest.json", b"[]"),
    "a huge number": _put("manifest.json", f'{{"format": {HUGE}}}'.encode()),
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
    "a file is changed": _put("answers.msgpack.gz", b"x"),
    "no gzip": _vouched("answers", b"x"),
    "gzip cut off": _vouched("answers", gzip.compress(b"\0\0\0\x05abcde")[:-9]),
    "a part without an end": _vouched("answers", gzip.compress(b"\xff\xff\xff\xffabc")),
    "no rows": _vouched("answers", gzip.compress(b"\0\0\0\x01\xc0")),
    "deep rows": _vouched("answers", gzip.compress((5_000).to_bytes(4, "big") + b"\x91" * 5_000)),
    "rows too short": _vouched("answers", gzip.compress(b"\0\0\0\x03\x91\x91\x01")),
    "broken keys": _put("keys.toml", b"["),
}


@pytest.mark.parametrize("kind", BROKEN_COPIES)
def test_a_broken_backup_is_one_line_and_changes_nothing(
    town: Installation, copy: Path, kind: str
) -> None:
    parts = {file.name: file.read_bytes() for file in copy.iterdir()}
    BROKEN_COPIES[kind](parts)
    for file in copy.iterdir():
        file.unlink()
    for name, data in parts.items():
        (copy / name).write_bytes(data)
    tell(town.opina("restore", "--replace", str(copy)))
    assert town.rows("SELECT count(*) FROM answers") == [(1,)]


# Any mutation at all


@st.composite
def mutations(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    """Cut, double, exchange, or insert somewhere; what people, editors and disks do to files."""
    at, length = draw(st.floats(0, 1)), draw(st.integers(1, 400))
    inserted = draw(
        st.sampled_from(
            [
                b"\0",
                b'"',
                b"[",
                b"]",
                b"{",
                b"}",
                b"=",
                b"#",
                b"\xff",
                b"\r",
                b"\xe2\x80\xae",
                b"[[a]]\n",
            ]
        )
        | st.binary(max_size=20)
        | st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace"))
    )
    kind = draw(st.sampled_from(["cut", "drop", "double", "insert", "replace", "recode"]))

    def mutate(raw: bytes) -> bytes:
        start = int(at * len(raw))
        head, part, tail = raw[:start], raw[start : start + length], raw[start + length :]
        match kind:
            case "cut":
                return head
            case "drop":
                return head + tail
            case "double":
                return head + part + part + tail
            case "insert":
                return head + inserted + part + tail
            case "replace":
                return head + inserted + tail
            case _:
                return raw.decode("utf-8", "replace").encode("utf-16")

    return mutate


ANY = settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.mark.parametrize(
    "file",
    [
        "areas/transito.toml",
        "desks.toml",
        "emergencies.toml",
        "questionnaires/atencion.toml",
        "municipality.toml",
        "wording/en.ftl",
    ],
)
@ANY
@given(mutate=mutations())
def test_content_broken_in_any_way_is_told_in_spanish(
    content: Path, town: Installation, file: str, mutate: Callable[[bytes], bytes]
) -> None:
    path = content / file
    whole = path.read_bytes()
    path.write_bytes(mutate(whole))
    try:
        done = town.opina("check")
    finally:
        path.write_bytes(whole)
    if done.code:  # some mutations break nothing
        tell(done, lines=None)


@ANY
@given(mutate=mutations())
def test_settings_broken_in_any_way_are_told_in_spanish(
    town: Installation, mutate: Callable[[bytes], bytes]
) -> None:
    example = (Path(__file__).parents[3] / "config.example.toml").read_text(encoding="utf-8")
    whole = re.sub(r"^#(?=[a-z_]+ = )", "", example, flags=re.M).encode()
    Path("config.toml").write_bytes(mutate(whole))
    done = town.opina("check")
    if done.code:
        tell(done, lines=None)


@ANY
@given(mutate=mutations())
def test_a_spreadsheet_broken_in_any_way_is_told_in_spanish(
    content: Path, town: Installation, mutate: Callable[[bytes], bytes]
) -> None:
    assert content.exists()
    sheet = Path("faltan.xlsx")
    town.opina("gaps", "--write", str(sheet))
    whole = sheet.read_bytes()
    for raw in (
        mutate(whole),
        packed({**unpacked(whole), SHEET: mutate(unpacked(whole)[SHEET])}),
    ):
        sheet.write_bytes(raw)
        done = town.opina("gaps", "--read", str(sheet))
        if done.code:
            tell(done, lines=None)


@settings(ANY, max_examples=6)
@given(mutate=mutations())
def test_a_backup_broken_in_any_way_is_told_in_spanish(
    town: Installation, copy: Path, mutate: Callable[[bytes], bytes]
) -> None:
    for file in ("manifest.json", "answers.msgpack.gz", "keys.toml", "erasures.jsonl"):
        path = copy / file
        whole = path.read_bytes() if path.exists() else b""
        path.write_bytes(mutate(whole))
        try:
            done = town.opina("restore", "--replace", str(copy))
        finally:
            path.write_bytes(whole)
        if done.code:
            tell(done)
