"""What options name, looked up: weeks and areas."""

from __future__ import annotations

from bot.installation import Installation
from handlers.content.model import Content
from handlers.errors import OperatorError
from handlers.quality.weeks import IsoWeek
from handlers.text.display import quoted
from handlers.text.folding import fold
from handlers.text.nearest import did_you_mean_one_of


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
    named = {one.short_name: one.id for one in content.areas}
    named |= {one.name: one.id for one in content.areas}
    named |= {one.id: one.id for one in content.areas}
    some = ", ".join(sorted(content.area_by_id)[:3])
    near = did_you_mean_one_of(area, named) or f"; hay {len(content.areas)}, como {some}"
    raise OperatorError(f"--area {quoted(area)}: no existe esa área{near}")
