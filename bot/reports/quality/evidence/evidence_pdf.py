"""The file for the accreditation as a PDF. Heavy to import: only where one is written."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace

from bot.reports.latin import printable
from bot.reports.quality.evidence.evidence_file import MISSING, NONE_YET, EvidenceFile, Table

_MARGIN = 18.0  # millimetres

_GREY = 235


def evidence_pdf(file: EvidenceFile) -> bytes:
    """The evidence file on numbered A4 pages."""
    pdf = _Pages(unit="mm", format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, _MARGIN)
    pdf.set_title(printable(file.policy.name))
    pdf.set_lang("es-CL")
    pdf.set_creation_date(file.made_at)
    pdf.add_page()
    _write(pdf, file.municipality, 12)
    _write(pdf, file.policy.name, 22, "B", above=2)
    _write(pdf, "Compromisos y qué los prueba", 14, above=1)
    for line in file.about:
        _write(pdf, line, 10, above=2)
    for number, one in enumerate(file.commitments, 1):
        _write(pdf, f"{number}. {one.title}", 13, "B", above=6)
        _write(pdf, one.text, 10, above=1)
        for text in one.proved:
            _write(pdf, f"Hoy: {text}", 10, above=2)
        for text in one.missing:
            _write(pdf, MISSING + text, 10, "I", above=2)
    pdf.add_page(orientation="landscape")
    for table in file.tables:
        _write(pdf, table.title, 14, "B", above=6)
        _table(pdf, table)
    if file.notes:
        _write(pdf, "Cómo leer las cifras", 12, "B", above=6)
        for text in file.notes:
            _write(pdf, text, 9, above=1.5)
    return bytes(pdf.output())


class _Pages(FPDF):
    """Pages with their number."""

    def footer(self) -> None:
        self.set_y(-12)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 5, f"{self.page_no()}", align="R")


def _table(pdf: FPDF, table: Table) -> None:
    if not table.rows:
        _write(pdf, NONE_YET, 10, above=3)
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


def _write(pdf: FPDF, text: str, size: float, style: str = "", above: float = 0) -> None:
    if above:
        pdf.ln(above)
    pdf.set_font("Helvetica", style, size)
    pdf.multi_cell(0, size * 0.5, printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
