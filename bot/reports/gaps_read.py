"""Reads the filled-in spreadsheet of gaps back, checking every cell."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from pydantic import TypeAdapter, ValidationError

from bot.reports.gaps import (
    FIELDS,
    Change,
    FieldKind,
    GapField,
    Record,
    Value,
    as_text,
    plain,
    records,
)
from bot.reports.gaps_sheet import SHEET, SHOWN
from handlers.content.model import Contactable, Content, Line
from handlers.errors import OperatorError
from handlers.text.folding import fold

_line = TypeAdapter(Line)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_UNREADABLE = (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError)


def read_gaps(path: Path, content: Content, today: date) -> list[Change]:
    """Return what was changed in a spreadsheet that ``write_gaps`` wrote.

    Raises OperatorError with every problem, one a line: sheet and cell, what is allowed. ``today``
    is the last day that something can have been confirmed.
    """
    book = _opened(path)
    reader = _SheetReader(path.name, content, today)
    changes = reader.read(book[SHEET], _shown(book[SHOWN]))
    book.close()
    if reader.problems:
        raise OperatorError("\n".join(reader.problems))
    return changes


class _SheetReader:
    """Reads the filled-in sheet, gathering problems instead of stopping at the first."""

    def __init__(self, name: str, content: Content, today: date) -> None:
        self.problems: list[str] = []
        self._name = name
        self._today = today
        self._records = {(str(r.kind), r.id): r for r in records(content)}

    def read(self, sheet: Worksheet, shown: dict[tuple[str, str], list[str]]) -> list[Change]:
        changes: list[Change] = []
        columns = self._columns(sheet)
        seen: set[tuple[str, str]] = set()
        if columns is None:
            return changes
        for row in sheet.iter_rows(min_row=2):
            if all(cell.value is None for cell in row):
                continue
            key = (plain(row[columns["Tipo"]].value), plain(row[columns["Id"]].value))
            record = self._records.get(key)
            where = f"{self._name}: {SHEET}!{row[columns['Id']].coordinate}"
            if record is None or key not in shown:
                self.problems.append(
                    f"{where}: there is no {' '.join(key)!r} to fill in; "
                    "leave Tipo and Id as they were written"
                )
                continue
            if key in seen:
                self.problems.append(f"{where}: {' '.join(key)!r} is here twice; keep one row")
                continue
            seen.add(key)
            for at, field in enumerate(FIELDS):
                cell = row[columns[field.title]]
                change = self._change(record, field, cell, shown[key][at])
                changes += [change] if change else []
        return changes

    def _columns(self, sheet: Worksheet) -> dict[str, int] | None:
        """Return where each title stands; columns may have been moved or added."""
        head = next(sheet.iter_rows(min_row=1, max_row=1), ())
        places = {plain(cell.value): at for at, cell in enumerate(head)}
        wanted = ("Tipo", "Id", *(field.title for field in FIELDS))
        missing = [title for title in wanted if title not in places]
        for title in missing:
            self.problems.append(
                f"{self._name}: {SHEET}: the column {title!r} is missing in the first row"
            )
        return None if missing else places

    def _change(
        self, record: Record, field: GapField, cell: Cell | MergedCell, shown: str
    ) -> Change | None:
        try:
            new = self._value(field, cell)
        except ValueError as problem:
            self._problem(record, field, cell, str(problem))
            return None
        if as_text(new) == shown:
            return None
        if not record.has(field):
            self._problem(record, field, cell, "an area has no such field; leave it empty")
            return None
        old = record.value(field)
        if as_text(old) == as_text(new):
            return None
        if as_text(old) != shown:
            self._problem(
                record,
                field,
                cell,
                f"the content says {as_text(old)!r} by now; write that, "
                "or change the content by hand",
            )
            return None
        return Change(record.area.id, record.kind, record.id, field.key, old, new)

    def _problem(self, record: Record, field: GapField, cell: Cell | MergedCell, text: str) -> None:
        self.problems.append(
            f"{self._name}: {SHEET}!{cell.coordinate} "
            f"({field.title}, {record.kind} {record.id}): {text}"
        )

    def _value(self, field: GapField, cell: Cell | MergedCell) -> Value | None:
        """Return what the cell says. Raises ValueError with what is allowed."""
        raw = cell.value
        if cell.data_type == "f":
            raise ValueError("is a formula; write the value itself")
        if cell.data_type == "e":
            raise ValueError(f"is the error {raw}; write the value, or leave it empty")
        if raw is None or plain(raw) == "":
            return None
        match field.kind:
            case FieldKind.DATE:
                return self._day(raw)
            case FieldKind.YES_NO:
                return _yes_no(raw)
            case _:
                return _text(field.kind, raw)

    def _day(self, raw: object) -> date:
        day = _date_in(raw)
        if day is None:
            raise ValueError(f"{plain(raw)!r} is no date; allowed: 16-11-2026")
        if not date(2000, 1, 1) < day <= self._today:
            raise ValueError(f"{day} cannot be; allowed: a day up to today, {self._today}")
        return day


def _opened(path: Path) -> Workbook:
    try:
        book = load_workbook(path)
    except FileNotFoundError:
        raise OperatorError(f"{path}: no such file") from None
    except _UNREADABLE:
        raise OperatorError(f"{path}: is not a spreadsheet; allowed: .xlsx") from None
    if SHEET not in book.sheetnames or SHOWN not in book.sheetnames:
        book.close()
        raise OperatorError(
            f"{path}: was not written by opina gaps; write a new one and fill it in"
        )
    return book


def _shown(sheet: Worksheet) -> dict[tuple[str, str], list[str]]:
    return {
        (plain(row[0]), plain(row[1])): [plain(cell) for cell in row[2 : 2 + len(FIELDS)]]
        for row in _padded(sheet)
    }


def _padded(sheet: Worksheet) -> Iterator[Sequence[object]]:
    """Yield the rows' values; trailing empty cells may be left out of a file."""
    width = 2 + len(FIELDS)
    for row in sheet.iter_rows(values_only=True):
        yield [*row, *([None] * width)][:width]


def _text(kind: FieldKind, raw: object) -> str:
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    if number and kind is not FieldKind.PHONE:
        raise ValueError(f"{raw} is a number without a unit; write it in words, such as $12.500")
    text = plain(raw)
    try:
        _line.validate_python(text)
    except ValidationError:
        raise ValueError(f"has {len(text)} characters; allowed: 300") from None
    if kind is FieldKind.PHONE and sum(letter.isdigit() for letter in text) < 3:
        raise ValueError(f"{text!r} is no telephone number; allowed: 3 digits or more")
    if kind is FieldKind.EMAIL and not _EMAIL.fullmatch(text):
        raise ValueError(f"{text!r} is no e-mail address; allowed: nombre@dominio.cl")
    if kind is FieldKind.LINK:
        try:
            Contactable.model_validate({"link": text})
        except ValidationError:
            raise ValueError(f"{text!r} is no link; allowed: https://…") from None
    return text


def _yes_no(raw: object) -> bool:
    said = {True: "si", False: "no"}[raw] if isinstance(raw, bool) else fold(plain(raw))
    if said not in ("si", "no"):
        raise ValueError(f"{plain(raw)!r} cannot be; allowed: sí or no")
    return said == "si"


def _date_in(raw: object) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = plain(raw)
    try:
        if found := _DAY_FIRST.fullmatch(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        return date.fromisoformat(text) if "-" in text else None
    except ValueError:
        return None
