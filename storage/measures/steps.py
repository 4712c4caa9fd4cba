"""Stores the steps of measures, and builds measures from their steps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from handlers.measures.measures import Measure, measure_of, verb_of
from handlers.measures.steps import Decided, Event, MeasureStep, Opened
from storage.audit.step_log import StepLog, is_resubmission
from storage.engine.keyring import Keyring
from storage.tables.quality import measure_steps

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_log = StepLog(measure_steps, "measure", _decoder, MeasureStep)


def all_measures(tx: Connection, keyring: Keyring, zone: ZoneInfo) -> list[Measure]:
    """All measures, oldest first."""
    found = [measure_of(number, steps, zone) for number, steps in _log.everything(tx, keyring)]
    return sorted(found, key=lambda measure: (measure.opened_at, measure.number))


def find_measure(tx: Connection, keyring: Keyring, zone: ZoneInfo, number: str) -> Measure | None:
    """The measure with this number; None if there is none."""
    steps = _log.of(tx, keyring, number)
    return measure_of(number, steps, zone) if steps else None


def open_one(tx: Connection, keyring: Keyring, first: MeasureStep, zone: ZoneInfo) -> str:
    """Open a measure; return its number, such as M-2026-001, with the year in ``zone``.

    ``first``: its event is Opened.
    """
    return _log.open_one(tx, keyring, first, zone)


@dataclass(frozen=True, slots=True)
class OpenedOnce:
    """The number of a measure. ``is_new``: False if the same form had opened it before."""

    number: str
    is_new: bool


def open_once(
    tx: Connection, keyring: Keyring, first: MeasureStep, decided: Decided | None, zone: ZoneInfo
) -> OpenedOnce:
    """Open a measure, possibly decided at once, unless this person just opened an equal one."""
    for number, steps in _log.recent_of_author(tx, keyring, first, zone):
        if _is_sent_again(measure_of(number, steps, zone), first, decided):
            return OpenedOnce(number, is_new=False)
    number = open_one(tx, keyring, first, zone)
    if decided is not None:
        measure = find_measure(tx, keyring, zone, number)
        assert measure is not None, "it was opened in this transaction"
        add(tx, keyring, measure, MeasureStep(first.at, first.staff, decided))
    return OpenedOnce(number, is_new=True)


def _is_sent_again(known: Measure, first: MeasureStep, decided: Decided | None) -> bool:
    """Whether a form equals the one with which its sender opened this measure."""
    wanted = first.event
    assert isinstance(wanted, Opened), "nothing else begins a measure"
    # Values that depend on the time of sending are not part of the form.
    wanted = replace(
        wanted,
        since=known.opened.since,
        heard_from=known.opened.heard_from,
        term=known.opened.term,
    )
    at_once = known.steps[1].event if decided is not None and len(known.steps) > 1 else None
    return wanted == known.opened and decided == at_once


def lock(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Make other transactions that open measures wait for this one, and see its changes."""
    _log.lock(tx, now, zone)


def add(tx: Connection, keyring: Keyring, measure: Measure, step: MeasureStep) -> bool:
    """Add a step to a measure as it was read.

    False if it is not allowed or another step came first; True if it is that very step, sent twice.
    """
    if was_just_added(measure, step):
        return True
    verb = verb_of(step.event)
    if verb is not None and verb not in measure.verbs:
        return False
    return _log.add(tx, keyring, measure.number, len(measure.steps) + 1, step)


def was_just_added(measure: Measure, step: MeasureStep) -> bool:
    """Whether the last step equals this one: by the same person, in the same words, just now."""
    last = measure.steps[-1]
    is_equal = (last.staff, last.event) == (step.staff, step.event)
    return is_equal and is_resubmission(last.at, step.at)


def area_of(tx: Connection, keyring: Keyring, number: str) -> str | None:
    """The area of a measure; None if there is none with this number."""
    first = _log.first(tx, keyring, number)
    if first is None:
        return None
    assert isinstance(first.event, Opened), "every measure begins by being opened"
    return first.event.area
