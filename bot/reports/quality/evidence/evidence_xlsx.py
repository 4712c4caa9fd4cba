"""The accreditation file as a spreadsheet. Slow to import: import it only to write one."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from bot.reports.quality.evidence.evidence_file import (
    MISSING,
    NONE_YET,
    Evidenced,
    EvidenceFile,
    EvidenceTable,
)
from bot.reports.tables import harmless

_SHEETS_WIDTH = 1.1  # characters of a column's width per unit of EvidenceTable.widths


def evidence_xlsx(file: EvidenceFile) -> bytes:
    """A sheet for the commitments and one for each table."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True}) as book:
        book.set_properties({"title": file.policy.name, "created": file.made_at})
        _write_commitments(book, file)
        head, cell = _table_formats(book)
        for table in file.tables:
            _write_table(book.add_worksheet(table.title), table, head, cell)
    return packed.getvalue()


def _write_commitments(book: xlsxwriter.Workbook, file: EvidenceFile) -> None:
    title = book.add_format({"bold": True, "font_size": 14})
    head, cell = _table_formats(book)
    lacks = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "italic": True})
    sheet = book.add_worksheet("Compromisos")
    for column, width in enumerate((26, 44, 80)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"{file.policy.name} · {file.municipality}", title)
    for row, line in enumerate(file.about, 1):
        sheet.write_string(row, 0, line)
    row = len(file.about) + 2
    for column, name in enumerate(("Compromiso", "Qué dice", "Qué lo prueba hoy")):
        sheet.write_string(row, column, name, head)
    for number, commitment in enumerate(file.commitments, 1):
        for line, form in _lines(commitment, cell, lacks):
            row += 1
            sheet.write_string(row, 0, f"{number}. {commitment.title}", cell)
            sheet.write_string(row, 1, commitment.text, cell)
            sheet.write_string(row, 2, harmless(line), form)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for note, text in enumerate(file.notes, row + 2):
        sheet.write_string(note, 0, text)


def _table_formats(book: xlsxwriter.Workbook) -> tuple[Any, Any]:
    """The formats of a table's header and of its cells."""
    head = book.add_format({"bold": True, "bg_color": "#EBEBEB", "border": 1})
    return head, book.add_format({"text_wrap": True, "valign": "top", "border": 1})


def _write_table(sheet: Any, table: EvidenceTable, head: Any, cell: Any) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for column, (name, width) in enumerate(zip(table.header, table.widths, strict=True)):
        sheet.set_column(column, column, width * _SHEETS_WIDTH)
        sheet.write_string(0, column, name, head)
    for row, cells in enumerate(table.rows or ((NONE_YET,),), 1):
        for column, text in enumerate(cells):
            if text.isdecimal():  # a count, as a number that can be summed
                sheet.write_number(row, column, int(text), cell)
            else:
                sheet.write_string(row, column, harmless(text), cell)


def _lines(evidenced: Evidenced, cell: object, lacks: object) -> list[tuple[str, object]]:
    proved = [(text, cell) for text in evidenced.proved]
    return [*proved, *((MISSING + text, lacks) for text in evidenced.missing)]
