"""The consent to be told what was done: asking, recording and withdrawing it."""

from __future__ import annotations

from hashlib import sha256

from handlers.facts.own_data import ConsentGiven, ConsentWithdrawn
from handlers.questionnaires import asking, progress
from handlers.turn import TurnBuilder


def ask(turn: TurnBuilder) -> None:
    """AVISARME: ask for consent, saying its purpose, that it is voluntary and how to end it."""
    progress.pause(turn)
    turn.ask(turn.text("consent-ask"), [turn.option("consent-yes"), turn.option("not-right")])


def give(turn: TurnBuilder) -> None:
    """Yes: record the consent with the version of the text just shown."""
    turn.record(ConsentGiven(version_of(turn.text("consent-ask"))))
    turn.say("consent-given", date=turn.date(turn.at))
    turn.update(prompt=None)
    asking.resume_last(turn)


def withdraw(turn: TurnBuilder) -> None:
    """BASTA: withdraw the consent at once; harmless without one."""
    turn.record(ConsentWithdrawn())
    turn.say("consent-withdrawn", date=turn.date(turn.at))
    turn.update(prompt=None)
    asking.resume_last(turn)


def version_of(text: str) -> str:
    """A text's version: a hash that changes with any word."""
    return sha256(text.encode()).hexdigest()[:12]
