"""Numbered A4 pages of text, the base of the written PDFs. Slow to import."""

from __future__ import annotations

from datetime import datetime

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.reports.latin import printable

_FOLLOWS = 12.0  # millimetres that must fit below a heading on its page


class Sheets(FPDF):
    """Pages with their document's title in the footer, so that printed ones can be told apart."""

    def __init__(self, title: str, made_at: datetime, margin: float) -> None:
        """``margin`` in millimetres."""
        super().__init__(unit="mm", format="A4")
        self._name = printable(title)
        self.set_margin(margin)
        self.set_auto_page_break(True, margin)
        self.set_title(self._name)
        self.set_lang("es-CL")
        self.set_creation_date(made_at)
        self.add_page()

    def write_lines(self, text: str, size: float, style: str = "", above: float = 0) -> None:
        """Write text across the page. ``size`` in points; ``above``, the space, in millimetres."""
        if above:
            self.ln(above)
        self.set_font("Helvetica", style, size)
        shown = printable(text)
        self.multi_cell(0, size * 0.5, shown, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def write_heading(self, text: str, size: float, style: str = "B", above: float = 0) -> None:
        """Write a heading, on the next page if no text would fit below it."""
        if self.will_page_break(above + size * 0.5 + _FOLLOWS):
            self.add_page()
            above = 0
        self.write_lines(text, size, style, above)

    def footer(self) -> None:
        """Write the document's title and the page number; called by fpdf2 for each page."""
        self.set_y(-12)
        self.set_font("Helvetica", "", 8)
        self.cell(0, 5, f"{self._name} \xb7 página {self.page_no()} de {{nb}}", align="R")
