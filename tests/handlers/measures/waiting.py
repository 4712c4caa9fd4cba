"""Two measures that wait for a member of staff, as their chat knows them."""

from __future__ import annotations

from datetime import UTC, datetime

from handlers.staff_chat.measures import MeasureBrief

DUE = datetime(2026, 12, 5, 2, 59, tzinfo=UTC)  # the last minute of the 4th in La Serena
UNDECIDED = MeasureBrief("M-2026-001", "transito", "to-decide", "", DUE, ("take", "note"))
DECIDED = MeasureBrief("M-2026-002", "aseo", "decided", "Abrir otra caja", DUE, ("do", "note"))
