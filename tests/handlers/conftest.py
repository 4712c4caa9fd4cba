"""Fixtures of the pure core: the packaged content as one release, and a chat with it."""

from __future__ import annotations

import pytest

from handlers.release import Release
from tests.handlers.chat import Chat


@pytest.fixture
def chat(release: Release) -> Chat:
    """A citizen who writes for the first time, on a Monday morning."""
    return Chat(release)


@pytest.fixture
def known(chat: Chat) -> Chat:
    """A citizen who has been greeted before."""
    chat.says("hola")
    return chat
