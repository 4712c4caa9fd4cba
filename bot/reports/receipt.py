"""A case's receipt: one sheet with what was filed, who answers, and until when by which rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from bot.reports.latin import printable
from bot.reports.words.dates import in_words
from bot.reports.words.figure_words import counted
from handlers.cases.deadlines import Rule

MARGIN = 20.0  # millimetres
NO_APPEAL = "Este comprobante no reemplaza los recursos legales: no suspende plazos legales."
_LONGEST = 4_000  # characters of one thing that was said; what was more is told


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says, as people call it. ``said``: the citizen's words, oldest first."""

    municipality: str
    number: str
    kind: str
    unit: str
    channel: str
    opened_at: datetime
    due_at: datetime | None
    rule: str
    said: tuple[tuple[datetime, str], ...]
    files: int
    made_at: datetime
    zone: ZoneInfo


def receipt_pdf(receipt: Receipt) -> bytes:
    """The sheet, as a PDF; more than one where much was said."""
    pdf = FPDF(unit="mm", format="A4")
    pdf.set_margin(MARGIN)
    pdf.set_auto_page_break(True, MARGIN)
    pdf.set_title(printable(f"Comprobante {receipt.number}"))
    pdf.set_lang("es-CL")
    pdf.set_creation_date(receipt.made_at)
    pdf.add_page()
    _write(pdf, receipt.municipality, 12)
    _write(pdf, f"Comprobante {receipt.number}", 22, "B", above=4)
    for name, value in _facts(receipt):
        _write(pdf, name, 10, "B", above=5)
        _write(pdf, value, 12)
    _write(pdf, "Lo que usted escribió", 10, "B", above=5)
    for at, words in receipt.said:
        _write(pdf, _moment(at, receipt.zone), 9, above=2)
        _write(pdf, _within(words) or "(sin palabras)", 12)
    _write(pdf, NO_APPEAL, 11, "B", above=8)
    _write(pdf, f"Hecho el {_moment(receipt.made_at, receipt.zone)}.", 9, above=4)
    return bytes(pdf.output())


def _within(words: str) -> str:
    more = len(words) - _LONGEST
    if more <= 0:
        return words
    return f"{words[:_LONGEST]}… (y {counted(more)} letras más, que se guardaron con el caso)"


def _facts(receipt: Receipt) -> list[tuple[str, str]]:
    facts = [
        ("Tipo", receipt.kind),
        ("Recibido", f"{_moment(receipt.opened_at, receipt.zone)}, por {receipt.channel}"),
        ("Responde", receipt.unit),
    ]
    if receipt.due_at is not None:
        facts.append(("Plazo", f"{_day(receipt.due_at, receipt.zone)}. {_rule(receipt.rule)}"))
    if receipt.files:
        facts.append(("Archivos guardados con su caso", str(receipt.files)))
    return facts


def _rule(written: str) -> str:
    """How the date was counted, from the rule that is stored beside it."""
    rule = Rule.read(written)
    return (
        f"Regla {rule.norm}: {rule.days} días hábiles desde el día siguiente, sin contar sábados, "
        "domingos ni feriados."
    )


def _day(at: datetime, zone: ZoneInfo) -> str:
    return in_words(at.astimezone(zone))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{_day(at, zone)}, {at.astimezone(zone):%H:%M}"


def _write(pdf: FPDF, text: str, size: float, style: str = "", above: float = 0) -> None:
    if above:
        pdf.ln(above)
    pdf.set_font("Helvetica", style, size)
    height = size * 0.5
    pdf.multi_cell(0, height, printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
