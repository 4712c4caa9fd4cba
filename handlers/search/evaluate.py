"""Evaluates a search by labelled queries; returns totals only, never the queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

import msgspec


class LabelledQuery(msgspec.Struct, frozen=True):
    """One labelled query. ``expected`` empty: no municipal card answers it."""

    query: str
    expected: tuple[str, ...]
    kind: str


class Figures(msgspec.Struct, frozen=True):
    """Shares from 0 to 1; None if there was no query of that sort."""

    queries: int
    recall_at_1: float | None  # the first card is an expected one
    recall_at_3: float | None  # an expected card is among the first three
    off_topic_answered: float | None  # no card expected, but municipal cards given
    coverage: float | None  # a card expected, and any municipal card given


class Evaluation(msgspec.Struct, frozen=True):
    overall: Figures
    by_kind: dict[str, Figures]


Answer = Callable[[str], Sequence[str]]


def evaluate(rows: Iterable[LabelledQuery], answer: Answer) -> Evaluation:
    """Evaluate ``answer``, which returns the ids of municipal cards for a query, best first."""
    outcomes: dict[str, list[_Outcome]] = defaultdict(list)
    for row in rows:
        outcomes[row.kind].append(_outcome(row, answer(row.query)))
    return Evaluation(
        overall=_figures([one for kind in outcomes.values() for one in kind]),
        by_kind={kind: _figures(outcomes[kind]) for kind in sorted(outcomes)},
    )


class _Outcome(msgspec.Struct, frozen=True):
    on_topic: bool
    first: bool
    in_three: bool
    given: bool


def _outcome(row: LabelledQuery, given: Sequence[str]) -> _Outcome:
    expected = set(row.expected)
    return _Outcome(
        on_topic=bool(expected),
        first=bool(expected & set(given[:1])),
        in_three=bool(expected & set(given[:3])),
        given=bool(given),
    )


def _figures(outcomes: Sequence[_Outcome]) -> Figures:
    on_topic = [one for one in outcomes if one.on_topic]
    off_topic = [one for one in outcomes if not one.on_topic]
    return Figures(
        queries=len(outcomes),
        recall_at_1=_share([one.first for one in on_topic]),
        recall_at_3=_share([one.in_three for one in on_topic]),
        off_topic_answered=_share([one.given for one in off_topic]),
        coverage=_share([one.given for one in on_topic]),
    )


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None
