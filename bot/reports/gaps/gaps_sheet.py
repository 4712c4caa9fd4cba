"""Writes the spreadsheet in which areas fill in the gaps of the content."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from datetime import date
from typing import BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from bot.reports.gaps.gaps import (
    FIELDS,
    ContentGap,
    FieldKind,
    GapField,
    Record,
    RecordKind,
    as_text,
    records,
)
from handlers.content.model import Content

SHEET, HELP, SHOWN = "Fichas", "Instrucciones", "Original"
IDENTITY = ("Tipo", "Id", "Área", "Nombre")
IDENTITY_WIDTHS = (18, 24, 24, 44)
WIDTHS = {FieldKind.TEXT: 28, FieldKind.LINK: 34, FieldKind.EMAIL: 28}
NARROW = 14
VALIDATIONS = {
    FieldKind.YES_NO: {"validate": "list", "source": ["sí", "no"]},
    FieldKind.DATE: {
        "validate": "date",
        "criteria": ">",
        "value": date(2000, 1, 1),
        "error_title": "Fecha",
        "error_message": "Escriba una fecha, por ejemplo 16-11-2026.",
    },
    FieldKind.WHOLE: {
        "validate": "integer",
        "criteria": "between",
        "minimum": 1,
        "maximum": 9999,
        "error_title": "Personas que atienden",
        "error_message": "Escriba un número entero, por ejemplo 4.",
    },
}
HEADER = "#12405C"  # the pages' deep sea blue
YELLOW = "#FFF2B3"
GREY = "#E7E7E7"

HELP_LINES = (
    "Cómo llenar esta planilla",
    "",
    "En la hoja «Fichas» hay una fila por área, por servicio y por punto de atención.",
    "Las celdas amarillas son datos que faltan. Escriba solo lo que su área confirma.",
    "Si no sabe un dato, deje la celda vacía. Nadie lo inventará.",
    "Las celdas blancas vacías de un servicio usan el dato de su área. Llénelas solo si es otro.",
    "Las celdas grises no corresponden o no se cambian.",
    "Si un dato conocido está malo, corríjalo. Si ya no vale, bórrelo.",
    "En línea: sí, si se puede hacer sin venir; no, si hay que venir.",
    "Enlace: la dirección completa, que empieza con https://",
    "Costo: con su unidad, por ejemplo $12.500 o 0,5 UTM. Si no cuesta nada, escriba Gratis.",
    "Responsable: la persona o el cargo que mantiene la ficha al día.",
    "Confirmado el: el día en que su área revisó lugar y horario, por ejemplo 16-11-2026.",
    "Sin esa fecha, la ficha sigue diciendo que el área aún no confirma lugar ni horario.",
    "Personas que atienden: cuántas, en ese punto de atención.",
    "Si son menos de 3, o no se sabe, sus notas se cuentan con el área y no aparte.",
    "No cambie las columnas Tipo, Id, Área y Nombre.",
)


def write_gaps(content: Content, gaps: Collection[ContentGap], out: BinaryIO) -> int:
    """Write each record that has a gap, with what is known of it; return how many.

    ``gaps``: all, or those of some owners. Raises OSError.
    """
    wanted = {(gap.kind, gap.id) for gap in gaps}
    rows = [record for record in records(content) if (record.kind, record.id) in wanted]
    packed = io.BytesIO()  # on a full disk xlsxwriter raises an error that is no OSError
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        guide = book.add_worksheet(HELP)
        sheet = book.add_worksheet(SHEET)
        _write_help(guide, book.add_format({"bold": True, "font_size": 14}))
        _SheetWriter(book, sheet).write(rows)
        # What was shown, so that reading back tells a changed cell from one that others
        # changed in the content meanwhile.
        shown = book.add_worksheet(SHOWN)
        shown.very_hidden()
        for at, record in enumerate(rows):
            shown.write_row(at, 0, (str(record.kind), record.id))
            for column, field in enumerate(FIELDS, 2):
                shown.write_string(at, column, as_text(record.value(field)))
        sheet.activate()
    out.write(packed.getvalue())
    return len(rows)


class _SheetWriter:
    """Writes the sheet that people fill in."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        cell = {"border": 1, "border_color": "#BFBFBF", "valign": "top", "text_wrap": True}
        self.sheet = sheet
        self.head = book.add_format(
            {**cell, "bold": True, "font_color": "#FFFFFF", "bg_color": HEADER}
        )
        self.locked = book.add_format({**cell, "font_color": "#595959", "bg_color": "#F5F5F5"})
        self.locked_area = book.add_format({**cell, "bold": True, "bg_color": "#F5F5F5"})
        self.nothing = book.add_format({**cell, "bg_color": GREY})
        # As text, or a spreadsheet turns "8-14" into a date and "$12.500" into 12.5.
        self.text = book.add_format({**cell, "locked": False, "num_format": "@"})
        self.date = book.add_format({**cell, "locked": False, "num_format": "dd-mm-yyyy"})
        self.whole = book.add_format({**cell, "locked": False, "num_format": "0"})
        self.looks = {FieldKind.DATE: self.date, FieldKind.WHOLE: self.whole}
        self.missing = book.add_format({"bg_color": YELLOW})

    def write(self, rows: list[Record]) -> None:
        self._frame(len(rows))
        for at, record in enumerate(rows, 1):
            self._identity(at, record)
        for column, field in enumerate(FIELDS, len(IDENTITY)):
            for at, record in enumerate(rows, 1):
                self._field(at, column, record, field)
            if rule := VALIDATIONS.get(field.kind):
                self.sheet.data_validation(1, column, max(len(rows), 1), column, rule)
        # Conditional, so that the colour goes once the cell is filled in. The header, never blank,
        # comes first, because the formula is relative to the corner of the range.
        head = xl_range(0, len(IDENTITY), 0, len(IDENTITY) + len(FIELDS) - 1)
        cells = " ".join((head, *_missing(rows)))
        self.sheet.conditional_format(
            head, {"type": "blanks", "format": self.missing, "multi_range": cells}
        )

    def _frame(self, count: int) -> None:
        titles = (*IDENTITY, *(field.title for field in FIELDS))
        widths = (*IDENTITY_WIDTHS, *(WIDTHS.get(field.kind, NARROW) for field in FIELDS))
        for column, (title, width) in enumerate(zip(titles, widths, strict=True)):
            self.sheet.write_string(0, column, title, self.head)
            self.sheet.set_column(column, column, width)
        self.sheet.freeze_panes(1, len(IDENTITY))
        self.sheet.autofilter(0, 0, count, len(titles) - 1)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(0)
        self.sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})

    def _identity(self, at: int, record: Record) -> None:
        look = self.locked_area if record.kind is RecordKind.AREA else self.locked
        for column, text in enumerate(
            (str(record.kind), record.id, record.area.short_name, record.name)
        ):
            self.sheet.write_string(at, column, text, look)

    def _field(self, at: int, column: int, record: Record, field: GapField) -> None:
        value = record.value(field)
        if not record.has(field):
            self.sheet.write_blank(at, column, None, self.nothing)
        elif isinstance(value, date):
            self.sheet.write_datetime(at, column, value, self.date)
        elif value is None:
            self.sheet.write_blank(at, column, None, self.looks.get(field.kind, self.text))
        elif isinstance(value, int) and not isinstance(value, bool):
            self.sheet.write_number(at, column, value, self.whole)
        else:
            self.sheet.write_string(at, column, as_text(value), self.text)


def _missing(rows: list[Record]) -> Iterator[str]:
    """The ranges of cells to be filled in, column by column."""
    for column, field in enumerate(FIELDS, len(IDENTITY)):
        start = None
        for at in range(1, len(rows) + 2):
            lacking = at <= len(rows) and rows[at - 1].lacks(field)
            if lacking and start is None:
                start = at
            elif not lacking and start is not None:
                yield xl_range(start, column, at - 1, column)
                start = None


def _write_help(sheet: Worksheet, title: Format) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100)
    for at, line in enumerate(HELP_LINES):
        sheet.write_string(at, 0, line, None if at else title)
