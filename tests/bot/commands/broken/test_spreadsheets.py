"""With any fault in the spreadsheet of gaps, one line in Spanish says what to do."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from tests.bot.commands.broken.files import ANY, HUGE, Break, mutations, put, tell
from tests.bot.commands.conftest import Installation

SHEET = "xl/worksheets/sheet2.xml"


def packed(parts: dict[str, bytes]) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return raw.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _swap(name: str, old: bytes, new: bytes) -> Break:
    def swap(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new)

    return swap


BROKEN_SHEETS: dict[str, Break] = {
    "broken XML": put(SHEET, b"<worksheet><sheetData>"),
    "no XML": put(SHEET, b"hola"),
    "no sheet": lambda parts: parts.pop(SHEET) and None,
    "no book": lambda parts: parts.pop("xl/workbook.xml") and None,
    "no types": lambda parts: parts.pop("[Content_Types].xml") and None,
    "no shared texts": lambda parts: parts.pop("xl/sharedStrings.xml") and None,
    "broken shared texts": put("xl/sharedStrings.xml", b"<sst><si>"),
    "broken styles": put("xl/styles.xml", b"<styleSheet>"),
    "a bomb of entities": put(
        SHEET,
        b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
        + b"]><a>&a9;</a>",
    ),
    "a bomb of zeros": put("xl/media/x.bin", b"\0" * 300_000_000),
    "a text out of range": _swap(SHEET, b't="s"><v>17</v>', b't="s"><v>99999</v>'),
    "a cell in row a million million": _swap(SHEET, b'<row r="3"', b'<row r="999999999999"'),
    "a merge of everything": _swap(
        SHEET,
        b"</sheetData>",
        b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
    ),
    "a number of 10,000 digits": _swap(
        SHEET, b't="s"><v>17</v>', b"><v>" + HUGE.encode() + b"</v>"
    ),
    "another sheet's name": _swap("xl/workbook.xml", b'"Fichas"', b'"Fichos"'),
    "not the columns": _swap("xl/sharedStrings.xml", b">Tipo<", b">Otra<"),
}


@pytest.mark.parametrize("kind", BROKEN_SHEETS)
def test_a_broken_spreadsheet_is_one_line(content: Path, cli: Installation, kind: str) -> None:
    sheet = Path("faltan.xlsx")
    assert cli.opina("gaps", "--write", str(sheet)).code == 0
    parts = unpacked(sheet.read_bytes())
    BROKEN_SHEETS[kind](parts)
    sheet.write_bytes(packed(parts))
    before = {file: file.read_bytes() for file in content.rglob("*.toml")}
    done = cli.opina("gaps", "--read", str(sheet))
    if done.code == 0:  # what is broken plays no part
        assert "0 datos" in done.out
    else:
        assert "faltan.xlsx" in tell(done)
    assert before == {file: file.read_bytes() for file in content.rglob("*.toml")}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" * 200, b"a;b;c\n1;2;3\n"])
def test_what_is_no_spreadsheet_is_one_line(content: Path, cli: Installation, raw: bytes) -> None:
    assert content.exists()
    Path("faltan.xlsx").write_bytes(raw)
    assert ".xlsx" in tell(cli.opina("gaps", "--read", "faltan.xlsx"))
    tell(cli.opina("gaps", "--read", "nowhere.xlsx"))
    tell(cli.opina("gaps", "--read", "."))


@ANY
@given(mutate=mutations())
def test_a_spreadsheet_broken_in_any_way_is_told_in_spanish(
    content: Path, cli: Installation, mutate: Callable[[bytes], bytes]
) -> None:
    assert content.exists()
    sheet = Path("faltan.xlsx")
    written = Path("escritas.xlsx")
    if not written.exists():
        assert cli.opina("gaps", "--write", str(written)).code == 0
    whole = written.read_bytes()
    for raw in (
        mutate(whole),
        packed({**unpacked(whole), SHEET: mutate(unpacked(whole)[SHEET])}),
    ):
        sheet.write_bytes(raw)
        done = cli.opina("gaps", "--read", str(sheet))
        if done.code:
            tell(done, lines=None)
