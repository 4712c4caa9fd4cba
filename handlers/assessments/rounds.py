"""Rounds: questionnaires to staff, open until a day, and which of their figures may be shown.

Nothing is shown of an open round: two counts of it would reveal the answers given in between. A
closed round never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from handlers.content.model import Content
from handlers.content.questionnaires.definition import QuestionKind, Questionnaire
from handlers.quality.figures import Bound, Share
from handlers.quality.parts import share_of
from handlers.quality.suppression import THRESHOLD, hidden_cells

ENOUGH = 2 * THRESHOLD
"""The fewest answers of an area for a figure to be shown.

With so many, one side has ten at least; if the other has fewer, any number of it is possible."""

PREFERRED = 6
"""The lowest grade that counts as satisfied."""


class RoundQuestion(Struct, frozen=True):
    """One question as it was asked. ``choices``: pairs of value and label."""

    id: str
    kind: QuestionKind
    text: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def values(self) -> frozenset[str]:
        """All possible answers."""
        match self.kind:
            case QuestionKind.GRADE:
                return frozenset("1234567")
            case QuestionKind.YES_NO:
                return frozenset({"yes", "no"})
            case _:
                return frozenset(value for value, _ in self.choices)


@dataclass(frozen=True, slots=True)
class Round:
    """One questionnaire to staff, from its opening to its closing."""

    number: str
    questionnaire: str
    version: int
    title: str
    questions: tuple[RoundQuestion, ...]
    opened_at: datetime
    closes_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether it takes answers; while it does, no figure is shown."""
        return now < self.closes_at

    def counted(self, answers: Mapping[str, str]) -> tuple[tuple[str, str], ...] | None:
        """The answers that count; None if any is missing or they are of other questions."""
        found = tuple((one.id, answers.get(one.id, "")) for one in self.questions)
        known = {one.id: one.values for one in self.questions}
        return found if all(value in known[question] for question, value in found) else None


class StaffFigure(Struct, frozen=True):
    """The figure of one question of a closed round in one area.

    At most one of ``share`` (of grades 6 and 7, or of yes), ``bound`` and ``parts`` is set; none if
    too few answered. ``parts``: each choice that may be shown, with its number of ``n``.
    """

    round: str
    closed_at: datetime
    question: str
    kind: QuestionKind
    n: int = 0
    share: Share | None = None
    bound: Bound | None = None
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def is_told(self) -> bool:
        return self.n > 0


Counts = Mapping[tuple[str, str], int]
"""How often each value was given in one area and round, by question and value."""


def round_questions(questionnaire: Questionnaire, language: str) -> tuple[RoundQuestion, ...]:
    """A questionnaire's questions in the form stored with a round."""

    def text(texts: Mapping[str, str]) -> str:
        return texts.get(language) or next(iter(texts.values()))

    return tuple(
        RoundQuestion(
            question.id,
            question.kind,
            text(question.text),
            tuple((c.id, text(c.text)) for c in question.choices),
        )
        for question in questionnaire.questions
        if question.kind is not QuestionKind.NOTE
    )


def staff_questionnaires(content: Content) -> list[Questionnaire]:
    """The questionnaires for staff."""
    return [
        questionnaire for questionnaire in content.newest.values() if questionnaire.about == "staff"
    ]


def figure(found: Round, question: RoundQuestion, counts: Counts) -> StaffFigure:
    """The figure of one question from an area's counts in a closed round."""
    given = {value: counts.get((question.id, value), 0) for value in question.values}
    n = sum(given.values())
    untold = StaffFigure(found.number, found.closes_at, question.text, question.kind)
    if n < ENOUGH:
        return untold
    if question.kind is QuestionKind.CHOICE:
        hidden = hidden_cells(given)
        parts = tuple(
            (label, given[choice]) for choice, label in question.choices if choice not in hidden
        )
        return _with(untold, n, parts=parts) if parts else untold
    x = sum(times for value, times in given.items() if _is_good(question.kind, value))
    share = share_of(x, n)
    return _with(untold, n, share=share, bound=None if share else _bound(x, n))


def figures(
    rounds: Iterable[Round], asks: Iterable[str], since: datetime, counts: Mapping[str, Counts]
) -> tuple[StaffFigure, ...]:
    """The figures of these questions, each from its newest closed round since then.

    ``counts``: of the area, by round. A question without a round has no figure.
    """
    newest = {closed.questionnaire: closed for closed in sorted(rounds, key=_closing)}
    found = []
    for asked in asks:
        questionnaire, _, name = asked.partition(".")
        closed = newest.get(questionnaire)
        question = next((q for q in closed.questions if q.id == name), None) if closed else None
        if closed is not None and question is not None and closed.closes_at >= since:
            found.append(figure(closed, question, counts.get(closed.number, {})))
    return tuple(found)


def _closing(closed: Round) -> tuple[datetime, str]:
    return closed.closes_at, closed.number


def _is_good(kind: QuestionKind, value: str) -> bool:
    return value == "yes" if kind is QuestionKind.YES_NO else int(value) >= PREFERRED


def _bound(x: int, n: int) -> Bound:
    """The bound if one side has fewer than ten, which does not depend on how many."""
    most = THRESHOLD - 1
    if n - x < THRESHOLD:
        return Bound(n=n, percent=100 * (n - most) // n, at_least=True)
    return Bound(n=n, percent=-(-100 * most // n), at_least=False)


def _with(
    untold: StaffFigure,
    n: int,
    *,
    share: Share | None = None,
    bound: Bound | None = None,
    parts: tuple[tuple[str, int], ...] = (),
) -> StaffFigure:
    return StaffFigure(
        untold.round, untold.closed_at, untold.question, untold.kind, n, share, bound, parts
    )
