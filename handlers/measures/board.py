"""Measures as a board of four tiles, and as news in a week's digest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from zoneinfo import ZoneInfo

from handlers.measures.measures import Measure, State, measure_of
from handlers.measures.standing import stands_until
from handlers.measures.steps import Closed, Declined, Done, Measured, SignalledAgain
from handlers.quality.figures import MeasureNews
from handlers.quality.weeks import IsoWeek

RECENT = timedelta(days=90)
DUE_SOON = timedelta(days=7)  # until the next digest
_DUE = ("overdue", "to-decide", "due")


class Tile(StrEnum):
    """One tile of the board."""

    OPEN = "open"
    OVERDUE = "overdue"
    THIS_WEEK = "this-week"  # due until Sunday
    ENDED = "ended"  # in the last 90 days


@dataclass(frozen=True, slots=True)
class Board:
    """The measures of each tile."""

    tiles: dict[Tile, list[Measure]]


def board(measures: Sequence[Measure], now: datetime, zone: ZoneInfo) -> Board:
    """The board: waiting measures ordered by due date, ended ones by their end, newest first."""
    pending = waiting(measures)
    week = IsoWeek.of(now, zone)
    ended = [
        measure
        for measure in measures
        if measure.ended_at is not None and now - measure.ended_at <= RECENT
    ]
    ended.sort(key=lambda measure: (measure.ended_at, measure.number), reverse=True)
    return Board(
        {
            Tile.OPEN: pending,
            Tile.OVERDUE: [measure for measure in pending if measure.is_overdue(now)],
            Tile.THIS_WEEK: [
                measure
                for measure in pending
                if measure.due_at is not None
                and not measure.is_overdue(now)
                and IsoWeek.of(measure.due_at, zone) == week
            ],
            Tile.ENDED: ended,
        }
    )


def waiting(measures: Iterable[Measure]) -> list[Measure]:
    """The open measures by due date, then those that wait for their effect."""
    return sorted((measure for measure in measures if measure.is_open), key=_pressing)


def is_called_for(measure: Measure, now: datetime) -> bool:
    """Whether it needs attention now; one whose action is under way, only near its date."""
    is_later = measure.due_at is not None and measure.due_at > now + DUE_SOON
    return not (measure.state is State.DECIDED and is_later)


def news(
    measures: Iterable[Measure],
    week: IsoWeek,
    now: datetime,
    zone: ZoneInfo,
    sentence: Callable[[Measure, Measured], str],
) -> tuple[MeasureNews, ...]:
    """The news of measures in the digest of ``week``, made at ``now``.

    Overdue and due ones come first, then what happened in the week. ``sentence`` words the effect
    of a measure, as it was then; the words are stored with the digest.
    """
    found: list[MeasureNews] = []
    for measure in sorted(measures, key=lambda measure: (measure.area, measure.number)):
        of_one = partial(
            MeasureNews,
            measure.number,
            measure.area,
            judged_by=measure.judged_by.label_unless_default,
        )
        found += _due(measure, now, zone, of_one)
        found += _became(measure, week, zone, sentence, of_one)
    return tuple(sorted(found, key=lambda news: news.what not in _DUE))


def _due(
    measure: Measure, now: datetime, zone: ZoneInfo, of_one: Callable[..., MeasureNews]
) -> Iterator[MeasureNews]:
    if measure.due_at is None:
        return
    due = measure.due_at.astimezone(zone).date()
    if measure.is_overdue(now):
        yield of_one("overdue", due=due, first_due=measure.moved_from)
    elif measure.state is State.TO_DECIDE:  # even if the date is far
        yield of_one("to-decide", due=due, first_due=measure.moved_from)
    elif is_called_for(measure, now):
        decided = measure.decision if measure.state is State.DECIDED else None
        action = decided.action if decided is not None else ""
        yield of_one("due", due=due, action=action, first_due=measure.moved_from)


def _became(
    measure: Measure,
    week: IsoWeek,
    zone: ZoneInfo,
    sentence: Callable[[Measure, Measured], str],
    of_one: Callable[..., MeasureNews],
) -> Iterator[MeasureNews]:
    inside = [
        place for place, step in enumerate(measure.steps) if IsoWeek.of(step.at, zone) == week
    ]
    events = [measure.steps[place].event for place in inside]
    decided, first = measure.decision, measure.promised
    done = next((place for place in inside if isinstance(measure.steps[place].event, Done)), None)
    if decided is not None and done is not None:
        late = first is not None and measure.steps[done].at.astimezone(zone).date() > first
        yield of_one("done", action=decided.action, first_due=first if late else None)
    elif decided is not None and measure.moved_from is not None and decided in events:
        yield of_one("moved", due=decided.due, first_due=measure.moved_from)
    is_closed = any(isinstance(event, Closed) for event in events)
    for place, event in zip(inside, events, strict=True):
        if isinstance(event, Measured) and not is_closed:
            then = measure_of(measure.number, measure.steps[: place + 1], zone)
            yield of_one("measured", effect=sentence(then, event))
    until = stands_until(measure)
    match measure.ending:
        case Closed() as ending if ending in events:
            assert measure.measured is not None, "it was closed on its effect"
            effect = sentence(measure, measure.measured)
            yield of_one("effective" if measure.is_proved else "too-few", effect=effect)
        case Declined(told=told) as ending if ending in events:
            yield of_one("declined", action=told)
        case Declined() if until is not None and any(
            isinstance(event, SignalledAgain) for event in events
        ):
            yield of_one("stands", due=until.sunday)
        case _:
            pass


def _pressing(measure: Measure) -> tuple[bool, datetime, str]:
    """Sorting key: by due date; what waits for its effect comes last."""
    return measure.due_at is None, measure.due_at or measure.opened_at, measure.number
