"""Writes rows as CSV, JSON lines or a spreadsheet, in constant memory.

CSV follows RFC 4180 (comma, CRLF, UTF-8 without a byte order mark) and is for programs. Excel with
Chilean settings expects semicolons and decimal commas, so people get a spreadsheet instead of
another dialect of CSV.
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
"""Times are aware and local: CSV and JSON include the offset, spreadsheets cannot."""

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_SHEET_ROWS = 1_048_576  # of xlsx, including the header
MAX_CELL_CHARACTERS = 32_767  # in UTF-16 units
EXACT_DIGITS = 10**15  # spreadsheets keep 15 digits, so larger numbers are written as text
COLUMN_WIDTH = 20  # characters; in a narrower column a time shows as ####
CUT = "… (cortado)"
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class TableFormat(StrEnum):
    """The formats of an export."""

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
    """Write ``header`` and ``rows`` to ``out``; return the number of rows.

    Rows are consumed one at a time. In CSV and spreadsheets, text that a spreadsheet would run as
    a formula gets an apostrophe in front (see ``harmless``), and characters that reverse the
    direction of text are removed; JSON escapes them. A number that is not finite becomes an empty
    cell. A spreadsheet continues on a new sheet after ``sheet_rows`` rows.
    """
    match form:
        case TableFormat.CSV:
            return _write_csv(rows, header, out)
        case TableFormat.JSONL:
            return _write_jsonl(rows, header, out)
        case TableFormat.XLSX:
            return _write_xlsx(rows, header, out, sheet_rows)


def harmless(text: str) -> str:
    """The text, with an apostrophe in front if a spreadsheet might run it as a formula.

    Formulas begin with = + - @, their full-width or small forms, a tab or a line break, possibly
    after spaces and invisible characters (OWASP, "CSV Injection").
    """
    text = undirected(text)
    if text[:1] in ("\t", "\r", "\n"):
        return "'" + text
    for letter in text:
        if letter.isspace() or unicodedata.category(letter) in ("Cf", "Cc"):
            continue
        # U+2212, the minus sign, has no compatibility form.
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
        text.detach()  # flushes, and leaves the caller's file open
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
    import xlsxwriter  # imported here to save memory
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
    except (OSError, XlsxFileError):  # about temporary files; the sink never raises
        raise NoScratch from None
    if sink.error is not None:
        raise sink.error
    return count


class _Sink(io.RawIOBase):
    """A file object that accepts everything and keeps the first write error for the caller.

    zipfile cannot be stopped midway: on a full disk it would go on writing, and print its error
    when it is garbage collected.
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
    """Cut ``text`` to the size of a cell, with a mark, and replace characters that XML lacks."""
    text = _NOT_XML.sub("\ufffd", text)
    units = text.encode("utf-16-le")
    if len(units) <= 2 * MAX_CELL_CHARACTERS:
        return text
    return units[: 2 * (MAX_CELL_CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT


def _plain(cell: float | datetime | None) -> float | str | None:
    return cell.isoformat(timespec="seconds") if isinstance(cell, datetime) else _finite(cell)


def _finite(number: float | None) -> float | None:
    return None if isinstance(number, float) and not math.isfinite(number) else number
