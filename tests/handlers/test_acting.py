"""Acting on intents: none is without its capability. Of those that carry more mypy sees it."""

from __future__ import annotations

from handlers.acting.plain import PLAIN_ACTS
from handlers.understanding.intents.acts import Act


def test_every_intent_that_carries_nothing_is_acted_on() -> None:
    assert PLAIN_ACTS.keys() == set(Act)
