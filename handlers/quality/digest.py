"""Makes the weekly digest: from raw counts, only figures that may be published.

Nothing in a digest rests on fewer than 10 answers, and no such number can be worked out from it,
nor from several digests together:

* An area's figures are those of its block (see ``blocks``), which closes when there is enough to
  show. Until then nothing is said of its answers. Blocks never overlap.
* A share is shown where both sides of it, and whoever is left out of it, are ten or none is shown:
  whoever knows the share and its n knows the sides.
* A change is measured from the blocks published in the 8 weeks before, so the baseline is a sum of
  published numbers.
* The total is that of the areas with a share, so that subtracting them leaves nothing.
* Splits whose total is known (channels, reasons, lookups) go through ``hidden_cells``.
* What the control chart says is told with its numbers only where all its blocks have a share.
* Comments are quoted where ten gave a grade of the same side. What they speak of is named, without
  a number, where ten responses do.
* A digest of some areas is cut from the digest of all, so that two readers cannot combine theirs.

Cases and cards to confirm are no answers: they are work in hand as of when the digest is made, and
the area's staff see each of them. So they are in no week's code, and on no public page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from handlers.content.cards import unconfirmed_cards
from handlers.content.model import Area, Content
from handlers.content.questionnaires.definition import Question
from handlers.errors import OperatorError
from handlers.quality import intervals
from handlers.quality.blocks import Block, Figure, block_of
from handlers.quality.charts import Rebase, Rule
from handlers.quality.comments import quotes, shown_topics, topic_counts
from handlers.quality.control import area_run
from handlers.quality.figures import (
    BASELINE_WEEKS,
    AreaDigest,
    AreaWeek,
    Bound,
    Change,
    ChartVerdict,
    Digest,
    Grades,
    Latest,
    Points,
    Total,
    Unconfirmed,
    WeekFigures,
)
from handlers.quality.parts import (
    NOTHING,
    by_name,
    channel_shares,
    completion_share,
    lookup_cells,
    most_asked,
    pending_figures,
    queries_not_found,
    reason_counts,
    satisfied_share,
    share_of,
    summed,
    useful_share,
)
from handlers.quality.series import measurements
from handlers.quality.suppression import (
    THRESHOLD,
    all_shown,
    hidden_cells,
    shown,
)
from handlers.quality.weeks import IsoWeek
from handlers.text.personal import NameWords

CARDS_NAMED = 3
"""How many of an area's cards to confirm are named."""

COVERED = 2
"""Whose code covers all figures of a digest: see ``Digest.covered``."""


@dataclass(frozen=True, slots=True)
class _Context:
    """What is the same for every area of one digest."""

    week: IsoWeek
    content: Content
    today: date
    channels: tuple[str, ...]  # every channel in use; none over one is a protected zero
    questions: tuple[Question, ...]
    cards: Mapping[str, str]  # the names of what is asked for
    names: NameWords
    rebases: tuple[Rebase, ...]
    spoken: Mapping[str, Counter[str]]  # by area, in how many responses each topic comes up


def build_digest(
    raw: WeekFigures,
    content: Content,
    names: NameWords,
    made_at: datetime,
    *,
    made_up: bool = False,
) -> Digest:
    """The publishable figures of ``raw.week``."""
    counts = {week.area: week for week in raw.areas}
    context = _context(raw, content, names, made_at)
    cells = lookup_cells(raw, content)
    hidden = hidden_cells(cells)
    seen = {cell: n for cell, n in cells.items() if cell not in hidden}
    areas = tuple(
        _area_digest(entry, counts.get(entry.id, AreaWeek(entry.id)), seen.get(entry.id), context)
        for entry in by_name(content.areas)
    )
    not_found = seen.get(NOTHING)
    return Digest(
        week=str(raw.week),
        municipality=content.municipality,
        made_at=made_at,
        made_up=made_up,
        scope=None,
        areas=areas,
        total=_total(areas, counts),
        lookups=shown(sum(cells.values())),
        not_found=not_found,
        not_found_queries=() if not_found is None else queries_not_found(raw, names),
        completion=completion_share(raw.areas),
        topics=shown_topics(sum(context.spoken.values(), Counter())),
        zone=content.zone.key,
        covered=COVERED,
    )


def _context(raw: WeekFigures, content: Content, names: NameWords, made_at: datetime) -> _Context:
    counts = {week.area: week for week in raw.areas}
    return _Context(
        week=raw.week,
        content=content,
        today=made_at.astimezone(content.zone).date(),
        channels=tuple(sorted({*raw.channels, *(c for week in raw.areas for c in week.grades)})),
        questions=tuple(q for form in content.newest.values() for q in form.questions),
        names=names,
        rebases=raw.rebases,
        spoken={
            area.id: topic_counts(counts[area.id].comments, content)
            for area in content.areas
            if area.id in counts and not area.sensitive
        },
        cards={
            **{area.id: area.short_name for area in content.areas},
            **{service.id: service.short_name for service in content.services},
        },
    )


def digest_of_areas(whole: Digest, scope: str, content: Content) -> Digest:
    """What a digest says of one area, or of some with + between them.

    Raises OperatorError for one that does not exist.
    """
    areas = scope.split("+")
    told = [area for area in whole.areas if area.id in areas]
    newer = {*areas} - {area.id for area in told}
    return msgspec.structs.replace(
        whole,
        scope=scope,
        areas=(*told, *(_empty_area(area, content) for area in sorted(newer))),
        total=None,
        lookups=None,
        not_found=None,
        not_found_queries=(),
        completion=None,
        topics=(),
        measures=tuple(one for one in whole.measures if one.area in areas),
    )


def _empty_area(area: str, content: Content) -> AreaDigest:
    """What is said of an area that is newer than the digest."""
    entry = content.area_by_id.get(area)
    if entry is None:
        raise OperatorError(f"{area}: no existe esa área")
    return AreaDigest(entry.id, entry.name, entry.short_name)


def closed_blocks(raw: WeekFigures, content: Content) -> tuple[Block, ...]:
    """The blocks that the digest of ``raw.week`` publishes, to be kept with it."""
    known = content.area_by_id
    blocks = (_block(week, raw.week) for week in raw.areas if week.area in known)
    return tuple(block for block in blocks if block.figure is not None)


def _block(week: AreaWeek, last: IsoWeek) -> Block:
    return block_of(week.area, week.since or last, last, summed(week.grades.values()))


def _area_digest(area: Area, week: AreaWeek, lookups: int | None, context: _Context) -> AreaDigest:
    block = _block(week, context.week)
    published = week.blocks if block.figure is None else (*week.blocks, block)
    digest = AreaDigest(
        id=area.id,
        name=area.name,
        short_name=area.short_name,
        first_week=str(block.first),
        lookups=lookups,
        useful=None if lookups is None else useful_share(week),
        asked=() if lookups is None else most_asked(week, context.cards),
        cases=week.cases,
        unconfirmed=_unconfirmed(area, context),
        chart_points=len(measurements(published)),
        verdict=_verdict(area.id, published, context),
    )
    if block.figure is None:
        return msgspec.structs.replace(digest, latest=_latest(week.blocks))
    digest = _with_comments(digest, area, week, block, context)
    if block.figure is not Figure.SHARE:
        return msgspec.structs.replace(digest, bound=_bound(block))
    return _with_share(digest, week, block, context)


def _with_comments(
    digest: AreaDigest, area: Area, week: AreaWeek, block: Block, context: _Context
) -> AreaDigest:
    """With what is told of any block that has a figure, a share or a bound."""
    quoted = quotes(
        () if area.sensitive else week.comments,
        context.names,
        praise=all_shown(block.satisfied),
        criticism=all_shown(block.n - block.satisfied),
    )
    pending, pending_satisfied = pending_figures(week)
    return msgspec.structs.replace(
        digest,
        quotes=quoted,
        topics=shown_topics(context.spoken.get(area.id, {})),
        pending=pending,
        pending_satisfied=pending_satisfied,
        apart=shown(week.apart),
    )


def _with_share(digest: AreaDigest, week: AreaWeek, block: Block, context: _Context) -> AreaDigest:
    """With the share of grades 6 and 7, and what it is made of."""
    grades = summed(week.grades.values())
    channels, other_channels = channel_shares(week, context.channels)
    return msgspec.structs.replace(
        digest,
        satisfied=share_of(block.satisfied, block.n),
        net=_net(grades),
        change=_change(block, week.blocks),
        reasons=reason_counts(week.reasons, grades, context.questions),
        channels=channels,
        other_channels=other_channels,
    )


def _unconfirmed(area: Area, context: _Context) -> Unconfirmed | None:
    due = unconfirmed_cards(area, context.content, context.today)
    names = dict.fromkeys(card.short_name for card in due)  # two may share one
    return Unconfirmed(len(due), tuple(names)[:CARDS_NAMED]) if due else None


def _verdict(area: str, blocks: Sequence[Block], context: _Context) -> ChartVerdict | None:
    """What the week's control run finds, without what may not be shown."""
    found = area_run(area, blocks, context.week, context.rebases)
    if found.baseline is None:
        return None
    judged = found.judged
    if judged is None or judged.rule is None:
        return ChartVerdict(is_new=judged is not None)
    by_average = judged.rule is Rule.EWMA
    verdict = ChartVerdict(is_new=True, direction=judged.direction, by_average=by_average)
    if not found.can_be_shown:
        return verdict
    limits = judged.average_limits if by_average else judged.limits
    value = judged.average if by_average else judged.x / judged.n
    return msgspec.structs.replace(
        verdict,
        percent=intervals.rounded_points(value),
        low=intervals.rounded_points(limits.low),
        high=intervals.rounded_points(limits.high),
    )


def _latest(blocks: Sequence[Block]) -> Latest | None:
    said = [block for block in blocks if block.figure is not None]
    if not said:
        return None
    share = share_of(said[-1].satisfied, said[-1].n)
    return Latest(
        first_week=str(said[-1].first),
        last_week=str(said[-1].last),
        satisfied=share,
        bound=None if share else _bound(said[-1]),
    )


def _bound(block: Block) -> Bound:
    """What follows from fewer than 10 on one side, regardless of how many they are."""
    most = THRESHOLD - 1
    if block.figure is Figure.AT_LEAST:
        return Bound(n=block.n, percent=100 * (block.n - most) // block.n, at_least=True)
    return Bound(n=block.n, percent=-(-100 * most // block.n), at_least=False)


def _net(grades: Grades) -> Points | None:
    """None where 1–4 or 5 are under 10: with the share known, the net score gives both."""
    top, bottom, n = intervals.top_and_bottom(grades)
    if not all_shown(top, bottom, n - top - bottom):
        return None
    limits = intervals.adjusted_wald(top, bottom, n)
    return Points(
        points=intervals.rounded_points(intervals.net(top, bottom, n)),
        low=intervals.rounded_points(limits.low),
        high=intervals.rounded_points(limits.high),
    )


def _change(block: Block, before: Sequence[Block]) -> Change | None:
    """From the shares published in the 8 weeks before the block.

    Percentages that are printed alike have no difference: "64 %, +1 frente al 64 %" looks wrong.
    """
    oldest = block.first.shifted(-BASELINE_WEEKS)
    recent = [b for b in before if b.figure is Figure.SHARE and b.first >= oldest]
    top, n = sum(b.satisfied for b in recent), sum(b.n for b in recent)
    share, own = share_of(top, n), share_of(block.satisfied, block.n)
    if share is None or own is None:
        return None
    change = intervals.newcombe(block.satisfied, block.n, top, n)
    points = own.percent - share.percent
    return Change(
        points=points,
        low=min(points, intervals.rounded_points(change.low)),
        high=max(points, intervals.rounded_points(change.high)),
        baseline=share,
        first_week=str(recent[0].first),
        last_week=str(recent[-1].last),
    )


def _total(areas: Sequence[AreaDigest], counts: Mapping[str, AreaWeek]) -> Total | None:
    published = [area.id for area in areas if area.satisfied is not None]
    share = satisfied_share(summed(g for area in published for g in counts[area].grades.values()))
    return None if share is None else Total(areas=len(published), satisfied=share)
