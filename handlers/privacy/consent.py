"""The consent to be told what was done: asked for plainly, on record, and taken back by a word."""

from __future__ import annotations

from hashlib import sha256

from handlers.facts.own_data import ConsentGiven, ConsentWithdrawn
from handlers.questionnaires import asking, progress
from handlers.turn import TurnBuilder


def ask(turn: TurnBuilder) -> None:
    """AVÍSENME: what it is for, that it is voluntary, and how to end it."""
    progress.pause(turn)
    turn.ask(turn.text("consent-ask"), [turn.option("consent-yes"), turn.option("not-right")])


def give(turn: TurnBuilder) -> None:
    """Yes to the text that was just shown; its version is on record."""
    turn.record(ConsentGiven(version_of(turn.text("consent-ask"))))
    turn.say("consent-given", date=turn.date(turn.at))
    turn.update(prompt=None)
    asking.resume_last(turn)


def withdraw(turn: TurnBuilder) -> None:
    """BASTA: at once, without a question; harmless where there was none."""
    turn.record(ConsentWithdrawn())
    turn.say("consent-withdrawn", date=turn.date(turn.at))
    turn.update(prompt=None)
    asking.resume_last(turn)


def version_of(text: str) -> str:
    """The name of a text: any change of a word makes it another."""
    return sha256(text.encode()).hexdigest()[:12]
