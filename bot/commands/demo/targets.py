"""Example targets of the demonstration: nobody has set any for the packaged indicators."""

from __future__ import annotations

from datetime import datetime, timedelta

from handlers.content.quality import Metric, Scope
from handlers.indicators.drafts import newest
from handlers.release import Release
from storage.engine.database import Transaction
from storage.quality.indicator_versions import add

TARGETS = {
    (Metric.SATISFIED, Scope.AREA): 70,
    (Metric.SATISFIED, Scope.MUNICIPALITY): 70,
    (Metric.COMPLETION, Scope.MUNICIPALITY): 85,
    (Metric.FOUND, Scope.MUNICIPALITY): 80,
}
"""Percent. Some made-up figures meet them, some miss them, and some are too uncertain to say."""


def add_targets(release: Release, staff_id: int, at: datetime, tx: Transaction) -> None:
    """A version with a target, valid from the first week, as the quality unit publishes one."""
    for indicator in newest(release.content.indicators):
        target = TARGETS.get((indicator.measured, indicator.scope))
        if target is None or indicator.target is not None:
            continue
        aimed = {
            "version": indicator.version + 1,
            "valid_from": max(
                at.astimezone(release.content.zone).date(), indicator.valid_from + timedelta(days=1)
            ),
            "target": target,
            "target_is_example": True,
        }
        add(tx, indicator.model_copy(update=aimed), staff_id, at)
