"""Two measures and Rosa, the member of staff who sees them in her chat."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.staff_chat.measures import MeasureBrief
from handlers.state import Staff
from tests.handlers.chat import Chat

ROSA = Staff(7, "Rosa", "transito")
DUE = datetime(2026, 12, 5, 2, 59, tzinfo=UTC)  # the last minute of the 4th in La Serena
UNDECIDED = MeasureBrief("M-2026-001", "transito", "to-decide", "", DUE, ("take", "note"))
DECIDED = MeasureBrief("M-2026-002", "aseo", "decided", "Abrir otra caja", DUE, ("do", "note"))


@pytest.fixture
def rosa(chat: Chat) -> Chat:
    chat.staff = ROSA
    chat.measures = (UNDECIDED, DECIDED)
    return chat
