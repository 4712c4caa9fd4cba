"""Opening a measure in the chat of staff: area, origin, then each field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import assert_never
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from handlers.cases.deadlines import calendar_of
from handlers.errors import Needed
from handlers.facts.staff import MeasureOpened
from handlers.measures.after_run import before_week, decide_by
from handlers.measures.fields import ASKED, BY_HAND, MOST_ATTENDED, Field, is_too_far, longest
from handlers.measures.steps import (
    DECIDED_AT_ONCE,
    GRADES,
    Deadline,
    Decided,
    Gap,
    JudgedBy,
    Meeting,
    Opened,
    Origin,
)
from handlers.messages import MAX_OPTIONS, Layout, Option
from handlers.needs import NeedIndicators, NeedMeasureAreas
from handlers.quality.weeks import IsoWeek
from handlers.questionnaires import progress
from handlers.staff_chat.measures import IndicatorBrief, MeasureForm
from handlers.state import Awaits
from handlers.text.days import Near, day_of
from handlers.text.display import as_typed
from handlers.turn import PAGE, TurnBuilder, named_option
from handlers.understanding.intents.staff import (
    BeginMeasure,
    ChooseIndicator,
    ChooseOrigin,
    ListIndicators,
    NewMeasure,
    OpenMeasure,
    TellMeasure,
)

_MOST_SHOWN = 200  # characters of each field in the summary
_PROBLEMS = {Origin.MEETING.value: "agreement", Origin.GAP.value: "gap"}
_COUNT = re.compile(r"\d{1,6}|\d{1,3}\.\d{3}", re.ASCII)


def areas_to_open(turn: TurnBuilder) -> tuple[str, ...]:
    """The areas in which this person may open measures. Raises Needed."""
    staff = turn.known.staff
    assert staff is not None, "only understood of a staff member"
    if turn.known.measure_areas is None:
        raise Needed(NeedMeasureAreas(staff.id))
    return turn.known.measure_areas


def act_on_new(turn: TurnBuilder, intent: NewMeasure) -> None:
    """Take one step in opening a measure."""
    areas, form = areas_to_open(turn), replace(turn.state.measure or MeasureForm(), noted="")
    if not areas or (form.area and form.area not in areas):
        turn.update(measure=None, prompt=None)
        turn.say("measure-not-yours")
        return
    match intent:
        case BeginMeasure(area):
            progress.pause(turn)
            form = MeasureForm(areas[0] if len(areas) == 1 else area if area in areas else "")
        case ChooseOrigin(origin):
            form = replace(form, origin=origin if origin in set(BY_HAND) else "")
        case TellMeasure(words, area) if not form.area:
            form = _in_area(turn, form, area, words)
        case TellMeasure(words):
            form = _with_answer(turn, form, words)
        case ListIndicators():
            if _is_whole(form):
                _list_indicators(turn, form)
                return
        case ChooseIndicator(place):
            if _is_whole(form):
                form = _judged(turn, form, place)
        case OpenMeasure():
            if _is_whole(form):
                _open(turn, form)
                return
        case _:
            assert_never(intent)
    turn.update(measure=form)
    _ask(turn, form)


def opened_from(
    form: MeasureForm, staff: int, term: Deadline, at: datetime, zone: ZoneInfo
) -> tuple[Opened, Decided | None]:
    """The measure that a complete form opens, and its decision if that is part of it."""
    since, origin = before_week(IsoWeek.of(at, zone)), Origin(form.origin)
    meeting = gap = decided = None
    if origin is Origin.MEETING:
        held_on, attended = form.words(Field.HELD_ON), form.words(Field.ATTENDANCE)
        meeting = Meeting(date.fromisoformat(held_on), form.words(Field.PLACE), int(attended))
    if origin is Origin.GAP:
        gap = Gap(form.words(Field.CRITERION), form.words(Field.EVIDENCE))
    if origin in DECIDED_AT_ONCE:
        cause, action = form.words(Field.CAUSE), form.words(Field.ACTION)
        decided = Decided(cause, action, staff, date.fromisoformat(form.words(Field.DUE)))
    problem, heard_from = form.words(Field.PROBLEM), str(since.shifted(1))
    by = GRADES
    if form.judged_by is not None:
        by = msgspec.json.decode(form.judged_by.kept, type=JudgedBy)
    opened = Opened(form.area, origin, str(since), heard_from, term, problem, meeting, gap, by)
    return opened, decided


def brief(by: JudgedBy) -> IndicatorBrief:
    """An indicator in the form stored in a conversation."""
    return IndicatorBrief(by.label, msgspec.json.encode(by).decode())


def _in_area(turn: TurnBuilder, form: MeasureForm, area: str, words: str) -> MeasureForm:
    if area not in areas_to_open(turn):
        turn.say("measure-area-unknown", words=words[:_MOST_SHOWN])
        return form
    return replace(form, area=area)


def _with_answer(turn: TurnBuilder, form: MeasureForm, words: str) -> MeasureForm:
    """The form with the answer to the open field; unchanged if it is not valid."""
    field = _next(form)
    if field is None or not form.origin:
        return form
    today = turn.now.astimezone(turn.release.content.zone).date()
    kept = _answer(turn, field, as_typed(words).strip(), today)
    return form if kept is None else replace(form, said=(*form.said, (field.value, kept)))


def _answer(turn: TurnBuilder, field: Field, words: str, today: date) -> str | None:
    """The value of an answer; None, having said why, if it is not valid."""
    match field:
        case Field.DUE | Field.HELD_ON:
            try:
                day = day_of(words, today, Near.AHEAD if field is Field.DUE else Near.PAST)
            except ValueError:
                turn.say("measure-no-day")
                return None
            if field is Field.DUE and day < today:
                turn.say("measure-day-past")
            elif field is Field.DUE and is_too_far(day, today):
                turn.say("measure-day-far")
            elif field is Field.HELD_ON and day > today:
                turn.say("measure-day-ahead")
            else:
                return day.isoformat()
            return None
        case Field.ATTENDANCE:
            count = int(words.replace(".", "")) if _COUNT.fullmatch(words) else 0
            if 0 < count <= MOST_ATTENDED:
                return str(count)
            turn.say("measure-no-count")
            return None
        case _:
            if len(words) > longest(field):
                turn.say("measure-too-long", count=len(words), most=longest(field))
                return None
            return words or None


def _next(form: MeasureForm) -> Field | None:
    """The next field to ask for; None if all are given or the origin is not chosen yet."""
    if not form.origin:
        return None
    asked = ASKED[Origin(form.origin)]
    return asked[len(form.said)] if len(form.said) < len(asked) else None


def _is_whole(form: MeasureForm) -> bool:
    return bool(form.origin) and _next(form) is None


def _indicators(turn: TurnBuilder, form: MeasureForm) -> tuple[IndicatorBrief, ...]:
    if turn.known.indicators is None:
        raise Needed(NeedIndicators(form.area))
    return turn.known.indicators[: MAX_OPTIONS - 1]


def _judged(turn: TurnBuilder, form: MeasureForm, place: int) -> MeasureForm:
    """The form with the indicator at that place of the list; unchanged if it is gone."""
    found = _indicators(turn, form)
    return replace(form, judged_by=found[place]) if place < len(found) else form


def _list_indicators(turn: TurnBuilder, form: MeasureForm) -> None:
    """List the indicators in the text, as their names are too long for options."""
    found = _indicators(turn, form)
    for number, one in enumerate(found, 1):
        turn.say("measure-indicator", number=number, indicator=one.label)
    numbers = [
        named_option(f"measure-judged:{place}", str(place + 1)) for place in range(len(found))
    ]
    _ask_with_options(turn, turn.text("measure-indicator-ask"), [*numbers, turn.option("cancel")])


def _ask(turn: TurnBuilder, form: MeasureForm) -> None:
    cancel, field = turn.option("cancel"), _next(form)
    if not form.area:
        _ask_with_options(turn, turn.text("measure-area-ask"), [*_areas(turn), cancel])
    elif not form.origin:
        question = turn.text("measure-origin-ask", area=turn.release.area_name(form.area))
        _ask_with_options(turn, question, [*_origins(turn), cancel])
    elif field is not None:
        _ask_with_options(turn, turn.text(f"measure-ask-{_called(form, field)}"), [cancel])
    else:
        area, label = turn.release.area_name(form.area), turn.option(f"measure-{form.origin}").label
        turn.say("measure-summary", area=area, origin=label)
        for name, words in form.said:
            is_day = name in (Field.DUE, Field.HELD_ON)
            shown = f"{date.fromisoformat(words):%d-%m-%Y}" if is_day else words
            more = "…" if len(shown) > _MOST_SHOWN else ""
            said = f"measure-said-{_called(form, Field(name))}"
            turn.say(said, words=shown[:_MOST_SHOWN] + more)
        usual, *others = _indicators(turn, form)
        turn.say("measure-judged-by", indicator=(form.judged_by or usual).label)
        other = [turn.option("measure-indicators")] if others else []
        options = [turn.option("measure-open"), *other, cancel]
        _ask_with_options(turn, turn.text("measure-open-ask"), options)


def _called(form: MeasureForm, field: Field) -> str:
    """A field's name for people: a meeting's problem is what was agreed."""
    return _PROBLEMS.get(form.origin, field.value) if field is Field.PROBLEM else field.value


def _ask_with_options(turn: TurnBuilder, question: str, options: list[Option]) -> None:
    layout = Layout.BUTTONS if len(options) <= 2 else Layout.LIST
    turn.ask(question, options, Awaits.MEASURE, layout)


def _areas(turn: TurnBuilder) -> Iterator[Option]:
    """Options for this person's areas, if a list can hold them; any can be typed."""
    areas = areas_to_open(turn)
    for area in areas if len(areas) <= PAGE else ():
        yield named_option(f"measure-new:{area}", turn.release.area_name(area))


def _origins(turn: TurnBuilder) -> Iterator[Option]:
    for origin in BY_HAND:
        yield turn.option(f"measure-{origin.value}", f"measure-from:{origin.value}")


def _open(turn: TurnBuilder, form: MeasureForm) -> None:
    content, staff = turn.release.content, turn.known.staff
    assert staff is not None, "only understood of a staff member"
    today = turn.now.astimezone(content.zone).date()
    due = form.words(Field.DUE)
    turn.update(measure=None, prompt=None)
    if due and date.fromisoformat(due) < today:  # a day has passed since it was given
        turn.say("measure-day-past")
        return
    term = decide_by(turn.now, content.measure_rules.decide_days, calendar_of(content))
    turn.record(MeasureOpened(staff.id, form, term.due_at, term.rule))
    turn.say("measure-opened")
