"""Records lookups, and counts their results."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.facts.lookups import LookupMade
from storage.engine.statements import Change
from storage.engine.times import micros, week_number
from storage.recorded_fact import RecordedFact
from storage.responses.sums import Movements, looked_up

_SAVE_LOOKUPS = Change(
    "at int, week int, channel str, query str, found str, card str, area str",
    "INSERT INTO lookups (at, week, channel, query, found, card, area) "
    "SELECT :at, :week, :channel, :query, :found, :card, :area {from}",
)


def record_lookups(
    tx: Connection, facts: Iterable[RecordedFact], zone: ZoneInfo, movements: Movements
) -> None:
    """Write the lookups among ``facts``; add their results to ``movements``."""
    rows = []
    for recorded in facts:
        if isinstance(recorded.fact, LookupMade):
            fact, week = recorded.fact, week_number(recorded.at, zone)
            movements.values(looked_up(week, fact.area, recorded.channel, fact.found.value), 1)
            row = (micros(recorded.at), week, recorded.channel, fact.query)
            rows.append((*row, fact.found.value, fact.card, fact.area))
    _SAVE_LOOKUPS.run(tx, rows)
