"""The report of a security breach as a PDF. Slow to import: import it only to write one."""

from __future__ import annotations

from bot.reports.breaches.breach_report import NORM, Report
from bot.reports.sheets import Sheets
from bot.reports.words.dates import in_words

_MARGIN = 20.0  # millimetres


def breach_pdf(report: Report) -> bytes:
    """A4 pages."""
    name = f"Vulneración de seguridad {report.number}"
    pdf = Sheets(name, report.made_at, _MARGIN)
    pdf.write_heading(name, 20)
    at = report.made_at
    pdf.write_lines(
        f"{NORM}. Estado: {report.state}. Hecho el {in_words(at)}, {at:%H:%M}.", 9, above=2
    )
    for section in report.sections:
        pdf.write_heading(section.title, 12, above=5)
        for line in section.lines:
            pdf.write_lines(line, 11, above=1)
    return bytes(pdf.output())
