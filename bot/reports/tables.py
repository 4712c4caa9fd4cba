"""Rows as a file for other programs: CSV, JSON lines or a spreadsheet, in constant memory.

CSV follows RFC 4180 (comma, CRLF, UTF-8 without a byte order mark): it is for programs. Excel set
to Chile expects semicolons and mistakes the comma for a decimal sign, so people get the
spreadsheet instead of a third dialect of CSV.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from handlers.text.display import escaped_directions, undirected

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | datetime | None
"""A time is aware and local: CSV and JSON say its offset, a spreadsheet its hour alone."""

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEET_ROWS = 1_048_576  # of the xlsx format, header included
MAX_CELL_CHARACTERS = 32_767  # in UTF-16 units
EXACT_DIGITS = 10**15  # a spreadsheet keeps 15 digits; a longer number is written as text
COLUMN_WIDTH = 20  # characters: a narrower column shows a time as ####
CUT = "… (cortado)"
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class TableFormat(StrEnum):
    """The formats that an export can have."""

    CSV = "csv"
    JSONL = "jsonl"
    XLSX = "xlsx"


def write_rows(
    rows: Iterable[Sequence[Cell]],
    header: Sequence[str],
    form: TableFormat,
    out: BinaryIO,
    sheet_rows: int = MAX_SHEET_ROWS,
) -> int:
    """Write ``header`` and ``rows`` to ``out`` and return how many rows there were.

    Rows are taken one at a time. In CSV and in spreadsheets a text that a spreadsheet would run
    as a formula gets an apostrophe in front (see ``harmless``), and characters that turn text
    round are left out; JSON has them as escapes. Numbers and times stay what they are. What is not
    a finite number is left empty. A spreadsheet goes on in a new sheet after ``sheet_rows``.
    """
    match form:
        case TableFormat.CSV:
            return _write_csv(rows, header, out)
        case TableFormat.JSONL:
            return _write_jsonl(rows, header, out)
        case TableFormat.XLSX:
            return _write_xlsx(rows, header, out, sheet_rows)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet might run as a formula.

    Those begin with = + - @, or their full-width and small forms, or with a tab or line break,
    also behind spaces and invisible characters (OWASP, "CSV Injection").
    """
    text = undirected(text)
    if text[:1] in ("\t", "\r", "\n"):
        return "'" + text
    for letter in text:
        if letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc"):
            continue
        # The minus sign proper (U+2212) has no compatibility form.
        plain = unicodedata.normalize("NFKC", letter).replace("\u2212", "-")
        return "'" + text if plain[:1] in ("=", "+", "-", "@") else text
    return text


def _write_csv(rows: Iterable[Sequence[Cell]], header: Sequence[str], out: BinaryIO) -> int:
    text = io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="")
    writer = csv.writer(text)
    count = 0
    try:
        writer.writerow([harmless(name) for name in header])
        for row in rows:
            count += 1
            writer.writerow([harmless(c) if isinstance(c, str) else _plain(c) for c in row])
    finally:
        text.detach()  # flushes; the file stays open, it is the caller's
    return count


def _write_jsonl(rows: Iterable[Sequence[Cell]], header: Sequence[str], out: BinaryIO) -> int:
    count = 0
    for row in rows:
        count += 1
        values = [cell if isinstance(cell, str) else _plain(cell) for cell in row]
        line = json.dumps(dict(zip(header, values, strict=True)), ensure_ascii=False)
        out.write(escaped_directions(line).encode("utf-8", "replace") + b"\n")
    return count


def _write_xlsx(
    rows: Iterable[Sequence[Cell]], header: Sequence[str], out: BinaryIO, sheet_rows: int
) -> int:
    import xlsxwriter  # only where a sheet is written, to save memory
    from xlsxwriter.exceptions import XlsxFileError

    from storage.files import NoScratch

    count = 0
    sink = _Sink(out)
    try:
        with xlsxwriter.Workbook(sink, {"constant_memory": True}) as book:
            sheet = _new_sheet(book, header)
            clock = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            at = 1
            for row in rows:
                count += 1
                if at == sheet_rows:
                    sheet = _new_sheet(book, header)
                    at = 1
                for column, cell in enumerate(row):
                    _write_cell(sheet, at, column, cell, clock)
                at += 1
    except (OSError, XlsxFileError):  # of temporary files: the sink takes everything
        raise NoScratch from None
    if sink.error is not None:
        raise sink.error
    return count


class _Sink(io.RawIOBase):
    """A file that takes everything and keeps the first error until it is asked for.

    What packs a spreadsheet cannot be stopped in the middle: on a full disk it would write on, and
    print what it failed at when it is thrown away.
    """

    def __init__(self, out: BinaryIO) -> None:
        self.error: OSError | None = None
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        if self.error is None:
            try:
                self._out.write(data)
                self._out.flush()
            except OSError as error:
                self.error = error
        return len(data)


def _new_sheet(book: xlsxwriter.Workbook, header: Sequence[str]) -> Worksheet:
    sheet = book.add_worksheet()
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(header) - 1, COLUMN_WIDTH)
    bold = book.add_format({"bold": True})
    for column, name in enumerate(header):
        sheet.write_string(0, column, harmless(name), bold)
    return sheet


def _write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, clock: Format) -> None:
    match cell:
        case None:
            return
        case str():
            sheet.write_string(row, column, _fitting(harmless(cell)))
        case datetime():
            local = cell.replace(tzinfo=None, microsecond=0)
            sheet.write_datetime(row, column, local, clock)
        case int() if abs(cell) >= EXACT_DIGITS:
            sheet.write_string(row, column, str(cell))
        case _ if _finite(cell) is not None:
            sheet.write_number(row, column, cell)


def _fitting(text: str) -> str:
    """Cut ``text`` to what a cell can hold, with a mark; replace characters that XML lacks."""
    text = _NOT_XML.sub("\ufffd", text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL_CHARACTERS:
        return text
    return units[: 2 * (MAX_CELL_CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _plain(cell: float | datetime | None) -> float | str | None:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else _finite(cell)


def _finite(number: float | None) -> float | None:
    return None if isinstance(number, float) and not math.isfinite(number) else number
