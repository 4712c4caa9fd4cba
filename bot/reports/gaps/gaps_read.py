"""Reads the filled-in spreadsheet of gaps, validating every cell."""

from __future__ import annotations

import io
import re
import struct
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from pydantic import TypeAdapter, ValidationError

from bot.reports.gaps.gaps import (
    FIELDS,
    FieldChange,
    FieldKind,
    GapField,
    Record,
    Value,
    as_text,
    plain,
    records,
)
from bot.reports.gaps.gaps_sheet import SHEET, SHOWN
from handlers.content.fields import OneLine
from handlers.content.mistakes import Mistake, lines
from handlers.content.model import Contactable, Content
from handlers.errors import OperatorError
from handlers.text.days import day_of
from handlers.text.display import quoted
from handlers.text.folding import fold
from storage.files import read_bytes

MOST_PACKED = 5_000_000  # bytes of the file; La Serena's has 26,000
MOST_UNPACKED = 20_000_000  # bytes once unpacked; La Serena's has 170,000
RATIO, RATIO_FROM = 100, 10_000  # compression above this ratio, from these bytes on, is a bomb
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 5_000, 60
NO_SPREADSHEET = (
    "no es una planilla .xlsx que se pueda leer; ábrala y guárdela otra vez como .xlsx, sin clave"
)
UNKNOWN_ROW = "no es una fila de esta planilla; deje Tipo e Id como estaban"
TWICE = "está dos veces; deje una sola fila"
_line = TypeAdapter(OneLine)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def read_gaps(path: Path, content: Content, today: date) -> list[FieldChange]:
    """The changes that people made in a spreadsheet of ``write_gaps``.

    ``today``: the latest valid day of confirmation. Raises OperatorError with one line per
    problem: sheet, cell, what is allowed.
    """
    filled_in, original = _sheets(path)
    reader = _SheetReader(path.name, content, today)
    changes = reader.read(filled_in, _cells_by_record(original))
    if reader.mistakes:
        raise OperatorError("\n".join(lines(reader.mistakes)))
    return changes


@dataclass(frozen=True, slots=True)
class _Cell:
    """One cell; ``kind`` is openpyxl's: "f" for a formula, "e" for an error value."""

    value: Any
    kind: str
    place: str  # such as B7


_Row = tuple[_Cell, ...]


class _SheetReader:
    """Reads the filled-in sheet, collecting problems instead of stopping at the first."""

    def __init__(self, name: str, content: Content, today: date) -> None:
        self.mistakes: list[Mistake] = []
        self._name = name
        self._today = today
        self._records = {(str(r.kind), r.id): r for r in records(content)}

    def read(
        self, rows: Sequence[_Row], shown: dict[tuple[str, str], list[str]]
    ) -> list[FieldChange]:
        changes: list[FieldChange] = []
        columns = self._columns(rows[0] if rows else ())
        seen: set[tuple[str, str]] = set()
        if columns is None:
            return changes
        for row in rows[1:]:
            if all(cell.value is None for cell in row):
                continue
            key = (plain(row[columns["Tipo"]].value), plain(row[columns["Id"]].value))
            record = self._records.get(key)
            if record is None or key not in shown:
                self._note(row[columns["Id"]].place, "", UNKNOWN_ROW, " ".join(key))
                continue
            if key in seen:
                self._note(row[columns["Id"]].place, "", TWICE, " ".join(key))
                continue
            seen.add(key)
            for at, field in enumerate(FIELDS):
                change = self._change(record, field, row[columns[field.title]], shown[key][at])
                changes += [change] if change else []
        return changes

    def _columns(self, head: _Row) -> dict[str, int] | None:
        """The column of each title; people may have moved or added columns."""
        places = {plain(cell.value): at for at, cell in enumerate(head)}
        wanted = ("Tipo", "Id", *(field.title for field in FIELDS))
        missing = [title for title in wanted if title not in places]
        if missing:
            which = f"falta la columna {missing[0]}"
            if len(missing) > 1:
                which = f"faltan {len(missing)} columnas, como {missing[0]} y {missing[1]},"
            self._note("", "", f"{which} en la primera fila; repóngala")
        return None if missing else places

    def _change(
        self, record: Record, field: GapField, cell: _Cell, shown: str
    ) -> FieldChange | None:
        try:
            new = self._value(field, cell)
        except ValueError as problem:
            self._problem(record, field, cell, str(problem))
            return None
        if as_text(new) == shown:
            return None
        if not record.has(field):
            self._problem(record, field, cell, "ese dato no va en esta fila; déjela vacía")
            return None
        old = record.value(field)
        if as_text(old) == as_text(new):
            return None
        if as_text(old) != shown:
            self._problem(
                record,
                field,
                cell,
                f"el contenido ya dice {quoted(as_text(old))}; escriba eso, o cambie el "
                "contenido a mano",
            )
            return None
        return FieldChange(record.area.id, record.kind, record.id, field.key, old, new)

    def _problem(self, record: Record, field: GapField, cell: _Cell, text: str) -> None:
        where = f" ({field.title}, {record.kind} {record.id})"
        self._note(f"{cell.place}{where}", field.title, text, plain(cell.value)[:200])

    def _note(self, place: str, column: str, text: str, written: str = "") -> None:
        """Note a problem; the same one in several cells of a column makes one line."""
        where = f"{SHEET}!{place}" if place else SHEET
        said = quoted(written) if written else ""
        self.mistakes.append(Mistake(self._name, where, text, said, same=column or "row"))

    def _value(self, field: GapField, cell: _Cell) -> Value | None:
        """The cell's value. Raises ValueError with what is allowed."""
        raw = cell.value
        if cell.kind == "f":
            raise ValueError("es una fórmula; escriba el valor mismo")
        if cell.kind == "e":
            raise ValueError("es un error de la planilla; escriba el valor, o déjela vacía")
        if raw is None or plain(raw) == "":
            return None
        match field.kind:
            case FieldKind.DATE:
                return self._day(raw)
            case FieldKind.YES_NO:
                return _yes_no(raw)
            case FieldKind.WHOLE:
                return _parse_int(raw)
            case _:
                return _text(field.kind, raw)

    def _day(self, raw: object) -> date:
        day = _date_in(raw)
        if day is None:
            raise ValueError("no es una fecha; escríbala como 16-11-2026")
        if not date(2000, 1, 1) < day <= self._today:
            raise ValueError(f"no puede ser; se permite hasta hoy, {self._today:%d-%m-%Y}")
        return day


def _sheets(path: Path) -> tuple[list[_Row], list[_Row]]:
    """The filled-in sheet and the hidden one with the former values. Raises OperatorError."""
    raw = read_bytes(path, MOST_PACKED)
    _check_size(path, raw)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about extensions that openpyxl does not read
            book = load_workbook(io.BytesIO(raw), read_only=True)
            rows = {name: _rows(book[name]) for name in (SHEET, SHOWN) if name in book.sheetnames}
    except Exception:  # openpyxl raises anything for a broken file
        raise OperatorError(f"{path}: {NO_SPREADSHEET}") from None
    if len(rows) < 2:
        raise OperatorError(
            f"{path}: no la escribió opina gaps; escriba otra con --write y llénela"
        )
    if max(map(len, rows.values())) > MOST_ROWS:
        raise OperatorError(f"{path}: tiene más de {MOST_ROWS} filas; borre las que sobran")
    return rows[SHEET], rows[SHOWN]


def _rows(sheet: Any) -> list[_Row]:
    """The sheet's rows, but at most one over the limit: a file can claim a trillion rows."""
    found = islice(sheet.iter_rows(max_col=MOST_COLUMNS), MOST_ROWS + 1)
    return [
        tuple(
            _Cell(cell.value, str(cell.data_type or ""), f"{get_column_letter(column)}{number}")
            for column, cell in enumerate(row, 1)
        )
        for number, row in enumerate(found, 1)
    ]


def _check_size(path: Path, raw: bytes) -> None:
    """Refuse a file that would unpack to more than memory holds, by its ZIP directory."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            sizes = [(part.file_size, part.compress_size) for part in packed.infolist()]
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, struct.error):
        raise OperatorError(f"{path}: {NO_SPREADSHEET}") from None
    whole = sum(size for size, _ in sizes)
    swollen = any(size > RATIO * max(packed, RATIO_FROM) for size, packed in sizes)
    if whole > MOST_UNPACKED or swollen or len(sizes) > MOST_PARTS:
        raise OperatorError(
            f"{path}: al abrirse ocuparía {whole // 1_000_000} MB; no es la planilla que se espera"
        )


def _cells_by_record(rows: Iterable[_Row]) -> dict[tuple[str, str], list[str]]:
    """Cells by kind and id of the record, padded, as files may omit trailing empty cells."""
    width = 2 + len(FIELDS)
    padded = ([*(cell.value for cell in row), *([None] * width)][:width] for row in rows)
    return {(plain(row[0]), plain(row[1])): list(map(plain, row[2:])) for row in padded}


def _text(kind: FieldKind, raw: object) -> str:
    number = isinstance(raw, int | float) and not isinstance(raw, bool)
    if number and kind is not FieldKind.PHONE:
        raise ValueError("es un número sin unidad; escríbalo en palabras, como $12.500")
    text = plain(raw)
    try:
        _line.validate_python(text)
    except ValidationError:
        raise ValueError(f"tiene {len(text)} caracteres y caben 300; acórtelo") from None
    if kind is FieldKind.PHONE and sum(letter.isdigit() for letter in text) < 3:
        raise ValueError("no es un teléfono; son 3 cifras o más")
    if kind is FieldKind.EMAIL and not _EMAIL.fullmatch(text):
        raise ValueError("no es un correo; se espera nombre@dominio.cl")
    if kind is FieldKind.LINK:
        try:
            Contactable.model_validate({"link": text})
        except ValidationError:
            raise ValueError("no es un enlace; se espera https://…") from None
    return text


def _yes_no(raw: object) -> bool:
    said = {True: "si", False: "no"}[raw] if isinstance(raw, bool) else fold(plain(raw))
    if said not in ("si", "no"):
        raise ValueError("no puede ser; se permite sí o no")
    return said == "si"


def _parse_int(raw: object) -> int:
    text = "" if isinstance(raw, bool) else plain(raw)
    if not (text.isascii() and text.isdigit() and 1 <= len(text) <= 4 and int(text)):
        raise ValueError("no puede ser; se permite un número entero, de 1 a 9999")
    return int(text)


def _date_in(raw: object) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return day_of(plain(raw))
    except ValueError:
        return None
