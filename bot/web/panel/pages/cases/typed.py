"""What was typed on the page of a case, whichever of its buttons was pressed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.web.panel.faults import Fault
from bot.web.panel.visit import Visit


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What was typed and is not taken yet."""

    answer: str = ""
    note: str = ""
    reason: str = ""
    closing: str = ""
    extension: str = ""
    reopening: str = ""
    area: str = ""
    title: str = ""  # of an incident
    problem: Fault | None = None
    seen: int | None = None  # the last note's id when the form was opened; None: nothing is new


def parse_form(visit: Visit) -> CaseForm:
    """What stands in the fields of the page, whichever of its buttons was pressed."""
    return CaseForm(
        answer=text_field(visit, "answer"),
        note=text_field(visit, "note"),
        reason=text_field(visit, "reason"),
        closing=text_field(visit, "closing"),
        extension=text_field(visit, "extension"),
        reopening=text_field(visit, "reopening"),
        area=text_field(visit, "area"),
        title=text_field(visit, "title"),
    )


def text_field(visit: Visit, field: str) -> str:
    """A field of the form as it was typed, with plain line ends."""
    return visit.form.get(field, "").replace("\r\n", "\n").strip()
