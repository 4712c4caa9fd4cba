"""What citizens asked for in vain, most often first."""

from __future__ import annotations

import asyncio
from itertools import islice

from aiohttp import web

from bot.web.panel.visit import Visit
from handlers.privacy.masking import mask
from handlers.quality.figures import NotFound
from handlers.quality.weeks import IsoWeek
from handlers.text.personal import NameWords
from storage.engine.database import Transaction
from storage.quality import unanswered_lookups

WEEKS = 4
MOST = 100
SPELLINGS = 1_000  # the commonest, of which those that mean the same are put together


async def page(visit: Visit) -> web.Response:
    """GET /panel/consultas: this week and the ``WEEKS`` before it."""
    this = IsoWeek.of(visit.now, visit.panel.release.content.zone)

    def read(tx: Transaction) -> list[tuple[str, int]]:
        visit.note(tx, "lookups-read")
        return unanswered_lookups.most_frequent(tx, (this, *this.previous(WEEKS)), SPELLINGS)

    asked = await visit.panel.database.write(read)
    names = visit.panel.release.lexicon.names
    rows = await asyncio.to_thread(_without_personal, asked, names)
    return visit.page("quality/lookups.html.j2", rows=rows, weeks=WEEKS)


def _without_personal(asked: list[tuple[str, int]], names: NameWords) -> list[NotFound]:
    """Without what holds anything to mask: that is about somebody, and no gap in the content."""
    known = (
        lookup
        for lookup in unanswered_lookups.alike(asked)
        if mask(lookup.query, names) == lookup.query
    )
    return list(islice(known, MOST))
