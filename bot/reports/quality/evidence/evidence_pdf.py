"""The accreditation file as a PDF. Slow to import: import it only to write one."""

from __future__ import annotations

from fpdf.enums import TableBordersLayout
from fpdf.fonts import FontFace

from bot.reports.latin import printable
from bot.reports.quality.evidence.evidence_file import (
    MISSING,
    NONE_YET,
    EvidenceFile,
    EvidenceTable,
)
from bot.reports.sheets import Sheets

_MARGIN = 18.0  # millimetres

_GREY = 235


def evidence_pdf(file: EvidenceFile) -> bytes:
    """The file on numbered A4 pages."""
    pdf = Sheets(file.policy.name, file.made_at, _MARGIN)
    pdf.write_lines(file.municipality, 12)
    pdf.write_heading(file.policy.name, 22, above=2)
    pdf.write_lines("Compromisos y qué los prueba", 14, above=1)
    for line in file.about:
        pdf.write_lines(line, 10, above=2)
    for number, commitment in enumerate(file.commitments, 1):
        pdf.write_heading(f"{number}. {commitment.title}", 13, above=6)
        pdf.write_lines(commitment.text, 10, above=1)
        for text in commitment.proved:
            pdf.write_lines(f"Hoy: {text}", 10, above=2)
        for text in commitment.missing:
            pdf.write_lines(MISSING + text, 10, "I", above=2)
    pdf.add_page(orientation="landscape")
    for table in file.tables:
        pdf.write_heading(table.title, 14, above=6)
        _table(pdf, table)
    if file.notes:
        pdf.write_heading("Cómo leer las cifras", 12, above=6)
        for text in file.notes:
            pdf.write_lines(text, 9, above=1.5)
    return bytes(pdf.output())


def _table(pdf: Sheets, table: EvidenceTable) -> None:
    if not table.rows:
        pdf.write_lines(NONE_YET, 10, above=3)
        return
    pdf.ln(3)
    pdf.set_font("Helvetica", "", 8.5)
    head = FontFace(emphasis="BOLD", fill_color=(_GREY, _GREY, _GREY))
    with pdf.table(
        col_widths=table.widths,
        borders_layout=TableBordersLayout.ALL,
        headings_style=head,
        text_align="LEFT",
        line_height=4.5,
        padding=1,
    ) as drawn:
        for cells in (table.header, *table.rows):
            row = drawn.row()
            for text in cells:
                row.cell(printable(text))
