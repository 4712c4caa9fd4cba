"""How surely urgent matters are recognised in comments: ``python -m tests.simulations.urgency``.

What is answered with the emergency numbers, said alone and as a comment after a grade, where what
is only asked about is told apart; and what alerts whoever is on duty once it is a case, which is
more. Precision and recall on the labelled comments are printed with every error. The
phrases were written with these comments in sight, so unseen ones will be recognised less surely.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.content.release import PACKAGED, load_release
from handlers.messages import Channel, Incoming, Sender, Text
from handlers.quality.intervals import wilson
from handlers.rehearsing.rehearsal import Rehearsal
from handlers.release import Release
from handlers.state import Conversation, Known
from handlers.understanding.context import Context
from handlers.understanding.dangers.reports import danger_report
from handlers.understanding.dangers.urgent import is_urgent

COMMENTS = Path(__file__).parents[1] / "handlers" / "data" / "comments_dev.jsonl"
NOW = datetime(2026, 11, 16, 13, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Comment:
    """A labelled comment."""

    text: str
    urgent: bool


def read() -> list[Comment]:
    """Every labelled comment."""
    entries = map(json.loads, COMMENTS.read_text(encoding="utf-8").splitlines())
    return [Comment(entry["text"], bool(entry["labels"]["urgent"])) for entry in entries]


def is_answered(
    text: str, release: Release, state: Conversation, *, asked: bool, told: bool
) -> bool:
    """Whether danger is asked about, or told of at once, as the answer to these words."""
    incoming = Incoming("1", Sender(Channel.TERMINAL, "", ""), Text(text), NOW)
    found = danger_report(Context(incoming, state, Known(new_id=1), release, NOW))
    return found is not None and (asked if found.doubtful else told)


def at_a_comment(release: Release) -> Conversation:
    """Where a grade was given, and what it was for may be said."""
    chat = Rehearsal(release, NOW)
    for text in ("quiero poner nota", "transito", "4"):
        chat.say(text)
    return chat.state


def tell(title: str, comments: list[Comment], found: Callable[[str], bool]) -> None:
    """Print the figures with every error."""
    alerts = [comment for comment in comments if found(comment.text)]
    urgent = [comment for comment in comments if comment.urgent]
    right = len([comment for comment in alerts if comment.urgent])
    print(f"{title}: {len(comments)} comments, {len(urgent)} urgent, {len(alerts)} recognised")
    for name, of in (("precision", len(alerts)), ("recall", len(urgent))):
        if of:
            sure = wilson(right, of)
            share = f"{right}/{of} = {sure.value:.0%}"
            print(f"  {name:10} {share} ({sure.low:.0%} to {sure.high:.0%})")
    for comment in urgent:
        if comment not in alerts:
            print(f"  missed: {comment.text}")
    for comment in alerts:
        if not comment.urgent:
            print(f"  false alert: {comment.text}")


def main() -> int:
    release, comments = load_release(PACKAGED), read()
    answered = partial(is_answered, release=release)
    for where, state in (("alone", Conversation()), ("as a comment", at_a_comment(release))):
        said = partial(answered, state=state)
        tell(f"Told of at once, {where}", comments, partial(said, asked=False, told=True))
        tell(f"With what is asked about, {where}", comments, partial(said, asked=True, told=True))
    tell("Alerts in a case", comments, partial(is_urgent, release=release))
    return 0


if __name__ == "__main__":
    sys.exit(main())
