"""What is typed line after line, where only what comes of it is looked at."""

from __future__ import annotations

from handlers.release import Release
from tests.handlers.chat import Chat


def play(chat: Chat, *lines: str) -> str:
    """Type these lines; the text of the last answer comes back."""
    return [chat.says(line) for line in lines][-1] if lines else ""


def played(release: Release, *lines: str) -> Chat:
    """A new chat in which these lines were typed."""
    chat = Chat(release)
    play(chat, *lines)
    return chat
