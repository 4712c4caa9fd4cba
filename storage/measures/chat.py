"""Measures in the chat of staff: those they see, and the steps they add."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from handlers.content.model import Content
from handlers.facts.staff import MeasureDone, MeasureNoted, MeasureOpened, MeasureTaken
from handlers.facts.union import Fact
from handlers.measures.board import waiting
from handlers.measures.measures import Measure, Verb, verb_of, with_step
from handlers.measures.opening import opened_from
from handlers.measures.steps import Assigned, Deadline, Done, MeasureStep, NoteAdded
from handlers.quality.weeks import IsoWeek
from handlers.staff.permissions import Action, may, may_in
from handlers.staff_chat.measures import MeasureBrief
from storage.audit import chain
from storage.engine.failures import Conflict
from storage.engine.keyring import Keyring
from storage.measures import steps
from storage.recorded_fact import RecordedFact
from storage.staff import roles, staff

ABOUT_MEASURES = (MeasureOpened, MeasureTaken, MeasureNoted, MeasureDone)
"""Facts that are steps of measures."""

IN_CHAT = (Verb.TAKE, Verb.NOTE, Verb.DO)


def measures_of(
    tx: Connection,
    keyring: Keyring,
    staff_id: int,
    content: Content,
    unwritten: Iterable[RecordedFact] = (),
) -> tuple[MeasureBrief, ...]:
    """The open measures that a person may decide, in the order of their due dates.

    An area that is no longer in the content counts as sensitive. ``unwritten``: facts of earlier
    turns of the same batch.
    """
    grants = tuple(roles.grants_of(tx, staff_id))
    if not may(grants, Action.DECIDE_MEASURES):
        return ()
    areas = {area.id: area.sensitive for area in content.areas}
    known = {stored.number: stored for stored in steps.all_measures(tx, keyring, content.zone)}
    for recorded in unwritten:
        found = _step_of(recorded, content.zone)
        measure = known.get(found.number) if found is not None else None
        if (
            found is not None
            and measure is not None
            and _is_in_turn(recorded.fact, measure, found.step)
        ):
            known[measure.number] = with_step(measure, found.step, content.zone)
    theirs = [
        stored
        for stored in known.values()
        if may_in(
            grants, Action.DECIDE_MEASURES, stored.area, sensitive=areas.get(stored.area, True)
        )
    ]
    has_others = any(stored.owner not in (0, staff_id) for stored in theirs)
    names = {member.id: member.name for member in staff.everyone(tx)} if has_others else {}
    return tuple(_brief(stored, staff_id, names) for stored in waiting(theirs))


def record_measures(
    tx: Connection, keyring: Keyring, facts: Sequence[RecordedFact], zone: ZoneInfo
) -> None:
    """Add the steps of staff. They are rare, so one by one.

    Locks the opening of measures, then the audit log, in the order of control runs and the panel.
    A batch does this last: whoever waits for these locks must hold none that are taken after them.
    """
    for at in sorted(recorded.at for recorded in facts if isinstance(recorded.fact, MeasureOpened)):
        steps.lock(tx, at, zone)
    chain.lock(tx)  # from now on nobody else can add a step
    for recorded in facts:
        if isinstance(recorded.fact, MeasureOpened):
            _open(tx, keyring, recorded.fact, recorded.at, zone)
        elif (found := _step_of(recorded, zone)) is not None:
            measure = steps.find_measure(tx, keyring, zone, found.number)
            if measure is not None:
                _refuse_if_taken(recorded.fact, measure)
                steps.add(tx, keyring, measure, found.step)


def _open(
    tx: Connection, keyring: Keyring, fact: MeasureOpened, at: datetime, zone: ZoneInfo
) -> None:
    term = Deadline(fact.decide_by, fact.rule)
    opened, decided = opened_from(fact.form, fact.staff, term, at, zone)
    steps.open_once(tx, keyring, MeasureStep(at, fact.staff, opened), decided, zone)


@dataclass(frozen=True, slots=True)
class _Numbered:
    """The step that a fact adds, with the number of its measure."""

    number: str
    step: MeasureStep


def _step_of(recorded: RecordedFact, zone: ZoneInfo) -> _Numbered | None:
    match recorded.fact:
        case MeasureTaken(number, staff):
            return _Numbered(number, MeasureStep(recorded.at, staff, Assigned()))
        case MeasureNoted(number, staff, text):
            return _Numbered(number, MeasureStep(recorded.at, staff, NoteAdded(text)))
        case MeasureDone(number, staff):
            done = Done(str(IsoWeek.of(recorded.at, zone)))
            return _Numbered(number, MeasureStep(recorded.at, staff, done))
        case _:
            return None


def _is_in_turn(fact: Fact, measure: Measure, step: MeasureStep) -> bool:
    """Whether the measure, with the batch's earlier steps, still allows this step."""
    is_free = not isinstance(fact, MeasureTaken) or measure.owner == fact.owner
    return is_free and verb_of(step.event) in measure.verbs


def _refuse_if_taken(fact: Fact, measure: Measure) -> None:
    """Raise Conflict if another process gave the measure to somebody else meanwhile.

    The turn, which told this person that the measure is theirs, is then taken again.
    """
    if isinstance(fact, MeasureTaken) and measure.owner not in (fact.owner, fact.staff):
        raise Conflict("a measure was taken meanwhile")


def _brief(measure: Measure, staff_id: int, names: Mapping[int, str]) -> MeasureBrief:
    can = [verb for verb in measure.verbs if verb in IN_CHAT]
    holder = names.get(measure.owner, "") if measure.owner != staff_id else ""
    if holder or measure.owner == staff_id:
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
        measure.owner,
        holder,
        measure.moved_from,
    )
