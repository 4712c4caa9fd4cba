"""What a command line names, looked up: weeks, areas, staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.installation import Installation
from handlers.content.model import Content
from handlers.errors import OperatorError
from handlers.quality.weeks import IsoWeek
from handlers.text.display import quoted
from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean_one_of

if TYPE_CHECKING:
    from handlers.measures.steps import JudgedBy
    from storage.engine.database import Transaction
    from storage.staff.staff import StaffMember


def parsed_week(text: str | None) -> IsoWeek | None:
    """The week that ``--week`` names; None: it was not given. Raises OperatorError."""
    try:
        return IsoWeek.parse(text) if text else None
    except ValueError:
        raise OperatorError(f"--week {text}: no es una semana; escríbala como 2026-W47") from None


def last_complete(here: Installation) -> IsoWeek:
    """The last week that is over where the municipality is."""
    return IsoWeek.of(here.opened_at, here.zone).shifted(-1)


def known_area(content: Content, area: str) -> str:
    """The id of an area given by its id or a name. Raises OperatorError."""
    for known in content.areas:
        if fold(area) in (fold(known.id), fold(known.short_name), fold(known.name)):
            return known.id
    named = {known.short_name: known.id for known in content.areas}
    named |= {known.name: known.id for known in content.areas}
    named |= {known.id: known.id for known in content.areas}
    some = ", ".join(sorted(content.area_by_id)[:3])
    near = did_you_mean_one_of(area, named) or f"; hay {len(content.areas)}, como {some}"
    raise OperatorError(f"--area {quoted(area)}: no existe esa área{near}")


def member_with(tx: Transaction, email: str, named: str = "") -> StaffMember:
    """The member of staff with a mail address, which the option ``named`` gives. Raises
    OperatorError."""
    from storage.staff import staff

    known = {member.email.lower(): member for member in staff.everyone(tx)}
    if (member := known.get(email.strip().lower())) is not None:
        return member
    raise OperatorError(
        f"{named}{quoted(email)}: nadie tiene ese correo; opina staff list los muestra"
    )


def known_indicator(tx: Transaction, here: Installation, area: str, key: str) -> JudgedBy:
    """The one of that id by which a measure can be judged, empty: grades 6 and 7.

    Raises OperatorError where the area has no figure of it.
    """
    from bot.jobs.quality.series import choices_of

    found = {
        choice.key: choice.judged_by
        for choice in choices_of(tx, here.release, area, here.opened_at)
    }
    if key not in found:
        known = ", ".join(filter(None, found)) or "todavía ninguno"
        raise OperatorError(
            f"--indicator {quoted(key)}: sin cifras de esa área; con cifras hay: {known}"
        )
    return found[key]
