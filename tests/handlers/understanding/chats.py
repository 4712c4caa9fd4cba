"""Conversations that stand where a grade is asked for, or after a card."""

from __future__ import annotations

from handlers.release import Release
from tests.handlers.chat import Chat

CARD = "permiso de circulación"


def rating(release: Release, area: str = "tránsito") -> Chat:
    chat = Chat(release)
    chat.says("quiero poner nota")
    chat.says(area)
    return chat


def at_card(release: Release) -> Chat:
    chat = Chat(release)
    chat.says(CARD)
    assert chat.state.topic == "permiso-circulacion"
    return chat
