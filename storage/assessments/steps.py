"""Stores the steps of self-assessments, and builds self-assessments from their steps.

No step can follow the validation of a self-assessment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import Connection

from handlers.assessments.assessments import Assessment, assessment_of, with_figures
from handlers.assessments.steps import AssessmentStep, Event
from storage.assessments import rounds
from storage.audit.step_log import StepLog
from storage.engine.keyring import Keyring
from storage.tables.quality import assessment_steps

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_log = StepLog(assessment_steps, "assessment", _decoder, AssessmentStep)


def all_assessments(tx: Connection, keyring: Keyring) -> list[Assessment]:
    """All self-assessments, oldest first."""
    found = [assessment_of(number, steps) for number, steps in _log.everything(tx, keyring)]
    return sorted(found, key=lambda assessment: (assessment.opened_at, assessment.number))


def find_assessment(tx: Connection, keyring: Keyring, number: str) -> Assessment | None:
    """The self-assessment with this number; None if there is none."""
    steps = _log.of(tx, keyring, number)
    return assessment_of(number, steps) if steps else None


def as_they_stand(
    tx: Connection, found: Sequence[Assessment], now: datetime, zone: ZoneInfo
) -> list[Assessment]:
    """The self-assessments as of ``now``, drafts with the staff's answers of closed rounds."""
    if not any(assessment.is_draft for assessment in found):
        return list(found)
    closed = [staff_round for staff_round in rounds.all_rounds(tx) if not staff_round.is_open(now)]
    counted = rounds.counts(tx, closed)
    return [
        with_figures(assessment, closed, counted.get(assessment.area, {}), zone)
        if assessment.is_draft
        else assessment
        for assessment in found
    ]


def open_one(tx: Connection, keyring: Keyring, first: AssessmentStep, zone: ZoneInfo) -> str:
    """Open a draft; return its number, such as A-2026-001, with the year in ``zone``.

    ``first``: its event is Opened.
    """
    return _log.open_one(tx, keyring, first, zone)


def lock(tx: Connection, now: datetime, zone: ZoneInfo) -> None:
    """Make other transactions that open one wait for this one, and see its changes."""
    _log.lock(tx, now, zone)


def add(tx: Connection, keyring: Keyring, assessment: Assessment, step: AssessmentStep) -> bool:
    """Add a step to one as it was read; False if it is not allowed or another step came first."""
    if not assessment.accepts(step.event, step.staff):
        return False
    return _log.add(tx, keyring, assessment.number, len(assessment.steps) + 1, step)


def area_of(tx: Connection, keyring: Keyring, number: str) -> str | None:
    """The area of a self-assessment; None if there is none with this number."""
    found = find_assessment(tx, keyring, number)
    return found.area if found else None
