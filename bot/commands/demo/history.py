"""What became of measures in the demonstration's weeks: one worked, and one was declined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.population.weeks import RISE_WEEKS
from bot.reports.quality.measure_words import news_for_citizens
from handlers.cases.deadlines import calendar_of
from handlers.measures.after_run import before_week, decide_by
from handlers.measures.measures import Verb
from handlers.measures.steps import (
    Closed,
    Decided,
    Declined,
    Done,
    MeasureStep,
    Meeting,
    Opened,
    Origin,
)
from handlers.quality.weeks import IsoWeek
from handlers.release import Release
from storage.engine.database import Transaction
from storage.engine.keyring import Keyring
from storage.measures import closing, steps

PLANNED, DECLINED, DID = RISE_WEEKS + 3, RISE_WEEKS + 2, RISE_WEEKS + 1
"""How many weeks before the end each happens. The figures rise after the last, so that the measure
has an effect."""

PROBLEM = "Quienes esperan no saben cuánto falta ni a qué ventanilla ir."
CAUSE = "Hay una sola fila para todos los trámites."
ACTION = "Separar las filas por trámite y llamar por número."
DONE = "Los números se llaman por pantalla en las dos salas."
TOLD = "Separamos las filas por trámite, y ahora se llama por número."
AGREED = "Abrir también los sábados en la mañana."
PLACE, ATTENDED = "Junta de vecinos, sede social", 23
NOT_YET = "Abrir los sábados necesita presupuesto; se propuso para el próximo año."
WITHOUT = "Pide un decreto y presupuesto del próximo año; se propuso para ese plan."


@dataclass(frozen=True, slots=True)
class Moment:
    """One Monday of the demonstration: the area, and the member of staff who acts on its measures.

    ``left``: how many weeks of it come after the one whose control run was made last.
    """

    area: str
    left: int
    at: datetime
    staff: int


def carry_on(keyring: Keyring, release: Release, moment: Moment, tx: Transaction) -> None:
    """Take the steps of this Monday, if there are any."""
    zone, at = release.content.zone, moment.at + timedelta(hours=2)
    if moment.left == PLANNED:
        _open(tx, keyring, release, moment, at)
    for measure in steps.all_measures(tx, keyring, zone):
        if measure.area != moment.area:
            continue
        if measure.opened.origin is Origin.MEETING and moment.left == DECLINED:
            steps.add(
                tx, keyring, measure, MeasureStep(at, moment.staff, Declined(WITHOUT, NOT_YET))
            )
        elif measure.opened.origin is Origin.PLAN and moment.left == DID:
            done = Done(str(IsoWeek.of(at, zone)), DONE)
            steps.add(tx, keyring, measure, MeasureStep(at, moment.staff, done))
        elif Verb.CLOSE in measure.verbs:
            news = news_for_citizens(measure, TOLD, release)
            closing.close(tx, keyring, measure, MeasureStep(at, moment.staff, Closed(TOLD)), news)


def _open(
    tx: Transaction, keyring: Keyring, release: Release, moment: Moment, at: datetime
) -> None:
    content, zone = release.content, release.content.zone
    since = before_week(IsoWeek.of(at, zone))
    term = decide_by(at, content.measure_rules.decide_days, calendar_of(content))
    weeks = str(since), str(since.shifted(1))
    due = (at + timedelta(weeks=2)).astimezone(zone).date()
    plan = Opened(moment.area, Origin.PLAN, *weeks, term, PROBLEM)
    decided = Decided(CAUSE, ACTION, moment.staff, due)
    steps.open_once(tx, keyring, MeasureStep(at, moment.staff, plan), decided, zone)
    held = Meeting(at.astimezone(zone).date() - timedelta(days=4), PLACE, ATTENDED)
    agreed = Opened(moment.area, Origin.MEETING, *weeks, term, AGREED, held)
    steps.open_once(tx, keyring, MeasureStep(at, moment.staff, agreed), None, zone)
