"""A case's receipt as a PDF: what was filed, who answers, and the deadline with its rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.reports.sheets import Sheets
from bot.reports.words.dates import in_words, with_weekday
from bot.reports.words.figure_words import counted
from handlers.cases.deadlines import DeadlineRule

MARGIN = 20.0  # millimetres
NO_APPEAL = "Este comprobante no reemplaza los recursos legales: no suspende plazos legales."
_LONGEST = 4_000  # characters of one message; the receipt says if more was cut


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt's content, in words for people.

    ``said``: the citizen's messages with their times, oldest first. ``due_from``: the term's start.
    """

    municipality: str
    number: str
    kind: str
    unit: str
    channel: str
    opened_at: datetime
    due_from: datetime | None
    due_at: datetime | None
    rule: str
    said: tuple[tuple[datetime, str], ...]
    files: int
    made_at: datetime
    zone: ZoneInfo


def receipt_pdf(receipt: Receipt) -> bytes:
    """The receipt as a PDF: one page, or more for long messages."""
    pdf = Sheets(f"Comprobante {receipt.number}", receipt.made_at, MARGIN)
    pdf.write_lines(receipt.municipality, 12)
    pdf.write_heading(f"Comprobante {receipt.number}", 22, above=4)
    for name, value in _facts(receipt):
        pdf.write_heading(name, 10, above=5)
        pdf.write_lines(value, 12)
    pdf.write_heading("Lo que usted escribió", 10, above=5)
    for at, words in receipt.said:
        pdf.write_heading(_moment(at, receipt.zone), 9, "", above=2)
        pdf.write_lines(_within(words.strip()) or "(sin palabras)", 12)
    pdf.write_heading(NO_APPEAL, 11, above=8)
    pdf.write_lines(f"Hecho el {_moment(receipt.made_at, receipt.zone)}.", 9, above=4)
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
        facts.append(("Plazo", _term(receipt, receipt.due_at)))
    if receipt.files:
        facts.append(("Archivos guardados con su caso", str(receipt.files)))
    return facts


def _term(receipt: Receipt, due_at: datetime) -> str:
    """The deadline, and how it was counted by the rule stored with it."""
    rule = DeadlineRule.read(receipt.rule)
    since = _day(receipt.due_from or receipt.opened_at, receipt.zone)
    return (
        f"{with_weekday(due_at.astimezone(receipt.zone))}. Regla {rule.norm}: {rule.days} días "
        f"hábiles desde el día siguiente al {since}, sin contar sábados, domingos ni feriados."
    )


def _day(at: datetime, zone: ZoneInfo) -> str:
    return in_words(at.astimezone(zone))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return f"{_day(at, zone)}, {at.astimezone(zone):%H:%M}"
