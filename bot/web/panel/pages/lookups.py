"""What citizens asked for in vain, most often first."""

from __future__ import annotations

from collections import Counter

from aiohttp import web

from bot.web.panel.visit import Visit
from handlers.privacy.masking import mask
from handlers.quality.weeks import IsoWeek
from storage.engine.database import Transaction
from storage.quality import digests

WEEKS = 4
MOST = 100


async def page(visit: Visit) -> web.Response:
    """GET /panel/consultas: this week and the ``WEEKS`` before it."""
    this = IsoWeek.of(visit.now, visit.panel.release.content.zone)

    def work(tx: Transaction) -> Counter[str]:
        asked: Counter[str] = Counter()
        for week in (this, *this.previous(WEEKS)):
            for one in digests.not_found(tx, week):
                asked[one.query] += one.times
        visit.note(tx, "lookups-read")
        return asked

    asked = await visit.panel.database.write(work)
    names = visit.panel.release.lexicon.names
    # What holds anything to mask is about somebody, and no gap in the content.
    rows = [(query, n) for query, n in asked.most_common() if mask(query, names) == query][:MOST]
    return visit.page("lookups.html.j2", rows=rows, weeks=WEEKS)
