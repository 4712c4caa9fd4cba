"""Exports: what goes in comes out again, and nothing in them can run as a formula."""

import csv
import io
import json
import tempfile
import tracemalloc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.reports.tables import MAX_CELL_CHARACTERS, Cell, TableFormat, harmless, write_rows
from storage.files import NoScratch

HEADER = ("response", "question", "value")
DANGEROUS = [
    "=1+1",
    "+56 9 0000 0000",
    "-1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹢1",
    "\u22121",
]

# No lone surrogates: no text of the service holds them, and UTF-8 cannot.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
numbers = st.integers(-(10**12), 10**12) | st.floats(-1e300, 1e300)
tables = st.lists(st.tuples(texts, numbers, st.none() | texts), max_size=20)


def written(
    rows: Sequence[Sequence[Cell]], form: TableFormat, sheet_rows: int = 1_048_576
) -> bytes:
    out = io.BytesIO()
    assert write_rows(iter(rows), HEADER, form, out, sheet_rows) == len(rows)
    return out.getvalue()


def read_csv(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8"), newline="")))


def read_xlsx(raw: bytes) -> list[list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(raw))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


@given(tables)
def test_csv_reads_back_as_it_was_but_for_apostrophes(
    rows: list[tuple[str, float, str | None]],
) -> None:
    header, *read = read_csv(written(rows, TableFormat.CSV))
    assert header == list(HEADER)
    assert len(read) == len(rows)
    for (text, number, words), (text_back, number_back, words_back) in zip(rows, read, strict=True):
        assert text_back == harmless(text)
        assert float(number_back) == number
        assert words_back == harmless(words or "")


@given(tables)
def test_json_lines_read_back_exactly(rows: list[tuple[str, float, str | None]]) -> None:
    lines = written(rows, TableFormat.JSONL).decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [
        dict(zip(HEADER, row, strict=True)) for row in rows
    ]


# XML turns \r and the like into others, and openpyxl drops the empty text: printable ones here.
@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"),
                min_size=1,
                max_size=60,
            ),
            numbers,
        ),
        max_size=8,
    )
)
def test_a_spreadsheet_reads_back_as_it_was_but_for_apostrophes(
    rows: list[tuple[str, float]],
) -> None:
    ((_, *read),) = read_xlsx(written([(*row, None) for row in rows], TableFormat.XLSX))
    for (text, number), (text_back, number_back, nothing) in zip(rows, read, strict=True):
        assert text_back == harmless(text)
        assert number_back == pytest.approx(number, rel=1e-14)
        assert nothing is None


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_can_run_as_a_formula(text: str) -> None:
    (_, (in_csv, *_)) = read_csv(written([(text, 1, None)], TableFormat.CSV))
    assert in_csv == "'" + text
    sheet = load_workbook(io.BytesIO(written([(text, 1, None)], TableFormat.XLSX))).worksheets[0]
    assert sheet["A2"].data_type == "s"
    assert str(sheet["A2"].value).startswith("'")


@pytest.mark.parametrize("text", ["buena = atención", "1+1", "mail@example.cl", "", "  ", "ñandú"])
def test_a_harmless_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_negative_number_stays_a_number() -> None:
    rows: list[tuple[Cell, ...]] = [("r1", -5, -0.25)]
    assert read_csv(written(rows, TableFormat.CSV))[1] == ["r1", "-5", "-0.25"]
    assert read_xlsx(written(rows, TableFormat.XLSX))[0][1] == ("r1", -5, -0.25)


def test_a_number_longer_than_a_spreadsheet_keeps_is_written_as_text() -> None:
    rows: list[tuple[Cell, ...]] = [(2**63 - 1, 1, None)]
    assert read_xlsx(written(rows, TableFormat.XLSX))[0][1][0] == "9223372036854775807"


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_is_not_a_finite_number_is_left_empty(number: float) -> None:
    rows: list[tuple[Cell, ...]] = [("r1", number, "fin")]
    assert read_csv(written(rows, TableFormat.CSV))[1] == ["r1", "", "fin"]
    assert json.loads(written(rows, TableFormat.JSONL))["question"] is None
    assert read_xlsx(written(rows, TableFormat.XLSX))[0][1] == ("r1", None, "fin")


def test_csv_is_rfc_4180_in_utf_8_without_a_mark() -> None:
    rows: list[tuple[Cell, ...]] = [('dijo "hola"', 6, "uno, dos\ntres")]
    assert written(rows, TableFormat.CSV).decode() == (
        'response,question,value\r\n"dijo ""hola""",6,"uno, dos\ntres"\r\n'
    )


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    rows: list[tuple[Cell, ...]] = [("😀" * 20_000, 1, None)]
    cell = str(read_xlsx(written(rows, TableFormat.XLSX))[0][1][0])
    assert len(cell.encode("utf-16-le")) // 2 <= MAX_CELL_CHARACTERS
    assert cell.endswith("… (cortado)")
    assert read_csv(written(rows, TableFormat.CSV))[1][0] == "😀" * 20_000


def test_a_spreadsheet_goes_on_in_a_new_sheet_with_the_header() -> None:
    rows: list[tuple[Cell, ...]] = [(f"r{n}", n, None) for n in range(5)]
    sheets = read_xlsx(written(rows, TableFormat.XLSX, sheet_rows=3))
    assert [len(sheet) for sheet in sheets] == [3, 3, 2]
    assert all(sheet[0] == HEADER for sheet in sheets)
    assert [row[0] for sheet in sheets for row in sheet[1:]] == ["r0", "r1", "r2", "r3", "r4"]


def test_no_rows_give_a_header_alone() -> None:
    assert read_csv(written([], TableFormat.CSV)) == [list(HEADER)]
    assert read_xlsx(written([], TableFormat.XLSX)) == [[HEADER]]
    assert written([], TableFormat.JSONL) == b""


class Counted(io.RawIOBase):
    """A file that only counts, so that what is measured is the writer's own memory."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(bytes(data))


@pytest.mark.parametrize("form", [TableFormat.CSV, TableFormat.JSONL])
def test_memory_does_not_grow_with_the_rows(form: TableFormat) -> None:
    def rows() -> Iterator[tuple[Cell, ...]]:
        for number in range(20_000):
            yield f"r{number}", number, "palabras de un comentario"

    tracemalloc.start()
    write_rows(rows(), HEADER, form, io.BufferedWriter(Counted()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 500_000  # the rows together take more than a megabyte


def test_a_spreadsheet_without_room_for_temporary_files_is_one_mistake(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(NoScratch):
        write_rows([["a"]], ["x"], TableFormat.XLSX, io.BytesIO())
