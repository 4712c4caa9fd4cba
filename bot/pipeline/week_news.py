"""The newest week as the chat tells it to a member of staff, for the areas they may read."""

from __future__ import annotations

import msgspec

from bot.reports.digests.digest_files import most_urgent, picture_of
from bot.reports.digests.week_text import week_text
from handlers.quality.digest import digest_of_areas
from handlers.quality.figures import Digest
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from handlers.staff.permissions import Action, areas_of
from handlers.state import WeekNews
from storage.engine.database import Transaction
from storage.quality import control, digests
from storage.staff import roles


def week_news(tx: Transaction, release: Release, staff_id: int) -> WeekNews | bool:
    """The news of the newest control run, empty if there is none.

    False: the member of staff may read the figures of no area.
    """
    areas = {area.id: area.sensitive for area in release.content.areas}
    allowed = areas_of(roles.grants_of(tx, staff_id), Action.READ_INDICATORS, areas)
    if not allowed:
        return False
    run = control.newest_run(tx)
    kept = None if run is None else digests.published(tx, IsoWeek.parse(run.week))
    if run is None or kept is None:
        return WeekNews()
    whole = msgspec.json.decode(kept.figures, type=Digest)
    shown = [area.id for area in whole.areas if area.id in allowed]
    if not shown:  # their areas are newer than the run
        return WeekNews()
    digest = digest_of_areas(whole, "+".join(shown), release.content)
    charts = control.charts_of(tx, kept.week, most_urgent(digest.areas).id)
    picture = picture_of(digest, charts)
    text = week_text(run, digest, picture.words if picture else "")
    return WeekNews(text, picture.file if picture else None)
