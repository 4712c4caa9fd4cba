"""What was typed on the page of a case, whichever of its buttons was pressed."""

from __future__ import annotations

from dataclasses import dataclass

from bot.web.panel.faults import Fault
from bot.web.panel.visit import Visit


@dataclass(frozen=True, slots=True)
class Typed:
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


def typed_in(visit: Visit) -> Typed:
    """What stands in the fields of the page, whichever of its buttons was pressed."""
    return Typed(
        answer=text_in(visit, "answer"),
        note=text_in(visit, "note"),
        reason=text_in(visit, "reason"),
        closing=text_in(visit, "closing"),
        extension=text_in(visit, "extension"),
        reopening=text_in(visit, "reopening"),
        area=text_in(visit, "area"),
        title=text_in(visit, "title"),
    )


def text_in(visit: Visit, field: str) -> str:
    return visit.form.get(field, "").replace("\r\n", "\n").strip()
