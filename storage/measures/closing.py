"""Closes a measure as effective, and tells the citizens whose ratings led to it."""

from __future__ import annotations

from sqlalchemy import Connection

from handlers.content.quality import Metric
from handlers.measures.measures import Measure
from handlers.measures.steps import Closed, MeasureStep
from handlers.messages import Announcement
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.privacy.requests import Raters, notify_raters


def close(
    tx: Connection, keyring: Keyring, measure: Measure, step: MeasureStep, news: Announcement
) -> int | None:
    """Close a measure, and send ``news`` to citizens who rated the area and agreed to be told.

    Returns to how many, None if the measure cannot be closed. Nobody is told of a measure that
    follows from lookups or cases, since no rating led to it.
    """
    assert isinstance(step.event, Closed), "nothing else closes it as effective"
    if steps.was_just_added(measure, step) or not steps.add(tx, keyring, measure, step):
        return None
    if not follows_from_ratings(measure):
        return 0
    return notify_raters(tx, keyring, Raters(measure.area, measure.heard_in), news, step.at)


def follows_from_ratings(measure: Measure) -> bool:
    """Whether the measure is judged by ratings of its area."""
    return measure.judged_by.measured in (Metric.SATISFIED, Metric.REASON)
