"""Measures in the chat of staff: listing, taking, noting what was done, and finishing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from msgspec.structs import replace

from handlers.errors import Needed
from handlers.facts.staff import MeasureDone, MeasureNoted, MeasureTaken
from handlers.measures.measures import State, Verb
from handlers.measures.opening import areas_to_open
from handlers.messages import MAX_OPTIONS, MEASURE, Layout, Option, shortened
from handlers.needs import NeedMeasures
from handlers.questionnaires import progress
from handlers.staff_chat.measures import MeasureBrief, MeasureForm
from handlers.state import Awaits, Staff
from handlers.text.folding import fold
from handlers.text.markup import Paragraph
from handlers.turn import TurnBuilder, named_option
from handlers.understanding.intents.staff import (
    EndMeasure,
    FinishMeasure,
    ListMeasures,
    Measure,
    NoteMeasure,
    ProposeNote,
    ShowMeasure,
    TakeMeasure,
    WriteNote,
)

MAX_SHOWN = 600  # characters of a measure's words
MAX_NOTE = 1_000
MOST_LISTED = 6  # with enough words to recognise each
LIST_ROOM = 720  # characters of a list, so that with its question it stays below 900
LEAST_TOLD, MOST_TOLD = 12, 120  # characters of each measure's details in a list
_FEW_CHOOSING = 4  # words: "la de aseo"
_LEAST_OF_NAME = 4  # letters
_OFFERED = (
    (Verb.TAKE, "measure-take", "measure-take-words"),
    (Verb.NOTE, "measure-note", "measure-note-words"),
    (Verb.DO, "measure-done", "measure-done-words"),
)


def act_on_measures(turn: TurnBuilder, intent: Measure) -> None:
    """Act on a staff member's intent about measures."""
    match intent:
        case ListMeasures():
            _show_all(turn)
        case ShowMeasure(number):
            show(turn, number)
        case TakeMeasure(number):
            take(turn, number)
        case WriteNote(number):
            _ask_for_note(turn, number)
        case ProposeNote(words, numbers):
            propose_note(turn, words, numbers)
        case NoteMeasure(number, words):
            note(turn, number, words)
        case FinishMeasure(number):
            finish(turn, number)
        case EndMeasure(number):
            _say_how_to_end(turn, number)
        case _:
            assert_never(intent)


def _show_all(turn: TurnBuilder) -> None:
    """/medidas: list the measures that this person may act on."""
    progress.pause(turn)
    found = _shown_measures(turn)
    new = [turn.option("measure-new")] if areas_to_open(turn) else []
    if not found:
        turn.ask(turn.text("measures-none"), [*new, turn.option("menu")])
        return
    shown = found[:MOST_LISTED]
    _say_together(turn, shown)
    if len(found) > len(shown):
        turn.say("measures-more", count=len(found) - len(shown))
    options = [_option_of(turn, measure, shown) for measure in shown]
    question = turn.text("measures-list")
    turn.ask(question, [*options, *new, turn.option("menu")], layout=Layout.LIST)


def _say_together(turn: TurnBuilder, measures: Sequence[MeasureBrief]) -> None:
    """One line per measure, with as much of its details as fits."""
    lines = [" ".join(_lines(turn, measure)) for measure in measures]
    room = (LIST_ROOM - sum(map(len, lines))) // len(lines)
    for line, measure in zip(lines, measures, strict=True):
        told = shortened(_details(turn, measure), min(room, MOST_TOLD)) if room > LEAST_TOLD else ""
        turn.show(Paragraph(f"{line} {told}".rstrip()))
        turn.private = turn.private or bool(told)
    if any(measure.state == State.TO_DECIDE for measure in measures):
        turn.say("measure-decided-there")


def _details(turn: TurnBuilder, measure: MeasureBrief) -> str:
    """A measure's details for a list, if there is room."""
    words = turn.text("measure-words", words=measure.words) if measure.words else ""
    if not measure.judged_by:
        return words
    return f"{turn.text('measure-judged-by', indicator=measure.judged_by)} {words}".rstrip()


def show(turn: TurnBuilder, number: str) -> None:
    """Show one measure; quoting this message adds a note."""
    measure = _find_measure(turn, number)
    if measure is None:
        return
    number = measure.number
    _say(turn, measure)
    if measure.holder:
        turn.say("measure-held", number=number, name=measure.holder)
    if measure.judged_by:
        turn.say("measure-judged-by", indicator=measure.judged_by)
    if measure.words:
        turn.say("measure-words", words=shortened(measure.words, MAX_SHOWN))
    else:  # only a signal opens a measure without words
        turn.say("measure-signal", area=turn.release.area_name(measure.area))
    turn.about = f"{MEASURE}{number}"
    turn.private = True
    _offer(turn, measure, turn.text("measure-quote", number=number))


def take(turn: TurnBuilder, number: str) -> None:
    """Take the measure, unless somebody else has it."""
    measure = _find_measure(turn, number)
    if measure is None:
        return
    if measure.holder:
        turn.say("measure-held", number=number, name=measure.holder)
    elif Verb.TAKE in measure.can:
        turn.record(MeasureTaken(number, _staff(turn).id, measure.owner))
        turn.say("measure-taken", number=number)
        _say(turn, measure)
    else:
        _say_not_now(turn, measure)


def _ask_for_note(turn: TurnBuilder, number: str) -> None:
    """Ask for a note, which is the next message."""
    measure = _find_measure(turn, number, Verb.NOTE)
    if measure is not None:
        turn.update(measure=MeasureForm(noted=number))
        question = turn.text("measure-note-ask", number=number)
        turn.ask(question, [turn.option("cancel")], Awaits.MEASURE)


def propose_note(turn: TurnBuilder, words: str, numbers: tuple[str, ...]) -> None:
    """Ask whether words are a note, as a note cannot be erased.

    A few words with an area's name choose its measure instead.
    """
    shown = [
        measure
        for measure in _shown_measures(turn)
        if any(_is_called(measure, number) for number in numbers)
    ]
    named = [measure for measure in shown if _names_area(turn, words, measure)]
    if len(shown) > len(named) == 1 and len(words.split()) <= _FEW_CHOOSING:
        show(turn, named[0].number)
        return
    to_note = [measure for measure in named or shown if Verb.NOTE in measure.can]
    if not to_note:
        _show_all(turn)
        return
    turn.update(measure=MeasureForm(proposed=words))
    turn.private = True
    turn.say("measure-words", words=shortened(words, MAX_SHOWN))
    search = turn.option("measure-search")
    if len(to_note) == 1:
        number = to_note[0].number
        question = turn.text("measure-note-propose", number=number)
        turn.ask(question, [turn.option("accept", f"measure-write:{number}"), search])
        return
    options = [
        named_option(f"measure-write-in:{measure.number}", measure.number) for measure in to_note
    ]
    turn.ask(
        turn.text("measure-note-which"), [*options[: MAX_OPTIONS - 1], search], layout=Layout.LIST
    )


def note(turn: TurnBuilder, number: str, words: str) -> None:
    """Add a note of what was done."""
    form = turn.state.measure
    if form is not None and (form.noted or form.proposed):
        turn.update(measure=None, prompt=None)
    measure = _find_measure(turn, number, Verb.NOTE)
    if measure is not None:
        kept = shortened(words, MAX_NOTE)
        turn.record(MeasureNoted(number, _staff(turn).id, kept))
        turn.private = True
        turn.say("measure-noted", number=number, words=shortened(kept, MAX_SHOWN))
        _offer(turn, measure)


def finish(turn: TurnBuilder, number: str) -> None:
    """Record that the action is done."""
    measure = _find_measure(turn, number, Verb.DO)
    if measure is not None:
        turn.record(MeasureDone(number, _staff(turn).id))
        turn.say("measure-done", number=number)


def _say_how_to_end(turn: TurnBuilder, number: str) -> None:
    """Say that closing or declining is done in the panel, where its reason is kept."""
    turn.update(measure=None, prompt=None)
    turn.say("measure-end")
    whole = next((one.number for one in _shown_measures(turn) if _is_called(one, number)), number)
    if turn.release.panel:
        address = f"{turn.release.panel}/medidas/{whole}".rstrip("/")
        turn.say("measure-end-at", address=address)
    if number:
        show(turn, number)
    else:
        _show_all(turn)


def _option_of(turn: TurnBuilder, measure: MeasureBrief, shown: Sequence[MeasureBrief]) -> Option:
    """An option for the measure: by number or its last part, and by its area's name if no other
    is of that area."""
    option = named_option(f"{MEASURE}{measure.number}", measure.number)
    end = measure.number.rpartition("-")[2]
    if sum(_is_called(other, str(int(end))) for other in shown) == 1:
        option = replace(option, words=(*option.words, end, str(int(end))))
    if sum(other.area == measure.area for other in shown) > 1:
        return option
    name = fold(turn.release.area_name(measure.area))
    return replace(option, words=(*option.words, name, name.split()[0]))


def _names_area(turn: TurnBuilder, words: str, measure: MeasureBrief) -> bool:
    """Whether the words contain a word of its area's name, enough to tell these measures apart."""
    name = fold(turn.release.area_name(measure.area)).split()
    return any(len(word) >= _LEAST_OF_NAME and word in fold(words).split() for word in name)


def _offer(turn: TurnBuilder, measure: MeasureBrief, question: str = "") -> None:
    """Ask what to do with the measure, by button or in words.

    ``question`` is stored with the open prompt, so it must not contain anybody's words.
    """
    options = []
    for verb, name, words in _OFFERED:
        if verb in measure.can:
            option = turn.option(name, f"{name}:{measure.number}")
            options.append(replace(option, words=(*option.words, *turn.wording.phrases(words))))
    turn.ask(question, [*options, turn.option("menu")])


def _say(turn: TurnBuilder, measure: MeasureBrief) -> None:
    turn.show(*map(Paragraph, _lines(turn, measure)))
    if measure.state == State.TO_DECIDE:
        turn.say("measure-decided-there")


def _lines(turn: TurnBuilder, measure: MeasureBrief) -> Iterator[str]:
    """The measure's state, with its date."""
    area = turn.release.area_name(measure.area)
    date = turn.date(measure.due_at) if measure.due_at is not None else ""
    match State(measure.state):
        case State.TO_DECIDE:
            yield turn.text("measure-to-decide", number=measure.number, area=area, date=date)
        case State.DECIDED:
            yield turn.text("measure-decided", number=measure.number, area=area, date=date)
        case State.DONE:
            yield turn.text("measure-waits", number=measure.number, area=area)
        case State.MEASURED:
            yield turn.text("measure-told", number=measure.number, area=area)
        case State.EFFECTIVE | State.TOO_FEW | State.DECLINED:
            raise AssertionError("what has ended waits for nobody")
        case other:
            assert_never(other)
    if measure.moved_from is not None and measure.state in (State.TO_DECIDE, State.DECIDED):
        yield turn.text("measure-moved", date=turn.wording.date(measure.moved_from))


def _find_measure(turn: TurnBuilder, number: str, verb: Verb | None = None) -> MeasureBrief | None:
    """The measure, if the person may do this with it now; otherwise say that they may not."""
    found = [measure for measure in _shown_measures(turn) if _is_called(measure, number)]
    measure = found[0] if len(found) == 1 else None
    if len(found) > 1:  # of two years
        _show_all(turn)
    elif measure is None:
        called = turn.text("measure-short", number=number) if number.isdecimal() else number
        turn.say("measure-unknown", number=called)
    elif verb is not None and verb not in measure.can:
        _say_not_now(turn, measure)
        return None
    return measure


def _is_called(measure: MeasureBrief, number: str) -> bool:
    """Whether that is its number or its last part: ``4`` for ``M-2026-004``."""
    if number.isdecimal():
        return int(measure.number.rpartition("-")[2]) == int(number)
    return measure.number == number


def _say_not_now(turn: TurnBuilder, measure: MeasureBrief) -> None:
    """Say that its state does not allow this."""
    turn.say("measure-not-now")
    _say(turn, measure)


def _shown_measures(turn: TurnBuilder) -> tuple[MeasureBrief, ...]:
    if turn.known.measures is None:
        raise Needed(NeedMeasures(_staff(turn).id))
    return turn.known.measures


def _staff(turn: TurnBuilder) -> Staff:
    assert turn.known.staff is not None, "only understood of a staff member"
    return turn.known.staff
