"""Evaluates how well danger is recognised, by labelled first messages of conversations."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from msgspec import Struct

from handlers.messages import Channel, Incoming, Sender, Text
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.understanding.context import Context
from handlers.understanding.dangers.reports import danger_report
from handlers.understanding.intents.danger import EMERGENCY_OF

NO_DANGER = "no_danger"  # the kind of an ordinary message
HAZARD = "hazard"
PERSONS = "persons"  # every kind that is not a hazard, in one row
_NOW = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)


class LabelledMessage(Struct, frozen=True):
    """A message and its label: an act of danger, or ``NO_DANGER``."""

    language: str
    kind: str
    text: str


class Handling(StrEnum):
    """How a message was handled."""

    ALARMED = "alarmed"  # the emergency numbers were given at once
    ASKED = "asked"  # it was asked whether somebody is in danger, with the numbers
    PASSED = "passed"


class MessageOutcome(Struct, frozen=True):
    """How one message was handled, and whether as the right emergency."""

    message: LabelledMessage
    taken: Handling
    same_kind: bool


class DangerFigures(Struct, frozen=True):
    """The messages of one language and kind."""

    language: str
    kind: str
    messages: int
    alarmed: int
    asked: int
    same_kind: int

    @property
    def heard(self) -> float:
        """The share of messages answered with the numbers, at once or with the question."""
        return (self.alarmed + self.asked) / self.messages


def play(messages: Iterable[LabelledMessage], release: Release) -> list[MessageOutcome]:
    """Play each message."""
    return [_played(message, release) for message in messages]


def rows(outcomes: Iterable[MessageOutcome]) -> list[DangerFigures]:
    """Rows by language: persons in all, hazards, each kind of danger to persons, and none."""
    groups: dict[tuple[str, str], list[MessageOutcome]] = defaultdict(list)
    for outcome in outcomes:
        language, kind = outcome.message.language, outcome.message.kind
        groups[language, kind].append(outcome)
        if kind not in (HAZARD, NO_DANGER):
            groups[language, PERSONS].append(outcome)
    order = {PERSONS: 0, HAZARD: 1, NO_DANGER: 3}
    names = sorted(groups, key=lambda name: (name[0], order.get(name[1], 2), name[1]))
    return [_row(language, kind, groups[language, kind]) for language, kind in names]


def _row(language: str, kind: str, outcomes: list[MessageOutcome]) -> DangerFigures:
    taken = Counter(outcome.taken for outcome in outcomes)
    return DangerFigures(
        language=language,
        kind=kind,
        messages=len(outcomes),
        alarmed=taken[Handling.ALARMED],
        asked=taken[Handling.ASKED],
        same_kind=sum(outcome.same_kind for outcome in outcomes),
    )


def _played(message: LabelledMessage, release: Release) -> MessageOutcome:
    incoming = Incoming("0", Sender(Channel.TERMINAL, "", ""), Text(message.text), _NOW)
    found = danger_report(Context(incoming, Conversation(), Known(new_id=1), release, _NOW))
    if found is None:
        return MessageOutcome(message, Handling.PASSED, same_kind=False)
    taken = Handling.ASKED if found.doubtful else Handling.ALARMED
    return MessageOutcome(message, taken, same_kind=found.kind == EMERGENCY_OF.get(message.kind))
