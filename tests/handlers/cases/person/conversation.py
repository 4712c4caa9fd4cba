"""What tests of a conversation with a person begin with."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.facts.handovers import HandoverOpened
from handlers.handover import People
from handlers.messages import (
    PersonNews,
    PersonStep,
)
from tests.handlers.chat import Chat

SATURDAY = datetime(2026, 11, 28, 13, 0, tzinfo=UTC)
THERE = People(any=True, now=True)


def handover(chat: Chat) -> int:
    return chat.recorded(HandoverOpened)[-1].id


def learns(chat: Chat, step: PersonStep) -> str:
    return chat.hear(PersonNews(handover(chat), step))
