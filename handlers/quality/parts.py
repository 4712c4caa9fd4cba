"""The parts of a week's figures, each after suppression."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from handlers.content.model import Area, Content
from handlers.content.questionnaires.definition import Question
from handlers.facts.lookups import LookupResult
from handlers.privacy.masking import mask
from handlers.quality import intervals
from handlers.quality.figures import (
    NO_GRADES,
    AreaWeek,
    ChannelShare,
    Grades,
    ReasonCount,
    Share,
    WeekFigures,
)
from handlers.quality.suppression import (
    THRESHOLD,
    all_shown,
    hidden_cells,
    hidden_splits,
    shown,
)
from handlers.text.personal import NameWords

LANGUAGE = "es-CL"
QUERIES_SHOWN = 10
ASKED_SHOWN = 5
QUERY_TIMES = 2
"""How often a query must be asked to be shown: once, it may be somebody's private matter."""

_LONGEST_QUERY = 80
NOTHING, _ELSEWHERE, _NO_REASON = "·nothing", "·elsewhere", "·none"  # no id holds a dot


def alphabetical(name: str) -> str:
    """A sorting key for Spanish: case and accents do not count, ñ comes after n."""
    parted = unicodedata.normalize("NFD", name.casefold().replace("ñ", "n\uffff"))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def by_name(areas: Iterable[Area]) -> list[Area]:
    """Areas in alphabetical order, so that they are not ranked."""
    return sorted(areas, key=lambda area: alphabetical(area.short_name))


def summed(grades: Iterable[Grades]) -> Grades:
    """The sum of counts of several periods or channels, grade by grade."""
    one, two, three, four, five, six, seven = map(sum, zip(NO_GRADES, *grades, strict=True))
    return one, two, three, four, five, six, seven


def satisfied_share(grades: Grades) -> Share | None:
    """The share of grades 6 and 7; None if it may not be published."""
    top, _, n = intervals.top_and_bottom(grades)
    return share_of(top, n)


def share_of(x: int, n: int) -> Share | None:
    """``x`` of ``n`` with its 95 % interval; None if either side is under 10."""
    if not all_shown(x, n - x):
        return None
    limits = intervals.wilson(x, n)
    return Share(
        n=n,
        percent=intervals.percent(x, n),
        low=intervals.rounded_points(limits.low),
        high=intervals.rounded_points(limits.high),
    )


def channel_shares(
    week: AreaWeek, channels: Sequence[str]
) -> tuple[tuple[ChannelShare, ...], int | None]:
    """The share of each channel that may be shown, and the number of answers by the others.

    The number is None if it is suppressed or there are no others.
    """
    counts = {channel: week.grades.get(channel, NO_GRADES) for channel in channels}
    cells = {channel: (sum(given[5:]), sum(given[:5])) for channel, given in counts.items()}
    hidden = hidden_splits(cells)
    shares = tuple(
        ChannelShare(channel=channel, satisfied=share)
        for channel, given in counts.items()
        if channel not in hidden and (share := satisfied_share(given))
    )
    others = sum(sum(cells[channel]) for channel in hidden)
    return shares, shown(others) if shares else None


def pending_figures(week: AreaWeek) -> tuple[int | None, Share | None]:
    """How many had not finished, and the share of those who gave a grade.

    Both are only shown if ten gave no grade, as their number is the difference.
    """
    satisfied = satisfied_share(week.pending_grades)
    left = week.pending - sum(week.pending_grades)
    if satisfied is not None and not all_shown(left):
        return None, satisfied
    return shown(week.pending), satisfied


def completion_share(areas: Sequence[AreaWeek]) -> Share | None:
    """The share of those who began to rate this week that reached the end.

    People without a grade, and those with one who did not reach the end, are protected too.
    """
    started = sum(week.started for week in areas)
    graded = sum(week.graded for week in areas)
    completed = sum(week.completed for week in areas)
    if not all_shown(started - graded, graded - completed, completed):
        return None
    return share_of(completed, started)


def useful_share(week: AreaWeek) -> Share | None:
    """The share of those who judged a lookup that found it useful; None if suppressed.

    People who were asked and did not answer are protected too.
    """
    judged = week.useful + week.not_useful
    return share_of(week.useful, judged) if all_shown(week.lookups - judged) else None


def most_asked(week: AreaWeek, cards: Mapping[str, str]) -> tuple[str, ...]:
    """What was asked for ten times or more, in alphabetical order.

    The order would tell more than it seems, and so would the names where together they need as many
    lookups as the area has: then each was asked for ten times, and nothing else at all.
    """
    often = [card for card, n in week.asked.items() if n >= THRESHOLD and card in cards]
    often = sorted(often, key=lambda card: (-week.asked[card], card))[:ASKED_SHOWN]
    if week.lookups <= THRESHOLD * len(often):
        return ()
    return tuple(sorted((cards[card] for card in often), key=alphabetical))


def reason_counts(
    reasons: Mapping[str, int], grades: Grades, questions: Sequence[Question]
) -> tuple[ReasonCount, ...]:
    """The reasons whose count may be shown, in alphabetical order.

    Whoever was asked and gave none is a cell too: grades 1–5 are asked, and how many those are
    follows from the share of 6–7. Which reason was named most is not said where its count is
    hidden: with the others' sum it could give the count away. Whoever corrected a low grade to a 6
    or 7 has named a reason too: those are a group as well.
    """
    choices = [
        choice
        for question in questions
        if any(choice.id in reasons for choice in question.choices)
        for choice in question.choices
    ]
    texts = {choice.id: choice.text.get(LANGUAGE, choice.id) for choice in choices}
    named, low, n = sum(reasons.values()), sum(grades[:5]), sum(grades)
    if 0 < named - low < THRESHOLD:
        return ()
    cells = {**dict.fromkeys(texts, 0), **reasons}
    hidden = hidden_cells(cells | {_NO_REASON: max(0, (low if named <= low else n) - named)})
    counts = (
        ReasonCount(id=reason, text=texts.get(reason, reason), n=count)
        for reason, count in cells.items()
        if reason not in hidden
    )
    return tuple(sorted(counts, key=lambda count: alphabetical(count.text)))


def lookup_cells(raw: WeekFigures, content: Content) -> dict[str, int]:
    """All lookups of the week, parted by area; those without an area by whether they found."""
    outside = raw.lookups_without_area
    nothing = outside.get(LookupResult.NOTHING, 0)
    return {
        **{area.id: 0 for area in content.areas},
        **{week.area: week.lookups for week in raw.areas},
        NOTHING: nothing,
        _ELSEWHERE: sum(outside.values()) - nothing,
    }


def queries_not_found(raw: WeekFigures, names: NameWords) -> tuple[str, ...]:
    """What was asked more than once and not found, most asked first, without the counts.

    A query that holds anything to mask is about somebody and no gap in the content.
    """
    repeated = sorted(raw.not_found, key=lambda asked: (-asked.times, asked.query))
    return tuple(
        asked.query
        for asked in repeated
        if asked.times >= QUERY_TIMES
        and len(asked.query) <= _LONGEST_QUERY
        and mask(asked.query, names) == asked.query
    )[:QUERIES_SHOWN]
