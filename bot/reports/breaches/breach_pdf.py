"""The report of a security breach as a PDF. Heavy to import: only where one is written."""

from __future__ import annotations

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.reports.breaches.breach_report import NORM, Report
from bot.reports.latin import printable
from bot.reports.words.dates import in_words

_MARGIN = 20.0  # millimetres


def breach_pdf(report: Report) -> bytes:
    """A4 pages."""
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_margin(_MARGIN)
    pdf.set_auto_page_break(True, _MARGIN)
    pdf.set_title(printable(f"Vulneración {report.number}"))
    pdf.set_lang("es-CL")
    pdf.set_creation_date(report.made_at)
    pdf.add_page()
    _write(pdf, f"Vulneración de seguridad {report.number}", 20, "B")
    at = report.made_at
    _write(pdf, f"{NORM}. Estado: {report.state}. Hecho el {in_words(at)}, {at:%H:%M}.", 9, above=2)
    for section in report.sections:
        _write(pdf, section.title, 12, "B", above=5)
        for line in section.lines:
            _write(pdf, line, 11, above=1)
    return bytes(pdf.output())


def _write(pdf: FPDF, text: str, size: float, style: str = "", above: float = 0) -> None:
    if above:
        pdf.ln(above)
    pdf.set_font("Helvetica", style, size)
    pdf.multi_cell(0, size * 0.5, printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
