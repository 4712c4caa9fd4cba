"""Makes the weekly digest: from raw counts, only figures that may be published.

Nothing in a digest rests on fewer than 10 answers, and no such number can be worked out from it,
nor from several digests together:

* An area under 10 answers shows nothing of its responses. Its small weeks are pooled over fixed
  periods of 8 weeks that never overlap; sums over a sliding period would give single weeks back.
* A change is measured from those of the 8 weeks before that had 10 answers, so the baseline is a
  sum of published numbers and its difference from one week to the next tells nothing new.
* The total is that of the areas shown, so that subtracting them leaves nothing.
* Splits whose total is known (channels, reasons, lookups) go through ``hidden_cells``.
* The parts of a share (who gave 6 or 7, who finished, who found it useful) may be under 10: what
  must be 10 is the number of answers the share rests on.
* A digest of one area is cut from the digest of all, so that two readers cannot combine theirs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from handlers.content.lexicon import NameWords
from handlers.content.model import Area, Content, Question
from handlers.facts import Found
from handlers.privacy.masking import mask
from handlers.quality import intervals
from handlers.quality.figures import (
    BASELINE_WEEKS,
    NO_GRADES,
    AreaDigest,
    AreaWeek,
    Change,
    ChannelShare,
    Digest,
    Grades,
    Points,
    Pool,
    ReasonCount,
    Share,
    Total,
    WeekFigures,
)
from handlers.quality.quotes import quotes
from handlers.quality.suppression import THRESHOLD, hidden_cells, poolable, shown
from handlers.quality.weeks import IsoWeek

LANGUAGE = "es-CL"
POOL_WEEKS = 8
QUERIES_SHOWN = 10
QUERY_TIMES = 2
"""A query asked once may be somebody's own matter; twice in the same words it is a gap."""

_LONGEST_QUERY = 80
_FIRST_MONDAY = date(1970, 1, 5)  # pools of 8 weeks are counted from here
_NOTHING, _ELSEWHERE, _NO_REASON = "·nothing", "·elsewhere", "·none"  # no id holds a dot


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is the same for every area of one digest."""

    week: IsoWeek
    channels: tuple[str, ...]  # every channel used this week; none in an area is a protected zero
    questions: tuple[Question, ...]
    names: NameWords


def build_digest(  # noqa: PLR0913  # figures, what they are read by, two switches
    raw: WeekFigures,
    content: Content,
    names: NameWords,
    made_at: datetime,
    *,
    area: str | None = None,
    made_up: bool = False,
) -> Digest:
    """The publishable figures of ``raw.week``; of one ``area`` only, where that is given.

    Raises KeyError for an area that the content does not have.
    """
    counts = {week.area: week for week in raw.areas}
    setting = _Setting(
        week=raw.week,
        channels=tuple(sorted({channel for week in raw.areas for channel in week.grades})),
        questions=tuple(q for form in content.newest.values() for q in form.questions),
        names=names,
    )
    cells = _lookup_cells(raw, content)
    seen = {cell: n for cell, n in cells.items() if cell not in hidden_cells(cells)}
    chosen = content.areas if area is None else (content.area_by_id[area],)
    areas = tuple(
        _area_digest(entry, counts.get(entry.id, AreaWeek(entry.id)), seen.get(entry.id), setting)
        for entry in sorted(chosen, key=lambda entry: alphabetical(entry.short_name))
    )
    whole = area is None
    not_found = seen.get(_NOTHING) if whole else None
    return Digest(
        week=str(raw.week),
        municipality=content.municipality,
        made_at=made_at,
        made_up=made_up,
        scope=area,
        areas=areas,
        total=_total(areas, counts) if whole else None,
        lookups=shown(sum(cells.values())) if whole else None,
        not_found=not_found,
        not_found_queries=() if not_found is None else _queries(raw, names),
    )


def alphabetical(name: str) -> str:
    """Sorting key of Spanish: case and accents do not count, ñ comes after n."""
    parted = unicodedata.normalize("NFD", name.casefold().replace("ñ", "n\uffff"))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _area_digest(area: Area, week: AreaWeek, lookups: int | None, setting: _Setting) -> AreaDigest:
    digest = AreaDigest(
        id=area.id,
        name=area.name,
        short_name=area.short_name,
        lookups=lookups,
        # Where the lookups are hidden, how many of them were judged would bound their number.
        useful=None if lookups is None else _share(week.useful, week.useful + week.not_useful),
    )
    grades = added(week.grades.values())
    top, bottom, n = intervals.top_and_bottom(grades)
    if shown(n) is None:
        return msgspec.structs.replace(digest, pool=_pool(grades, week.previous, setting.week))
    channels, other_channels = _channels(week, setting.channels)
    main_reason, reasons = _reasons(week.reasons, grades, setting.questions)
    net = intervals.adjusted_wald(top, bottom, n)
    return msgspec.structs.replace(
        digest,
        satisfied=_share(top, n),
        net=Points(
            points=intervals.rounded_points(intervals.net(top, bottom, n)),
            low=intervals.rounded_points(net.low),
            high=intervals.rounded_points(net.high),
        ),
        change=_change(grades, week.previous, setting.week),
        main_reason=main_reason,
        reasons=reasons,
        quotes=() if area.sensitive else quotes(week.comments, setting.names),
        channels=channels,
        other_channels=other_channels,
        completion=_share(week.completed, week.started),
        pending=shown(week.pending),
        pending_satisfied=_satisfied(week.pending_grades),
    )


def _change(grades: Grades, previous: Mapping[IsoWeek, Grades], week: IsoWeek) -> Change | None:
    earlier = [previous.get(past, NO_GRADES) for past in week.previous(BASELINE_WEEKS)]
    published = [past for past in earlier if shown(sum(past)) is not None]
    baseline = added(published)
    share = _satisfied(baseline)
    if share is None:
        return None
    top, _, n = intervals.top_and_bottom(grades)
    top_before, _, n_before = intervals.top_and_bottom(baseline)
    change = intervals.newcombe(top, n, top_before, n_before)
    return Change(
        points=intervals.rounded_points(change.value),
        low=intervals.rounded_points(change.low),
        high=intervals.rounded_points(change.high),
        clear=change.low > 0 or change.high < 0,
        baseline=share,
        weeks=len(published),
    )


def _pool(grades: Grades, previous: Mapping[IsoWeek, Grades], week: IsoWeek) -> Pool | None:
    """The last whole period's weeks under 10; the weeks over it have been published alone."""
    passed = ((week.monday - _FIRST_MONDAY).days // 7 + 1) % POOL_WEEKS
    last = week.shifted(-passed)
    period = (*last.previous(POOL_WEEKS - 1), last)
    all_grades = [grades if past == week else previous.get(past, NO_GRADES) for past in period]
    small = [past for past in all_grades if shown(sum(past)) is None]
    share = _satisfied(added(small)) if small and poolable([sum(past) for past in small]) else None
    if share is None:
        return None
    return Pool(first_week=str(period[0]), last_week=str(last), satisfied=share)


def _channels(
    week: AreaWeek, channels: Sequence[str]
) -> tuple[tuple[ChannelShare, ...], int | None]:
    """The channels that may be told apart, and the answers of the others together."""
    cells = {channel: sum(week.grades.get(channel, NO_GRADES)) for channel in channels}
    hidden = hidden_cells(cells)
    apart = {
        channel: _satisfied(week.grades[channel]) for channel in cells if channel not in hidden
    }
    shares = tuple(
        ChannelShare(channel=channel, satisfied=share) for channel, share in apart.items() if share
    )
    others = sum(cells[channel] for channel in hidden)
    return shares, shown(others) if shares else None


def _reasons(
    reasons: Mapping[str, int], grades: Grades, questions: Sequence[Question]
) -> tuple[str | None, tuple[ReasonCount, ...]]:
    """The most named reason, and the reasons whose count may be shown, in alphabetical order.

    Whoever was asked and gave none is a cell too: grades 1–5 are asked, and how many those are
    follows from the share of 6–7.
    """
    choices = [
        choice
        for question in questions
        if any(choice.id in reasons for choice in question.choices)
        for choice in question.choices
    ]
    texts = {choice.id: choice.text.get(LANGUAGE, choice.id) for choice in choices}
    named, low, n = sum(reasons.values()), sum(grades[:5]), sum(grades)
    cells = {**dict.fromkeys(texts, 0), **reasons}
    hidden = hidden_cells(cells | {_NO_REASON: max(0, (low if named <= low else n) - named)})
    counts = (
        ReasonCount(id=reason, text=texts.get(reason, reason), n=count)
        for reason, count in cells.items()
        if reason not in hidden
    )
    first = [reason for reason, count in reasons.items() if count == max(reasons.values())]
    main = texts.get(first[0], first[0]) if named >= THRESHOLD and len(first) == 1 else None
    return main, tuple(sorted(counts, key=lambda count: alphabetical(count.text)))


def _lookup_cells(raw: WeekFigures, content: Content) -> dict[str, int]:
    """All lookups of the week, parted by area; those without an area by whether they found."""
    outside = raw.lookups_without_area
    nothing = outside.get(Found.NOTHING, 0)
    return {
        **{area.id: 0 for area in content.areas},
        **{week.area: week.lookups for week in raw.areas},
        _NOTHING: nothing,
        _ELSEWHERE: sum(outside.values()) - nothing,
    }


def _queries(raw: WeekFigures, names: NameWords) -> tuple[str, ...]:
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


def _total(areas: Sequence[AreaDigest], counts: Mapping[str, AreaWeek]) -> Total | None:
    published = [area.id for area in areas if area.satisfied is not None]
    share = _satisfied(added(g for area in published for g in counts[area].grades.values()))
    return None if share is None else Total(areas=len(published), satisfied=share)


def added(grades: Iterable[Grades]) -> Grades:
    """The counts of several periods or channels together."""
    one, two, three, four, five, six, seven = map(sum, zip(NO_GRADES, *grades, strict=True))
    return one, two, three, four, five, six, seven


def _satisfied(grades: Grades) -> Share | None:
    top, _, n = intervals.top_and_bottom(grades)
    return _share(top, n)


def _share(x: int, n: int) -> Share | None:
    if shown(n) is None:
        return None
    limits = intervals.wilson(x, n)
    return Share(
        n=n,
        percent=intervals.percent(x, n),
        low=intervals.rounded_points(limits.low),
        high=intervals.rounded_points(limits.high),
    )
