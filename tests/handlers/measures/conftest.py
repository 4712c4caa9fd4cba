"""The chat of an area's head with two measures that wait."""

from __future__ import annotations

import pytest

from handlers.state import Staff
from tests.handlers.chat import Chat
from tests.handlers.measures.waiting import DECIDED, UNDECIDED


@pytest.fixture
def rosa(chat: Chat) -> Chat:
    chat.staff = Staff(7, "Rosa", "transito")
    chat.measures = (UNDECIDED, DECIDED)
    return chat
