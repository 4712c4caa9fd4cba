"""Evaluates understanding, by labelled messages in new conversations.

A line of the file is one example: ``setup`` is said first, then ``say``; ``expect`` names the
required result (docs/understanding.md lists every key). There are four results: right; confirmed,
with one tap more than necessary; wrong but harmless; and wrongly stored.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec import Struct

from handlers.rehearsing.expectations import PlayedExample, Result, judge
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release

START = datetime(2026, 11, 16, 13, 0, tzinfo=UTC)


class Example(Struct, frozen=True):
    """One labelled message. ``expect``: as in the file."""

    id: str
    category: str
    setup: tuple[str, ...]
    say: tuple[str, ...]
    expect: dict[str, object]


class ExampleOutcome(Struct, frozen=True):
    """The result of one example, and the answer."""

    example: Example
    result: Result
    answer: str


# What cannot be played without a platform: its events, and other questionnaires.
NOT_PLAYED = frozenset({"event", "question_kinds"})


def evaluate(examples: Iterable[Example], release: Release) -> list[ExampleOutcome]:
    """Play every example that can be played, in order."""
    return [_play(example, release) for example in examples if example.category not in NOT_PLAYED]


def _play(example: Example, release: Release) -> ExampleOutcome:
    chat = Rehearsal(release, START)
    for text in example.setup:
        chat.say(text)
    before, replies, at_first = len(chat.facts), chat.replies, chat.state
    for text in example.say:
        chat.say(text.replace("\\n", "\n"))
    played = PlayedExample(chat, before, replies, filing=at_first.filing, topic=at_first.topic)
    return ExampleOutcome(
        example, judge(played, example.expect), chat.reply.text if chat.reply else ""
    )
