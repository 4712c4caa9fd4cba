"""The digests that were published, each at the address that can be sent to a colleague."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.jobs.quality.digest import digest_link
from bot.reports.words.dates import week_label
from bot.web.panel.visit import Visit
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action
from storage.quality import digests

WEEKS = 26


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A week with the links to its digest: of each area that the person may read, or of all."""

    label: str
    links: tuple[tuple[str, str], ...]  # name, address


async def page(visit: Visit) -> web.Response:
    """GET /panel/resumenes."""
    kept = await visit.panel.database.read(lambda tx: digests.weeks_published(tx, WEEKS))
    rows = [DigestRow(week_label(digest.week), links(visit, digest.week)) for digest in kept]
    return visit.page("quality/digests.html.j2", rows=rows)


def links(visit: Visit, week: IsoWeek) -> tuple[tuple[str, str], ...]:
    """Name and address of a week's digest for this person: of all their areas, then of each."""
    areas = visit.areas(Action.READ_DIGESTS)
    # Who may read in all areas reads the digest of all areas.
    scopes = [None] if "" in areas else sorted(areas)
    if len(scopes) > 1:
        scopes = ["+".join(sorted(areas)), *scopes]
    return tuple(
        (_name(visit, area), digest_link("", visit.panel.keyring, week, area)) for area in scopes
    )


def _name(visit: Visit, area: str | None) -> str:
    if area is None:
        return "Todas las áreas"
    return "Mis áreas" if "+" in area else visit.panel.rendering.area(area)
