"""What was typed on the page of a case, whichever of its buttons was pressed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.web.panel.faults import Fault
from bot.web.panel.visit import Visit

# "N.º 97", "caso 97", "LS-97"; of one with its year the whole is looked for.
_NUMBER = re.compile(
    r"(?:CASO|RECLAMO|FOLIO|N(?:RO|[UÚ]MERO)?)?[\s.°º#]*"
    r"(?:((?:[A-Z]{1,6}-)?\d{4}-\d{1,9})|(?:[A-Z]{1,6}-)?(\d{1,9}))"
)


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


def case_number_in(visit: Visit, query: str) -> str:
    """The case's number, or its end, that the search names; empty: it names none."""
    content = visit.panel.release.content
    if found := content.case_number.search(query):
        return f"{content.case_prefix}-{found[1]}-{int(found[2]):06}"
    named = _NUMBER.fullmatch(query.upper())
    return (named[1] or named[2]) if named else ""
