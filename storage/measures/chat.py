"""What staff do with measures from their chat: which they see there, and the steps they add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.facts import MeasureDone, MeasureNoted, MeasureOpened, MeasureTaken
from handlers.measures.board import waiting
from handlers.measures.measures import Measure, Verb
from handlers.measures.opening import opened_from
from handlers.measures.steps import Done, Event, Noted, Step, Taken, Term
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action, may, may_in
from handlers.staff_chat.measures import MeasureBrief
from storage.audit import chain
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.responses.answers import Noted as FactNoted
from storage.staff import roles

ABOUT_MEASURES = (MeasureOpened, MeasureTaken, MeasureNoted, MeasureDone)
"""Facts that are steps of measures."""

IN_CHAT = (Verb.TAKE, Verb.NOTE, Verb.DO)


def measures_of(
    tx: Connection, keyring: Keyring, staff_id: int, zone: ZoneInfo, areas: Mapping[str, bool]
) -> tuple[MeasureBrief, ...]:
    """The open measures of the areas in which a person decides them, what is due soonest first.

    ``areas`` says of each whether it is sensitive; so are those that are no more.
    """
    grants = tuple(roles.grants_of(tx, staff_id))
    if not may(grants, Action.DECIDE_MEASURES):
        return ()
    found = [
        one
        for one in steps.everything(tx, keyring, zone)
        if may_in(grants, Action.DECIDE_MEASURES, one.area, sensitive=areas.get(one.area, True))
    ]
    return tuple(_brief(measure, staff_id) for measure in waiting(found))


def record_measures(
    tx: Connection, keyring: Keyring, noted: Sequence[FactNoted], zone: ZoneInfo
) -> None:
    """Add what staff did. Rare, so one by one.

    Whoever opens a measure waits for the others who do, then for the audit log: in this order, as a
    control run and the panel. What is locked after them nobody may hold who waits for them, so a
    batch does this last.
    """
    for at in sorted(note.at for note in noted if isinstance(note.fact, MeasureOpened)):
        steps.lock(tx, at, zone)
    chain.lock(tx)  # the steps that are read from now on stay the last ones
    for note in noted:
        match note.fact:
            case MeasureOpened(staff, form, decide_by, rule):
                opened, decided = opened_from(form, staff, Term(decide_by, rule), note.at, zone)
                steps.open_once(tx, keyring, Step(note.at, staff, opened), decided, zone)
                continue
            case MeasureTaken(number, staff):
                event: Event = Taken()
            case MeasureNoted(number, staff, text):
                event = Noted(text)
            case MeasureDone(number, staff):
                event = Done(str(IsoWeek.of(note.at, zone)))
            case _:
                continue
        measure = steps.one(tx, keyring, zone, number)
        if measure is not None:
            steps.add(tx, keyring, measure, Step(note.at, staff, event))


def _brief(measure: Measure, staff_id: int) -> MeasureBrief:
    can = [verb for verb in measure.verbs if verb in IN_CHAT]
    if measure.owner == staff_id:
        can = [verb for verb in can if verb is not Verb.TAKE]
    decided = measure.decision
    return MeasureBrief(
        measure.number,
        measure.area,
        measure.state.value,
        decided.action if decided is not None else measure.opened.problem,
        measure.due_at,
        tuple(verb.value for verb in can),
        measure.judged_by.label_unless_default,
    )
